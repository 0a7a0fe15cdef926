"""How dossiers of a procedure really went, against ways laid out by hand."""

from datetime import datetime, timedelta
from uuid import UUID
from xml.etree import ElementTree

import pytest

from tests import dossiers_kit as kit
from tests import flows_kit as ways
from tests.dossiers_kit import BIRTH, HONG_GAI, Province
from tests.fixtures_trust import Trust, trust
from tests.flows_kit import ACCEPTED, ASKED, EXAMINED, FILED, SENT_BACK, SIGNED
from tinhso.dossiers.models import Dossier
from tinhso.flows import queries, xes
from tinhso.flows.activities import name_of, procedure_of
from tinhso.flows.queries import Question

pytestmark = pytest.mark.django_db
__all__ = ["trust"]

BIRTHS = Question(procedure_code=BIRTH)
STRAIGHT: ways.Way = [(FILED, 0), (ACCEPTED, 2), (EXAMINED, 4), (SIGNED, 1)]
SLOW: ways.Way = [(FILED, 0), (ACCEPTED, 10), (EXAMINED, 40), (SIGNED, 3)]
LOOPED: ways.Way = [
    *[(FILED, 0), (ACCEPTED, 2), (EXAMINED, 6), (SENT_BACK, 1), (EXAMINED, 5), (SIGNED, 2)],
]
WAITING: ways.Way = [(FILED, 0), (ACCEPTED, 6), (ASKED, 2)]
BACKWARDS: ways.Way = [(FILED, 0), (ACCEPTED, -5)]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def dossiers(province: Province) -> list[Dossier]:
    """Return four dossiers of Bình Liêu: two went straight, one in a loop, one waits for its applicant."""
    first = kit.filed(province, province.citizen(), BIRTH).dossier_id
    return [
        laid(first, number, province.later(hours=number), way)
        for number, way in enumerate((STRAIGHT, SLOW, LOOPED, WAITING))
    ]


def laid(like: UUID, number: int, filed_at: datetime, way: ways.Way) -> Dossier:
    dossier = ways.copy_of(like, number=number, filed_at=filed_at)
    ways.walk(dossier, way)
    return dossier


def of_these(province: Province) -> Question:
    """Ask for the four and for the one that was copied, which was filed and nothing more."""
    return Question(procedure_code=BIRTH, since=province.later(seconds=-1), until=province.later(days=3))


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def test_activities_and_what_stands_at_them_are_counted(province: Province, dossiers: list[Dossier]) -> None:
    assert dossiers
    found = queries.flow(actor=province.officer("chairperson"), question=of_these(province))
    by_key = {one.key: one for one in found.activities}
    assert found.dossiers == 5
    assert by_key[ACCEPTED].times == by_key[ACCEPTED].dossiers == 4
    assert (by_key[EXAMINED].times, by_key[EXAMINED].dossiers, by_key[EXAMINED].repeats) == (4, 3, 1)
    assert (by_key[SENT_BACK].times, by_key[ASKED].standing, by_key[FILED].standing) == (1, 1, 1)
    assert found.activities[0].key == FILED
    assert by_key[FILED].place == 0
    assert by_key[EXAMINED].place < by_key[SIGNED].place == 1


def test_passages_know_their_times_and_which_lead_back(province: Province, dossiers: list[Dossier]) -> None:
    assert dossiers
    found = queries.flow(actor=province.officer("chairperson"), question=of_these(province))
    passages = {(one.source, one.target): one for one in found.passages}
    accepted = passages[FILED, ACCEPTED]
    assert (accepted.times, accepted.median, accepted.total) == (4, hours(4), hours(20))
    examined = passages[ACCEPTED, EXAMINED]
    assert (examined.times, examined.median, examined.slow) == (3, hours(6), hours(33.2))
    assert found.passages[0] == examined
    assert passages[SENT_BACK, EXAMINED].times == 1
    back = {pair for pair, one in passages.items() if one.is_back}
    assert back in ({(EXAMINED, SENT_BACK)}, {(SENT_BACK, EXAMINED)})


