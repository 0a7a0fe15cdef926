"""Which registers are layers of the map for whom: those with a place the reader may see."""

from dataclasses import dataclass

from tinhso.definitions.registers.types import RegisterDefinition, RegisterField
from tinhso.people.types import Actor
from tinhso.registers import queries, sight

# So many layers are drawn at once; as many colours and shapes are told apart.
MOST = 6


@dataclass(frozen=True, slots=True)
class Layer:
    """
    :param fields: what the reader may see of some record
    :param look: from 1 to :data:`MOST`: colour and shape of its marks; 0 while it is not drawn
    """

    definition: RegisterDefinition
    fields: tuple[RegisterField, ...]
    look: int = 0

    @property
    def id(self) -> str:
        return self.definition.id


def layers_for(actor: Actor) -> tuple[Layer, ...]:
    """Return the layers of the reader, by name: for the public, registers of open data."""
    found = (_layer(actor, one) for one in queries.open_registers(actor) if one.geometry)
    return tuple(one for one in found if one is not None)


def _layer(actor: Actor, definition: RegisterDefinition) -> Layer | None:
    listed = sight.listed_tiers(actor, definition)
    seen = frozenset[str]().union(*(tier.fields for tier in listed))
    if definition.geometry not in seen:
        return None
    return Layer(definition, tuple(one for one in definition.fields if one.id in seen))
