"""What comes up for a person, and why it is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from tinhso.definitions import catalogue
from tinhso.definitions.catalogue import ProcedureMissing
from tinhso.definitions.types import NO_TEXT, Text
from tinhso.dossiers.models import Dossier, Draft
from tinhso.kernel.clock import local
from tinhso.outreach.models import Suggestion, SuggestionRefusal
from tinhso.outreach.rules import expiry, rule_of
from tinhso.papers.types import DocumentState
from tinhso.people.types import Actor, ActorKind

# What a refusal of such a reminder names as its rule.
RESULT_EXPIRES = "result_expires"
# Results that are over stay on the list so long: somebody may have missed the day.
STILL_SHOWN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Fact:
    """
    Where a fact was found.

    :param kind: ``account`` or ``dossier``
    :param code: the dossier's
    :param label: what the question is called in the form; empty of the account
    """

    kind: str
    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Coming:
    """
    One matter that comes up.

    :param suggestion_id: none of a result that expires
    :param document_id: the result; none of a suggestion
    :param rule: what a refusal names, with ``key``
    :param about: whom it is about; the number of a result
    :param procedure_code: what may be filed; empty where nothing is filed here
    :param is_prepared: the form opens with what is known
    """

    rule: str
    key: str
    name: Text
    advice: Text
    source: str
    about: str
    due_on: date
    level: int
    procedure_code: str
    is_prepared: bool
    facts: tuple[Fact, ...]
    suggestion_id: UUID | None = None
    document_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A matter the person hears no more of."""

    id: UUID
    name: Text
    refused_at: datetime


def coming_up(*, actor: Actor, at: datetime) -> tuple[Coming, ...]:
    """Return what comes up for the actor's own person and was not refused, the nearest day first."""
    refused = {(row.rule, row.key) for row in _refusals(actor)}
    found = [*_suggested(actor, at=at), *_expiring(actor, at=at)]
    return tuple(
        sorted((one for one in found if (one.rule, one.key) not in refused), key=lambda one: one.due_on)
    )


def refused_by(*, actor: Actor) -> tuple[Refused, ...]:
    """Return what the person wants to hear no more of, the newest first."""
    return tuple(
        Refused(row.pk, _name_of(row.rule), row.refused_at)
        for row in sorted(_refusals(actor), key=lambda row: row.refused_at, reverse=True)
    )


def is_told_of(*, actor: Actor, at: datetime, rule: str, key: str) -> bool:
    """Tell whether the matter was proposed to the person, or a result of theirs expires."""
    if rule == RESULT_EXPIRES:
        return any(one.key == key for one in _expiring(actor, at=at))
    return Suggestion.objects.visible_to(actor).filter(rule=rule, key=key).exists()


def _refusals(actor: Actor) -> list[SuggestionRefusal]:
    return list(SuggestionRefusal.objects.visible_to(actor).filter(taken_back_at__isnull=True))


def _suggested(actor: Actor, *, at: datetime) -> Iterator[Coming]:
    on = local(at).date()
    rows = list(Suggestion.objects.visible_to(actor).order_by("due_on"))
    codes = [fact["code"] for row in rows for fact in row.facts if fact.get("code")]
    dossiers = {one.code: one for one in Dossier.objects.visible_to(actor).filter(code__in=codes)}
    filed = _filed(actor, rows)
    for row in rows:
        rule = rule_of(row.rule)
        if rule is None or row.draft_id in filed or on > row.due_on + timedelta(days=rule.until_days):
            continue
        yield Coming(
            rule=row.rule,
            key=row.key,
            name=rule.name,
            advice=rule.advice,
            source=rule.source,
            about=row.about,
            due_on=row.due_on,
            level=row.level,
            procedure_code=row.procedure_code if _is_offered(row.procedure_code) else "",
            is_prepared=row.level > 1 and _is_offered(row.procedure_code),
            facts=tuple(_fact(fact, dossiers) for fact in row.facts),
            suggestion_id=row.pk,
        )


def _filed(actor: Actor, rows: list[Suggestion]) -> set[UUID]:
    """Return the forms among those prepared that were filed: the matter is in hand."""
    drafts = [row.draft_id for row in rows if row.draft_id is not None]
    if not drafts:
        return set()
    own = Draft.objects.visible_to(actor).filter(pk__in=drafts, dossier__isnull=False)
    return set(own.values_list("pk", flat=True))


def _expiring(actor: Actor, *, at: datetime) -> Iterator[Coming]:
    if actor.kind is not ActorKind.CITIZEN or actor.person_id is None:
        return
    rule, on = expiry(), local(at).date()
    rows = Dossier.objects.visible_to(actor).filter(
        applicant_id=actor.person_id,
        result__granted=True,
        result__document__state=DocumentState.VALID,
        result__document__valid_until__range=(on - STILL_SHOWN, on + timedelta(days=rule.shown_days)),
        returned_at__isnull=False,
    )
    for dossier in rows.select_related("result__document"):
        document = dossier.result.document
        if document.valid_until is None:
            continue
        renewed_by = rule.renewal_of(dossier.procedure_code)
        yield Coming(
            rule=RESULT_EXPIRES,
            key=str(document.pk),
            name=catalogue.of_version(dossier.version_id).procedure.result.name,
            advice=NO_TEXT,
            source=rule.source,
            about=document.number_text,
            due_on=document.valid_until,
            level=1,
            procedure_code=renewed_by if _is_offered(renewed_by) else "",
            is_prepared=False,
            facts=(Fact("dossier", dossier.code, NO_TEXT),),
            document_id=document.pk,
        )


def _fact(fact: dict[str, str], dossiers: dict[str, Dossier]) -> Fact:
    dossier = dossiers.get(fact.get("code", ""))
    if dossier is None:
        return Fact(fact["kind"], fact.get("code", ""), NO_TEXT)
    asked = catalogue.of_version(dossier.version_id).procedure.questions()
    label = next((one.label for one in asked if one.id == fact["question"]), NO_TEXT)
    return Fact("dossier", dossier.code, label)


def _is_offered(procedure_code: str) -> bool:
    if not procedure_code:
        return False
    try:
        catalogue.current(procedure_code)
    except ProcedureMissing:
        return False
    return True


def _name_of(rule_id: str) -> Text:
    rule = rule_of(rule_id)
    if rule is not None:
        return rule.name
    return Text(vi="Giấy tờ sắp hết hạn", en="A paper that expires")
