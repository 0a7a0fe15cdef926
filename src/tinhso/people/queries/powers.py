"""What an account may act as at a moment: one question, put together once and asked at every request."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from tinhso.kernel.prepared import Prepared
from tinhso.people.models import Account, Mandate, Post, Substitution
from tinhso.people.types import ActorKind, MandateView, PostView

Told = Mapping[str, Any]
# Own posts, posts of colleagues, mandates.
Found = tuple[list[Told], list[Told], list[Told]]
TOLD = ("own_posts", "lent_posts", "held_mandates")
_TOLD_AT = "_told_at"
ONE_REQUEST = timedelta(seconds=5)


def account_with_person(account_id: UUID) -> Account | None:
    """Return the account, open or closed, with its person; None when there is none. For who signs in."""
    return _ACCOUNT.first(account_id=account_id)


def account_with_powers(account_id: UUID, *, at: datetime) -> Account | None:
    """Return the same with what :func:`powers_of` asks for at this moment; one query for who asks."""
    account = _WHOLE.first(account_id=account_id, at=at)
    if account is not None:
        setattr(account, _TOLD_AT, at)
    return account


def powers_of(account: Account, *, at: datetime) -> tuple[tuple[PostView, ...], tuple[MandateView, ...]]:
    """
    Return the posts and mandates in force at the moment.

    One query, but for an account that was asked with its powers in the moment before: what one request acts
    by is asked once, and anew for the next.
    """
    posts, lent, mandates = _told(account, at) or _found(account.pk, at)
    if account.kind == ActorKind.CITIZEN:
        return (), tuple(map(_mandate, mandates))
    own = str(account.pk)
    return _posts(posts, lent), tuple(_mandate(one) for one in mandates if one["agent_account_id"] == own)


def posts_of(account_id: UUID, *, at: datetime) -> tuple[PostView, ...]:
    """Return the posts the account may act from: its own first, then those it stands in for."""
    posts, lent, _mandates = _found(account_id, at)
    return _posts(posts, lent)


def _told(account: Account, at: datetime) -> Found | None:
    told_at = getattr(account, _TOLD_AT, None)
    if told_at is None or not timedelta(0) <= at - told_at <= ONE_REQUEST:
        return None
    return cast("Found", tuple(getattr(account, name) for name in TOLD))


def _found(account_id: UUID, at: datetime) -> Found:
    return _POWERS.first(account_id=account_id, at=at) or ([], [], [])


def _asked(account_id: UUID, at: datetime) -> QuerySet[Account, Found]:
    return Account.objects.filter(pk=account_id).values_list(*_powers_told(at))


def _whole(account_id: UUID, at: datetime) -> QuerySet[Account]:
    told = dict(zip(TOLD, _powers_told(at), strict=True))
    return Account.objects.select_related("person").filter(pk=account_id).annotate(**told)


def _powers_told(at: datetime) -> tuple[ArraySubquery, ArraySubquery, ArraySubquery]:
    """Return own posts, posts of colleagues, and the mandates of the account or of its person."""
    own = Post.objects.in_force(at).filter(account_id=OuterRef("pk")).order_by("from_on", "pk")
    lent = Substitution.objects.in_force(at).filter(substitute_id=OuterRef("pk")).order_by("from_at", "pk")
    held_by = Q(agent_account_id=OuterRef("pk")) | Q(agent_id=OuterRef("person_id"))
    mandates = Mandate.objects.in_force(at).filter(held_by).order_by("given_at", "pk")
    return (
        ArraySubquery(own.values(told=_post_told())),
        ArraySubquery(lent.values(told=_post_told("post__"))),
        ArraySubquery(mandates.values(told=_mandate_told())),
    )


def _post_told(of: str = "") -> JSONObject:
    names = ("id", "agency_id", "agency__name", "agency__unit_code", "agency__kind", "role", "title")
    holder = {"holder_id": F(f"{of}account_id"), "holder": F(f"{of}account__full_name")}
    return JSONObject(**{name: F(f"{of}{name}") for name in names}, **holder)


def _mandate_told() -> JSONObject:
    names = (
        "id",
        "kind",
        "principal_id",
        "organisation_id",
        "scope",
        "until_at",
        "way",
        "given_at",
        "proof_id",
        "agent_account_id",
    )
    name = Coalesce("principal__full_name", "organisation__name")
    return JSONObject(**{name: F(name) for name in names}, name=name)


def _posts(own: list[Told], lent: list[Told]) -> tuple[PostView, ...]:
    return (*map(_post, own), *(_post(told, lent=True) for told in lent))


def _post(told: Told, *, lent: bool = False) -> PostView:
    return PostView(
        id=UUID(told["id"]),
        agency_id=UUID(told["agency_id"]),
        agency_name=told["agency__name"],
        role=told["role"],
        title=told["title"],
        substitute_for=UUID(told["holder_id"]) if lent else None,
        substitute_for_name=told["holder"] if lent else "",
        unit_code=told["agency__unit_code"],
        agency_kind=told["agency__kind"],
    )


def _mandate(told: Told) -> MandateView:
    return MandateView(
        id=UUID(told["id"]),
        kind=told["kind"],
        principal_person_id=_id(told["principal_id"]),
        principal_organisation_id=_id(told["organisation_id"]),
        principal_name=told["name"],
        scope=tuple(told["scope"]),
        until_at=_moment(told["until_at"]),
        way=told["way"],
        given_at=_moment(told["given_at"]),
        proof_id=_id(told["proof_id"]),
    )


def _id(told: str | None) -> UUID | None:
    return UUID(told) if told else None


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _account(account_id: UUID) -> QuerySet[Account]:
    return Account.objects.select_related("person").filter(pk=account_id)


_ACCOUNT = Prepared(_account)
_WHOLE = Prepared(_whole)
_POWERS = Prepared(_asked)
