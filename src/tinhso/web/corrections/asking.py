"""Say what is wrong in a record and what is right: «Không đúng?» of forms and of one's own data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.dossiers.places import commune_lookup
from tinhso.forms.types import Field, FieldError
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.outreach.actions.prove import ProofGone, TooManyProofs
from tinhso.registers import queries, terms
from tinhso.registers.actions.open_correction import open_correction
from tinhso.registers.correction_making import Asked
from tinhso.registers.correction_rules import NotAField, ProofNeeded, askable
from tinhso.registers.in_words import value_in_words
from tinhso.registers.refusals import FutureSpan, NothingChanged, RecordInvalid
from tinhso.registers.types import Moment, RecordView, Value
from tinhso.web.corrections import enclosing
from tinhso.web.corrections.enclosing import ProofBox
from tinhso.web.desk import boxes
from tinhso.web.parts import LinkedError
from tinhso.web.portal.gate import actor_of, writers_only
from tinhso.web.portal.language import language
from tinhso.web.refusing import errors_of, status_of

RECORD, FIELD, BACK, FORM = "ban-ghi", "muc", "ve", "to-khai"
RIGHT, SINCE, PROOF = "dung", "tu-ngay", "can-cu"
LONGEST_PROOF = 2000
BOXES: tuple[tuple[type[Refusal], str], ...] = (
    (NotAField, FIELD),
    (ProofNeeded, PROOF),
    (RecordInvalid, RIGHT),
    (NothingChanged, RIGHT),
    (FutureSpan, f"{SINCE}-day"),
    (ProofGone, enclosing.BOX),
    (TooManyProofs, enclosing.BOX),
)


@dataclass(frozen=True, slots=True)
class NewPage:
    """
    :param said: what the register says now; empty while the field is not chosen
    :param fields: the boxes
    :param verify: working days in which it is verified, ``settle`` in which it is put right then
    :param proof: where papers are put; None while the field is not chosen, and for officers
    """

    register: str
    record: str
    record_id: UUID
    key: str
    label: str
    said: str
    known_at: datetime
    fields: tuple[Field, ...]
    field_id: str
    back_url: str
    form_id: str
    verify: int
    settle: int
    law: str
    choose_url: str
    proof: ProofBox | None = None


def new_url(*, record_id: UUID, field: str, back: str = "", form_id: UUID | None = None) -> str:
    """Return where a correction of the field is asked for."""
    asked = {RECORD: str(record_id), FIELD: field, BACK: back, FORM: str(form_id or "")}
    return f"{reverse('corrections:new')}?{urlencode({name: said for name, said in asked.items() if said})}"


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a correction. :raises NotFound: no such record, or nothing of it is the reader's to see"""
    at = clock.now()
    told = request.POST if request.method == "POST" else request.GET
    view = _record(request, told, at=at)
    if request.method == "POST":
        return _open(request, view, at=at)
    return _draw(request, view, told)


def _record(request: HttpRequest, told: QueryDict, *, at: datetime) -> RecordView:
    try:
        record_id = UUID(told.get(RECORD, ""))
    except ValueError:
        raise NotFound from None
    return queries.access_record(
        actor=actor_of(request), record_id=record_id, moment=Moment(local(at).date())
    )


def _open(request: HttpRequest, view: RecordView, *, at: datetime) -> HttpResponse:
    data, definition = request.POST, register(view.register)
    field = definition.by_id.get(data.get(FIELD, ""))
    paper_ids, unfit = enclosing.take(request, at=at)
    if enclosing.wants(request) and not unfit:
        return _draw(request, view, data, paper_ids=paper_ids)
    wrong = (*_unreadable(data), *unfit)
    if wrong:
        return _draw(request, view, data, paper_ids=paper_ids, errors=wrong, status=422)
    try:
        correction_id = open_correction(
            actor=actor_of(request),
            at=at,
            asked=Asked(
                record_id=view.id,
                field=data.get(FIELD, ""),
                right=_right(field, data, at=at),
                proof=data.get(PROOF, ""),
                since=boxes.day_of(data, SINCE),
                subject_id=_id(data.get(FORM, "")),
                paper_ids=enclosing.sent(actor_of(request), paper_ids),
            ),
        )
    except Refusal as refusal:
        box = next((name for kind, name in BOXES if isinstance(refusal, kind)), "")
        errors = errors_of(refusal, field_name=box)
        status = status_of(refusal)
        return _draw(request, view, data, paper_ids=paper_ids, errors=errors, status=status)
    said = _("Phiếu đã đến cơ quan giữ sổ. Sổ chưa thay đổi; bạn được báo ở từng bước.")
    messages.success(request, said)
    return redirect(_back(data) or reverse("corrections:one", args=[correction_id]))


def _unreadable(data: QueryDict) -> tuple[FieldError, ...]:
    """A day that was begun must be a day: the change would else be taken for one of all times."""
    typed = any(data.get(f"{SINCE}-{part}", "").strip() for part in ("day", "month", "year"))
    if typed and boxes.day_of(data, SINCE) is None:
        sentence = _("Hãy ghi đủ ngày, tháng, năm; hoặc để trống cả ba ô nếu sổ ghi sai từ đầu.")
        return (FieldError(SINCE, f"{SINCE}-day", sentence),)
    return ()


