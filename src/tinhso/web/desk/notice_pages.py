"""What the system told the officer, newest first; opening one counts as reading it."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhso.forms.types import Field, FieldError
from tinhso.kernel import clock
from tinhso.notices import queries
from tinhso.notices.actions import mark_read
from tinhso.notices.types import MessageView
from tinhso.people import queries as people
from tinhso.people.actions import set_work_email
from tinhso.people.actions.update_contact import EmailMalformed
from tinhso.people.types import Actor
from tinhso.web.desk import boxes
from tinhso.web.desk.guard import actor_of, draw, officers_only

PAGE, EMAIL = 20, "thu-dien-tu"


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """:param older_url: the next page; empty on the last one"""

    messages: tuple[MessageView, ...]
    older_url: str
    is_first: bool


@require_safe
@officers_only
def notices(request: HttpRequest) -> HttpResponse:
    """List notices; ``?truoc=`` goes on from a moment."""
    return _list(request)


@require_safe
@officers_only
def notice(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Show one; from then on it counts as read. :raises NotFound: absent, or not the officer's"""
    opened = mark_read(actor=_reader(request), at=clock.now(), message_id=message_id)
    return draw(request, "desk/notice.html", message=opened)


@require_POST
@officers_only
def email(request: HttpRequest) -> HttpResponse:
    """Change where the officer is told of work besides the desk."""
    try:
        set_work_email(actor=actor_of(request), at=clock.now(), email=request.POST.get(EMAIL, ""))
    except EmailMalformed as refusal:
        wrong = (FieldError(EMAIL, EMAIL, refusal.sentence()),)
        return _list(request, data=request.POST, errors=wrong, status=422)
    messages.success(request, _("Đã lưu địa chỉ nhận thông báo."))
    return redirect("desk:notices")


def _list(
    request: HttpRequest,
    *,
    data: QueryDict | None = None,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> HttpResponse:
    before = _moment(request.GET.get("truoc", ""))
    page = _page(_reader(request), before)
    field = _email_field(actor_of(request), data, errors)
    return draw(request, "desk/notices.html", status, page=page, field=field, errors=errors)


def _page(actor: Actor, before: datetime | None) -> NoticesPage:
    """Return one page; it asks for one message more to know whether there are older ones."""
    found = queries.inbox(actor=actor, before=before, limit=PAGE + 1)
    shown, older = found[:PAGE], ""
    if len(found) > PAGE:
        asked = urlencode({"truoc": f"{shown[-1].made_at.timestamp():.6f}"})
        older = f"{reverse('desk:notices')}?{asked}"
    return NoticesPage(shown, older, before is None)


def _email_field(actor: Actor, data: QueryDict | None, errors: tuple[FieldError, ...]) -> Field:
    if data is None:
        data = QueryDict(mutable=True)
        data[EMAIL] = people.work_email(actor)
    return boxes.field(
        EMAIL,
        "email",
        _("Gửi thêm vào thư điện tử"),
        data,
        errors=errors,
        required=False,
        hint=_("Ví dụ: ten@quangninh.gov.vn. Để trống nếu chỉ đọc ở bàn làm việc."),
        inputmode="email",
        max_length=254,
    )


def _reader(request: HttpRequest) -> Actor:
    """Return the officer, to be spoken to in the language of the page."""
    actor = actor_of(request)  # lazy, so ``dataclasses.replace`` does not take it
    known = {part.name: getattr(actor, part.name) for part in fields(Actor)}
    return Actor(**known | {"language": (get_language() or "vi")[:2]})


def _moment(written: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(written), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
