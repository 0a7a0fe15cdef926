"""Who works in an agency, who stands in for whom, and what each has in hand: gathered before it is drawn."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.definitions.packs import packs_folder
from tinhso.definitions.roles import Role, load_roles
from tinhso.dossiers import holding
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotFound
from tinhso.people import policies
from tinhso.people import queries as people
from tinhso.people.types import Actor, StaffPost, SubstitutionView
from tinhso.web.templatetags.look import day, moment


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """
    One absence.

    :param about: the post, for who stands in; empty under the post itself
    :param when: from when until when, in words
    """

    id: UUID
    name: str
    about: str
    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class PostLine:
    """
    One post with its role in words.

    :param steps: how many steps its holder has in hand from it
    """

    id: UUID
    title: str
    role: str
    agency: str
    from_on: date
    until_on: date | None
    absences: tuple[AbsenceLine, ...]
    steps: int
    may_end: bool
    may_substitute: bool


@dataclass(frozen=True, slots=True)
class Person:
    """An officer of the agency with the posts they hold there."""

    name: str
    username: str
    is_self: bool
    posts: tuple[PostLine, ...]


@dataclass(frozen=True, slots=True)
class AgencyChoice:
    id: UUID
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """
    :param agencies: those the officer may look at; one is no choice
    :param may_appoint: whether there is a role the officer may give in the agency
    """

    agency_id: UUID
    agency: str
    agencies: tuple[AgencyChoice, ...]
    own: tuple[PostLine, ...]
    standing_in: tuple[AbsenceLine, ...]
    persons: tuple[Person, ...]
    may_appoint: bool


def people_page(*, actor: Actor, at: datetime, wanted: str) -> PeoplePage:
    """
    Return the page of an agency. :param wanted: its id; the officer's first when empty

    :raises NotFound: there is no such agency, or the officer has no part in it
    """
    agencies = _agencies(actor, wanted)
    agency = next((one for one in agencies if one.chosen), None)
    if agency is None:
        raise NotFound
    roles = {role.id: role for role in load_roles(packs_folder())}
    steps = holding.steps_by_holder(actor=actor, agency_id=agency.id)
    staff = people.staff(actor=actor, agency_id=agency.id, at=at)
    return PeoplePage(
        agency_id=agency.id,
        agency=agency.name,
        agencies=agencies if len(agencies) > 1 else (),
        own=tuple(_line(post, roles, {}) for post in people.own_posts(actor=actor, at=at)),
        standing_in=tuple(map(_lent, people.standing_in(actor=actor, at=at))),
        persons=_persons(staff, roles, steps, actor),
        may_appoint=bool(roles_to_give(actor, agency_id=agency.id, roles=roles.values())),
    )


def roles_to_give(actor: Actor, *, agency_id: UUID, roles: Iterable[Role]) -> tuple[Role, ...]:
    """Return the roles the officer may give in the agency."""
    if policies.is_operator(actor):
        return tuple(roles)
    if not policies.is_head(actor, agency_id=agency_id):
        return ()
    return tuple(role for role in roles if role.appointed_by == "agency")


def role_name(role_id: str) -> str:
    """Return what the role is called, in the language of the page."""
    return _name({role.id: role for role in load_roles(packs_folder())}, role_id)


def _agencies(actor: Actor, wanted: str) -> tuple[AgencyChoice, ...]:
    if policies.is_operator(actor):
        known = {one.id: one.name for one in people.agencies()}
    else:
        known = {post.agency_id: post.agency_name for post in actor.posts}
    chosen = wanted or str(actor.posts[0].agency_id)
    return tuple(AgencyChoice(pk, name, str(pk) == chosen) for pk, name in known.items())


def _persons(
    staff: Iterable[StaffPost],
    roles: Mapping[str, Role],
    steps: Mapping[tuple[UUID, str], int],
    actor: Actor,
) -> tuple[Person, ...]:
    posts: dict[UUID, list[StaffPost]] = defaultdict(list)
    for post in staff:
        posts[post.account_id].append(post)
    return tuple(
        Person(
            name=held[0].full_name,
            username=held[0].username,
            is_self=account_id == actor.account_id,
            posts=tuple(_line(post, roles, steps) for post in held),
        )
        for account_id, held in posts.items()
    )


def _line(post: StaffPost, roles: Mapping[str, Role], steps: Mapping[tuple[UUID, str], int]) -> PostLine:
    return PostLine(
        id=post.id,
        title=post.title,
        role=_name(roles, post.role),
        agency=post.agency_name,
        from_on=post.from_on,
        until_on=post.until_on,
        absences=tuple(map(_absence, post.substitutions)),
        steps=steps.get((post.account_id, post.role), 0),
        may_end=post.may_end,
        may_substitute=post.may_substitute,
    )


def _absence(one: SubstitutionView) -> AbsenceLine:
    return AbsenceLine(one.id, one.substitute_name, "", _when(one), one.reason)


def _lent(one: SubstitutionView) -> AbsenceLine:
    about = f"{one.post_title} · {one.agency_name}"
    return AbsenceLine(one.id, one.holder_name, about, _when(one), one.reason)


def _when(one: SubstitutionView) -> str:
    """Say it by days where it begins or ends with one, else by the minute."""
    whole = local(one.until_at).time() == time()
    since = day(one.from_at) if local(one.from_at).time() == time() else moment(one.from_at)
    if whole:
        last = day(one.until_at - timedelta(days=1))
        return _("từ %(since)s đến hết ngày %(until)s") % {"since": since, "until": last}
    return _("từ %(since)s đến %(until)s") % {"since": since, "until": moment(one.until_at)}


def _name(roles: Mapping[str, Role], role_id: str) -> str:
    return roles[role_id].name.into((get_language() or "vi")[:2]) if role_id in roles else role_id