def _right(field: RegisterField | None, data: QueryDict, *, at: datetime) -> Value:
    """Return the value as the register reads it: a commune by its written name."""
    typed = data.get(RIGHT, "").strip()
    if field is None or not typed:
        return typed
    if field.several:
        return [one.strip() for one in typed.split(";") if one.strip()]
    if field.type is FieldType.UNIT:
        found = commune_lookup(typed, local(at).date())
        return found.code if found and found.code else typed
    return typed.replace(".", "").replace("₫", "").strip() if field.type is FieldType.MONEY else typed


def _draw(
    request: HttpRequest,
    view: RecordView,
    told: QueryDict,
    *,
    paper_ids: tuple[UUID, ...] = (),
    errors: tuple[FieldError | LinkedError, ...] = (),
    status: int = 200,
) -> HttpResponse:
    page = new_page(view, told, errors)
    if page.field_id:
        page = replace(page, proof=enclosing.proof_box(actor_of(request), paper_ids, errors=errors))
    return render(request, "corrections/new.html", {"page": page, "errors": errors}, status=status)


def new_page(view: RecordView, told: QueryDict, errors: tuple[FieldError | LinkedError, ...] = ()) -> NewPage:
    """Return the page for a record the reader sees. :raises NotAField: none of it can be asked for"""
    definition = register(view.register)
    wrong = tuple(FieldError(one.field_name, one.field_name, one.sentence) for one in errors)
    choices = {one: definition.by_id[one] for one in askable(definition) if one in _shown(definition, view)}
    field = choices.get(told.get(FIELD, ""))
    clock_of = terms.terms()
    asked = {RECORD: str(view.id), BACK: _back(told), FORM: told.get(FORM, "")}
    return NewPage(
        register=definition.name.into(language()),
        record=view.title,
        record_id=view.id,
        key=view.key,
        label=field.label.into(language()) if field else "",
        said=value_in_words(field, view.values.get(field.id), language()) if field else "",
        known_at=view.known_from,
        fields=_boxes(choices, field, told, wrong),
        field_id=field.id if field else "",
        back_url=_back(told),
        form_id=told.get(FORM, ""),
        verify=clock_of.verify.value,
        settle=clock_of.settle.value,
        law=clock_of.law,
        choose_url=f"{reverse('corrections:new')}?{urlencode({k: v for k, v in asked.items() if v})}",
    )


def _shown(definition: RegisterDefinition, view: RecordView) -> frozenset[str]:
    """Return the fields the reader may see, those without a value included where none is hidden."""
    return frozenset(definition.by_id) if not view.hidden else frozenset(view.values)


def _boxes(
    choices: Mapping[str, RegisterField],
    field: RegisterField | None,
    told: QueryDict,
    errors: tuple[FieldError, ...],
) -> tuple[Field, ...]:
    if field is None:
        options = tuple((name, one.label.into(language())) for name, one in choices.items())
        return (boxes.field(FIELD, "one_of", _("Mục nào sai?"), told, errors=errors, options=options),)
    return (
        _right_box(field, told, errors),
        boxes.field(
            SINCE,
            "date",
            _("Sai từ ngày nào?"),
            told,
            errors=errors,
            required=False,
            hint=_("Để trống nếu sổ ghi sai từ đầu. Điền ngày nếu trước đó sổ đúng, sau đó đã đổi."),
        ),
        boxes.field(
            PROOF,
            "long_text",
            _("Căn cứ"),
            told,
            errors=errors,
            max_length=LONGEST_PROOF,
            hint=_("Giấy tờ nào, số nào, cơ quan nào cấp, ngày nào. Cán bộ đối chiếu theo điều bạn ghi."),
        ),
    )


def _right_box(field: RegisterField, told: QueryDict, errors: tuple[FieldError, ...]) -> Field:
    label = _("Điều đúng là gì?")
    if field.options:
        options = tuple((one.value, one.label.into(language())) for one in field.options)
        return boxes.field(RIGHT, "one_of", label, told, errors=errors, options=options)
    if field.type is FieldType.YES_NO:
        options = (("yes", _("Có")), ("no", _("Không")))
        return boxes.field(RIGHT, "one_of", label, told, errors=errors, options=options)
    hints = {
        FieldType.DATE: _("Ví dụ 12/3/1991; chỉ biết năm thì ghi 1991."),
        FieldType.UNIT: _("Tên xã, phường, đặc khu và tỉnh. Ví dụ: Xã Bình Liêu, tỉnh Quảng Ninh"),
    }
    several = _("Nhiều giá trị thì ngăn bằng dấu chấm phẩy.") if field.several else ""
    return boxes.field(
        RIGHT,
        "text",
        label,
        told,
        errors=errors,
        hint=hints.get(field.type, several or field.hint.into(language())),
        max_length=field.max_length,
        required=field.required,
    )


def _back(told: QueryDict) -> str:
    """Return the way back, of this site only."""
    way = told.get(BACK, "")
    return way if way.startswith("/") and not way.startswith(("//", "/\\")) else ""


def _id(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
