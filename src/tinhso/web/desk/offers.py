"""What the officer can do with a dossier now: one main act that names its effect, and the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.definitions import catalogue
from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Procedure, Step
from tinhso.dossiers import deadline, policies, process, refusals
from tinhso.dossiers.billing import DUTY
from tinhso.dossiers.facts import all_answers
from tinhso.dossiers.models import Dossier, StepRun
from tinhso.dossiers.models.dossier import Channel
from tinhso.dossiers.party import watching
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.post import return_of
from tinhso.dossiers.statuses import WAITING, Status
from tinhso.dossiers.time_limits import limit_of
from tinhso.forms import engine
from tinhso.forms.types import Data, Field, FieldError
from tinhso.kernel.clock import local
from tinhso.kernel.money import format_dong
from tinhso.kernel.refusals import NotAllowed
from tinhso.payments import policies as payment_policies
from tinhso.payments.types import BillView
from tinhso.people.types import Actor

MAIN = {"accept": "tiep-nhan", "advance": "chuyen-buoc", "sign": "ky", "deliver": "tra-ket-qua"}
OTHERS = {
    "request_supplement": "bo-sung",
    "step_back": "tra-buoc",
    "decline": "tu-choi-tiep-nhan",
    "refuse": "tu-choi",
    "extend": "gia-han",
    "ask_opinion": "hoi-y-kien",
    "ask_payment": "yeu-cau-nop-tien",
    "take_back_payment": "thoi-nop-tien",
    "hand_to_post": "giao-buu-chinh",
    "correct": "dinh-chinh",
    "reissue": "cap-lai",
    "revoke": "thu-hoi",
    "stop": "dung",
}


# The law lets these wait for the money.
NEED_PAYMENT = frozenset({"accept", "sign", "deliver"})


@dataclass(frozen=True, slots=True)
class Situation:
    """
    A dossier as one officer meets it.

    :param whole: on a page of its own; beside the list, what is rarely wanted is left out
    """

    actor: Actor
    at: datetime
    dossier: Dossier
    procedure: Procedure
    run: StepRun | None
    facts: Facts
    bills: tuple[BillView, ...]
    whole: bool = True

    @property
    def step(self) -> Step | None:
        return self.procedure.step(self.run.step) if self.run else None

    @property
    def reader(self) -> Actor:
        """Return the officer as reader of what belongs to the case; oversight reads all of it."""
        return watching(self.actor, self.dossier)

    @property
    def open_bill(self) -> BillView | None:
        return next((bill for bill in self.bills if bill.is_open), None)


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to do; the main one is a form sent at once, the others open their own."""

    slug: str
    label: str
    url: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """
    :param fields: what the step asks of the officer before the main act
    :param why_not: one sentence when there is nothing to do here for this officer
    """

    main: Offer | None
    others: tuple[Offer, ...]
    fields: tuple[Field, ...]
    why_not: str
    preview_url: str

    @property
    def beside(self) -> tuple[Offer, ...]:
        """Return what stands beside the main act: two buttons, the preview being one of them."""
        room = 1 if self.preview_url or len(self.others) > 2 else 2
        return self.others[: 0 if self.preview_url and len(self.others) > 1 else room]

    @property
    def behind(self) -> tuple[Offer, ...]:
        """Return what a menu holds."""
        return self.others[len(self.beside) :]


def offers_of(case: Situation, *, typed: Data | None = None, errors: tuple[FieldError, ...] = ()) -> Offers:
    """Return what to offer; every action asks again when it runs."""
    moves = policies.moves_of(actor=case.actor, dossier=case.dossier, run=case.run, procedure=case.procedure)
    main = _main(case, moves)
    step = case.step
    asks = main is not None and step is not None and step.ask and main.slug in MAIN.values()
    can_preview = step is not None and step.signs and case.actor.agency_ids & {_agency(case)}
    return Offers(
        main=main,
        others=tuple(_others(case, moves)),
        fields=step_fields(case, typed=typed, errors=errors) if asks else (),
        why_not="" if main else _why_not(case),
        preview_url=reverse("desk:preview", args=[case.dossier.pk]) if can_preview else "",
    )


def step_fields(
    case: Situation, *, typed: Data | None = None, errors: tuple[FieldError, ...] = ()
) -> tuple[Field, ...]:
    """Return what the open step asks of the officer."""
    if case.step is None:
        return ()
    return engine.step_fields(
        case.procedure, case.step.id, all_answers(case.dossier), case.facts, typed, errors, commune_lookup
    )


def slugs_of(offers: Offers) -> frozenset[str]:
    """Return the acts that are offered."""
    return frozenset(offer.slug for offer in (offers.main, *offers.others) if offer)


def _main(case: Situation, moves: frozenset[str]) -> Offer | None:
    if case.open_bill:
        moves -= NEED_PAYMENT
    for move, label, icon in (
        ("accept", _accepts, "inbox"),
        ("advance", _advances, "arrow-right"),
        ("sign", _signs, "writing-sign"),
        ("deliver", _delivers, "check"),
    ):
        if move in moves:
            return _offer(case, MAIN[move], label(case), icon)
    return None


