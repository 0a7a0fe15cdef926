"""What the jobs do with a sheet: check its rows, file them one by one, end, give up, forget the file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tinhso.definitions import catalogue
from tinhso.dossiers.actions.attach_paper import attach_paper
from tinhso.dossiers.actions.file_dossier import Filed, file_dossier
from tinhso.dossiers.actions.save_answers import save_answers
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.dossiers.desk_events import ImportDone, ImportFailed, SheetChecked
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.importing import cells, limits, rows
from tinhso.dossiers.importing.archive import Archive
from tinhso.dossiers.importing.limits import SheetFileWrong
from tinhso.dossiers.importing.rows import Plan, Read
from tinhso.dossiers.importing.targets import ARCHIVE
from tinhso.dossiers.models import Draft, Import, ImportedRow, ImportFault
from tinhso.dossiers.models.dossier import Channel
from tinhso.dossiers.models.importing import ImportQuerySet, ImportState
from tinhso.kernel import files, ledger
from tinhso.kernel.refusals import Refusal
from tinhso.people import actions as people_actions
from tinhso.people import policies
from tinhso.people.types import Actor

COUNTER = "one_stop"
FORGOTTEN_AT_ONCE = 100


class Stopped(Exception):  # noqa: N818  (nobody is told: whoever stopped it knows)
    """The import was cancelled, or another run of the job has taken it up."""


@dataclass(frozen=True, slots=True)
class Begun:
    """
    One run of a job.

    :param papers: id of a paper → stored file and its name, for every row
    :param archive_id: the ZIP beside the sheet
    """

    import_id: UUID
    attempt: int
    account_id: UUID
    agency_id: UUID
    file_id: UUID
    file_name: str
    language: str
    plan: Plan
    papers: Mapping[str, tuple[UUID, str]]
    archive_id: UUID | None


@transaction.atomic
def begin_import(*, import_id: UUID, state: ImportState) -> Begun | None:
    """Take the sheet up, with what an earlier run found thrown away; None when nothing is left to do."""
    sheet = Import.objects.select_for_update().filter(pk=import_id, state=state).first()
    if sheet is None or sheet.file_id is None:
        return None
    sheet.attempt, sheet.done = sheet.attempt + 1, 0
    sheet.save(update_fields=["attempt", "done"])
    is_loading = state == ImportState.LOADING
    sheet.faults.filter(**({"while_loading": True} if is_loading else {})).delete()
    return Begun(
        import_id=sheet.pk,
        attempt=sheet.attempt,
        account_id=sheet.account_id,
        agency_id=sheet.agency_id,
        file_id=sheet.file_id,
        file_name=sheet.file_name,
        language=sheet.language,
        plan=_plan(sheet),
        papers={
            part: (UUID(kept["file"]), kept["name"]) for part, kept in sheet.papers.items() if part != ARCHIVE
        },
        archive_id=UUID(sheet.papers[ARCHIVE]["file"]) if ARCHIVE in sheet.papers else None,
    )


def tell_progress(*, begun: Begun, state: ImportState, **counts: int) -> None:
    """Write down how far it is. :raises Stopped: nobody wants the rest"""
    if not _running(begun, state).update(**counts):
        raise Stopped


@transaction.atomic
def end_check(*, actor: Actor, at: datetime, begun: Begun, total: int, sound: int, repeated: int) -> None:
    """Keep what was found. :raises Stopped: it was cancelled meanwhile"""
    sheet = _lock(begun, ImportState.CHECKING)

    sheet.state, sheet.checked_at = ImportState.CHECKED, at
    sheet.total = sheet.done = total
    sheet.sound, sheet.repeated = sound, repeated
    sheet.save()

    ledger.record(actor=actor, at=at, event=SheetChecked(import_id=sheet.pk, rows=total, sound=sound))


@transaction.atomic
def file_row(
    *,
    actor: Actor,
    at: datetime,
    begun: Begun,
    line: int,
    row: Mapping[str, str],
    archive: Archive | None = None,
) -> Filed | None:
    """
    File one row as the counter files for somebody, or nothing of it; None when it was filed before.

    :param actor: the officer, as they are now
    :param archive: the ZIP beside the sheet
    :raises NotAllowed: the actor is no one-stop officer of the agency any more
    :raises Refusal: whatever keeps the row from being filed; nothing of it stays
    """
    key = begun.plan.key(row)
    if ImportedRow.objects.filter(pk=key).exists():
        return None

    policies.require_counter(actor, agency_id=begun.agency_id)

    read = rows.read(begun.plan, row, at=at, archive=archive)
    draft_id = _draft(actor=actor, at=at, begun=begun, line=line, read=read)
    _fill_in(actor=actor, at=at, begun=begun, row=row, draft_id=draft_id)
    if archive is not None:
        _hand_in(actor=actor, at=at, begun=begun, row=row, draft_id=draft_id, archive=archive)
    filed = file_dossier(actor=actor, at=at, draft_id=draft_id)

    ImportedRow.objects.create(key=key, sheet_id=begun.import_id, line=line, dossier_id=filed.dossier_id)
    return filed


@transaction.atomic
def end_load(*, actor: Actor, at: datetime, begun: Begun, repeated: int) -> None:
    """:raises Stopped: it was cancelled meanwhile"""
    sheet = _lock(begun, ImportState.LOADING)

    sheet.state, sheet.ended_at, sheet.done = ImportState.DONE, at, sheet.total
    sheet.filed = sheet.rows.count()
    sheet.repeated = repeated
    sheet.save()

    ledger.record(actor=actor, at=at, event=ImportDone(import_id=sheet.pk, filed=sheet.filed))


@transaction.atomic
def fail_import(*, actor: Actor, at: datetime, begun: Begun, state: ImportState, refusal: Refusal) -> None:
    """Break off, and say why in the officer's language. :raises Stopped: it was cancelled meanwhile"""
    sheet = _lock(begun, state)

    with translation.override(begun.language):
        sheet.sentence = refusal.sentence()
    sheet.state, sheet.ended_at, sheet.filed = ImportState.FAILED, at, sheet.rows.count()
    sheet.save()

    ledger.record(actor=actor, at=at, event=ImportFailed(import_id=sheet.pk, problem=refusal.code))


