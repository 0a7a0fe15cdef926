"""
Who sees what of a record.

A tier is one way of seeing: some fields, of the records of some units, or of one person's own. What an actor
sees of a record is what all tiers that reach it show together; a value that none shows is not there, for
pages, search and export.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from tinhso.definitions.registers.reading import registers
from tinhso.definitions.registers.types import KEY_WORDS, Grant, RegisterDefinition
from tinhso.people import queries as people
from tinhso.people.types import HELPER, Actor, ActorKind, PostView
from tinhso.registers import places, words
from tinhso.registers.columns import matches

SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Tier:
    """
    :param units: keys of the units whose records it reaches; None: everywhere
    :param subject: personal id of whom the record must be about; empty: of anybody
    :param public: reaches only what is in force and held for true now: mistakes put right are not published
    """

    fields: frozenset[str]
    units: frozenset[str] | None = None
    subject: str = ""
    public: bool = False

    def reaches(self, *, unit_key: str, version_words: Iterable[str], is_current: bool) -> bool:
        """
        Tell whether it shows something of a version.

        :param is_current: it says that the record is in force, and is held for true now
        """
        if self.public and not is_current:
            return False
        if self.subject and words.about(self.subject) not in version_words:
            return False
        return self.units is None or unit_key in self.units

    def condition(self) -> Q:
        """Return the same as a condition of the database."""
        reached = Q() if self.units is None else Q(unit_key__in=self.units)
        if self.subject:
            reached &= Q(matches(words.quoted(words.about(self.subject))))
        return reached & Q(known_to__isnull=True) & ~Q(event="CANCEL") if self.public else reached


def tiers(actor: Actor, definition: RegisterDefinition) -> tuple[Tier, ...]:
    """Return every way in which the actor sees records of the register; none where they see nothing."""
    every = frozenset(definition.by_id)
    if actor.kind is ActorKind.SYSTEM:
        return (Tier(every),)
    found = list(_public(definition))
    if actor.kind is ActorKind.OFFICER:
        found += _of_posts(actor, definition)
    elif actor.kind is ActorKind.CITIZEN:
        found += _of_subject(actor, definition)
    return tuple(found)


def listed_tiers(actor: Actor, definition: RegisterDefinition) -> tuple[Tier, ...]:
    """
    Return the ways in which the actor may go through the records one after the other.

    What anybody may only ask for by its key is not listed to anybody, nor counted, nor searched.
    """
    is_open = definition.public is not None and definition.public.open_data
    return tuple(one for one in tiers(actor, definition) if is_open or not one.public)


def listed(actor: Actor, definition: RegisterDefinition) -> Q:
    """Return the condition that a version of the register is listed to the actor."""
    reached = Q(pk__in=[])
    for tier in listed_tiers(actor, definition):
        reached |= Q(register=definition.id) & tier.condition()
    return reached


def sees_key(definition: RegisterDefinition, seen: frozenset[str]) -> bool:
    """Tell whether the key says nothing but what is seen: keys are made of values."""
    made_of = {name for name in definition.key.names if name not in KEY_WORDS}
    if "unit" in definition.key.names and definition.unit:
        made_of.add(definition.unit)
    return made_of <= seen


def reachable(actor: Actor, *register_ids: str) -> Q:
    """Return the condition that the actor sees something of a version."""
    reached = Q(pk__in=[])
    for definition in registers().values():
        if register_ids and definition.id not in register_ids:
            continue
        for tier in tiers(actor, definition):
            reached |= Q(register=definition.id) & tier.condition()
    return reached


def corrections_charged(actor: Actor) -> Q:
    """Return the condition that the actor may decide a request to put a record right."""
    reached = Q(pk__in=[])
    for definition in registers().values() if actor.kind is ActorKind.OFFICER else ():
        if definition.truth != "outside":
            reached |= _requests(actor, definition, definition.access.write)
    return reached


def _requests(actor: Actor, definition: RegisterDefinition, grants: Iterable[Grant]) -> Q:
    reached = Q(pk__in=[])
    for post, grant in holding(actor, grants):
        units = units_of(post, grant)
        mine = Q(register=definition.id)
        reached |= mine if units is None else mine & Q(unit_key__in=units)
    return reached


def corrections_reachable(actor: Actor) -> Q:
    """Return the condition that the actor may see a request to put a record right."""
    if actor.kind is ActorKind.SYSTEM:
        return Q()
    if actor.kind is ActorKind.CITIZEN:
        persons = {one for one in (actor.person_id, *actor.whole_principals) if one is not None}
        return Q(person_id__in=persons) | Q(asked_by=actor.ref.id, by_officer=False)
    reached = Q(pk__in=[])
    for definition in registers().values() if actor.kind is ActorKind.OFFICER else ():
        access = definition.access
        reached |= _requests(actor, definition, (*access.read, *access.write, *access.settle))
    return reached


def seen_fields(
    found: Iterable[Tier], *, unit_key: str, version_words: Iterable[str], is_current: bool
) -> frozenset[str]:
    """Return the fields that the tiers show of one version."""
    held = frozenset(version_words)
    shown = (
        tier.fields
        for tier in found
        if tier.reaches(unit_key=unit_key, version_words=held, is_current=is_current)
    )
    return frozenset().union(*shown)


def holding(actor: Actor, grants: Iterable[Grant]) -> Iterator[tuple[PostView, Grant]]:
    """Yield the posts from which the actor has one of the grants."""
    for grant in grants:
        for post in actor.posts:
            if post.role == HELPER or post.role not in grant.roles:
                continue
            if not grant.agencies or post.agency_kind in grant.agencies:
                yield post, grant


def units_of(post: PostView, grant: Grant) -> frozenset[str] | None:
    """Return the units the grant reaches from the post; None: the whole province."""
    return None if grant.scope == "province" else places.reach(post.unit_code)


def _public(definition: RegisterDefinition) -> Iterator[Tier]:
    public = definition.public
    if public is not None and (public.look_up or public.open_data):
        yield Tier(frozenset(public.fields), public=True)


def _of_posts(actor: Actor, definition: RegisterDefinition) -> Iterator[Tier]:
    access = definition.access
    for post, grant in holding(actor, (*access.read, *access.write, *access.settle)):
        yield Tier(_shown_to(definition, post.role), units_of(post, grant))


def _of_subject(actor: Actor, definition: RegisterDefinition) -> Iterator[Tier]:
    """A person sees what is written of themselves, and of whom they act for in everything."""
    if not definition.subjects or actor.person_id is None:
        return
    for person_id in {actor.person_id, *actor.whole_principals}:
        if number := people.person(person_id).personal_id:
            yield Tier(_shown_to(definition, SUBJECT), subject=number)


def _shown_to(definition: RegisterDefinition, role: str) -> frozenset[str]:
    return frozenset(one.id for one in definition.fields if not one.seen_by or role in one.seen_by)
