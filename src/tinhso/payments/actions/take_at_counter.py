"""Take money at the counter: cash, or a card at a terminal."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import locks
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Conflict, Invalid
from tinhso.kernel.sequences import next_number
from tinhso.payments import policies, queries
from tinhso.payments.models import CounterReceipt
from tinhso.payments.moving import Source, move_bill
from tinhso.payments.shifts import open_shift_of
from tinhso.payments.states import Means, bill_move
from tinhso.payments.types import BillView
from tinhso.people.queries import agency
from tinhso.people.types import Actor

# What a terminal prints: its number, and the six places of ISO 8583, field 38.
_TERMINAL = re.compile(r"[0-9A-Z]{4,16}")
# Phiếu thu by cash and by card: the middle part of a receipt's number.
KINDS = {Means.CASH: "TM", Means.CARD: "THE"}
_APPROVAL = re.compile(r"[0-9A-Z]{6}")


class SlipIncomplete(Invalid):
    code = "card-slip-incomplete"
    message = _(
        "Hãy ghi số máy POS (4 đến 16 chữ và số) và mã chuẩn chi (6 chữ và số) đúng như trên hóa đơn của máy."
    )


class SlipUsed(Conflict):
    code = "card-slip-used"
    message = _(
        "Mã chuẩn chi %(code)s của máy này hôm nay đã ghi cho phiếu thu %(number)s. Hãy kiểm tra lại."
    )


@transaction.atomic
def take_at_counter(
    *,
    actor: Actor,
    at: datetime,
    bill_id: UUID,
    means: Means,
    terminal: str = "",
    approval_code: str = "",
) -> BillView:
    """
    Write down that what is missing on the bill was paid, in the officer's till, under a number without gaps.

    :param terminal: as the slip has it; asked for cards alone, as is ``approval_code``
    :raises NotFound: absent, or not visible to the actor
    :raises OwnBill: the actor is the payer
    :raises RoleMissing: the actor is not the agency's one-stop officer
    :raises NoSuchMove: the bill is paid or closed
    :raises SlipIncomplete, SlipUsed: the card's slip makes no sense; it is written down already
    """
    bill = queries.lock_bill(actor=actor, bill_id=bill_id)

    policies.require_not_payer(actor=actor, bill=bill)
    post = policies.require_role(actor=actor, agency_id=bill.agency_id, roles=policies.rules().roles.cash)

    bill_move("pay", bill.state)
    slip = _slip(terminal, approval_code, at=at) if means is Means.CARD else ("", "")

    missing = bill.total - bill.received
    shift = open_shift_of(actor=actor, at=at, agency_id=bill.agency_id, post_id=post.id)
    series = f"{KINDS[means]}/{agency(bill.agency_id).code}/{local(at).year}"
    receipt = CounterReceipt.objects.create(
        number=f"{next_number(series):06d}/{series}",
        bill=bill,
        shift=shift,
        amount=missing,
        means=means,
        terminal=slip[0],
        approval_code=slip[1],
        taken_at=at,
        cashier_account_id=actor.signed_in_as,
        post_id=post.id,
    )
    bill.received, bill.paid_at = bill.total, at

    move_bill(actor=actor, at=at, bill=bill, name="pay", amount=missing, source=Source(receipt=receipt))
    return queries.view_of(bill)


def _slip(terminal: str, approval_code: str, *, at: datetime) -> tuple[str, str]:
    slip = terminal.strip().upper(), approval_code.strip().upper()
    if not _TERMINAL.fullmatch(slip[0]) or not _APPROVAL.fullmatch(slip[1]):
        raise SlipIncomplete
    # One slip pays one bill; a terminal's codes may come again on another day.
    locks.hold(f"slip:{slip[0]}:{slip[1]}")
    of_slip = CounterReceipt.objects.filter(terminal=slip[0], approval_code=slip[1], storno__isnull=True)
    for known in of_slip.order_by("-taken_at")[:5]:
        if local(known.taken_at).date() == local(at).date():
            raise SlipUsed(code=slip[1], number=known.number)
    return slip
