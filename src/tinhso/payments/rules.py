"""What the province decides about collecting money, and how a credit counts for a bill."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from tinhso.payments.states import BillState, Outcome


class Roles(BaseModel):
    """Role ids of ``roles.yaml`` for each kind of act."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cash: tuple[str, ...]
    refund: tuple[str, ...]
    reconcile: tuple[str, ...]


class PaymentRules(BaseModel):
    """``packs/vietnam/payments.yaml``, frozen; an unknown field is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reference_prefix: str = Field(pattern=r"^[A-Z]{2}$")
    purpose_limit: int = Field(ge=14, le=95)
    expires_after_hours: int = Field(gt=0)
    grace_hours: int = Field(ge=0)
    callback_window_seconds: int = Field(gt=0)
    roles: Roles

    @property
    def expires_after(self) -> timedelta:
        return timedelta(hours=self.expires_after_hours)

    @property
    def grace(self) -> timedelta:
        return timedelta(hours=self.grace_hours)

    @property
    def callback_window(self) -> timedelta:
        return timedelta(seconds=self.callback_window_seconds)


@cache
def load_rules(packs: Path) -> PaymentRules:
    """Return the rules. :raises pydantic.ValidationError: naming the wrong field"""
    text = (packs / "vietnam" / "payments.yaml").read_text(encoding="utf-8")
    return PaymentRules.model_validate(YAML(typ="safe").load(text))


@dataclass(frozen=True, slots=True)
class Decision:
    """
    How a credit counts for a bill.

    :param move: the bill's move, empty where it stays as it is
    :param excess: đồng of this credit that are due back to the payer
    """

    outcome: Outcome
    move: str
    excess: int


def decide(*, state: BillState, total: int, received: int, amount: int) -> Decision:
    """
    Say how a credit of ``amount`` đồng counts for a bill that has ``received`` so far.

    Only what the bill itself stores is compared: nothing that came with the message decides what is owed.
    """
    if not state.is_open:
        outcome = Outcome.OVER if state.was_paid else Outcome.LATE
        return Decision(outcome, move="", excess=amount)
    missing = total - received
    if amount < missing:
        return Decision(Outcome.SHORT, move="pay_part", excess=0)
    excess = amount - missing
    return Decision(Outcome.OVER if excess else Outcome.PAID, move="pay", excess=excess)
