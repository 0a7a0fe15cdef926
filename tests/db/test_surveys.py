"""Visitors say what they think of a counter, and nobody can tell who they were."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import Error as DatabaseFault

from tests import dossiers_kit as kit
from tests.dossiers_kit import BINH_LIEU, HONG_GAI, Province
from tests.fixtures_trust import Trust, trust
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.people.models import Agency
from tinhso.people.types import ANONYMOUS, Actor
from tinhso.surveys import queries
from tinhso.surveys.actions.answer import (
    AnsweredAlready,
    NothingAnswered,
    VisitOver,
    answer_survey,
    new_visit,
)
from tinhso.surveys.models import SurveyAnswer
from tinhso.surveys.rules import rules

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def code(province: Province) -> str:
    del province
    return Agency.objects.get(kind="commune_committee", unit_code=BINH_LIEU).code


def answer(
    province: Province,
    code: str,
    *,
    actor: Actor = ANONYMOUS,
    at: datetime | None = None,
    visit: str = "",
    comment: str = "",
    **marks: int,
) -> None:
    at = at or province.at
    answer_survey(
        actor=actor,
        at=at,
        agency_code=code,
        visit=visit or new_visit(at=at),
        answers=marks,
        comment=comment,
    )


def test_an_answer_keeps_marks_and_words_and_nobody(province: Province, code: str) -> None:
    citizen = province.citizen()
    answer(province, code, actor=citizen, attitude=5, time=4, comment="Cán bộ rất nhanh.")

    kept = SurveyAnswer.objects.get()
    assert (kept.answers, kept.comment) == ({"attitude": 5, "time": 4}, "Cán bộ rất nhanh.")
    entry = LedgerEntry.objects.get(kind="survey.answered")
    assert (entry.actor_kind, entry.actor_id, entry.for_person_id) == ("anonymous", "", None)


def test_one_opening_of_the_page_answers_once(province: Province, code: str) -> None:
    visit = new_visit(at=province.at)
    answer(province, code, visit=visit, attitude=5)
    with pytest.raises(AnsweredAlready):
        answer(province, code, visit=visit, attitude=1)
    assert [row.answers for row in SurveyAnswer.objects.all()] == [{"attitude": 5}]


@pytest.mark.parametrize("visit", ["", "1.x", "9999999999.abc:sai"])
def test_a_page_we_did_not_open_answers_nothing(province: Province, code: str, visit: str) -> None:
    with pytest.raises(VisitOver):
        answer_survey(actor=ANONYMOUS, at=province.at, agency_code=code, visit=visit, answers={"attitude": 5})
    assert not SurveyAnswer.objects.exists()


def test_a_page_open_for_too_long_is_opened_anew(province: Province, code: str) -> None:
    visit = new_visit(at=province.at)
    late = province.at + timedelta(minutes=rules().visit_minutes, seconds=2)
    with pytest.raises(VisitOver):
        answer(province, code, visit=visit, at=late, attitude=5)
    assert not SurveyAnswer.objects.exists()


def test_nothing_said_is_no_answer_and_marks_that_do_not_exist_are_left_out(
    province: Province, code: str
) -> None:
    with pytest.raises(NothingAnswered):
        answer(province, code, attitude=9, unknown=3, comment="  ")
    answer(province, code, attitude=9, time=2)
    assert SurveyAnswer.objects.get().answers == {"time": 2}


def test_an_agency_that_does_not_exist_cannot_be_judged(province: Province) -> None:
    with pytest.raises(NotFound):
        answer(province, "000.00.00.X00", attitude=1)


def test_few_answers_show_no_figure_and_enough_do(province: Province, code: str) -> None:
    least = rules().least
    for _number in range(least - 1):
        answer(province, code, attitude=5)
    few = queries.figures_of(agency_code=code, at=province.at)
    assert (few.is_enough, few.answered, few.scores) == (False, 0, ())

    answer(province, code, attitude=1, time=2)
    enough = queries.figures_of(agency_code=code, at=province.at)
    scores = {score.question_id: score for score in enough.scores}
    assert enough.answered == least
    assert scores["attitude"].mean == round((5 * (least - 1) + 1) / least, 2)
    # One person answered about time: alone they would be recognised.
    assert (scores["time"].mean, scores["time"].answered, scores["time"].counts) == (None, 0, {})


def test_figures_are_of_one_agency_and_of_the_last_days(province: Province, code: str) -> None:
    other = Agency.objects.get(kind="commune_committee", unit_code=HONG_GAI).code
    old = province.at - timedelta(days=rules().days + 1)
    for _number in range(rules().least):
        answer(province, other, attitude=1)
        answer(province, code, at=old, attitude=1)
    assert not queries.figures_of(agency_code=code, at=province.at).is_enough


def test_words_are_read_by_the_agency_and_by_who_watches_and_by_nobody_else(
    province: Province, code: str
) -> None:
    answer(province, code, comment="Chờ lâu quá.")
    agency_id = Agency.objects.get(code=code).pk
    for actor in (province.officer("one_stop"), province.officer("supervisor", "province_committee")):
        assert [one.text for one in queries.words_of(actor=actor, agency_id=agency_id)] == ["Chờ lâu quá."]
    for actor in (province.citizen(), province.officer("one_stop", unit=HONG_GAI), ANONYMOUS):
        with pytest.raises(NotAllowed):
            queries.words_of(actor=actor, agency_id=agency_id)


def test_nobody_betters_an_answer_afterwards(province: Province, code: str) -> None:
    answer(province, code, attitude=1)
    for statement in ("UPDATE survey_answer SET answers = '{}'", "DELETE FROM survey_answer"):
        with pytest.raises(DatabaseFault), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert SurveyAnswer.objects.get().answers == {"attitude": 1}
