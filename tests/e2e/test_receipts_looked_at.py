"""An electronic receipt and the page of its payment are fit to look at, whole and after a replacement."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests import dossiers_kit as kit
from tests.authorisation.cast import cookies_of
from tests.dossiers_kit import COPY
from tests.e2e.conftest import Readers
from tests.e2e.pages_kit import Stage, Stop, Walk, aside
from tests.fixtures_trust import Trust, trust
from tinhso.bookkeeping.actions.issue_receipt import issue_receipt
from tinhso.bookkeeping.actions.replace_receipt import replace_receipt
from tinhso.bookkeeping.models import ReceiptDuty
from tinhso.people.types import Actor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
__all__ = ["trust"]


def session_of(actor: Actor) -> str:
    """Return the value of the cookie of somebody who has signed in."""
    return str(cookies_of(actor)[settings.SESSION_COOKIE_NAME].value)


def states(province: kit.Province, sessions: dict[str, str]) -> Iterator[Stop]:
    """Walk from the paid bill to its receipt, and to the one that replaces it."""
    owner, other = province.citizen(), province.citizen("000191000102", full_name="Lý Văn Tám")
    sessions |= {"owner": session_of(owner), "other": session_of(other)}
    chief = province.officer("chairperson")
    filed = kit.filed(province, owner, COPY)
    kit.pay_cash(province, filed)
    case = {"dossier_id": str(filed.dossier_id)}
    yield Stop("pay-receipt-owed", "portal:pay", who="owner", given=case)
    duty = ReceiptDuty.objects.get()
    made = issue_receipt(actor=kit.SYSTEM, at=province.at, duty_id=duty.pk)
    assert made
    here = {"file_id": str(made.id)}
    yield Stop("pay-receipt", "portal:pay", who="owner", given=case)
    yield Stop("receipt", "portal:receipt", who="owner", given=here)
    yield Stop("receipt-of-another", "portal:receipt", who="other", given=here, status=404)
    replace_receipt(
        actor=chief,
        at=province.later(minutes=1),
        receipt_id=made.id,
        payer_name="Nguyễn Hoàng Phương Quỳnh Trâm Anh Thị Ngọc Diễm Hương Giang",
        payer_address="Thôn Ngàn Pạt, xã Bình Liêu, tỉnh Quảng Ninh",
        reason="Ghi sai tên người nộp",
    )
    yield Stop("receipt-replaced", "portal:receipt", who="owner", given=here)


def test_receipts_are_accessible_and_fit(trust: Trust, readers: Readers) -> None:
    province, sessions = aside(lambda: kit.found(trust)), dict[str, str]()

    def coming() -> Iterator[Stop]:
        told = states(province, sessions)
        while (stop := aside(lambda: next(told, None))) is not None:
            yield stop

    walk = Walk(readers, Stage(sessions=sessions))
    walk.see(coming())
    walk.assert_nothing_wrong()
