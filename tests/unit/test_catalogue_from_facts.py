"""Collected facts become files of the packs: the same ones each time, and only what is beyond doubt."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from scripts.catalogue_from_facts import WRITTEN_BY, facts_of, file_of, index_of, name_of, write_all
from scripts.facts.papers import papers_of

from tinhso.definitions.loading import parse
from tinhso.definitions.standard import StandardProcedure

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests" / "facts" / "procedures.yaml"
CIVIL, SHIP, SCHOOL = (
    facts_of(one) for one in yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))["procedures"]
)


def collected() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))["procedures"]
    return found


def test_writing_twice_gives_the_same_bytes_and_nothing_else(tmp_path: Path) -> None:
    assert write_all(collected(), tmp_path) == 3
    first = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    write_all(collected(), tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")} == first
    assert len(first) == 3


def test_a_procedure_that_is_gone_loses_its_file_and_hand_made_ones_stay(tmp_path: Path) -> None:
    write_all(collected(), tmp_path)
    by_hand = tmp_path / "education" / "hand.yaml"
    by_hand.write_text("code: '9.000009'\n", encoding="utf-8")
    write_all(collected()[:2], tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*.yaml")) == sorted(
        [name_of(CIVIL), name_of(SHIP), "hand.yaml"]
    )


@pytest.mark.parametrize("facts", [CIVIL, SHIP, SCHOOL], ids=lambda facts: facts["code"])
def test_what_is_written_is_read_back(facts: dict[str, Any]) -> None:
    loaded = parse(file_of(facts).encode(), StandardProcedure, file="-")
    assert loaded.mistakes == ()
    assert loaded.value == StandardProcedure.model_validate(facts)


def test_a_title_is_taken_without_code_and_full_stop_and_a_shortened_one_stays_marked() -> None:
    assert CIVIL["name"] == "Cấp giấy phép mẫu"
    assert SCHOOL["name"] == "Nhập học mẫu ở trường trung học…"


def test_a_fee_that_the_council_sets_is_not_free() -> None:
    assert CIVIL["ways"] == [{"by": "online", "fee": "council"}, {"by": "counter", "fee": "council"}]


def test_an_amount_is_billed_only_where_the_note_says_the_same() -> None:
    sure = {"amount": 70000, "per": "Giấy chứng nhận"}
    assert [way["fee"] for way in SHIP["ways"]] == [sure, sure, {"amount": 700, "per": "lần", "sure": False}]


def test_a_bare_one_day_of_civil_status_is_the_same_day_before_three() -> None:
    assert CIVIL["times"] == [
        {"value": 1, "unit": "working_day", "same_day": True, "cut_off": "15:00", "unit_known": False}
    ]


def test_several_limits_are_all_kept_and_none_is_invented() -> None:
    assert SHIP["times"] == [{"value": 3, "unit": "working_day"}, {"value": 7, "unit": "working_day"}]
    assert "times" not in SCHOOL


def test_headings_that_are_no_cases_are_not_offered_as_cases() -> None:
    assert "cases" not in CIVIL
    assert [(one["name"], one.get("need")) for one in CIVIL["papers"]] == [
        ("Tờ khai theo Mẫu số 01; đối với người chưa thành niên thì cha mẹ khai", None),
        ("Văn bản ủy quyền trong trường hợp ủy quyền…", "case"),
        ("Thẻ căn cước", "shown"),
    ]
    assert CIVIL["papers"][0]["form_code"] == "Mẫu số 01"


def test_cases_keep_their_papers_and_lose_their_letters() -> None:
    assert [(case["name"], case["papers"][0]["name"]) for case in SHIP["cases"]] == [
        ("Trường hợp đóng mới", "Giấy xuất xưởng"),
        ("Trường hợp mua lại", "Hợp đồng mua bán"),
    ]


def test_a_body_outside_the_province_is_named_and_another_takes_the_dossier_in() -> None:
    assert (SCHOOL["agency"], SCHOOL["agency_here"], SCHOOL["agency_listed"]) == (
        "education_department",
        False,
        "Cơ sở giáo dục",
    )
    assert (CIVIL["agency"], CIVIL["level"]) == ("commune_committee", "commune")
    assert (SHIP["agency"], SHIP["level"]) == ("construction_department", "province")
    assert "agency_here" not in SHIP


def test_everybody_may_file_where_the_list_does_not_say_who() -> None:
    assert SCHOOL["audience"] == ["citizen", "business", "organisation"]
    assert (CIVIL["audience"], SHIP["audience"]) == (["citizen"], ["citizen", "business"])


def test_the_index_is_sorted_and_composed() -> None:
    text = "code\tlevel\tissuer\tfield\tname\n2.1\tcommune\t\tB\tHo\u0300a \n1.1\t?\t\tA\tMột\n"
    assert index_of(text).splitlines()[1:] == ["1.1\t?\t\tA\tMột", "2.1\tcommune\t\tB\tHòa"]


def test_numbered_cases_come_in_order_and_a_heading_that_was_cut_is_marked() -> None:
    documents = [
        {"case": f"Trường hợp {number}: {'x' * length}", "items": [{"name": "Ảnh"}]}
        for number, length in ((10, 300), (2, 5))
    ]
    documents[0]["case"] = str(documents[0]["case"])[:220]
    _, cases = papers_of({"documents": documents})
    assert [case["name"][:13] for case in cases] == ["Trường hợp 2:", "Trường hợp 10"]
    assert [case["name"].endswith("…") for case in cases] == [False, True]


def test_what_lies_in_the_packs_is_as_the_script_writes_it() -> None:
    written = [
        path
        for path in sorted((ROOT / "packs" / "vietnam" / "procedures").glob("*/*.yaml"))
        if path.read_text(encoding="utf-8").startswith(WRITTEN_BY)
    ]
    assert len(written) > 250
    for path in written[::9]:
        text = path.read_text(encoding="utf-8")
        facts = yaml.safe_load(text)
        assert file_of(facts) == text, path.name
        assert name_of(facts) == path.name
