"""What each entry of the ledger changes in the fact of its dossier. Same entries, same fact."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from tinhso.dossiers import events as cases
from tinhso.dossiers.once_only_events import FilingMeasured
from tinhso.facts.models import DossierFact
from tinhso.facts.places import Places
from tinhso.facts.reading import Entry
from tinhso.kernel.clock import local
from tinhso.payments import events as money

Fold = Callable[[DossierFact, Entry, Places], None]
MEASURED = ("questions", "proved", "prefilled", "papers", "saved", "reused")


def dossier_of(entry: Entry) -> UUID | None:
    """Return which dossier an entry is about, if it is about one."""
    if entry.subject_kind == cases.DossierEvent.subject_kind:
        return entry.subject_id
    told = entry.payload.get("for_subject_id" if entry.kind in _OF_MONEY else "dossier_id")
    return UUID(told) if told and entry.kind in FOLDS else None


def fold(fact: DossierFact, entry: Entry, places: Places) -> None:
    """Let the entry count."""
    change = FOLDS.get(entry.kind)
    if change is not None:
        change(fact, entry, places)


def _filed(fact: DossierFact, entry: Entry, places: Places) -> None:
    told = entry.payload
    place, service = places.place(UUID(told["agency_id"])), places.service(UUID(told["version_id"]))
    fact.number = entry.position
    fact.procedure, fact.channel = told["procedure"], told["channel"]
    fact.field, fact.level = service.field, service.level
    fact.agency, fact.unit = place.agency, place.unit
    fact.filed_at = entry.at
    fact.filed_month = local(entry.at).date().replace(day=1)


def _accepted(fact: DossierFact, entry: Entry, _places: Places) -> None:
    fact.accepted_at, fact.due_at = entry.at, _moment(entry.payload["due_at"])
    _waits_no_more(fact, entry)


def _waits(fact: DossierFact, entry: Entry, _places: Places) -> None:
    if fact.waiting_since is None:
        fact.waiting_since = entry.at


def _asked(fact: DossierFact, entry: Entry, places: Places) -> None:
    fact.asks += 1
    _waits(fact, entry, places)


def _goes_on(fact: DossierFact, entry: Entry, _places: Places) -> None:
    _waits_no_more(fact, entry)
    fact.due_at = _moment(entry.payload.get("due_at")) or fact.due_at


def _later(fact: DossierFact, entry: Entry, _places: Places) -> None:
    fact.due_at = _moment(entry.payload["new_due_at"])
    fact.extensions += 1


def _warned(fact: DossierFact, entry: Entry, _places: Places) -> None:
    fact.steps_missed += entry.payload["warned"] == "step_missed"


def _opinion(fact: DossierFact, _entry: Entry, _places: Places) -> None:
    fact.opinions += 1


def _changed(fact: DossierFact, _entry: Entry, _places: Places) -> None:
    fact.changes += 1


def _ended(outcome: str) -> Fold:
    def end(fact: DossierFact, entry: Entry, _places: Places) -> None:
        fact.outcome, fact.ended_at = outcome, entry.at
        _waits_no_more(fact, entry)

    return end


def _returned(fact: DossierFact, entry: Entry, _places: Places) -> None:
    fact.returned_at = entry.at


def _rated(fact: DossierFact, entry: Entry, _places: Places) -> None:
    fact.stars = entry.payload["stars"]


def _measured(fact: DossierFact, entry: Entry, _places: Places) -> None:
    for name in MEASURED:
        setattr(fact, name, entry.payload[name])


def _billed(fact: DossierFact, entry: Entry, _places: Places) -> None:
    fact.billed += entry.payload["amount"]


def _unbilled(fact: DossierFact, entry: Entry, _places: Places) -> None:
    fact.billed -= entry.payload["amount"]


def _paid(fact: DossierFact, entry: Entry, _places: Places) -> None:
    fact.paid += entry.payload["amount"]


def _reopened(fact: DossierFact, entry: Entry, _places: Places) -> None:
    fact.paid -= entry.payload["amount"]


def _came(fact: DossierFact, entry: Entry, _places: Places) -> None:
    # Money at the counter has a receipt and no credit: what a bank or the platform reports came online.
    fact.paid_online += entry.payload["amount"]


def _waits_no_more(fact: DossierFact, entry: Entry) -> None:
    if fact.waiting_since is not None:
        # A clock that was set back must not give time back.
        waited = max(0, int((entry.at - fact.waiting_since).total_seconds() // 60))
        fact.waiting_minutes, fact.waiting_since = fact.waiting_minutes + waited, None


def _moment(told: Any) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


_OF_MONEY: Mapping[str, Fold] = {
    money.BillIssued.kind: _billed,
    money.BillCancelled.kind: _unbilled,
    money.BillExpired.kind: _unbilled,
    money.BillPartPaid.kind: _paid,
    money.BillPaid.kind: _paid,
    money.BillReopened.kind: _reopened,
    money.PaymentReceived.kind: _came,
    money.PaymentMatched.kind: _came,
}

FOLDS: Mapping[str, Fold] = {
    cases.DossierFiled.kind: _filed,
    cases.DossierAccepted.kind: _accepted,
    cases.DossierDeclined.kind: _ended("declined"),
    cases.SupplementRequested.kind: _asked,
    cases.SupplementAnswered.kind: _goes_on,
    cases.PaymentAwaited.kind: _waits,
    cases.PaymentAsked.kind: _waits,
    cases.PaymentSettled.kind: _goes_on,
    cases.PaymentAskedBack.kind: _goes_on,
    cases.OpinionAsked.kind: _opinion,
    cases.DeadlineWarned.kind: _warned,
    cases.DeadlineExtended.kind: _later,
    cases.DossierRefused.kind: _ended("refused"),
    cases.ResultSigned.kind: _ended("granted"),
    cases.ResultDelivered.kind: _returned,
    cases.DossierWithdrawn.kind: _ended("withdrawn"),
    cases.DossierStopped.kind: _ended("stopped"),
    cases.ResultCorrected.kind: _changed,
    cases.ResultReissued.kind: _changed,
    cases.ResultRevoked.kind: _changed,
    cases.DossierRated.kind: _rated,
    FilingMeasured.kind: _measured,
    **_OF_MONEY,
}
