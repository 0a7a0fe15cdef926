"""Give a machine the right to act from an officer's posts, and take it back."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger
from tinhso.kernel.refusals import Invalid, NotFound
from tinhso.people import policies
from tinhso.people.events import ApiTokenIssued, ApiTokenRevoked
from tinhso.people.models import Account, AccountKind, ApiToken, ApiTokenScope, Post
from tinhso.people.types import Actor

LONGEST_LIFE = timedelta(days=366)
MARK = "tinhso_"
PREFIX_LETTERS = 5


class PostsMissing(Invalid):
    code = "api-token-posts-missing"
    message = _("Mã truy cập phải gắn với ít nhất một vị trí đang giữ của cán bộ này. Hãy giao vị trí trước.")


class LifeTooLong(Invalid):
    code = "api-token-life-too-long"
    message = _("Mã truy cập dùng được từ 1 đến %(days)s ngày. Hãy chọn thời hạn khác.")


class ScopeUnknown(Invalid):
    code = "api-token-scope-unknown"
    message = _("Phạm vi của mã truy cập là «read» hoặc «write».")


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """:param secret: shown once; it cannot be found out later"""

    token_id: UUID
    prefix: str
    secret: str
    expires_at: datetime


@transaction.atomic
def issue_api_token(
    *,
    actor: Actor,
    at: datetime,
    account_id: UUID,
    name: str,
    scope: str = "read",
    expires_at: datetime,
    post_ids: Sequence[UUID] = (),
) -> IssuedToken:
    """
    Make a token for an officer's account and return its secret, once.

    :param post_ids: the posts the machine acts from; none means all the officer holds now, not later ones
    :raises NotAllowed: the actor is neither the system nor a system operator
    :raises NotFound: there is no such open officer's account
    :raises PostsMissing: a post is not the officer's own today, or there is none
    :raises LifeTooLong, ScopeUnknown: as they say
    """
    account = Account.objects.select_for_update().filter(
        pk=account_id, kind=AccountKind.OFFICER, is_active=True
    )
    if not account.exists():
        raise NotFound

    policies.require_operator(actor)

    if scope not in ApiTokenScope.values:
        raise ScopeUnknown
    if not at < expires_at <= at + LONGEST_LIFE:
        raise LifeTooLong(days=LONGEST_LIFE.days)
    held = Post.objects.in_force(at).filter(account_id=account_id)
    posts = list(held.filter(pk__in=post_ids) if post_ids else held)
    if not posts or len(posts) != len(set(post_ids) or posts):
        raise PostsMissing

    secret = MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        prefix=secret[: len(MARK) + PREFIX_LETTERS],
        sha256=fingerprint(secret),
        name=name,
        scope=scope,
        account_id=account_id,
        issued_at=at,
        expires_at=expires_at,
    )
    token.posts.set(posts)

    event = ApiTokenIssued(token_id=token.pk, account_id=account_id, scope=scope, expires_at=expires_at)
    ledger.record(actor=actor, at=at, event=event)
    return IssuedToken(token.pk, token.prefix, secret, expires_at)


@transaction.atomic
def revoke_api_token(*, actor: Actor, at: datetime, prefix: str) -> UUID:
    """
    Let the token open nothing any more; revoked again, the first moment stays. Return its id.

    :raises NotAllowed: the actor is neither the system nor a system operator
    :raises NotFound: there is no such token
    """
    token = ApiToken.objects.select_for_update().filter(prefix=prefix).first()
    if token is None:
        raise NotFound

    policies.require_operator(actor)

    if token.revoked_at is not None:
        return token.pk

    token.revoked_at = at
    token.save(update_fields=["revoked_at"])

    ledger.record(actor=actor, at=at, event=ApiTokenRevoked(token_id=token.pk, account_id=token.account_id))
    return token.pk


def fingerprint(secret: str) -> str:
    """Return what is kept of a token. It is 256 random bits, so no slow hashing is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
