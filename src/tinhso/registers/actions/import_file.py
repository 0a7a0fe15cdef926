"""A file for a register: take it in, say what its columns hold, confirm what was checked, stop it."""

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel import files, ledger
from tinhso.kernel.jobs import defer
from tinhso.kernel.refusals import Conflict, Invalid, NotFound
from tinhso.people.types import Actor
from tinhso.registers import jobs, policies
from tinhso.registers.events import FileConfirmed, FileReceived, FileStopped
from tinhso.registers.importing import lanes, matching
from tinhso.registers.importing.guessing import date_orders
from tinhso.registers.importing.reading import read_sheet
from tinhso.registers.importing.sheets import Sheet
from tinhso.registers.importing.stored import on_disk, stored_sheet
from tinhso.registers.models import HeaderMemory, RegisterImport
from tinhso.registers.types import ImportState

MEDIA_TYPE = "application/octet-stream"
LOOKED_AT = 1000
MAPPABLE = (ImportState.MAPPING, ImportState.CHECKED, ImportState.FAILED)
LOADABLE = (ImportState.CHECKED, ImportState.FAILED, ImportState.CANCELLED)
ENDED = (ImportState.DONE, ImportState.CANCELLED)


class ImportMissing(NotFound):
    code = "register-import-missing"
    message = _("Không tìm thấy lần nhập này. Hãy mở lại từ danh sách các lần nhập của bạn.")


class NothingMatched(Invalid):
    code = "register-file-no-match"
    message = _("Không cột nào của tệp trùng với mục của sổ. Hãy chọn cột cho từng mục.")


class ColumnsLacking(Invalid):
    code = "register-file-columns-lacking"
    message = _("Chưa có cột cho: %(fields)s. Hãy chọn cột cho các mục bắt buộc này.")


class ColumnTwice(Invalid):
    code = "register-file-column-twice"
    message = _("«%(field)s» được chọn cho hai cột. Hãy để lại một cột.")


class NotAtThisStage(Conflict):
    code = "register-import-stage"
    message = _("Lần nhập này đang ở bước khác (%(state)s). Hãy tải lại trang để xem nó đang đến đâu.")


@transaction.atomic
def start_import(
    *,
    actor: Actor,
    at: datetime,
    register_id: str,
    file_name: str,
    content: BinaryIO,
    language: str = "vi",
) -> UUID:
    """
    Keep the file and guess what its columns hold; nothing is written to the register.

    Files of a shape that was read before are read the same way.

    :return: the import's id; its state is ``mapping``
    :raises RegisterMissing, TruthIsOutside, NotYourRegister: the actor may write none of it
    :raises FileUnreadable, NoColumns, NoProjection, UnknownProjection, SeveralLayers: the file
    """
    definition = register(register_id)

    policies.require_writer(actor=actor, definition=definition, unit_keys=[])

    with on_disk(content, file_name) as path:
        sheet = read_sheet(path, name=file_name)
        mapping = remembered(definition, sheet.columns) or matching.matched(definition, sheet.columns)
        guessed = date_orders(definition, mapping, islice(sheet.rows(), LOOKED_AT))

    content.seek(0)
    stored = files.store(content=content, media_type=MEDIA_TYPE)
    row = RegisterImport.objects.create(
        register=register_id,
        account_id=actor.account_id,
        file=stored,
        file_name=file_name[:255],
        mapping=mapping,
        guessed=guessed,
        language=language,
        started_at=at,
        **_as_told(sheet),
    )

    event = FileReceived(import_id=row.pk, register=register_id, sha256=stored.sha256)
    ledger.record(actor=actor, at=at, event=event)
    return row.pk


@transaction.atomic
def check_import(*, actor: Actor, at: datetime, import_id: UUID, mapping: Mapping[str, str]) -> None:
    """
    Say what the columns hold, remember it for files of the same shape, and have every row checked by a job.

    :param mapping: column → field id, or ``@since``, ``@until``: from when to when a row is true
    :raises ImportMissing: absent, or somebody else's
    :raises NotYourRegister: the actor may write none of it any more
    :raises NotAtThisStage: it is being worked on, or has been loaded
    :raises NothingMatched, ColumnsLacking, ColumnTwice: as they say
    """
    row = lock_import(actor=actor, import_id=import_id)
    definition = register(row.register)

    policies.require_writer(actor=actor, definition=definition, unit_keys=[])

    if row.state not in MAPPABLE or row.confirmed_at is not None or row.file_id is None:
        raise NotAtThisStage(state=ImportState(row.state).label.lower())
    chosen = sound_mapping(definition, row.columns, mapping)

    with stored_sheet(row) as sheet:
        row.guessed = date_orders(definition, chosen, islice(sheet.rows(), LOOKED_AT))
    row.mapping, row.state, row.sentence = chosen, ImportState.CHECKING, ""
    row.total = row.done = row.new = row.changed = row.same = row.wrong = row.doubtful = 0
    row.checked_at = None
    row.save()
    remember(definition, row.columns, chosen)
    defer(jobs.check_import, import_id=str(row.pk))

    del at  # the job writes the entry when it has checked


