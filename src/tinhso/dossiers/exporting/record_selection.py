"""Which records of a register an export holds: the question of its list, as it is kept with the export."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Self

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.dossiers.selecting import Selection
from tinhso.people.types import Actor
from tinhso.registers import policies, sight
from tinhso.registers.ranges import Range
from tinhso.registers.types import Moment

ANYWHERE = "*"


@dataclass(frozen=True, slots=True)
class RecordSelection:
    """
    :param valid: the day of the world, ``known``: what we knew at that moment, as ISO 8601
    :param text, filters, unit, spans: as ``registers.queries.find_records`` takes them
    """

    register: str
    valid: str
    known: str = ""
    text: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    spans: Mapping[str, Range] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what is said, without what is not."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        spans = {name: (low, high) for name, (low, high) in said.get("spans", {}).items()}
        return cls(**{**said, "spans": spans})

    @property
    def definition(self) -> RegisterDefinition:
        """:raises RegisterMissing: there is no such register any more"""
        return register(self.register)

    def question(self) -> dict[str, Any]:
        """Return what the queries of registers are asked, but for the actor."""
        known = datetime.fromisoformat(self.known) if self.known else None
        return {
            "register_id": self.register,
            "moment": Moment(date.fromisoformat(self.valid), known),
            "text": self.text,
            "filters": dict(self.filters),
            "unit_code": self.unit,
            "ranges": dict(self.spans),
        }

    def told(self) -> dict[str, object]:
        """Return what the ledger keeps: what was searched for may be a name or a number."""
        narrowed = sorted({*self.filters, *self.spans, *(["text"] if self.text else [])})
        return {"register": self.register, "valid": self.valid, "unit": self.unit, "narrowed_by": narrowed}

    def require_right(self, actor: Actor) -> None:
        """:raises NotListed, RegisterMissing: the actor may not go through the register's records"""
        policies.require_listed(actor=actor, definition=self.definition)

    def scope(self, actor: Actor) -> list[str]:
        """Return which field the actor sees in which unit, as an export keeps it."""
        tiers = sight.listed_tiers(actor, self.definition)
        return sorted(
            {f"{name}@{unit}" for one in tiers for name in one.fields for unit in one.units or {ANYWHERE}}
        )


def selection_of(said: Mapping[str, Any]) -> Selection | RecordSelection:
    """Return what was asked for, of what an export keeps."""
    return RecordSelection.from_json(said) if "register" in said else Selection.from_json(said)
