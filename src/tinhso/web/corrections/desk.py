"""Requests at the desk: the list by the day they are due, and one to be worked on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.forms.types import Field, FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, Refusal
from tinhso.people.actions import note_access
from tinhso.people.types import AccessPurpose, Actor
from tinhso.registers import corrections
from tinhso.registers.actions.work_correction import (
    ask_proof,
    refuse_correction,
    settle_correction,
    verify_correction,
)
from tinhso.registers.correction_rules import MOVES
from tinhso.registers.correction_views import CorrectionView
from tinhso.registers.corrections import CorrectionCounts
from tinhso.registers.types import CorrectionState
from tinhso.web.corrections import enclosing, looks
from tinhso.web.corrections.enclosing import ProofFiles
from tinhso.web.corrections.looks import Card
from tinhso.web.desk import boxes
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.navigation import address
from tinhso.web.parts import (
    DeadlineView,
    Happening,
    LinkedError,
    Option,
    SummaryRow,
    Tab,
    Tone,
    deadline_view,
)
from tinhso.web.refusing import errors_of, status_of

PAGE = 50
REGISTER, STATE, LATE, AFTER = "so", "trang-thai", "qua-han", "sau"
DO, QUESTION, REASON = "viec", "hoi", "ly-do"
OPEN = "open"
STATES = (OPEN, CorrectionState.DONE.value, CorrectionState.REFUSED.value)


class NoCorrectionsHere(NotAllowed):
    code = "corrections-not-here"
    message = gettext_lazy(
        "Vị trí của bạn không đọc sổ đăng ký nào nên không có phiếu đính chính. "
        "Hãy đề nghị người đứng đầu cơ quan giao vị trí phù hợp."
    )


@dataclass(frozen=True, slots=True)
class ListPage:
    """:param is_narrowed: some are left out, so an empty list says less"""

    tabs: tuple[Tab, ...]
    registers: tuple[Option, ...]
    state: str
    late: bool
    cards: tuple[Card, ...]
    next_url: str
    first_url: str
    is_narrowed: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing the officer may do: its button, and the box it needs."""

    name: str
    label: str
    box: Field | None = None
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class DeskPage:
    number: str
    register: str
    state: str
    tone: Tone
    icon: str
    deadline: DeadlineView | None
    longest_at: datetime
    rows: tuple[SummaryRow, ...]
    story: tuple[Happening, ...]
    question: str
    answer: str
    deeds: tuple[Deed, ...]
    record_url: str
    revision: int
    may_work: bool
    proofs: ProofFiles


@require_safe
@officers_only
def show(request: HttpRequest) -> HttpResponse:
    """List requests, those due first on top. :raises NoCorrectionsHere: the post reads no register"""
    actor, at = actor_of(request), clock.now()
    if not corrections.may_see_corrections(actor):
        raise NoCorrectionsHere
    return draw(request, "corrections/list.html", page=list_page(actor, request.GET, at=at))


def list_page(actor: Actor, told: QueryDict, *, at: datetime) -> ListPage:
    """Return the list as the address narrows it."""
    register_id = told.get(REGISTER, "")
    state = told.get(STATE, OPEN)
    state = state if state in STATES else OPEN
    late = told.get(LATE) == "1" and state == OPEN
    after = told.get(AFTER, "")
    found = corrections.find_corrections(
        actor=actor,
        at=at,
        register_id=register_id,
        state=state,
        overdue=late,
        after=after,
        limit=PAGE,
        language=_language(),
    )
    counts = corrections.count_corrections(actor=actor, at=at, register_id=register_id)
    return ListPage(
        tabs=_tabs(counts, register_id, state, late=late),
        registers=tuple(
            Option(one.id, one.name.into(_language()), one.id == register_id)
            for one in corrections.registers_seen(actor)
        ),
        state=state,
        late=late,
        cards=tuple(looks.card(one, at=at, route="corrections:desk") for one in found.items),
        next_url=_url(register_id, state, late=late, after=found.next) if found.next else "",
        first_url=_url(register_id, state, late=late) if after else "",
        is_narrowed=bool(register_id or late or state != OPEN or after),
    )


def _tabs(counts: CorrectionCounts, register_id: str, state: str, *, late: bool) -> tuple[Tab, ...]:
    def tab(label: str, name: str, count: int, *, is_late: bool = False) -> Tab:
        current = state == name and late == is_late
        return Tab(label, _url(register_id, name, late=is_late), count, current, alarm=is_late)

    return (
        tab(_("Chưa xong"), OPEN, counts.open),
        tab(_("Quá hạn"), OPEN, counts.overdue, is_late=True),
        tab(_("Đã đính chính"), CorrectionState.DONE.value, counts.done),
        tab(_("Không đính chính"), CorrectionState.REFUSED.value, counts.refused),
    )


