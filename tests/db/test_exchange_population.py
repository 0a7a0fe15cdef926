"""The population database is copied, once, in order or not, and never written by anybody here."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from sandbox.identity.citizens import load_citizens
from sandbox.population.database import HOUSEHOLDS, PERSONS, Behaviour, Book, Database
from sandbox.population.service import Service
from starlette.testclient import TestClient

from tests import registers_kit as kit
from tests.registers_kit import AT, SYSTEM
from tinhso.exchange.actions.follow_population import follow_population
from tinhso.exchange.models import FeedPosition
from tinhso.exchange.population.client import HttpPopulation, PopulationUnreachable
from tinhso.exchange.population.contract import agreement
from tinhso.kernel.refusals import NotAllowed
from tinhso.registers import queries
from tinhso.registers.actions.correct_record import correct_record
from tinhso.registers.models import Record, RecordVersion
from tinhso.registers.refusals import TruthIsOutside
from tinhso.registers.types import Moment, RecordView

pytestmark = pytest.mark.django_db
TOKEN, CHIU = "the-thu", "000191000101"
COPIES = "population.persons"


@pytest.fixture
def database() -> Database:
    made = Database(book=Book(":memory:"), token=lambda: TOKEN, now=lambda: AT.isoformat())
    made.settle(load_citizens().values())
    return made


@pytest.fixture
def population(database: Database) -> Iterator[HttpPopulation]:
    with TestClient(Service(database).app()) as client:
        yield HttpPopulation("http://testserver", TOKEN, client)


def follow(population: HttpPopulation, *, days: int = 0) -> int:
    """Ask both feeds; return how many envelopes were new."""
    return sum(
        follow_population(actor=SYSTEM, at=AT + timedelta(days=days), population=population, feed=feed)
        for feed in agreement().feeds
    )


def person(*, days: int = 0) -> RecordView:
    moment = Moment(kit.TODAY + timedelta(days=days))
    return queries.record_by_key(actor=SYSTEM, register_id=COPIES, key=CHIU, moment=moment)


def test_everybody_is_copied_with_the_id_and_number_of_theirs(population: HttpPopulation) -> None:
    people = len(load_citizens())
    assert follow(population) == 2 * people
    assert Record.objects.filter(register=COPIES).count() == people

    seen = person()
    assert (seen.title, seen.values["person.sex"]) == ("Hoàng Văn Chíu, 1991-03-14", "male")
    assert (seen.source, seen.unit_code) == ("exchange", "06838")
    assert Record.objects.get(pk=seen.id).outside_id == f"THU-{CHIU}"
    assert follow(population) == 0


def test_a_change_of_theirs_is_a_version_here_and_a_cancellation_too(
    database: Database, population: HttpPopulation
) -> None:
    follow(population)
    moved = {
        "SoDinhDanh": CHIU,
        "HoVaTen": "Hoàng Văn Chíu",
        "NgayThangNamSinh": "14/03/1991",
        "GioiTinh": "Nam",
    }
    moved["ThuongTru"] = {"MaXa": "06685", "DiaChi": "Khu 2"}  # type: ignore[assignment]
    database.write(PERSONS, f"THU-{CHIU}", moved)

    assert follow(population, days=1) == 1
    assert person(days=1).unit_code == "06685"
    # What was, what it was held for until then, and what is.
    assert len(queries.history_of(actor=SYSTEM, record_id=person().id)) == 3

    database.write(PERSONS, f"THU-{CHIU}", {}, cancel=True)
    assert follow(population, days=2) == 1
    assert person(days=2).state == "cancelled"


@pytest.mark.parametrize("mood", ["again", "backwards"])
def test_what_comes_again_or_in_the_wrong_order_changes_nothing(
    database: Database, population: HttpPopulation, mood: str
) -> None:
    for name in ("Hoàng Văn A", "Hoàng Văn B"):
        body = {"SoDinhDanh": CHIU, "HoVaTen": name, "NgayThangNamSinh": "1991", "GioiTinh": "Nam"}
        database.write(PERSONS, f"THU-{CHIU}", {**body, "ThuongTru": {"MaXa": "06838"}})
    database.behaviour = Behaviour(mood if mood == "backwards" else "well")
    follow(population)
    database.behaviour = Behaviour(mood)
    FeedPosition.objects.update(place=0)
    assert follow(population) == 0
    assert person().values["person.full_name"] == "Hoàng Văn B"


def test_one_that_cannot_be_read_holds_nobody_up_and_is_told(
    database: Database, population: HttpPopulation
) -> None:
    database.behaviour = Behaviour("broken")
    follow(population)
    assert Record.objects.filter(register=COPIES).count() == len(load_citizens())
    refused = FeedPosition.objects.get(pk=COPIES).refused
    assert list(refused) == ["THU-HONG"]
    assert "họ" in refused["THU-HONG"].lower()


def test_where_nobody_answers_nothing_is_lost(database: Database, population: HttpPopulation) -> None:
    database.behaviour = Behaviour("down")
    with pytest.raises(PopulationUnreachable):
        follow(population)
    assert RecordVersion.objects.count() == 0
    database.behaviour = Behaviour()
    assert follow(population) > 0


def test_only_the_system_copies_and_nobody_changes_the_copy(population: HttpPopulation) -> None:
    officer = kit.officer("specialist", kind="commune_police")
    with pytest.raises(NotAllowed):
        follow_population(actor=officer, at=AT, population=population, feed=agreement().feeds[0])
    follow(population)
    with pytest.raises(TruthIsOutside):
        correct_record(
            actor=officer, at=AT, record_id=person().id, changes={"home.detail": "x"}, reason="Sửa"
        )
    assert person().values["home.detail"] == "Thôn Ngàn Pạt"


def test_a_wrong_token_is_refused(database: Database) -> None:
    with TestClient(Service(database).app()) as client:
        answer = client.get(f"/v1/thay-doi/{HOUSEHOLDS}", headers={"Authorization": "Bearer x"})
    assert answer.status_code == httpx.codes.UNAUTHORIZED
