"""The catalogue as data: search, facets, suggestions, CSV, history, comparison, publicity."""

import csv
import io
import json

import pytest

from tests import portal_kit as kit
from tests.api_kit import Caller
from tests.portal_kit import BIRTH, COPY
from tests.web.test_portal_versions import dearer
from tinhso.definitions.history import first_published_at
from tinhso.kernel.clock import local

pytestmark = pytest.mark.django_db
ELSEWHERE = "2.002352"


@pytest.fixture(autouse=True)
def province() -> None:
    kit.found()


def test_words_find_the_best_first_and_pages_go_on_by_cursor() -> None:
    caller = Caller()
    first = caller.read("/catalogue?q=khai%20sinh&limit=3")
    assert first["items"][0]["code"] == BIRTH
    second = caller.read(f"/catalogue?q=khai%20sinh&limit=3&cursor={first['next_cursor']}")
    codes = [row["code"] for row in (*first["items"], *second["items"])]
    assert len(codes) == len(set(codes)) == 6
    assert first["count"] == second["count"] >= 6


def test_a_misspelt_question_is_given_back_as_understood() -> None:
    found = Caller().read("/catalogue?q=lamf%20giayas%20khai%20sinh&limit=1")
    assert (found["items"][0]["code"], found["meant"]) == (BIRTH, "làm giấy khai sinh")


def test_choices_narrow_and_facets_count_them() -> None:
    caller = Caller()
    counts = caller.read("/catalogue/facets?field=ho-tich")
    here = {one["value"]: one["count"] for one in counts["filed"]}
    assert caller.read("/catalogue?field=ho-tich&filed=here&limit=1")["count"] == here["here"]
    assert caller.read("/catalogue?field=ho-tich&filed=elsewhere&limit=1")["count"] == here["elsewhere"]
    assert {one["label"] for one in counts["field"]} >= {"Hộ tịch"}


@pytest.mark.parametrize("query", ["level=district", "filed=maybe", "audience=dog", "limit=0", "cursor=x"])
def test_what_cannot_be_chosen_is_refused(query: str) -> None:
    assert Caller().ask("GET", f"/catalogue?{query}").status_code in (400, 422)


def test_one_code_says_whether_it_is_filed_here() -> None:
    caller = Caller()
    assert caller.read(f"/catalogue/{BIRTH}")["filed_here"] is True
    assert caller.read(f"/catalogue/{ELSEWHERE}")["filed_here"] is False
    assert caller.ask("GET", "/catalogue/9.999999").status_code == 404


def test_suggestions_answer_what_has_been_typed_so_far() -> None:
    found = Caller().read("/catalogue/suggestions?q=khai%20si")
    assert BIRTH in [row["code"] for row in found]
    assert len(found) <= 8


def test_the_whole_catalogue_comes_as_csv_that_spreadsheets_read() -> None:
    caller = Caller()
    answer = caller.ask("GET", "/catalogue/entries.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == caller.read("/catalogue?limit=1")["count"]
    birth = next(row for row in rows if row["code"] == BIRTH)
    assert (birth["filed_here"], birth["levels"]) == ("True", "commune")
    assert not any(cell[:1] in "=+@" for row in rows for cell in row.values() if cell)


def test_history_and_comparison_are_facts() -> None:
    old, new = dearer(COPY)
    caller = Caller()
    told = caller.read(f"/procedures/{COPY}/history")
    assert [one["number"] for one in told] == [2, 1]
    found = caller.read(f"/procedures/{COPY}/comparison?from={old}&to={new}")
    fee = next(one for one in found if one["part"] == "fees")
    assert (fee["field"], fee["after"]) == ("amount", "3000")
    assert caller.read(f"/procedures/{COPY}/comparison?from={new}&to={new}") == []
    assert caller.ask("GET", f"/procedures/{BIRTH}/comparison?from={old}&to={new}").status_code == 404
    assert caller.ask("GET", "/procedures/9.999999/history").status_code == 404


def test_publication_is_measured_as_the_page_says() -> None:
    found = Caller().read(f"/procedures/{BIRTH}/publication")
    assert (found["decision"], found["days_late"]) == ("163/QĐ-BTP", None)
    first = first_published_at(BIRTH)
    assert first is not None
    assert found["published_on"] == local(first).date().isoformat()
    assert found["is_whole"] is True
    assert len(found["parts"]) == 12
    assert json.dumps(found)


def test_what_the_national_list_leaves_open_is_said_and_not_billed() -> None:
    found = Caller().read("/procedures/2.000748")
    assert found["fees"] == []
    assert "Hội đồng nhân dân" in found["fee_note"]
    assert any("tờ khai chung" in notice for notice in found["notices"])