@transaction.atomic
def confirm_import(*, actor: Actor, at: datetime, import_id: UUID) -> None:
    """
    Have the good rows written by a job; what was stopped or broke off goes on where it was.

    :raises ImportMissing: absent, or somebody else's
    :raises NotYourRegister: the actor may write none of it any more
    :raises NotAtThisStage: it was not checked, or is being loaded
    """
    row = lock_import(actor=actor, import_id=import_id)

    policies.require_writer(actor=actor, definition=register(row.register), unit_keys=[])

    if row.state not in LOADABLE or row.checked_at is None or row.file_id is None:
        raise NotAtThisStage(state=ImportState(row.state).label.lower())

    if row.confirmed_at is None:
        row.done = row.new = row.changed = row.same = row.wrong = row.doubtful = 0
        row.put_off = []
        lanes.cut(row)
    row.state, row.sentence = ImportState.LOADING, ""
    row.confirmed_at, row.ended_at = at, None
    row.save()
    if several := lanes.lanes_of(row.pk):
        for number in several:
            defer(jobs.load_lane, import_id=str(row.pk), number=number)
    else:
        defer(jobs.load_import, import_id=str(row.pk))

    ledger.record(actor=actor, at=at, event=FileConfirmed(import_id=row.pk, rows=row.total))


@transaction.atomic
def cancel_import(*, actor: Actor, at: datetime, import_id: UUID) -> None:
    """
    Stop it; rows that were written stay. Stopping what has ended changes nothing.

    :raises ImportMissing: absent, or somebody else's
    """
    row = lock_import(actor=actor, import_id=import_id)
    if row.state in ENDED:
        return

    row.state, row.ended_at = ImportState.CANCELLED, at
    row.save(update_fields=["state", "ended_at"])

    ledger.record(actor=actor, at=at, event=FileStopped(import_id=row.pk))


def lock_import(*, actor: Actor, import_id: UUID) -> RegisterImport:
    """:raises ImportMissing: absent, or somebody else's"""
    row = RegisterImport.objects.visible_to(actor).select_for_update(no_key=True).filter(pk=import_id).first()
    if row is None:
        raise ImportMissing
    return row


def sound_mapping(
    definition: RegisterDefinition, columns: list[str], mapping: Mapping[str, str]
) -> dict[str, str]:
    """:raises NothingMatched, ColumnsLacking, ColumnTwice: as they say"""
    known = {*definition.by_id, *matching.SPAN}
    chosen = {column: name for column, name in mapping.items() if column in columns and name in known}
    if not chosen:
        raise NothingMatched
    given = list(chosen.values())
    twice = next((name for name in given if given.count(name) > 1), None)
    if twice is not None:
        label = definition.by_id[twice].label.vi if twice in definition.by_id else twice
        raise ColumnTwice(field=label)
    lacking = [one.label.vi for one in definition.fields if one.required and one.id not in given]
    if lacking:
        raise ColumnsLacking(fields="; ".join(lacking))
    return chosen


def remembered(definition: RegisterDefinition, columns: tuple[str, ...]) -> dict[str, str]:
    """Return how files with these columns were read last, as far as the register still has the fields."""
    shape = matching.shape_of(columns)
    found = HeaderMemory.objects.filter(register=definition.id, header=shape).first()
    known = {*definition.by_id, *matching.SPAN}
    return {column: name for column, name in (found.mapping if found else {}).items() if name in known}


def remember(definition: RegisterDefinition, columns: list[str], mapping: Mapping[str, str]) -> None:
    """Keep how files with these columns are read."""
    HeaderMemory.objects.update_or_create(
        register=definition.id, header=matching.shape_of(columns), defaults={"mapping": dict(mapping)}
    )


def _as_told(sheet: Sheet) -> dict[str, object]:
    return {
        "kind": sheet.kind,
        "columns": list(sheet.columns),
        "encoding": sheet.encoding,
        "delimiter": sheet.delimiter,
        "projection": sheet.projection[:120],
    }
