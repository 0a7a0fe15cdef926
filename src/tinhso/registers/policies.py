"""Who may write which record of a register."""

from collections.abc import Iterable
from typing import Literal

from tinhso.definitions.registers.types import Grant, RegisterDefinition
from tinhso.people.types import Actor, ActorKind
from tinhso.registers import sight
from tinhso.registers.refusals import FieldNotYours, NotListed, NotYourRegister, TruthIsOutside

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


def require_fields(
    *, actor: Actor, definition: RegisterDefinition, names: Iterable[str], unit_keys: Iterable[str]
) -> None:
    """
    Nobody writes a value they may not see.

    :raises FieldNotYours: one of the fields is hidden from the actor in one of the units
    """
    wanted = [name for name in names if name in definition.by_id]
    for unit_key in unit_keys:
        seen = fields_to_write(actor=actor, definition=definition, unit_key=unit_key)
        for name in wanted:
            if name not in seen:
                raise FieldNotYours(label=definition.by_id[name].label.vi)


def fields_to_write(*, actor: Actor, definition: RegisterDefinition, unit_key: str) -> frozenset[str]:
    """Return the fields the actor sees, by a post, of records of the unit."""
    found = [one for one in sight.tiers(actor, definition) if not one.public]
    return sight.seen_fields(found, unit_key=unit_key, version_words=(), is_current=True)


def fields_to_enter(*, actor: Actor, definition: RegisterDefinition) -> frozenset[str]:
    """Return the fields the actor may fill in where they may enter a record at all."""
    found = [one for one in sight.tiers(actor, definition) if not one.public]
    return frozenset().union(*(one.fields for one in found))


def fields_shown(*, actor: Actor, definition: RegisterDefinition) -> frozenset[str]:
    """Return the fields the actor sees of some record, if only of one whose key they know."""
    return frozenset().union(*(one.fields for one in sight.tiers(actor, definition)))


def fields_seen(*, actor: Actor, definition: RegisterDefinition) -> frozenset[str]:
    """Return the fields by which records are listed to the actor; none: no record is."""
    return frozenset().union(*(one.fields for one in sight.listed_tiers(actor, definition)))


def require_listed(*, actor: Actor, definition: RegisterDefinition) -> None:
    """:raises NotListed: the actor may not go through the register's records one after the other"""
    if not sight.listed_tiers(actor, definition):
        raise NotListed(register=definition.name.vi)


def may_write(*, actor: Actor, definition: RegisterDefinition, unit_key: str, deed: Deed = "write") -> bool:
    """Tell whether :func:`require_writer` would let the actor; for pages that offer it."""
    try:
        require_writer(actor=actor, definition=definition, unit_keys=[unit_key], deed=deed)
    except (NotYourRegister, TruthIsOutside):
        return False
    return True


def reads_by_post(*, actor: Actor, definition: RegisterDefinition) -> bool:
    """Tell whether the actor reads the register by a post, not as the public or as whom it is about."""
    return any(not one.public and not one.subject for one in sight.tiers(actor, definition))


def may_enter(*, actor: Actor, definition: RegisterDefinition) -> bool:
    """Tell whether the actor may enter a record somewhere."""
    if definition.truth == "outside":
        return False
    return any(True for _post, _grant in sight.holding(actor, definition.access.write))


def _grants(definition: RegisterDefinition, deed: Deed) -> tuple[Grant, ...]:
    return definition.access.write if deed == "write" else definition.access.settling
