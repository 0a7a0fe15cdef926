"""The ledger of a small province, written entry by entry, for tests of facts and figures."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers import events as cases
from tinhso.dossiers.effort import COUNTED
from tinhso.dossiers.once_only_events import FilingMeasured
from tinhso.kernel.clock import VIETNAM
from tinhso.kernel.events import Event
from tinhso.kernel.models import LedgerEntry
from tinhso.payments import events as money
from tinhso.people.models import Agency

BIRTH, PERMIT = "1.001193", "1.013225"
BINH_LIEU, HONG_GAI = "06838", "06685"
NAMES = UUID("0198a000-0000-7000-8000-000000000000")


def at(day: str, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment of a day in Vietnam."""
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=VIETNAM).astimezone(UTC)


def write(event: Event, when: datetime, *, officer: UUID | None = None) -> LedgerEntry:
    """Write an entry without telling listeners: there are no dossiers behind these."""
    return LedgerEntry.objects.create(
        at=when,
        kind=event.kind,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        actor_kind="officer" if officer else "citizen",
        actor_id=str(officer or ""),
        payload=event.payload(),
        salt=b"0" * 16,
    )


@dataclass
class Life:
    """One dossier's entries; ``name`` gives it an id that is the same in every run."""

    name: str
    unit: str = BINH_LIEU
    code: str = BIRTH
    channel: str = "online"
    officer: UUID = field(default_factory=lambda: uuid5(NAMES, "officer"))

    @property
    def id(self) -> UUID:
        return uuid5(NAMES, self.name)

    def filed(self, when: datetime, **measured: int) -> "Life":
        """File it; with counts of what the filing asked."""
        agency = Agency.objects.get(kind="commune_committee", unit_code=self.unit)
        version = catalogue.current(self.code).version_id
        if measured:
            counted = {name: measured.get(name, 0) for name in COUNTED}
            effort = FilingMeasured(
                effort_id=uuid5(NAMES, f"{self.name}.effort"),
                dossier_id=self.id,
                procedure=self.code,
                **counted,
            )
            write(effort, when)
        filed = cases.DossierFiled(
            dossier_id=self.id,
            procedure=self.code,
            version_id=version,
            agency_id=agency.pk,
            channel=self.channel,
        )
        write(filed, when)
        return self

    def accepted(self, when: datetime, due: datetime) -> "Life":
        return self.happens(cases.DossierAccepted(dossier_id=self.id, due_at=due), when)

    def asked(self, when: datetime) -> "Life":
        event = cases.SupplementRequested(dossier_id=self.id, items=1, counts_late=False)
        return self.happens(event, when)

    def answered(self, when: datetime, due: datetime | None) -> "Life":
        return self.happens(cases.SupplementAnswered(dossier_id=self.id, due_at=due), when)

    def signed(self, when: datetime) -> "Life":
        return self.happens(
            cases.ResultSigned(dossier_id=self.id, document_id=uuid5(NAMES, self.name + "!")), when
        )

    def rated(self, when: datetime, stars: int) -> "Life":
        return self.happens(cases.DossierRated(dossier_id=self.id, stars=stars), when)

    def paid(self, when: datetime, amount: int, *, online: bool) -> "Life":
        """Bill and payment, by a bank or at the counter."""
        bill = {"bill_id": uuid5(NAMES, f"{self.name}.bill"), "for_subject_id": self.id}
        said = {"purpose_key": "on_filing", "reference": self.name, "amount": amount}
        write(money.BillIssued(**bill, **said), when)  # type: ignore[arg-type]
        write(money.BillPaid(**bill, **said), when)  # type: ignore[arg-type]
        if online:
            credit = uuid5(NAMES, f"{self.name}.credit")
            write(money.PaymentReceived(transaction_id=credit, amount=amount, outcome="full", **bill), when)
        return self

    def happens(self, event: Event, when: datetime) -> "Life":
        write(event, when, officer=self.officer)
        return self


def decided(name: str, filed: str, ended: str, *, due: str, **about: str) -> Life:
    """Return a dossier filed, accepted and signed on these days, due at the end of office hours."""
    life = Life(name, **about)  # type: ignore[arg-type]
    life.filed(at(filed), questions=10, papers=2).accepted(at(filed, 10), at(due, 17))
    return life.signed(at(ended, 15))


def procedure(code: str = BIRTH) -> Procedure:
    return catalogue.current(code).procedure


def later(when: datetime, **by: float) -> datetime:
    return when + timedelta(**by)
