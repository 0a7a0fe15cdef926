"""Who may come in: members of a community team. Whom they have met in this session is kept there."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.people.types import HELPER, PostView
from tinhso.web.portal.gate import actor_of, sign_in_address

MET = "assist_met"
MOST_MET = 30
View = Callable[..., HttpResponseBase]


class HelpersOnly(NotAllowed):
    code = "helpers-only"
    message = _(
        "Trang này dành cho thành viên tổ công nghệ số cộng đồng. "
        "Người dân nộp hồ sơ ở cổng dịch vụ công, cán bộ làm việc ở bàn làm việc."
    )


def helpers_only(view: View) -> View:
    """Let helpers in; send who is not signed in to sign in. :raises HelpersOnly: anybody else"""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect(sign_in_address(request))
        if not actor_of(request).is_helper:
            raise HelpersOnly
        return view(request, *args, **kwargs)

    return guarded


def post_of(request: HttpRequest) -> PostView:
    """Return the helper's post. :raises HelpersOnly: there is none"""
    post = next((one for one in actor_of(request).posts if one.role == HELPER), None)
    if post is None:
        raise HelpersOnly
    return post


def remember(request: HttpRequest, person_id: UUID, name: str) -> None:
    """Note in the session whom the helper wrote down or found by number and name."""
    met = dict(request.session.get(MET, {}))
    met.pop(str(person_id), None)
    request.session[MET] = dict([*met.items(), (str(person_id), name)][-MOST_MET:])


def name_of(request: HttpRequest, person_id: UUID) -> str:
    """Return the name as the helper typed it. :raises NotFound: they have not met in this session"""
    name: str = request.session.get(MET, {}).get(str(person_id), "")
    if not name:
        raise NotFound
    return name
