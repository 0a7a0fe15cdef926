"""Open a till with what lies in it, and close it with what was counted and handed over."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger
from tinhso.kernel.money import format_dong
from tinhso.kernel.refusals import Conflict, Invalid
from tinhso.kernel.text import normalise
from tinhso.payments import policies
from tinhso.payments.events import ShiftClosed
from tinhso.payments.models import CashShift
from tinhso.payments.shifts import current_shift, open_shift_of, shift_view
from tinhso.payments.types import ShiftView
from tinhso.payments.vietqr import AMOUNT_CEILING
from tinhso.people.types import Actor

SLIP, NOTE = 40, 500


class ShiftIsOpen(Conflict):
    code = "shift-is-open"
    message = _("Bạn đang có ca thu chưa chốt. Hãy chốt ca đó trước khi mở ca mới.")


class NoOpenShift(Conflict):
    code = "no-open-shift"
    message = _("Bạn không có ca thu nào đang mở. Hãy tải lại trang để xem.")


class NotASum(Invalid):
    code = "till-not-a-sum"
    message = _("Số tiền phải là số đồng nguyên, không âm; số nộp kho bạc không lớn hơn số đã đếm.")


class HandedOverWithoutSlip(Invalid):
    code = "handed-over-without-slip"
    message = _("Hãy ghi số giấy nộp tiền vào kho bạc (tối đa 40 ký tự).")


class DifferenceUnexplained(Invalid):
    code = "till-difference-unexplained"
    message = _("Tiền đếm được lệch sổ %(difference)s. Hãy ghi lý do rồi chốt ca.")


@transaction.atomic
def open_till(*, actor: Actor, at: datetime, agency_id: UUID, opening: int) -> ShiftView:
    """
    Open the officer's till. Whoever takes money without opening one gets one with nothing in it.

    :raises RoleMissing: the actor is not the agency's one-stop officer
    :raises NotASum, ShiftIsOpen: as their sentences say
    """
    post = policies.require_role(actor=actor, agency_id=agency_id, roles=policies.rules().roles.cash)

    if not 0 <= opening <= AMOUNT_CEILING:
        raise NotASum
    if current_shift(actor=actor, agency_id=agency_id):
        raise ShiftIsOpen

    row = open_shift_of(actor=actor, at=at, agency_id=agency_id, post_id=post.id, opening=opening)
    return shift_view(row)


@transaction.atomic
def close_till(
    *,
    actor: Actor,
    at: datetime,
    agency_id: UUID,
    counted: int,
    handed_over: int,
    slip: str = "",
    note: str = "",
) -> ShiftView:
    """
    Close the officer's till: what was counted, what went to the treasury, and why it differs if it does.

    :raises RoleMissing: the actor is not the agency's one-stop officer
    :raises NoOpenShift: nothing is open
    :raises NotASum, HandedOverWithoutSlip, DifferenceUnexplained: as their sentences say
    """
    account_id = actor.signed_in_as
    mine = CashShift.objects.select_for_update().filter(account_id=account_id, agency_id=agency_id)
    row = mine.filter(closed_at__isnull=True).first()

    policies.require_role(actor=actor, agency_id=agency_id, roles=policies.rules().roles.cash)

    if row is None:
        raise NoOpenShift
    if not 0 <= handed_over <= counted <= AMOUNT_CEILING:
        raise NotASum
    slip, note = normalise(slip), normalise(note)[:NOTE]
    if len(slip) > SLIP or (handed_over and not slip):
        raise HandedOverWithoutSlip
    expected = shift_view(row).expected
    if counted != expected and not note:
        raise DifferenceUnexplained(difference=format_dong(counted - expected))

    row.closed_at, row.expected, row.counted, row.handed_over = at, expected, counted, handed_over
    row.slip, row.note = slip, note
    row.save()

    closed = ShiftClosed(
        shift_id=row.id,
        agency_id=agency_id,
        amount=counted,
        handed_over=handed_over,
        difference=counted - expected,
    )
    ledger.record(actor=actor, at=at, event=closed)
    return shift_view(row)