def _others(case: Situation, moves: frozenset[str]) -> Iterator[Offer]:
    words = {
        "request_supplement": _("Yêu cầu bổ sung"),
        "step_back": _("Trả lại bước trước"),
        "decline": _("Không tiếp nhận"),
        "refuse": _("Từ chối giải quyết"),
        "extend": _("Hẹn lại"),
        "ask_opinion": _("Hỏi ý kiến"),
        "ask_payment": _("Yêu cầu nộp tiền"),
        "take_back_payment": _("Thôi yêu cầu nộp tiền"),
        "hand_to_post": _("Giao bưu chính"),
        "correct": _("Đính chính kết quả"),
        "reissue": _("Cấp lại kết quả"),
        "revoke": _("Thu hồi kết quả"),
        "stop": _("Dừng giải quyết"),
    }
    if _may_take_cash(case):
        yield _offer(case, "thu-tien", _("Thu tiền tại quầy"), "cash")
    for move, slug in OTHERS.items():
        if move in moves and _makes_sense(case, move):
            yield _offer(case, slug, words[move])
    if case.whole and _may_spare(case):
        yield _offer(case, "mien-giam", _("Cho miễn, giảm"))
    if _may_claim(case):
        yield _offer(case, "nhan", _("Nhận việc"))
    if _may_assign(case):
        yield _offer(case, "ban-giao", _("Bàn giao"))
    if case.whole and _may_hand_over(case) and policies.is_open(case.dossier) and _is_outdated(case):
        yield _offer(case, "phien-ban", _("Dùng quy trình mới"))
    if case.whole and policies.may_note(actor=case.actor, dossier=case.dossier):
        yield _offer(case, "ghi-chu", _("Ghi chú nội bộ"))


def _makes_sense(case: Situation, move: str) -> bool:
    """Leave out what the law or the definition would refuse at once."""
    if move == "step_back":
        return bool(case.step and case.step.back_to)
    if move == "extend":
        return getattr(case.dossier, "extension", None) is None
    if move == "take_back_payment":
        return case.open_bill is not None and case.open_bill.purpose_key.startswith(DUTY)
    if move == "hand_to_post":
        parcel = return_of(case.dossier.draft)
        return parcel is not None and parcel.handed_at is None
    if move == "stop":
        return case.dossier.state is not Status.FILED
    return True


def _accepts(case: Situation) -> str:
    due = local(deadline.due_at(limit=limit_of(case.dossier, case.procedure), received=case.at))
    return _("Tiếp nhận và hẹn trả %(due)s") % {"due": f"{due:%H:%M %d/%m}"}


def _advances(case: Situation) -> str:
    run = case.run
    if run is None:
        return _("Chuyển bước tiếp theo")
    step = process.next_step(
        dossier=case.dossier, procedure=case.procedure, after=run.step, at=case.at, facts=case.facts
    )
    return _("Chuyển bước: %(step)s") % {"step": step.name.into((get_language() or "vi")[:2])}


def _signs(case: Situation) -> str:
    if case.dossier.channel == Channel.ONLINE:
        return _("Ký số và trả kết quả")
    return _("Ký số và chuyển một cửa trả")


def _delivers(case: Situation) -> str:
    parcel = return_of(case.dossier.draft)
    if parcel is not None and parcel.handed_at is not None:
        return _("Xác nhận bưu chính đã phát")
    return _("Trả kết quả cho người nộp")


def _may_take_cash(case: Situation) -> bool:
    bill = case.open_bill
    roles = payment_policies.rules().roles.cash
    return bill is not None and any(
        case.actor.post_with(role=role, agency_id=bill.agency_id) for role in roles
    )


def _may_spare(case: Situation) -> bool:
    """Tell whether this officer gives the agency's money back, and there is a fee that a relief may spare."""
    roles = payment_policies.rules().roles.refund
    return (
        bool(case.procedure.reliefs)
        and any(bill.is_open or bill.is_paid for bill in case.bills)
        and any(case.actor.post_with(role=role, agency_id=case.dossier.agency_id) for role in roles)
    )


def _may_claim(case: Situation) -> bool:
    return case.run is not None and case.run.holder_id is None and _may_hand_over(case)


def _may_hand_over(case: Situation) -> bool:
    if case.run is None or case.step is None:
        return False
    try:
        policies.require_not_own_case(actor=case.actor, dossier=case.dossier)
        policies.require_post(actor=case.actor, run=case.run, step=case.step)
    except NotAllowed:
        return False
    return True


def _may_assign(case: Situation) -> bool:
    if case.run is None or case.step is None or case.dossier.state in WAITING:
        return _may_hand_over(case)
    try:
        policies.require_assigner(actor=case.actor, run=case.run, step=case.step)
    except NotAllowed:
        return False
    return True


def _is_outdated(case: Situation) -> bool:
    try:
        return catalogue.current(case.dossier.procedure_code).version_id != case.dossier.version_id
    except catalogue.ProcedureMissing:
        return False


def _why_not(case: Situation) -> str:
    """Say who must act, when it is not this officer."""
    if case.dossier.state in WAITING:
        return _("Đang chờ người nộp: %(status)s. Thời hạn tạm dừng.") % {
            "status": str(case.dossier.state.label).lower()
        }
    if case.run is None or case.step is None:
        return _("Hồ sơ đã kết thúc: %(status)s.") % {"status": str(case.dossier.state.label).lower()}
    try:
        policies.require_not_own_case(actor=case.actor, dossier=case.dossier)
        policies.require_post(actor=case.actor, run=case.run, step=case.step)
    except refusals.NotYourStep:
        language = (get_language() or "vi")[:2]
        return _("Bước «%(step)s» thuộc %(agency)s. Bạn chỉ xem được hồ sơ này.") % {
            "step": case.step.name.into(language),
            "agency": case.run.agency.name,
        }
    except NotAllowed as refusal:
        return refusal.sentence()
    if case.open_bill:
        return _("Còn %(amount)s phí, lệ phí chưa nộp. Hãy nhắc người nộp thanh toán, hoặc thu tại quầy.") % {
            "amount": format_dong(case.open_bill.missing)
        }
    return ""


def _agency(case: Situation) -> object:
    return case.run.agency_id if case.run else None


def _offer(case: Situation, slug: str, label: str, icon: str = "") -> Offer:
    return Offer(slug, label, reverse("desk:act", args=[case.dossier.pk, slug]), icon)
