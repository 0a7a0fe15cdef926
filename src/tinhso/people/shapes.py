"""The shape of somebody who asks: for questions that are put together once (``kernel.prepared``)."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Any
from uuid import UUID

from tinhso.kernel.prepared import StandIn, text_mark, uuid_mark
from tinhso.people.types import Actor, MandateView, PostView


def shape_of(actor: Actor) -> StandIn:
    """
    Return the actor with a mark for each id and without a name or a date.

    The same id has the same mark throughout, and what else a rule may ask stays: officers with the same roles
    in agencies of the same kinds, each in as many, have the same shape.
    """
    marks = _Marks()
    shape = Actor(
        kind=actor.kind,
        account_id=marks.of(actor.account_id),
        person_id=marks.of(actor.person_id),
        assurance=actor.assurance,
        posts=tuple(_post(post, marks) for post in actor.posts),
        on_behalf_of=frozenset(map(marks.known, sorted(actor.on_behalf_of))),
        for_person_id=marks.of(actor.for_person_id),
        mandates=tuple(_mandate(mandate, marks) for mandate in actor.mandates),
        acting_post_id=marks.of(actor.acting_post_id),
        let_in_for=frozenset(map(marks.known, sorted(actor.let_in_for))),
        system_name=actor.system_name,
    )
    return StandIn(shape, marks.values)


class _Marks:
    """Marks given out so far, in the order in which ids are met."""

    def __init__(self) -> None:
        self._marks: dict[UUID, UUID] = {}
        self.values: dict[Hashable, Any] = {}

    def known(self, value: UUID) -> UUID:
        if value not in self._marks:
            mark = self._marks[value] = uuid_mark(f"actor {len(self._marks)}")
            self.values[mark] = value
        return self._marks[value]

    def text(self, value: str) -> str:
        mark = text_mark(f"actor {len(self.values)}")
        self.values[mark] = value
        return mark

    def of(self, value: UUID | None) -> UUID | None:
        return None if value is None else self.known(value)


def _post(post: PostView, marks: _Marks) -> PostView:
    return PostView(
        id=marks.known(post.id),
        agency_id=marks.known(post.agency_id),
        agency_name="",
        role=post.role,
        title="",
        substitute_for=marks.of(post.substitute_for),
        unit_code=marks.text(post.unit_code),
        agency_kind=post.agency_kind,
    )


def _mandate(mandate: MandateView, marks: _Marks) -> MandateView:
    return replace(
        mandate,
        id=marks.known(mandate.id),
        principal_person_id=marks.of(mandate.principal_person_id),
        principal_organisation_id=marks.of(mandate.principal_organisation_id),
        principal_name="",
        until_at=None,
        agent_name="",
        agency_name="",
        given_at=None,
        proof_id=None,
    )
