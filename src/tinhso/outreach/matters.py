"""For whom a rule comes due: found by facts that the person's account or their own dossiers hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models.fields.json import KeyTextTransform

from tinhso.dossiers.facts import all_answers
from tinhso.dossiers.filings import DONE
from tinhso.dossiers.models import Dossier
from tinhso.outreach.rules import OfDossier, ProactiveRule, expiry
from tinhso.papers.types import DocumentState
from tinhso.people.models import Account, Person
from tinhso.people.types import ActorKind

SELF = "self"
EXACT = "day"


@dataclass(frozen=True, slots=True)
class Matter:
    """
    One person for whom a rule comes due.

    :param key: the dossier the fact stands in, or ``self``
    :param facts: where each fact was found, see ``models.Suggestion``
    :param known: the answers of the dossier, from which a form may be prepared
    """

    person_id: UUID
    key: str
    about: str
    due_on: date
    facts: tuple[Mapping[str, str], ...]
    known: Mapping[str, object]


def matters(rule: ProactiveRule, *, on: date) -> Iterator[Matter]:
    """Yield for whom the rule comes due these days: persons who hold an account, to be told and to refuse."""
    found = _of_accounts(rule, on=on) if rule.about.dossier is None else _of_dossiers(rule, on=on)
    for matter in found:
        if _is_due(rule, matter.due_on, on=on):
            yield matter


def _is_due(rule: ProactiveRule, due_on: date, *, on: date) -> bool:
    return due_on - timedelta(days=rule.ahead_days) <= on <= due_on + timedelta(days=rule.until_days)


def born_between(rule: ProactiveRule, *, on: date) -> tuple[date, date]:
    """Return the days of birth among which the rule may come due; a little wide, the day itself decides."""
    first = on - timedelta(days=rule.until_days + 1)
    last = on + timedelta(days=rule.ahead_days + 1)
    age = rule.when.age
    if rule.when.by == "year":
        return date(first.year - age, 1, 1), date(last.year - age, 12, 31)
    return date(first.year - age, first.month, 1), date(last.year - age, last.month, 28) + timedelta(days=4)


def _of_accounts(rule: ProactiveRule, *, on: date) -> Iterator[Matter]:
    with_account = Account.objects.filter(kind=ActorKind.CITIZEN, is_active=True).values("person_id")
    rows = Person.objects.filter(
        pk__in=with_account, born_on__range=born_between(rule, on=on), born_precision=EXACT
    )
    for person in rows.iterator(chunk_size=2000):
        if person.born_on is not None and not _has_died(person.personal_id):
            facts = ({"kind": "account", "question": "applicant.born_on"},)
            yield Matter(person.pk, SELF, "", rule.when.due_on(person.born_on), facts, {})


def _of_dossiers(rule: ProactiveRule, *, on: date) -> Iterator[Matter]:
    about = rule.about.dossier
    if about is None:
        return
    seen: set[UUID] = set()
    for question in about.born_on:
        for dossier in _granted(about, question, born=born_between(rule, on=on)):
            if dossier.pk in seen or _earlier_answered(about, question, dossier):
                continue
            seen.add(dossier.pk)
            matter = _matter(rule, about, question, dossier)
            if matter is not None:
                yield matter


def _granted(about: OfDossier, question: str, *, born: tuple[date, date]) -> Iterator[Dossier]:
    """Yield the granted dossiers whose answer lies between the days, of persons with an account."""
    with_account = Account.objects.filter(kind=ActorKind.CITIZEN, is_active=True).values("person_id")
    rows = Dossier.objects.filter(
        procedure_code=about.procedure,
        status__in=DONE,
        organisation__isnull=True,
        applicant_id__in=with_account,
        result__granted=True,
        result__document__state=DocumentState.VALID,
    )
    if about.where:
        rows = rows.filter(answers__contains=dict(about.where))
    dated = rows.annotate(born=KeyTextTransform(question, "answers"))
    low, high = (day.isoformat() for day in born)
    return dated.filter(born__gte=low, born__lte=high).iterator(chunk_size=500)


def _earlier_answered(about: OfDossier, question: str, dossier: Dossier) -> bool:
    """Tell whether a question named before this one holds the date of who it is about."""
    before = about.born_on[: about.born_on.index(question)]
    return any(dossier.answers.get(name) for name in before)


def _matter(rule: ProactiveRule, about: OfDossier, question: str, dossier: Dossier) -> Matter | None:
    known = all_answers(dossier)
    try:
        born_on = date.fromisoformat(str(known.get(question)))
    except ValueError:
        return None
    if about.personal_id and _has_died(known.get(about.personal_id)):
        return None
    return Matter(
        person_id=dossier.applicant_id,
        key=str(dossier.pk),
        about=str(known.get(about.name) or "") if about.name else "",
        due_on=rule.when.due_on(born_on),
        facts=({"kind": "dossier", "code": dossier.code, "question": question},),
        known=known,
    )


def _has_died(personal_id: object) -> bool:
    """Tell whether a death of the person was registered here."""
    if not isinstance(personal_id, str) or not personal_id:
        return False
    deaths = expiry().deaths
    rows = Dossier.objects.filter(procedure_code=deaths.procedure, status__in=DONE, result__granted=True)
    return rows.filter(answers__contains={deaths.personal_id: personal_id}).exists()
