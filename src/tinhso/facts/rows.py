"""Facts that one entry makes whole: acts, payments, ratings, changes of records."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from tinhso.dossiers import events as cases
from tinhso.facts.models import ActFact, DossierFact, EventFact, PaymentFact, RatingFact, RecordFact
from tinhso.facts.places import NOWHERE, Places
from tinhso.facts.reading import Entry
from tinhso.kernel.clock import local
from tinhso.payments import events as money
from tinhso.people.types import ActorKind
from tinhso.registers.events import RecordEvent
from tinhso.surveys.events import SurveyAnswered

ABOUT = ("procedure", "field", "level", "agency", "unit", "channel")
MONEY = (money.BillEvent.subject_kind, money.PaymentReceived.subject_kind)
KINDS: Sequence[type[EventFact]] = (ActFact, PaymentFact, RatingFact, RecordFact)


def rows_of(
    entry: Entry, facts: Mapping[UUID, DossierFact], about: UUID | None, places: Places, pass_no: int
) -> Iterator[EventFact]:
    """
    Yield the facts the entry makes.

    :param facts: of the dossiers of this pass
    :param about: the dossier it is about
    """
    fact = facts.get(about) if about else None
    if entry.subject_kind == cases.DossierEvent.subject_kind:
        yield ActFact(**_event(entry, pass_no), **_about(about, fact), officer=_officer(entry))
    if entry.subject_kind in MONEY and "amount" in entry.payload:
        bill = entry.payload.get("bill_id")
        bill_id = entry.subject_id if entry.subject_kind == MONEY[0] else UUID(bill) if bill else None
        row = _about(about, fact) | {"bill_id": bill_id, "amount": entry.payload["amount"]}
        yield PaymentFact(**_event(entry, pass_no), **row)
    if entry.kind == cases.DossierRated.kind:
        yield RatingFact(**_event(entry, pass_no), **_about(about, fact), stars=entry.payload["stars"])
    if entry.kind == SurveyAnswered.kind:
        yield RatingFact(**_event(entry, pass_no), **_surveyed(entry, places))
    if entry.subject_kind == RecordEvent.subject_kind:
        told = entry.payload
        source = str(told.get("source", ""))[:40]
        record = {"record_id": entry.subject_id, "register": told["register"], "source": source}
        yield RecordFact(**_event(entry, pass_no), **record)


def _event(entry: Entry, pass_no: int) -> dict[str, object]:
    month = local(entry.at).date().replace(day=1)
    return {
        "number": entry.position,
        "pass_no": pass_no,
        "kind": entry.kind,
        "at": entry.at,
        "month": month,
    }


def _about(about: UUID | None, fact: DossierFact | None) -> dict[str, object]:
    if fact is None:
        return {"dossier_id": about}
    said = {name: getattr(fact, name) for name in ABOUT}
    return {"dossier_id": about, "dossier": fact.number, **said}


def _surveyed(entry: Entry, places: Places) -> dict[str, object]:
    told = entry.payload.get("agency_id")
    place = places.place(UUID(told)) if told else NOWHERE
    return {"agency": place.agency, "unit": place.unit}


def _officer(entry: Entry) -> UUID | None:
    return UUID(entry.actor_id) if entry.actor_kind == ActorKind.OFFICER else None
