"""The desk's pages of the national portal: empty, waiting for every reason, settled, not sent."""

from collections.abc import Iterator

from tests.dossiers_kit import BIRTH
from tests.e2e.desk_world import DeskWorld, Given
from tests.e2e.pages_kit import Stop
from tinhso.exchange.models import Dispatch, DispatchState, Envelope, EnvelopeState
from tinhso.exchange.types import Trouble, Why

CODE = "G22.99-20261122-000000"
PAYLOAD = {
    "TenTTHC": "Đăng ký khai sinh",
    "MaTTHC": BIRTH,
    "ChuHoSo": "LA THỊ NGA",
    "DinhDanhCHS": {"LoaiDinhDanh": "1", "SoDinhDanh": "000195000102"},
    "DonViXuLy": "Ủy ban nhân dân xã Bình Liêu",
    "SoDienThoai": "0912345678",
    "NgayNopHoSo": "20261332",
    "TaiLieuNop": [{"TepDinhKemId": "77", "TenTepDinhKem": "giay-chung-sinh.jpg", "MaThanhPhanHoSo": "TP-1"}],
    "PhienBanHopDong": "2027.1",
}
CHOICES = (
    Trouble(Why.DATE_WRONG, "20261332"),
    Trouble(Why.PAPER_UNKNOWN, "77", "giay-chung-sinh.jpg"),
    Trouble(Why.FILE_MISSING, "78", "don.jpg: HTTP 404"),
    Trouble(Why.PROCEDURE_UNKNOWN, "9.999999", "Đăng ký khai sinh"),
    Trouble(Why.UNIT_UNKNOWN, "UBND huyện"),
    Trouble(Why.ORIGINAL_MISSING, CODE),
)


def arrivals(world: DeskWorld) -> Iterator[Stop]:
    """Look at each stop before asking for the next: the world moves on."""
    counter = world.province.officer("one_stop")
    watcher = world.province.officer("supervisor", kind="province_committee")
    yield world.stop("desk:national", "nothing waits", counter)
    yield world.stop("desk:national", "nothing ever came", counter, query="?xem=tat-ca")
    asks = _arrived(world, 1, *CHOICES)
    hopeless = _arrived(world, 2, Trouble(Why.ORGANISATION, "Hợp tác xã Bình Liêu"))
    changed = _arrived(world, 3, Trouble(Why.CHANGED_AFTERWARDS, "SoDienThoai"))
    refused = _arrived(world, 4, state=EnvelopeState.REFUSED)
    _dead(world)
    yield world.stop("desk:national", "some wait, one could not be sent", counter)
    yield world.stop("desk:national", "who watches", watcher)
    yield world.stop("desk:national", "everything", counter, query="?xem=tat-ca")
    for title, envelope in (("asks", asks), ("hopeless", hopeless), ("changed", changed), ("over", refused)):
        yield world.stop("desk:national-envelope", title, counter, **_of(envelope))
    yield world.stop("desk:national-envelope", "who watches", watcher, **_of(asks))
    for route in ("settle", "refuse", "ask", "seen"):
        yield world.stop(f"desk:national-{route}", "opened", counter, status=405, **_of(asks))
    yield world.stop("desk:national-resend", "opened", counter, status=405, number=1)


def _arrived(
    world: DeskWorld,
    number: int,
    *troubles: Trouble,
    state: EnvelopeState = EnvelopeState.NEEDS_HUMAN,
) -> Envelope:
    return Envelope.objects.create(
        code=f"{CODE}{number}",
        digest=str(number),
        payload=PAYLOAD | {"MaHoSo": f"{CODE}{number}"},
        received_at=world.at,
        last_received_at=world.at,
        state=state,
        troubles=[trouble.as_json() for trouble in troubles],
        agency_id=world.province.officer("one_stop").posts[0].agency_id,
        reason="" if troubles else "Hãy nộp lại đứng tên người nộp.",
    )


def _dead(world: DeskWorld) -> None:
    Dispatch.objects.create(
        code=f"{CODE}9",
        agency_id=world.province.officer("one_stop").posts[0].agency_id,
        service="dossier",
        status=2,
        happened_at=world.at,
        next_at=world.at,
        state=DispatchState.DEAD,
        tries=12,
        error="error_code 1 Thiếu MaLinhVuc.",
    )


def _of(envelope: Envelope) -> Given:
    return {"envelope_id": envelope.pk}
