"""The payments office: a month of days, one day's comparison, what somebody must look at, a receipt."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from tests import dossiers_kit as kit
from tests.dossiers_kit import COPY
from tests.e2e.desk_world import DeskWorld
from tests.e2e.pages_kit import Stop, fill, send
from tinhso.bookkeeping.actions.compare_day import compare_day
from tinhso.bookkeeping.actions.issue_receipt import issue_receipt
from tinhso.bookkeeping.models import Difference, FeeReceipt, ReceiptDuty
from tinhso.kernel.clock import local

GO = send("form[method=post] button.govuk-button >> nth=-1")


def books(world: DeskWorld) -> Iterator[Stop]:
    """Walk through a day's money: one receipt made, one that is still owed, a till nobody closed."""
    chief, counter = world.province.officer("chairperson"), world.province.officer("one_stop")
    for _turn in range(2):
        kit.pay_cash(world.province, kit.filed(world.province, world.citizen(), COPY))
    duty = ReceiptDuty.objects.filter(state="owed").order_by("owed_at", "id")[0]
    issue_receipt(actor=kit.SYSTEM, at=world.at, duty_id=duty.pk)
    day = local(world.at).date()
    before = day - timedelta(days=3)
    yield world.stop("desk:books", "a month", chief)
    yield world.stop("desk:books", "no money of theirs", counter, status=403)
    start = reverse("desk:books")
    yield world.stop("desk:books-take-in", "no file", chief, start=start, acts=(GO,), status=422)
    yield world.stop("desk:books-day", "not counted", chief, day=before.isoformat())
    at = world.at + timedelta(days=1)
    compare_day(actor=kit.SYSTEM, at=at, agency_id=chief.posts[0].agency_id, day=day)
    yield world.stop("desk:books-day", "with differences", chief, day=day.isoformat())
    yield world.stop("desk:books-day", "no day", chief, day="hom-qua", status=404)
    item = Difference.objects.filter(kind="bill_without_receipt").order_by("id")[0]
    yield world.stop("desk:books-difference", "open", chief, difference_id=item.pk)
    yield world.stop("desk:books-difference", "not theirs", counter, difference_id=item.pk, status=404)
    made = FeeReceipt.objects.latest("issued_at", "id")
    yield world.stop("desk:books-receipt", "valid", counter, receipt_id=made.pk)
    empty = (fill("[name=nguoi-nop]", " "), GO)
    yield world.stop("desk:books-receipt", "no name", counter, receipt_id=made.pk, acts=empty, status=422)
