"""The doors for reading imports: how far one is, what is wrong with its rows, what its file looks like."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.definitions.registers.reading import register, registers
from tinhso.people.types import Actor
from tinhso.registers.actions.import_file import ImportMissing
from tinhso.registers.importing.stored import stored_sheet
from tinhso.registers.models import ImportProblem, RegisterImport
from tinhso.registers.types import ImportState, ImportView, RowProblem

CHUNK = 2000


def imports_of(*, actor: Actor, register_id: str = "", limit: int = 50) -> tuple[ImportView, ...]:
    """Return the actor's own imports, newest first. :param register_id: only those into this register"""
    rows = RegisterImport.objects.visible_to(actor).filter(register__in=registers())
    if register_id:
        rows = rows.filter(register=register_id)
    return tuple(_view(row) for row in rows.order_by("-started_at", "-pk")[:limit])


def access_import(*, actor: Actor, import_id: UUID) -> ImportView:
    """:raises ImportMissing: absent, or somebody else's"""
    return _view(_own(actor, import_id))


def sample_of(*, actor: Actor, import_id: UUID, limit: int = 5) -> tuple[Mapping[str, str], ...]:
    """
    Return the first rows as the file has them, column → text; none once the file's time is over.

    :raises ImportMissing: absent, or somebody else's
    """
    row = _own(actor, import_id)
    if row.file_id is None:
        return ()
    with stored_sheet(row) as sheet:
        return tuple(
            {column: _short(value) for column, value in one.items()} for one in islice(sheet.rows(), limit)
        )


def problems_of(*, actor: Actor, import_id: UUID, after: int = 0, limit: int = 100) -> tuple[RowProblem, ...]:
    """
    Return what is wrong with the rows behind ``after``, row by row.

    :raises ImportMissing: absent, or somebody else's
    """
    rows = ImportProblem.objects.filter(import_of=_own(actor, import_id), row__gt=after)
    return tuple(
        RowProblem(one.row, one.sentence, one.field, one.left_out)
        for one in rows.order_by("row", "pk")[:limit]
    )


def problems_csv(*, actor: Actor, import_id: UUID) -> Iterator[str]:
    """
    Return the report as lines of CSV, piece by piece, with a mark that makes spreadsheets read UTF-8.

    :raises ImportMissing: absent, or somebody else's
    """
    row = _own(actor, import_id)
    labels = {field.id: field.label.vi for field in register(row.register).fields}
    return _lines(row, labels)


def _lines(row: RegisterImport, labels: Mapping[str, str]) -> Iterator[str]:
    yield "\ufeff" + _line((_("Dòng"), _("Mục"), _("Ghi vào sổ"), _("Điều cần xem lại")))
    rows = ImportProblem.objects.filter(import_of=row).order_by("row", "pk")
    for one in rows.iterator(chunk_size=CHUNK):
        written = _("không") if one.left_out else _("có")
        yield _line((one.row, labels.get(one.field, one.field), written, one.sentence))


def _line(cells: tuple[object, ...]) -> str:
    text = StringIO()
    # A cell that begins like a formula is none: spreadsheets would run it.
    csv.writer(text).writerow([f"'{one}" if str(one)[:1] in "=+-@" else one for one in cells])
    return text.getvalue()


def _own(actor: Actor, import_id: UUID) -> RegisterImport:
    row = RegisterImport.objects.visible_to(actor).filter(pk=import_id, register__in=registers()).first()
    if row is None:
        raise ImportMissing
    return row


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _view(row: RegisterImport) -> ImportView:
    definition = register(row.register)
    taken = set(row.mapping.values())
    return ImportView(
        id=row.pk,
        register=row.register,
        file_name=row.file_name,
        state=ImportState(row.state),
        kind=row.kind,
        encoding=row.encoding,
        delimiter=row.delimiter,
        projection=row.projection,
        columns=tuple(row.columns),
        guessed=row.guessed,
        mapping=row.mapping,
        open_columns=tuple(column for column in row.columns if column and column not in row.mapping),
        needed={one.id: one.label.vi for one in definition.fields if one.required and one.id not in taken},
        total=row.total,
        done=row.done,
        new=row.new,
        changed=row.changed,
        same=row.same,
        wrong=row.wrong,
        doubtful=row.doubtful,
        sentence=row.sentence,
        started_at=row.started_at,
        checked_at=row.checked_at,
        confirmed_at=row.confirmed_at,
        ended_at=row.ended_at,
    )