@transaction.atomic
def forget_sheets(*, at: datetime) -> int:
    """Delete files nobody needed for a month; what was filed and what was wrong stays. Return how many."""
    old = Import.objects.filter(file__isnull=False, uploaded_at__lte=at - limits.KEPT)
    idle = old.exclude(state__in=[ImportState.CHECKING, ImportState.LOADING])
    found = list(idle.select_for_update(skip_locked=True)[:FORGOTTEN_AT_ONCE])
    for sheet in found:
        gone = [sheet.file_id, *(UUID(kept["file"]) for kept in sheet.papers.values())]
        sheet.file, sheet.papers = None, {}
        sheet.save(update_fields=["file", "papers"])
        for file_id in gone:
            if file_id is not None:
                files.delete(file_id)
    return len(found)


def faults_of(begun: Begun, *, line: int, read: Read) -> list[ImportFault]:
    """Return what is wrong with a row as it is kept."""
    return [
        ImportFault(sheet_id=begun.import_id, line=line, heading=one.heading[:200], sentence=one.sentence)
        for one in read.faults
    ]


def _draft(*, actor: Actor, at: datetime, begun: Begun, line: int, read: Read) -> UUID:
    """Write the person down, let the officer act for them, and begin their form."""
    counter = at_one_counter(actor, begun.agency_id)
    if read.person is None:
        raise limits.SheetUnreadable
    person_id = people_actions.register_person_at_counter(
        actor=counter, at=at, agency_id=begun.agency_id, seen=read.person, reason=reason_of(begun)
    )
    people_actions.assist_at_counter(
        actor=counter,
        at=at,
        agency_id=begun.agency_id,
        person_id=person_id,
        evidence=evidence_of(begun, line),
        scope=(begun.plan.procedure.code,),
    )
    started = start_draft(
        actor=counter,
        at=at,
        procedure_code=begun.plan.procedure.code,
        unit_code=begun.plan.unit_code,
        applicant_id=person_id,
        channel=Channel.COUNTER,
    )
    return started.draft_id


def _fill_in(*, actor: Actor, at: datetime, begun: Begun, row: Mapping[str, str], draft_id: UUID) -> None:
    """Type the row into the form as it is for this person, and hand in the papers of the sheet."""
    draft = Draft.objects.select_related("applicant").get(pk=draft_id)
    facts = facts_of(dossier=draft, at=at)
    given, _wrong = rows.answers(begun.plan, row, facts=facts)
    fresh = {name: value for name, value in given.items() if draft.answers.get(name) != value}
    save_answers(actor=actor, at=at, draft_id=draft_id, given=fresh)
    for part, (file_id, name) in begun.papers.items():
        with files.open_file(file_id) as content:
            attach_paper(
                # By the mandate given a moment ago, which the officer's own view of themselves does not know.
                actor=actor.let_in(draft.applicant_id),
                at=at,
                draft_id=draft_id,
                requirement=part,
                file_name=name,
                content=content,
            )


def _hand_in(
    *, actor: Actor, at: datetime, begun: Begun, row: Mapping[str, str], draft_id: UUID, archive: Archive
) -> None:
    """Hand in the row's own files. :raises SheetFileWrong: one is not there, or no paper can be read of it"""
    applicant_id = Draft.objects.values_list("applicant_id", flat=True).get(pk=draft_id)
    for part, names in cells.file_names(begun.plan.procedure, row).items():
        for name in names:
            if said := archive.problem(name):
                raise SheetFileWrong(said=said)
            with archive.open(name) as content:
                attach_paper(
                    actor=actor.let_in(applicant_id),
                    at=at,
                    draft_id=draft_id,
                    requirement=part,
                    file_name=name.rpartition("/")[2],
                    content=content,
                )


def reason_of(begun: Begun) -> str:
    """Return what somebody of the sheet came for, as they will read it."""
    return (_("Nộp theo danh sách «%(name)s»") % {"name": begun.file_name})[:240]


def evidence_of(begun: Begun, line: int) -> str:
    """Return how somebody of the sheet agreed to be acted for."""
    return f"{reason_of(begun)}, dòng {line}; bản giấy có chữ ký lưu tại quầy."[:400]


def at_one_counter(actor: Actor, agency_id: UUID) -> Actor:
    """Return the officer with the post at this counter alone: there it is received."""
    posts = (post for post in actor.posts if post.role == COUNTER and post.agency_id == agency_id)
    return replace(actor, posts=tuple(posts))


def _plan(sheet: Import) -> Plan:
    return Plan(
        procedure=catalogue.current(sheet.procedure_code).procedure,
        unit_code=sheet.unit_code,
        agency_id=sheet.agency_id,
        headings=tuple(sheet.headings),
        columns={int(place): held for place, held in sheet.columns.items()},
        papers=frozenset(sheet.papers) - {ARCHIVE},
        declared=sheet.declared,
    )


def _running(begun: Begun, state: ImportState) -> ImportQuerySet:
    return Import.objects.filter(pk=begun.import_id, attempt=begun.attempt, state=state)


def _lock(begun: Begun, state: ImportState) -> Import:
    sheet = _running(begun, state).select_for_update().first()
    if sheet is None:
        raise Stopped
    return sheet
