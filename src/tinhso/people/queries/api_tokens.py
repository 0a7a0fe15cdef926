"""From a machine's token to an actor."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import NotAllowed
from tinhso.people.models import ApiToken, ApiTokenScope
from tinhso.people.queries.actors import actor_of
from tinhso.people.types import Actor


class TokenNotValid(NotAllowed):
    """Unknown, expired and revoked are never told apart."""

    code = "token-not-valid"
    message = _("Mã truy cập không đúng, đã hết hạn hoặc đã bị thu hồi. Hãy xin người quản trị cấp mã mới.")


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """:param may_write: False for a token that only reads"""

    actor: Actor
    may_write: bool


def actor_of_token(secret: str, *, at: datetime) -> TokenHolder:
    """
    Return who a machine with this secret acts as: the officer, with the token's posts that are held today.

    Substitutions and mandates are the person's own and do not come along.

    :raises TokenNotValid: nobody has this token, or no longer
    """
    digest = hashlib.sha256(secret.encode()).hexdigest()
    token = ApiToken.objects.in_force(at).filter(sha256=digest).prefetch_related("posts").first()
    if token is None:
        raise TokenNotValid
    granted = {post.pk for post in token.posts.all()}
    officer = actor_of(token.account_id, at=at)
    posts = tuple(post for post in officer.posts if post.id in granted and post.substitute_for is None)
    actor = replace(officer, posts=posts, mandates=(), on_behalf_of=frozenset())
    return TokenHolder(actor=actor, may_write=token.scope == ApiTokenScope.WRITE)
