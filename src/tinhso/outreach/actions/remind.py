"""Remind people of results that are valid only a while longer."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from tinhso.definitions import catalogue
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.policies import speaks_for_applicant
from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.notices.actions import notify
from tinhso.outreach.actions.propose import PAGE
from tinhso.outreach.events import ExpiryReminded
from tinhso.outreach.models import ExpiryReminder, SuggestionRefusal
from tinhso.outreach.queries import RESULT_EXPIRES
from tinhso.outreach.rules import ExpiryRules, expiry
from tinhso.papers.types import DocumentState
from tinhso.people.models import Account
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor, ActorKind


def remind_of_expiry(*, actor: Actor, at: datetime) -> int:
    """
    Remind the holders of results that expire soon; return how many reminders that made.

    Each of the days of the packs is reminded of once; one that was passed while nobody ran is not made up for
    when a later one has come. May run twice.
    """
    rule, on = expiry(), local(at).date()
    return sum(
        _remind(actor=actor, at=at, dossier=dossier, days_before=due)
        for dossier in _expiring(rule, on=on)
        if (due := due_now(rule, _last_day(dossier), on=on)) is not None
    )


def due_now(rule: ExpiryRules, last_day: date, *, on: date) -> int | None:
    """
    Return the nearest of the rule's days that has come; None while none has, and after the last day.

    >>> rule = ExpiryRules.model_construct(days_before=(60, 7))
    >>> [due_now(rule, date(2026, 12, 31), on=date(2026, 12, day)) for day in (1, 24, 31)]
    [60, 7, 7]
    """
    left = (last_day - on).days
    return min((days for days in rule.days_before if 0 <= left <= days), default=None)


@transaction.atomic
def _remind(*, actor: Actor, at: datetime, dossier: Dossier, days_before: int) -> bool:
    document = dossier.result.document
    locks.hold(f"outreach/{dossier.applicant_id}")

    if not _may_be_told(dossier, at=at):
        return False
    reminder, is_new = ExpiryReminder.objects.get_or_create(
        document=document, days_before=days_before, defaults={"reminded_at": at}
    )
    if not is_new:
        return False

    event = ExpiryReminded(document_id=document.pk, days_before=days_before)
    ledger.record(actor=actor, at=at, event=event)
    procedure = catalogue.of_version(dossier.version_id).procedure
    notify(
        at=at,
        person_id=dossier.applicant_id,
        template="result_expires",
        data={
            "result": procedure.result.name.model_dump(),
            "number": document.number_text,
            "due": f"{_last_day(dossier):%d/%m/%Y}",
        },
        dedupe_key=f"result_expires:{reminder.pk}",
        link=PAGE,
    )
    return True


def _expiring(rule: ExpiryRules, *, on: date) -> Iterator[Dossier]:
    """Yield the dossiers whose result is in force, handed out and over within the longest of the days."""
    last = on + timedelta(days=max(rule.days_before))
    rows = Dossier.objects.filter(
        result__granted=True,
        result__document__state=DocumentState.VALID,
        result__document__valid_until__range=(on, last),
        returned_at__isnull=False,
    )
    return rows.select_related("result__document").iterator(chunk_size=500)


def _may_be_told(dossier: Dossier, *, at: datetime) -> bool:
    """Only who has an account can refuse; who filed for an organisation must still stand for it."""
    refused = SuggestionRefusal.objects.filter(
        person_id=dossier.applicant_id,
        rule=RESULT_EXPIRES,
        key=str(dossier.result.document_id),
        taken_back_at__isnull=True,
    )
    account = Account.objects.filter(
        person_id=dossier.applicant_id, kind=ActorKind.CITIZEN, is_active=True
    ).first()
    if account is None or refused.exists():
        return False
    return dossier.organisation_id is None or speaks_for_applicant(
        actor=actor_of(account.pk, at=at), dossier=dossier
    )


def _last_day(dossier: Dossier) -> date:
    """:raises ValueError: its result is valid for ever; none such is asked for"""
    last = dossier.result.document.valid_until
    if last is None:
        raise ValueError("the result does not expire")
    return last
