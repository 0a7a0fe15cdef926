"""Propose what comes due for people, by the rules of the packs."""

from datetime import datetime, timedelta

from django.db import transaction

from tinhso.definitions import catalogue
from tinhso.definitions.catalogue import ProcedureMissing
from tinhso.definitions.types import Procedure
from tinhso.dossiers.filings import value_of
from tinhso.dossiers.models import Dossier
from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.notices.actions import notify
from tinhso.outreach.events import SuggestionMade
from tinhso.outreach.matters import Matter, matters
from tinhso.outreach.models import Suggestion, SuggestionRefusal
from tinhso.outreach.rules import ProactiveRule, rules
from tinhso.people.types import Actor

PAGE = "/viec-sap-den/"


def propose_what_is_due(*, actor: Actor, at: datetime) -> int:
    """
    Propose everything that comes due and was not proposed yet; return how many proposals that made.

    Nothing is proposed that the person refused, or that they filed by themselves meanwhile. May run twice.
    """
    on = local(at).date()
    return sum(
        _propose(actor=actor, at=at, rule=rule, matter=matter)
        for rule in rules()
        for matter in matters(rule, on=on)
    )


@transaction.atomic
def _propose(*, actor: Actor, at: datetime, rule: ProactiveRule, matter: Matter) -> bool:
    locks.hold(f"outreach/{matter.person_id}")

    if _is_refused(rule, matter) or _is_known(rule, matter) or _is_filed(rule, matter):
        return False

    answers = _answers(rule, matter)
    suggestion = Suggestion.objects.create(
        person_id=matter.person_id,
        rule=rule.id,
        key=matter.key,
        about=matter.about[:160],
        due_on=matter.due_on,
        level=2 if answers else 1,
        procedure_code=rule.procedure,
        facts=list(matter.facts),
        answers=answers,
        proposed_at=at,
    )

    event = SuggestionMade(suggestion_id=suggestion.id, rule=rule.id, level=suggestion.level)
    ledger.record(actor=actor, at=at, event=event)
    notify(
        at=at,
        person_id=matter.person_id,
        template="coming_up",
        data={"matter": rule.name.model_dump(), "due": f"{matter.due_on:%d/%m/%Y}"},
        dedupe_key=f"coming_up:{suggestion.id}",
        link=PAGE,
    )
    return True


def _is_refused(rule: ProactiveRule, matter: Matter) -> bool:
    refusals = SuggestionRefusal.objects.filter(person_id=matter.person_id, rule=rule.id, key=matter.key)
    return refusals.filter(taken_back_at__isnull=True).exists()


def _is_known(rule: ProactiveRule, matter: Matter) -> bool:
    made = Suggestion.objects.filter(person_id=matter.person_id, rule=rule.id, key=matter.key)
    return made.filter(due_on=matter.due_on).exists()


def _is_filed(rule: ProactiveRule, matter: Matter) -> bool:
    """Tell whether the person filed it by themselves since it could be proposed."""
    if not rule.procedure:
        return False
    since = matter.due_on - timedelta(days=rule.ahead_days)
    filed = Dossier.objects.filter(applicant_id=matter.person_id, procedure_code=rule.procedure)
    return filed.filter(filed_at__date__gte=since).exists()


def _answers(rule: ProactiveRule, matter: Matter) -> dict[str, object]:
    """Return what the form begins with; nothing where it is not filed here or asks other questions by now."""
    if rule.level < 2:
        return {}
    try:
        procedure = catalogue.current(rule.procedure).procedure
    except ProcedureMissing:
        return {}
    given = {name: value_of(source, matter.known) for name, source in rule.answers.items()}
    return {name: value for name, value in given.items() if value is not None and _is_asked(procedure, name)}


def _is_asked(procedure: Procedure, question_id: str) -> bool:
    return any(question.id == question_id for question in procedure.questions())
