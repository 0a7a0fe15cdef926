"""Who asks: from a browser's session to an actor."""

from typing import Any

from django.http import HttpRequest

from tinhso.edge import session
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound
from tinhso.people import queries
from tinhso.people.types import ANONYMOUS, Actor

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def actor_of_request(request: HttpRequest) -> Actor:
    """
    Return who asks.

    A choice to act for somebody whose mandate has ended is forgotten when a page is read; when something is
    sent the refusal goes up instead, so that nothing meant for another is done in one's own name.

    :raises MandateMissing: something was sent on behalf of a person whose mandate has ended
    """
    user: Any = request.user
    if not user.is_authenticated or lacks_second_factor(request):
        return ANONYMOUS
    chosen = session.acting_for(request)
    level = session.assurance(request)
    try:
        return queries.actor_of(user.pk, at=clock.now(), for_person_id=chosen, assurance=level, loaded=user)
    except queries.MandateMissing:
        request.session.pop(session.ACTING_FOR, None)
        if request.method not in SAFE_METHODS:
            raise
        return queries.actor_of(user.pk, at=clock.now(), assurance=level, loaded=user)
    except NotFound:
        return ANONYMOUS


def lacks_second_factor(request: HttpRequest) -> bool:
    """Tell whether an officer has given only a password; they are nobody yet."""
    user: Any = request.user
    return user.is_authenticated and user.kind == "officer" and not session.has_second_factor(request, user)
