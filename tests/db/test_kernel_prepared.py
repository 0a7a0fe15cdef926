"""A question that is put together once answers as the query set would, each time anew."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from tests.people_kit import AT, agency, citizen, officer
from tinhso.kernel.prepared import HalfMarkedError, Prepared, StandIn
from tinhso.people.models import Account, Agency, Post
from tinhso.people.queries import actor_of
from tinhso.people.shapes import shape_of

pytestmark = pytest.mark.django_db


def _held(account_id: UUID, at: datetime) -> QuerySet[Post]:
    return Post.objects.in_force(at).filter(account_id=account_id).select_related("agency").order_by("pk")


def test_it_answers_each_time_with_the_values_of_that_time() -> None:
    lan, minh = officer("lan"), officer("minh", role="chairperson")
    posts = Prepared(_held)

    for account_id, role in ((lan, "one_stop"), (minh, "chairperson"), (lan, "one_stop")):
        (post,) = posts(account_id=account_id, at=AT)
        assert (post.account_id, post.role, post.agency.unit_code) == (account_id, role, "06838")
    assert posts(account_id=lan, at=AT - timedelta(days=365)) == []


def test_it_is_put_together_once_and_counted_as_one_query() -> None:
    lan, built = officer("lan"), []

    def build(account_id: UUID, at: datetime) -> QuerySet[Post]:
        built.append(account_id)
        return _held(account_id, at)

    posts = Prepared(build)
    with CaptureQueriesContext(connection) as caught:
        for _turn in range(3):
            posts(account_id=lan, at=AT)

    assert len(built) == 1
    assert lan not in built
    assert len(caught) == 3


def test_none_and_other_shapes_are_asked_otherwise() -> None:
    lan = officer("lan")

    def build(account_id: UUID | None) -> QuerySet[Account]:
        return Account.objects.filter(Q(pk=account_id) if account_id else Q())

    found = Prepared(build)

    assert [row.pk for row in found(account_id=lan)] == [lan]
    assert found.count(account_id=None) == Account.objects.count() > 0


def test_texts_and_lists_of_ids_are_values_whatever_they_hold() -> None:
    here, there = agency(), agency(unit="06841", name="UBND «50 %s» 'x'")

    def build(name: str, ids: tuple[UUID, ...]) -> QuerySet[Agency]:
        return Agency.objects.filter(name=name, pk__any_of=ids)

    found = Prepared(build)

    assert [row.pk for row in found(name="UBND «50 %s» 'x'", ids=(here, there))] == [there]
    assert found(name="UBND «50 %s» 'x'", ids=(here,)) == []
    assert found(name="' OR true --", ids=(here, there)) == []
    assert found(name="UBND «50 %s» 'x'", ids=()) == []


def test_constants_stand_in_the_text_with_their_signs() -> None:
    named = agency(name="Giảm 50 %s")

    def build(pk: UUID) -> QuerySet[Agency, Any]:
        rows = Agency.objects.filter(pk=pk, name__contains="50 %")
        return rows.values_list(Concat("name", Value(" %% ")), flat=True)

    assert Prepared(build)(pk=named) == ["Giảm 50 %s %% "]


def test_a_value_worked_over_on_its_way_is_refused() -> None:
    def shifted(at: datetime) -> QuerySet[Account]:
        return Account.objects.filter(made_at__lt=at + timedelta(hours=1))

    def pieced(name: str) -> QuerySet[Account]:
        return Account.objects.filter(username__startswith=name)

    with pytest.raises(HalfMarkedError):
        Prepared(shifted)(at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(HalfMarkedError):
        Prepared(pieced)(name="lan")


def test_what_is_always_empty_asks_nothing() -> None:
    def build(pk: UUID) -> QuerySet[Account]:
        return Account.objects.filter(pk=pk).none()

    found = Prepared(build)
    with CaptureQueriesContext(connection) as caught:
        assert found(pk=UUID(int=1)) == []
        assert found.count(pk=UUID(int=1)) == 0
    assert len(caught) == 0


def test_officers_of_like_posts_share_a_shape_and_never_a_value() -> None:
    lan = shape_of(actor_of(officer("lan"), at=AT))
    minh = shape_of(actor_of(officer("minh", agency_id=agency(unit="06841")), at=AT))
    chair = shape_of(actor_of(officer("chair", role="chairperson"), at=AT))

    assert lan.shape == minh.shape
    assert lan.shape != chair.shape
    assert lan.values != minh.values
    assert set(lan.values) == set(minh.values)


def test_the_same_agency_twice_is_another_shape_than_two_agencies() -> None:
    here, there = agency(), agency(unit="06841")
    one, two = officer("one", agency_id=here), officer("two", agency_id=here)
    _second_post(one, here)
    _second_post(two, there)

    assert shape_of(actor_of(one, at=AT)).shape != shape_of(actor_of(two, at=AT)).shape


def test_a_citizen_has_a_shape_without_a_name() -> None:
    actor = citizen()
    told = shape_of(actor)

    assert isinstance(told, StandIn)
    assert actor.full_name not in repr(told.shape)
    assert str(actor.person_id) not in repr(told.shape)
    assert actor.person_id in told.values.values()


def _second_post(account_id: UUID, agency_id: UUID) -> None:
    Post.objects.create(
        account_id=account_id, agency_id=agency_id, role="examiner", title="Chuyên viên", from_on=AT.date()
    )
