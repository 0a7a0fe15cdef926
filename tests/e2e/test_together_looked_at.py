"""What follows a newborn, and what is checked in public, seen by every reader."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests import together_kit as together
from tests.dossiers_kit import COPY, Province
from tests.e2e.conftest import Readers
from tests.e2e.pages_kit import Act, Stage, Stop, Walk, aside, give, send
from tests.e2e.portal_stages import session_of
from tests.fixtures_trust import Trust, trust
from tests.together_kit import CARD
from tinhso.bookkeeping import queries
from tinhso.bookkeeping.actions.issue_receipt import issue_receipt
from tinhso.bookkeeping.models import FeeReceipt, ReceiptDuty
from tinhso.dossiers.actions.file_together import file_next
from tinhso.dossiers.models import Dossier, Draft, PostalReturn
from tinhso.exchange.models import Envelope, EnvelopeState
from tinhso.exchange.types import Trouble, Why
from tinhso.payments.actions.take_back_receipt import take_back_receipt
from tinhso.payments.models import CounterReceipt

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
__all__ = ["trust"]
WHYS = (Why.ORGANISATION, Why.ORGANISATION_NAME, Why.REPRESENTATIVE, Why.REPRESENTATIVES)


def states(province: Province, sessions: dict[str, str]) -> Iterator[Stop]:
    """Walk from the three forms to the three dossiers, then to what stands beside them."""
    owner, watcher = province.citizen(), province.officer("supervisor", "province_committee")
    counter = province.officer("one_stop")
    people = {"owner": owner, "watcher": watcher, "counter": counter}
    sessions |= {who: session_of(actor.signed_in_as) for who, actor in people.items()}
    filing_id, birth = together.filed(province, owner)
    draft_id = Draft.objects.get(filing_id=filing_id, procedure_code=CARD).pk
    for page in kit.procedure(CARD).form:
        given = {"draft_id": str(draft_id), "page_id": page.id}
        yield Stop(f"card-{page.id}", "portal:form-page", who="owner", given=given)
    yield Stop("together-waiting", "portal:together", who="owner", given={"filing_id": str(filing_id)})
    together.signed(province, birth)
    followed = file_next(at=province.at, dossier_id=birth)
    yield Stop("together-three", "portal:together", who="owner", given={"filing_id": str(filing_id)})
    yield from numbers(province, followed[0])
    yield Stop("watched", "desk:dossier", who="watcher", given={"dossier_id": str(birth)})
    for why in WHYS:
        given = {"envelope_id": str(arrived(province, why))}
        yield Stop(f"arrival-{why}", "desk:national-envelope", who="counter", given=given)
    yield from receipts(province)


def numbers(province: Province, dossier_id: UUID) -> Iterator[Stop]:
    """Give the dossier the numbers of elsewhere; the result is on its way back."""
    Dossier.objects.filter(pk=dossier_id).update(national_code="G22.99-261122-000123")
    PostalReturn.objects.create(
        draft=Dossier.objects.get(pk=dossier_id).draft,
        recipient="Nguyễn Hoàng Phương Quỳnh Trâm",
        phone="0912345678",
        address="Thôn Nà Kẻ, xã Bình Liêu, tỉnh Quảng Ninh",
        tracking_number="ER987654321VN",
        handed_at=province.at,
        handed_by_id=province.officer("one_stop").account_id,
    )
    yield Stop("numbers", "portal:dossier", who="owner", given={"dossier_id": str(dossier_id)})


def arrived(province: Province, why: Why) -> UUID:
    """Return an arrival for an organisation that waits for this reason."""
    agency_id = province.officer("one_stop").posts[0].agency_id
    said = {"MaHoSo": f"QG-{why}", "MaTTHC": COPY, "ChuHoSo": "HỢP TÁC XÃ BÌNH LIÊU", "LoaiDoiTuong": "2"}
    return Envelope.objects.create(
        code=said["MaHoSo"],
        digest=str(why).ljust(64, "0"),
        payload=said | {"DinhDanhCHS": {"LoaiDinhDanh": "2", "SoDinhDanh": "5700000001"}},
        received_at=province.at,
        last_received_at=province.at,
        state=EnvelopeState.NEEDS_HUMAN,
        troubles=[Trouble(why, "HỢP TÁC XÃ BÌNH LIÊU · 5700000001").as_json()],
        agency_id=agency_id,
    ).pk


def receipts(province: Province) -> Iterator[Stop]:
    """Check the XML of a receipt that stands, one changed, one taken back, and what is none."""
    filed = kit.filed(province, province.citizen(), COPY)
    kit.pay_cash(province, filed)
    good = made(province)
    yield checked("receipt-xml", lambda: good)
    yield checked("receipt-xml-changed", lambda: good.replace(b"<ThTien>", b"<ThTien>9"))
    yield checked("receipt-xml-broken", lambda: good[: len(good) // 2], status=422)
    yield checked("receipt-xml-none", lambda: b"<BLai/>")
    take_back_receipt(
        actor=province.officer("one_stop"),
        at=province.later(minutes=1),
        receipt_id=CounterReceipt.objects.order_by("-pk")[0].pk,
        reason="Ghi nhầm phiếu",
    )
    made(province)
    yield checked("receipt-xml-cancelled", lambda: good)


def made(province: Province) -> bytes:
    """Make every receipt that is owed and return the XML of the newest."""
    for duty in ReceiptDuty.objects.filter(state="owed").order_by("owed_at"):
        issue_receipt(actor=kit.SYSTEM, at=province.at + timedelta(minutes=2), duty_id=duty.pk)
    newest = FeeReceipt.objects.latest("issued_at", "number")
    with queries.open_xml(actor=kit.SYSTEM, receipt_id=newest.pk) as stream:
        return stream.read()


def checked(name: str, content: Callable[[], bytes], *, status: int = 200) -> Stop:
    acts: tuple[Act, ...] = (give("#tep", "bien-lai.xml", content), send())
    return Stop(name, "verify-file", acts=acts, status=status)


def test_they_are_accessible_and_fit(trust: Trust, readers: Readers) -> None:
    province, sessions = aside(lambda: kit.found(trust)), dict[str, str]()

    def coming() -> Iterator[Stop]:
        told = states(province, sessions)
        while (stop := aside(lambda: next(told, None))) is not None:
            yield stop

    walk = Walk(readers, Stage({}, sessions))
    walk.see(coming())
    walk.assert_nothing_wrong()
