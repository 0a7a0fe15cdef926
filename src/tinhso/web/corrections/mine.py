"""A person's own requests: the list, one of them, the answer to what the office asks."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.forms.types import Field, FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal
from tinhso.outreach.actions.prove import ProofGone, TooManyProofs
from tinhso.registers import corrections
from tinhso.registers.actions.work_correction import give_proof
from tinhso.registers.correction_views import CorrectionView
from tinhso.registers.types import CorrectionState
from tinhso.web.corrections import enclosing, looks
from tinhso.web.corrections.enclosing import ProofBox, ProofFiles
from tinhso.web.corrections.looks import Card
from tinhso.web.desk import boxes
from tinhso.web.parts import DeadlineView, Happening, LinkedError, SummaryRow, Tone, deadline_view
from tinhso.web.portal.gate import actor_of, citizens_only, writers_only
from tinhso.web.portal.language import language
from tinhso.web.refusing import errors_of, status_of

PAGE = 20
AFTER, ANSWER = "sau", "tra-loi"


@dataclass(frozen=True, slots=True)
class MinePage:
    cards: tuple[Card, ...]
    next_url: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class OnePage:
    """
    :param then: what happens next, or what to do
    :param answer: the box for the answer, ``proof`` the one for papers; None where nothing is asked
    :param proofs: the papers shown so far
    """

    number: str
    state: str
    tone: Tone
    icon: str
    then: str
    deadline: DeadlineView | None
    rows: tuple[SummaryRow, ...]
    story: tuple[Happening, ...]
    question: str
    given: str
    answer: Field | None
    revision: int
    proofs: ProofFiles
    proof: ProofBox | None = None


@citizens_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """List the requests the person made and those about them."""
    at, after = clock.now(), request.GET.get(AFTER, "")
    found = corrections.find_corrections(
        actor=actor_of(request), at=at, after=after, limit=PAGE, language=language(), mine=True
    )
    page = MinePage(
        cards=tuple(looks.card(one, at=at, route="corrections:one") for one in found.items),
        next_url=f"{reverse('corrections:mine')}?{AFTER}={found.next}" if found.next else "",
        is_first=not after,
    )
    return render(request, "corrections/mine.html", {"page": page})


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Show one request, and take the answer to what the office asks; officers have a page at the desk."""
    actor, at = actor_of(request), clock.now()
    if actor.is_officer:
        return redirect("corrections:desk", correction_id=correction_id)
    if request.method == "POST":
        return _answer(request, correction_id, at=at)
    return _draw(request, correction_id, at=at, data=QueryDict())


def _answer(request: HttpRequest, correction_id: UUID, *, at: datetime) -> HttpResponse:
    revision = request.POST.get("revision", "")
    paper_ids, unfit = enclosing.take(request, at=at)
    if enclosing.wants(request) or unfit:
        status = 422 if unfit else 200
        return _draw(
            request, correction_id, at=at, data=request.POST, paper_ids=paper_ids, errors=unfit, status=status
        )
    try:
        give_proof(
            actor=actor_of(request),
            at=at,
            correction_id=correction_id,
            answer=request.POST.get(ANSWER, ""),
            paper_ids=enclosing.sent(actor_of(request), paper_ids),
            revision=int(revision) if revision.isdecimal() else None,
        )
    except Refusal as refusal:
        box = enclosing.BOX if isinstance(refusal, (ProofGone, TooManyProofs)) else ANSWER
        errors, status = errors_of(refusal, field_name=box), status_of(refusal)
        return _draw(
            request,
            correction_id,
            at=at,
            data=request.POST,
            paper_ids=paper_ids,
            errors=errors,
            status=status,
        )
    messages.success(request, _("Câu trả lời đã đến cơ quan giữ sổ; cơ quan xác minh tiếp."))
    return redirect("corrections:one", correction_id=correction_id)


def _draw(
    request: HttpRequest,
    correction_id: UUID,
    *,
    at: datetime,
    data: QueryDict,
    paper_ids: tuple[UUID, ...] = (),
    errors: tuple[FieldError | LinkedError, ...] = (),
    status: int = 200,
) -> HttpResponse:
    view = corrections.access_correction(
        actor=actor_of(request), correction_id=correction_id, at=at, language=language()
    )
    page = one_page(view, at=at, data=data, errors=errors)
    if page.answer is not None:
        page = replace(page, proof=enclosing.proof_box(actor_of(request), paper_ids, errors=errors))
    return render(request, "corrections/one.html", {"page": page, "errors": errors}, status=status)


def one_page(
    view: CorrectionView,
    *,
    at: datetime,
    data: QueryDict,
    errors: tuple[FieldError | LinkedError, ...] = (),
) -> OnePage:
    """Return the page of one request for whom it is about."""
    tone, icon = looks.MARKS[view.state]
    asks = view.state is CorrectionState.ASKED and view.is_own
    wrong = tuple(FieldError(ANSWER, ANSWER, one.sentence) for one in errors if one.field_name == ANSWER)
    return OnePage(
        number=view.number,
        state=str(view.state.label),
        tone=tone,
        icon=icon,
        then=_then(view),
        deadline=deadline_view(due_at=view.due_at, at=at) if view.is_open else None,
        rows=looks.rows(view),
        story=looks.story(view),
        question=view.question,
        given=view.answer,
        answer=boxes.field(ANSWER, "long_text", _("Câu trả lời của bạn"), data, errors=wrong, max_length=2000)
        if asks
        else None,
        revision=view.revision,
        proofs=enclosing.proof_files(view),
    )


def _then(view: CorrectionView) -> str:
    return {
        CorrectionState.OPENED: _(
            "Cơ quan giữ sổ đang xác minh. Sổ vẫn như cũ cho đến khi xong; mỗi bước bạn được báo."
        ),
        CorrectionState.ASKED: _("Cơ quan cần thêm chứng cứ. Hãy trả lời ở dưới để việc xác minh đi tiếp."),
        CorrectionState.VERIFIED: _("Điều bạn nêu đã được xác minh là đúng; cơ quan đang sửa sổ."),
        CorrectionState.DONE: _("Sổ đã được sửa. Hồ sơ đã nộp trước đó không tự thay đổi."),
        CorrectionState.REFUSED: _("Sổ không thay đổi. Có chứng cứ mới thì bạn gửi phiếu khác."),
    }[view.state]
