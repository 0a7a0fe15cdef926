"""Each of the ten national statuses is reached on a real procedure, through the API alone."""

from collections.abc import Callable

import pytest

from tests.api.test_api_life import WHY, filed, findings, paid
from tests.api_kit import Caller
from tests.dossiers_kit import BIRTH, PERMIT, Province
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.statuses import NATIONAL_CODES, Status

pytestmark = pytest.mark.django_db
MISSING = {"items": [{"kind": "other", "text": "Ảnh giấy chứng sinh bị mờ."}]}
DUTY = {
    "duties": [{"name": "Lệ phí trước bạ nhà, đất", "amount": 1_250_000}],
    "basis": "Thông báo 125/TB-TCS ngày 20/11/2026 của cơ quan thuế",
}


class Play:
    """Everybody who acts, and the dossier they act on."""

    def __init__(self, province: Province) -> None:
        self.citizen = Caller(province.citizen())
        self.counter = Caller(province.officer("one_stop"))
        self.examiner = Caller(province.officer("civil_status_officer"))
        self.specialist = Caller(province.officer("specialist"))
        self.chair = Caller(province.officer("chairperson"))
        self.one = ""

    def file(self, code: str = BIRTH) -> None:
        self.one = f"/dossiers/{paid(self.citizen, self.counter, code)}"

    def accept(self, code: str = BIRTH) -> None:
        self.file(code)
        self.do(self.counter, "accept", {"found": findings(code, "receive")})

    def do(self, who: Caller, move: str, body: object = None) -> None:
        answer = who.send(f"{self.one}/{move}", body)
        assert answer.status_code == 200, (move, answer.content)


def new(play: Play) -> None:
    play.file()


def accepted(play: Play) -> None:
    play.accept()


def not_accepted(play: Play) -> None:
    play.file()
    play.do(play.counter, "decline", {"reason": WHY})


def in_progress(play: Play) -> None:
    play.accept()
    play.do(play.examiner, "claim")


def awaiting_supplement(play: Play) -> None:
    play.accept()
    play.do(play.examiner, "request-supplement", MISSING)


def awaiting_payment(play: Play) -> None:
    play.accept(PERMIT)
    play.do(play.specialist, "ask-payment", DUTY)


def withdrawn(play: Play) -> None:
    play.accept()
    play.do(play.citizen, "withdraw")


def stopped(play: Play) -> None:
    play.accept()
    play.do(play.examiner, "stop", {"reason": WHY})


def decided(play: Play) -> None:
    """Handed in at a counter, so that the counter still has to hand the result out."""
    play.accept()
    Dossier.objects.update(channel="counter")
    play.do(play.examiner, "advance", {"found": findings(BIRTH, "examine")})
    play.do(play.chair, "sign", {"found": {}})


def returned(play: Play) -> None:
    decided(play)
    play.do(play.counter, "deliver")


WAYS: dict[Status, Callable[[Play], None]] = {
    Status.FILED: new,
    Status.ACCEPTED: accepted,
    Status.NOT_ACCEPTED: not_accepted,
    Status.IN_PROGRESS: in_progress,
    Status.AWAITING_SUPPLEMENT: awaiting_supplement,
    Status.AWAITING_PAYMENT: awaiting_payment,
    Status.WITHDRAWN: withdrawn,
    Status.STOPPED: stopped,
    Status.DECIDED: decided,
    Status.RETURNED: returned,
}


@pytest.mark.parametrize("status", Status, ids=[f"{NATIONAL_CODES[one]}-{one}" for one in Status])
def test_each_national_status_is_reached_through_the_api(province: Province, status: Status) -> None:
    play = Play(province)

    WAYS[status](play)

    told = play.citizen.read(play.one)
    assert (told["status"], told["national_status"]) == (status, NATIONAL_CODES[status])


def test_a_dossier_filed_is_the_citizens_own(province: Province) -> None:
    """The play above is worth nothing if anybody could read what it reads."""
    play = Play(province)
    made = filed(play.citizen, BIRTH)
    stranger = Caller(province.citizen("000188000103", full_name="Vũ Thị Hạnh"))
    assert stranger.ask("GET", f"/dossiers/{made['dossier_id']}").status_code == 404
