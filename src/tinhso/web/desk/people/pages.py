"""Posts and absences of an agency: who works there, appoint, end, name who stands in."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhso.definitions.packs import packs_folder
from tinhso.definitions.roles import load_roles
from tinhso.dossiers import holding
from tinhso.forms.types import Field, FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.people import actions
from tinhso.people import queries as people
from tinhso.people.actions.posts import OwnPost
from tinhso.people.types import Actor, OfficerView, StaffPost
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.kept import typed
from tinhso.web.desk.people import forms
from tinhso.web.desk.people.page import people_page, role_name, roles_to_give
from tinhso.web.refusing import status_of

AGENCY = "co-quan"
UNPROCESSABLE = 422
Errors = tuple[FieldError, ...]


@require_safe
@officers_only
def staff(request: HttpRequest) -> HttpResponse:
    """Show one's own posts and absences, and those of the agency."""
    page = people_page(actor=actor_of(request), at=clock.now(), wanted=request.GET.get(AGENCY, ""))
    return draw(request, "desk/people/staff.html", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def appoint(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Give an officer a post in the agency."""
    actor, at, data = actor_of(request), clock.now(), typed(request)
    roles = roles_to_give(actor, agency_id=agency_id, roles=load_roles(packs_folder()))
    agency = people.agency(agency_id)
    if not roles:
        raise NotAllowed

    def show(errors: Errors = (), status: int = 200) -> HttpResponse:
        fields = forms.appoint_fields(data, roles, errors)
        back = _home(agency_id)
        return draw(
            request,
            "desk/people/appoint.html",
            status,
            agency=agency,
            fields=fields,
            errors=errors,
            back_url=back,
        )

    if request.method != "POST":
        return show()
    if mistakes := forms.appoint_mistakes(data):
        return show(mistakes, UNPROCESSABLE)
    try:
        account_id = people.officer_by_username(data.get(forms.USERNAME, "").strip())
        actions.appoint(
            actor=actor,
            at=at,
            account_id=account_id,
            agency_id=agency_id,
            role=data.get(forms.ROLE, ""),
            title=data.get(forms.TITLE, ""),
            from_on=forms.day_of(data, forms.FROM),
            until_on=forms.day_of(data, forms.UNTIL),
        )
    except (people.OfficerMissing, OwnPost) as refusal:
        return show(*_wrong(refusal))
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        return show(*_wrong(refusal))
    messages.success(request, _("Đã giao vị trí. Cán bộ thấy việc của vị trí này ở lần mở trang tới."))
    return redirect(_home(agency_id))


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def end(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Show what the officer has in hand, and end the post."""
    actor, at, data = actor_of(request), clock.now(), typed(request)
    post = people.access_post(actor=actor, post_id=post_id, at=at)
    if not post.may_end:
        raise NotAllowed
    colleagues = _colleagues(post, at)

    def show(errors: Errors = (), status: int = 200) -> HttpResponse:
        fields = forms.end_fields(data, colleagues, errors)
        return _show_post(request, "desk/people/end.html", post, fields, errors, status, others=colleagues)

    if request.method != "POST":
        return show()
    try:
        actions.end_post(
            actor=actor,
            at=at,
            post_id=post_id,
            until_on=forms.day_of(data, forms.LAST),
            successor_account_id=forms.account_of(data.get(forms.WORK, "")),
        )
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        return show(*_wrong(refusal, {"post-ends-before-it-begins": f"{forms.LAST}-day"}))
    messages.success(request, _("Đã ghi thời điểm thôi vị trí của %(name)s.") % {"name": post.full_name})
    return redirect(_home(post.agency_id))


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def substitute(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Name who stands in for the holder of a post."""
    actor, at, data = actor_of(request), clock.now(), typed(request)
    post = people.access_post(actor=actor, post_id=post_id, at=at)
    if not post.may_substitute:
        raise NotAllowed
    staff = people.staff(actor=actor, agency_id=post.agency_id, at=at)
    others = [one for one in staff if one.account_id != post.account_id]

    def show(errors: Errors = (), status: int = 200) -> HttpResponse:
        fields = forms.substitute_fields(data, others, errors)
        return _show_post(request, "desk/people/substitute.html", post, fields, errors, status, others=others)

    if request.method != "POST":
        return show()
    if mistakes := forms.substitute_mistakes(data):
        return show(mistakes, UNPROCESSABLE)
    try:
        _name_substitute(actor, at, post, others, data)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        return show(*_wrong(refusal))
    messages.success(request, _("Đã cử người làm thay. Hết thời hạn, quyền tự chấm dứt."))
    return redirect(_home(post.agency_id))


@require_POST
@officers_only
def end_substitution(request: HttpRequest, substitution_id: UUID) -> HttpResponse:
    """End an absence now."""
    actor, at = actor_of(request), clock.now()
    try:
        actions.end_substitution(actor=actor, at=at, substitution_id=substitution_id)
    except NotAllowed:
        # Whoever may not end it is not told that it exists.
        raise NotFound from None
    messages.success(request, _("Lần làm thay đã chấm dứt. Việc người làm thay đang giữ trở về hàng chờ."))
    return redirect("desk:people")


def _name_substitute(
    actor: Actor, at: datetime, post: StaffPost, others: list[StaffPost], data: QueryDict
) -> None:
    chosen = forms.account_of(data.get(forms.SUBSTITUTE, ""))
    if chosen not in {one.account_id for one in others}:
        raise forms.ChooseSubstitute
    from_at, until_at = forms.absence_of(data, at=at)
    actions.substitute(
        actor=actor,
        at=at,
        post_id=post.id,
        substitute_account_id=chosen,
        from_at=from_at,
        until_at=until_at,
        reason=data.get(forms.REASON, ""),
    )


def _colleagues(post: StaffPost, at: datetime) -> tuple[OfficerView, ...]:
    """Return who holds the same role there themselves."""
    able = people.officers_with(role=post.role, agency_id=post.agency_id, at=at)
    return tuple(one for one in able if one.post.substitute_for is None and one.account_id != post.account_id)


def _show_post(
    request: HttpRequest,
    template: str,
    post: StaffPost,
    fields: tuple[Field, ...],
    errors: Errors,
    status: int,
    **more: object,
) -> HttpResponse:
    held = holding.in_hand(
        actor=actor_of(request), account_id=post.account_id, agency_id=post.agency_id, role=post.role
    )
    return draw(
        request,
        template,
        status,
        post=post,
        role=role_name(post.role),
        in_hand=held,
        fields=fields,
        errors=errors,
        back_url=_home(post.agency_id),
        **more,
    )


def _home(agency_id: UUID) -> str:
    return f"{reverse('desk:people')}?{urlencode({AGENCY: str(agency_id)})}"


def _wrong(refusal: Refusal, boxes: dict[str, str] | None = None) -> tuple[Errors, int]:
    box = (boxes or {}).get(refusal.code) or forms.box_of(refusal, refusal.code)
    error = FieldError(box, box, refusal.sentence())
    return (error,), UNPROCESSABLE if box else status_of(refusal)
