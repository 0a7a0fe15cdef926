"""Many plain rows of a sheet become dossiers at once: the counter's own acts, a few statements for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.definitions import catalogue
from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Procedure
from tinhso.dossiers import announce, codes, effort, once_only, process, sharing
from tinhso.dossiers.actions.file_dossier import dossier_of, filed_event
from tinhso.dossiers.actions.work_import import Begun, at_one_counter, evidence_of, reason_of
from tinhso.dossiers.billing import bill_for
from tinhso.dossiers.finding import agency_word
from tinhso.dossiers.importing import rows
from tinhso.dossiers.models import Dossier, Draft, FilingEffort, ImportedRow, StepRun
from tinhso.dossiers.models.dossier import Channel
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.forms import engine
from tinhso.kernel import ledger
from tinhso.kernel.clock import local
from tinhso.people import actions as people_actions
from tinhso.people import policies
from tinhso.people import queries as people
from tinhso.people.actions.assist import CounterPerson
from tinhso.people.models import Agency, MandateWay
from tinhso.people.types import Actor
from tinhso.registers.numbered import numbers_known

Lines = Sequence[tuple[int, Mapping[str, str]]]


class NotTogether(Exception):  # noqa: N818  (nobody is told: the rows are filed one by one)
    """Something about one of these rows wants more than the plain way."""


@dataclass(frozen=True, slots=True)
class _Row:
    """
    :param facts: as they were when the form was filled in
    :param draft: unsaved
    :param is_asked: a register that the form asks knows the person
    """

    line: int
    key: str
    facts: Facts
    draft: Draft
    is_asked: bool


def go_together(begun: Begun) -> bool:
    """
    Say whether the rows of a sheet can be filed many at once.

    Not where rows bring files, or opinions are asked on filing.
    """
    return not (begun.papers or begun.plan.has_files or begun.plan.procedure.steps[0].consult)


@transaction.atomic
def file_rows(*, actor: Actor, at: datetime, begun: Begun, lines: Lines) -> None:
    """
    File these rows, none of which was filed before, or none of them.

    :param actor: the officer, as they are now
    :raises NotAllowed: the actor is no one-stop officer of the agency any more
    :raises NotTogether: one of them, or the procedure, has to be filed by itself
    :raises Refusal: whatever keeps one of them from being filed
    """
    if not go_together(begun):
        raise NotTogether

    policies.require_counter(actor, agency_id=begun.agency_id)

    counter = at_one_counter(actor, begun.agency_id)
    persons = _persons(begun, lines, at=at)
    ids, mandates = _meet(counter, begun, persons, at=at)
    made = _drafts(counter, begun, lines, ids, mandates, at=at)

    Draft.objects.bulk_create(row.draft for row in made)
    _file(actor=actor, at=at, begun=begun, made=made)


def _persons(begun: Begun, lines: Lines, *, at: datetime) -> dict[int, CounterPerson]:
    """Return who files each line. :raises NotTogether: it cannot be told, or one person files twice"""
    found = {line: rows.person_of(begun.plan, row, at=at)[0] for line, row in lines}
    persons = {line: person for line, person in found.items() if person is not None}
    if len({person.personal_id for person in persons.values()}) < len(lines):
        raise NotTogether
    return persons


def _meet(
    counter: Actor, begun: Begun, persons: Mapping[int, CounterPerson], *, at: datetime
) -> tuple[dict[int, UUID], dict[UUID, UUID]]:
    """Write the persons down and let the officer act for them; return them by line, mandates by person."""
    known = people_actions.register_many_at_counter(
        actor=counter,
        at=at,
        agency_id=begun.agency_id,
        seen=tuple(persons.values()),
        reason=reason_of(begun),
    )
    ids = {line: known[person.personal_id] for line, person in persons.items()}
    mandates = people_actions.assist_many_at_counter(
        actor=counter,
        at=at,
        agency_id=begun.agency_id,
        evidence={person_id: evidence_of(begun, line) for line, person_id in ids.items()},
        scope=(begun.plan.procedure.code,),
    )
    return ids, mandates


def _drafts(
    counter: Actor,
    begun: Begun,
    lines: Lines,
    ids: Mapping[int, UUID],
    mandates: Mapping[UUID, UUID],
    *,
    at: datetime,
) -> list[_Row]:
    """:raises FormIncomplete: an answer of one of them is wrong"""
    published = catalogue.current(begun.plan.procedure.code)
    agency = people.competent_agency(published.procedure.agency, begun.plan.unit_code)
    proved = people.facts_of_many(ids.values())
    numbers = {str(one["applicant.personal_id"]) for one in proved.values()}
    known = numbers_known(procedure=published.procedure, numbers=numbers, at=at)
    made = []
    for line, row in lines:
        person_id = ids[line]
        draft = Draft(
            account_id=counter.signed_in_as,
            applicant_id=person_id,
            mandate_id=mandates[person_id],
            version_id=published.version_id,
            procedure_code=published.procedure.code,
            channel=Channel.COUNTER,
            receiving_agency_id=begun.agency_id,
            agency_id=agency.id,
            answers=engine.prefill(published.procedure, proved[person_id]),
            started_at=at,
            saved_at=at,
        )
        is_asked = str(proved[person_id]["applicant.personal_id"]) in known
        facts = _fill_in(counter, begun, row, draft, proved[person_id], is_asked=is_asked, at=at)
        made.append(_Row(line, begun.plan.key(row), facts, draft, is_asked))
    return made


def _fill_in(
    counter: Actor,
    begun: Begun,
    row: Mapping[str, str],
    draft: Draft,
    proved: dict[str, object],
    *,
    is_asked: bool,
    at: datetime,
) -> Facts:
    """
    Type the row into the form, and let registers begin it and stand for papers; return what conditions know.

    :raises FormIncomplete: an answer is wrong
    """
    procedure = begun.plan.procedure
    if is_asked:
        once_only.begin_from_registers(actor=counter, at=at, draft=draft, procedure=procedure)
    facts = _facts(draft, proved, at=at)
    given, _wrong = rows.answers(begun.plan, row, facts=facts)
    fresh = {name: value for name, value in given.items() if draft.answers.get(name) != value}
    draft.answers, errors = engine.read_answers(
        procedure, fresh, answers=draft.answers, facts=facts, communes=commune_lookup
    )
    if errors:
        raise FormIncomplete(errors)
    if is_asked:
        once_only.find_replaced(actor=counter, at=at, draft=draft, procedure=procedure)
    return _facts(draft, proved, at=at)


def _facts(draft: Draft, proved: dict[str, object], *, at: datetime) -> Facts:
    """Return what ``facts.facts_of`` does, of a person who was read along with the others."""
    return Facts(
        today=local(at).date(),
        applicant=proved,
        channel=Channel.COUNTER,
        replaced=frozenset(draft.by_data),
        fixed={name: draft.answers[name] for name in draft.by_data if name in draft.answers},
    )


def _file(*, actor: Actor, at: datetime, begun: Begun, made: Sequence[_Row]) -> None:
    procedure = begun.plan.procedure
    counted = [_require_complete(procedure, row) for row in made]
    agency = Agency.objects.get(pk=made[0].draft.agency_id)
    numbered = codes.next_codes(agency=agency, at=at, count=len(made))
    dossiers, runs = [], []
    for row, code, answers in zip(made, numbered, counted, strict=True):
        dossier = _dossier(actor, row, code, answers, at=at)
        dossier.agency = agency
        run = process.run_of(dossier=dossier, step=procedure.steps[0], at=at)
        words = map(agency_word, sharing.agencies_at_first(dossier, run.agency_id))
        dossier.search = " ".join([dossier.search, *words])
        dossiers.append(dossier)
        runs.append(run)
    _keep(at=at, procedure=procedure, dossiers=dossiers, runs=runs)
    _tell(actor=actor, at=at, procedure=procedure, dossiers=dossiers, made=made)
    ImportedRow.objects.bulk_create(
        ImportedRow(key=row.key, sheet_id=begun.import_id, line=row.line, dossier=dossier)
        for row, dossier in zip(made, dossiers, strict=True)
    )


def _require_complete(procedure: Procedure, row: _Row) -> dict[str, object]:
    """Return the answers that are filed. :raises FormIncomplete: one is missing or wrong"""
    answers = engine.counted_answers(procedure, row.draft.answers, row.facts)
    if errors := engine.check_all(procedure, answers, papers={}, facts=row.facts, communes=commune_lookup):
        raise FormIncomplete(errors)
    return answers


def _dossier(actor: Actor, row: _Row, code: str, answers: dict[str, object], *, at: datetime) -> Dossier:
    proved = row.facts.applicant
    dossier = dossier_of(
        actor=actor,
        draft=row.draft,
        code=code,
        full_name=str(proved["applicant.full_name"]),
        personal_id=str(proved["applicant.personal_id"]),
        filed_at=at,
    )
    dossier.answers = answers
    return dossier


def _keep(*, at: datetime, procedure: Procedure, dossiers: list[Dossier], runs: list[StepRun]) -> None:
    Dossier.objects.bulk_create(dossiers)
    StepRun.objects.bulk_create(runs)
    pairs = [(dossier, run.agency_id) for dossier, run in zip(dossiers, runs, strict=True)]
    sharing.share_fresh(at=at, dossiers=pairs)
    if procedure.fees:
        for dossier in dossiers:
            bill_for(at=at, dossier=dossier, procedure=procedure, moment="on_filing")


def _tell(
    *, actor: Actor, at: datetime, procedure: Procedure, dossiers: list[Dossier], made: Sequence[_Row]
) -> None:
    """Count what each filing asked, write all of it down, and tell the applicants."""
    measured = [
        effort.row_of(dossier=dossier, procedure=procedure, facts=row.facts, origins=_origins(row, dossier))
        for row, dossier in zip(made, dossiers, strict=True)
    ]
    FilingEffort.objects.bulk_create(measured)
    events = [
        *(effort.measured(row) for row in measured),
        *(filed_event(one, procedure, way=MandateWay.PRESENCE) for one in dossiers),
    ]
    ledger.record_all(actor=actor, at=at, events=events)
    announce.tell_filed(dossiers=dossiers, procedure=procedure, at=at)


def _origins(row: _Row, dossier: Dossier) -> Mapping[str, once_only.Origin]:
    if not row.is_asked:
        return {}
    return once_only.origins_of_answers(subject_id=row.draft.pk, answers=dossier.answers)