def _url(register_id: str, state: str, *, late: bool, after: str = "") -> str:
    asked = {
        REGISTER: register_id,
        STATE: state if state != OPEN else "",
        LATE: "1" if late else "",
        AFTER: after,
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("corrections:list") + (f"?{query}" if query else "")


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def one(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Show one request and do what the officer chose. :raises CorrectionMissing: absent, or not theirs"""
    at = clock.now()
    if request.method == "POST":
        return _do(request, correction_id, at=at)
    return _draw(request, correction_id, at=at, data=QueryDict())


def _do(request: HttpRequest, correction_id: UUID, *, at: datetime) -> HttpResponse:
    data = request.POST
    told = data.get("revision", "")
    act = DEEDS.get(data.get(DO, ""))
    if act is None:
        return redirect("corrections:desk", correction_id=correction_id)
    box, run, said = act
    try:
        run(
            {
                "actor": actor_of(request),
                "at": at,
                "correction_id": correction_id,
                "revision": int(told) if told.isdecimal() else None,
            },
            data.get(box, ""),
        )
    except Refusal as refusal:
        errors = errors_of(refusal, field_name=box)
        return _draw(request, correction_id, at=at, data=data, errors=errors, status=status_of(refusal))
    messages.success(request, str(said))
    return redirect("corrections:desk", correction_id=correction_id)


# What the button sends → the box it needs, the act, what is said afterwards.
DEEDS: dict[str, tuple[str, Callable[[dict[str, object], str], object], object]] = {
    "ask": (
        QUESTION,
        lambda told, text: ask_proof(question=text, **told),  # type: ignore[arg-type]
        gettext_lazy("Đã hỏi người đề nghị; thời hạn vẫn chạy."),
    ),
    "verify": (
        "",
        lambda told, _text: verify_correction(**told),  # type: ignore[arg-type]
        gettext_lazy("Đã ghi là đúng và báo cho người đề nghị. Còn lại: sửa sổ."),
    ),
    "settle": (
        "",
        lambda told, _text: settle_correction(**told),  # type: ignore[arg-type]
        gettext_lazy("Sổ đã được sửa, nguồn là phiếu này; người đề nghị đã được báo."),
    ),
    "refuse": (
        REASON,
        lambda told, text: refuse_correction(reason=text, **told),  # type: ignore[arg-type]
        gettext_lazy("Đã trả lời không đính chính; người đề nghị đọc được lý do."),
    ),
}


def _draw(
    request: HttpRequest,
    correction_id: UUID,
    *,
    at: datetime,
    data: QueryDict,
    errors: tuple[FieldError | LinkedError, ...] = (),
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    view = corrections.access_correction(
        actor=actor, correction_id=correction_id, at=at, language=_language()
    )
    if request.method == "GET" and view.person_id is not None:
        reason = _("Xem phiếu đính chính %(number)s") % {"number": view.number}
        note_access(
            actor=actor,
            at=at,
            person_id=view.person_id,
            purpose=AccessPurpose.SUPPORT,
            subject_id=view.id,
            reason=reason,
        )
    page = desk_page(view, at=at, data=data, errors=errors)
    return draw(request, "corrections/desk.html", status, page=page, errors=errors)


def desk_page(
    view: CorrectionView,
    *,
    at: datetime,
    data: QueryDict,
    errors: tuple[FieldError | LinkedError, ...] = (),
) -> DeskPage:
    """Return one request with what the officer may do now."""
    tone, icon = looks.MARKS[view.state]
    return DeskPage(
        number=view.number,
        register=view.register_name,
        state=str(view.state.label),
        tone=tone,
        icon=icon,
        deadline=deadline_view(due_at=view.due_at, at=at) if view.is_open else None,
        longest_at=view.longest_at,
        rows=looks.rows(view),
        story=looks.story(view),
        question=view.question,
        answer=view.answer,
        deeds=tuple(_deeds(view, data, errors)) if view.may_work else (),
        record_url=address("registers:record", view.record_id),
        revision=view.revision,
        may_work=view.may_work,
        proofs=enclosing.proof_files(view),
    )


def _deeds(view: CorrectionView, data: QueryDict, errors: tuple[FieldError | LinkedError, ...]) -> list[Deed]:
    wrong = tuple(FieldError(one.field_name, one.field_name, one.sentence) for one in errors)
    may = {name for name, states in MOVES.items() if view.state in states}
    found = []
    if "verify" in may:
        found.append(Deed("verify", _("Đúng như đề nghị"), is_main=True))
    if "settle" in may:
        found.append(Deed("settle", _("Sửa sổ theo phiếu"), is_main=True))
    if "ask" in may:
        hint = _("Người đề nghị đọc nguyên văn câu này.")
        box = boxes.field(
            QUESTION, "long_text", _("Cần thêm chứng cứ gì?"), data, errors=wrong, hint=hint, max_length=2000
        )
        found.append(Deed("ask", _("Hỏi người đề nghị"), box))
    if "refuse" in may:
        hint = _("Nói rõ căn cứ: sổ gốc, giấy tờ đã đối chiếu. Người đề nghị đọc nguyên văn.")
        box = boxes.field(
            REASON, "long_text", _("Vì sao không đính chính?"), data, errors=wrong, hint=hint, max_length=2000
        )
        found.append(Deed("refuse", _("Không đính chính"), box))
    return found


def _language() -> str:
    return (get_language() or "vi")[:2]