def test_paths_are_told_apart_and_open_to_their_dossiers(province: Province, dossiers: list[Dossier]) -> None:
    actor, question = province.officer("chairperson"), of_these(province)
    found = queries.flow(actor=actor, question=question, most_paths=2)
    assert (len(found.paths), found.paths_in_all) == (2, 4)
    straight = found.paths[0]
    assert straight.activities == (FILED, ACCEPTED, EXAMINED, SIGNED)
    assert (straight.dossiers, straight.median) == (2, hours(30))
    on_it = queries.on_path(actor=actor, question=question, digest=straight.digest)
    assert set(on_it) == {dossiers[0].pk, dossiers[1].pk}
    assert queries.on_path(actor=actor, question=question, digest=straight.digest, after=max(on_it)) == ()
    slowest = queries.between(actor=actor, question=question, source=ACCEPTED, target=EXAMINED)
    assert slowest == (dossiers[1].pk, dossiers[2].pk, dossiers[0].pk)


def test_only_what_the_reader_may_see_is_counted(province: Province, dossiers: list[Dossier]) -> None:
    strange = province.officer("chairperson", unit=HONG_GAI)
    assert dossiers
    assert queries.flow(actor=strange, question=BIRTHS).dossiers == 0
    assert queries.flow(actor=strange, question=BIRTHS).activities == ()
    assert queries.procedures(actor=strange, since=None, until=None) == ()
    assert list(queries.acts(actor=strange, question=BIRTHS)) == []
    assert queries.procedures(actor=province.officer("one_stop"), since=None, until=None) == ((BIRTH, 5),)


def test_a_clock_that_jumped_back_makes_no_negative_time(province: Province, dossiers: list[Dossier]) -> None:
    laid(dossiers[0].pk, 9, province.later(days=4), BACKWARDS)
    question = Question(procedure_code=BIRTH, since=province.later(days=3))
    found = queries.flow(actor=province.officer("chairperson"), question=question)
    assert [(one.source, one.median) for one in found.passages] == [(FILED, hours(0))]
    assert [one.key for one in found.activities] == [FILED, ACCEPTED]


def test_the_log_is_read_by_others(province: Province, dossiers: list[Dossier]) -> None:
    procedure = procedure_of(BIRTH)
    entries = queries.acts(actor=province.officer("chairperson"), question=of_these(province))
    written = "".join(
        xes.lines(entries, log='Khai sinh "<1>"', name=lambda key: name_of(key, procedure, language="vi"))
    )
    log = ElementTree.fromstring(written)
    space = {"x": "http://www.xes-standard.org/"}
    traces = log.findall("x:trace", space)
    assert len(traces) == 5
    ids = {trace.find("x:string", space).get("value"): trace for trace in traces}  # type: ignore[union-attr]
    looped = ids[str(dossiers[2].pk)]
    names = [event.find("x:string", space).get("value") for event in looped.findall("x:event", space)]  # type: ignore[union-attr]
    assert names[0] == "Đã nộp hồ sơ"
    assert len(names) == 6
    assert names[2] == names[4] != names[3]
    moments = [event.find("x:date", space).get("value") for event in looped.findall("x:event", space)]  # type: ignore[union-attr]
    assert moments == sorted(str(moment) for moment in moments)
    assert all(str(moment).endswith("+07:00") for moment in moments)


def test_asking_costs_the_same_however_many_there_are(
    province: Province, dossiers: list[Dossier], django_assert_num_queries: object
) -> None:
    actor = province.officer("chairperson")
    assert dossiers
    with django_assert_num_queries(4):  # type: ignore[operator]
        queries.flow(actor=actor, question=BIRTHS)


def test_a_step_that_is_no_more_is_called_by_its_id() -> None:
    assert name_of("dossier.step_completed/long-gone", None, language="vi") == "Xong bước «long-gone»"
