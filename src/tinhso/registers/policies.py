"""Who may write which record of a register."""

from collections.abc import Iterable
from typing import Literal

from tinhso.definitions.registers.types import Grant, RegisterDefinition
from tinhso.people.types import Actor, ActorKind
from tinhso.registers import sight
from tinhso.registers.refusals import NotYourRegister, TruthIsOutside

Deed = Literal["write", "settle"]


def require_writer(
    *, actor: Actor, definition: RegisterDefinition, unit_keys: Iterable[str], deed: Deed = "write"
) -> Actor:
    """
    Return the actor as acting from the post that gives the right; the system may write anywhere.

    :param unit_keys: the units the record belongs to, before and after
    :raises TruthIsOutside: the register is a copy; only the exchange writes it
    :raises NotYourRegister: no post gives the right for all of these units
    """
    if actor.kind is ActorKind.SYSTEM:
        return actor
    if definition.truth == "outside":
        raise TruthIsOutside(register=definition.name.vi, system=definition.system)
    wanted = frozenset(unit_keys)
    grants = _grants(definition, deed)
    for post, grant in sight.holding(actor, grants):
        reached = sight.units_of(post, grant)
        if reached is None or wanted <= reached:
            return actor.acting_from(post)
    raise NotYourRegister(register=definition.name.vi)


def may_write(*, actor: Actor, definition: RegisterDefinition, unit_key: str, deed: Deed = "write") -> bool:
    """Tell whether :func:`require_writer` would let the actor; for pages that offer it."""
    try:
        require_writer(actor=actor, definition=definition, unit_keys=[unit_key], deed=deed)
    except (NotYourRegister, TruthIsOutside):
        return False
    return True


def may_enter(*, actor: Actor, definition: RegisterDefinition) -> bool:
    """Tell whether the actor may enter a record somewhere."""
    if definition.truth == "outside":
        return False
    return any(True for _post, _grant in sight.holding(actor, definition.access.write))


def _grants(definition: RegisterDefinition, deed: Deed) -> tuple[Grant, ...]:
    return definition.access.write if deed == "write" else definition.access.settling
