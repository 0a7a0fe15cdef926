"""What is derived from facts: form, papers, money, time, steps, result; and how a wrong file is named."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from tinhso.definitions.check import check_packs, examine, load_lists
from tinhso.definitions.checks.case import Lists
from tinhso.definitions.deriving.whole import derive
from tinhso.definitions.kinds import Severity
from tinhso.definitions.standard import StandardProcedure
from tinhso.definitions.types import Procedure, Unit

PACKS = Path(__file__).resolve().parents[2] / "packs"
LISTS, _ = load_lists(PACKS)
FACTS: dict[str, Any] = {
    "code": "9.000001",
    "form": "standard",
    "name": "Cấp giấy mẫu",
    "field": "Mẫu",
    "sector": "tourism",
    "level": "province",
    "agency": "culture_department",
    "audience": ["citizen"],
    "ways": [{"by": "online", "fee": "free"}, {"by": "counter", "fee": "free"}],
    "times": [{"value": 5, "unit": "working_day"}],
    "papers": [{"name": "Đơn đề nghị", "originals": 1}],
    "results": [{"name": "Giấy mẫu", "code": "KQ.G01.000001"}],
    "decision": "1/QĐ-BVHTTDL",
    "law": ["09/2017/QH14"],
    "source": "Ví dụ",
}
TWO_CASES = [
    {"name": "Cấp mới", "papers": [{"name": "Ảnh"}, {"name": "Giấy ủy quyền, nếu có", "need": "case"}]},
    {"name": "Cấp lại", "papers": [{"name": "Giấy cũ…"}]},
]
FEE = {"amount": 70_000, "per": "giấy"}


def derived(**change: Any) -> Procedure:
    assert LISTS.standard is not None
    return derive(StandardProcedure.model_validate(FACTS | change), LISTS.standard)


def asked(procedure: Procedure) -> list[str]:
    return [question.id for question in procedure.questions()]


def test_a_person_is_not_asked_about_an_organisation() -> None:
    procedure = derived()
    assert not [name for name in asked(procedure) if name.startswith(("organisation", "filer", "fee"))]
    assert procedure.result.template == "standard-person.typ"
    assert [len(example.answers) for example in procedure.examples] == [7]


def test_an_organisation_is_asked_for_its_name_and_who_files_for_it() -> None:
    procedure = derived(audience=["business"])
    assert {"organisation.name", "organisation.address", "requester.position"} <= set(asked(procedure))
    assert "filer.kind" not in asked(procedure)
    assert all(question.when is None for question in procedure.questions())


def test_who_may_be_either_says_which_and_is_asked_accordingly() -> None:
    procedure = derived(audience=["citizen", "organisation"])
    by_id = {question.id: question for question in procedure.questions()}
    assert by_id["organisation.name"].when == "filer.kind == 'organisation'"
    assert by_id["requester.full_name"].when is None
    assert [example.answers["filer.kind"] for example in procedure.examples] == ["person", "organisation"]


def test_cases_are_chosen_from_and_papers_follow_the_choice() -> None:
    procedure = derived(cases=TWO_CASES)
    [choice] = [question for question in procedure.questions() if question.id == "request.case"]
    assert [option.value for option in choice.options] == ["case_1", "case_2", "other"]
    assert [(paper.id, paper.required, paper.optional) for paper in procedure.papers] == [
        ("paper_1", "true", False),
        ("case_1_paper_1", "request.case == 'case_1'", False),
        ("case_1_paper_2", "request.case == 'case_1'", True),
        ("case_2_paper_1", "request.case == 'case_2'", False),
    ]
    assert [example.papers for example in procedure.examples] == [
        ("paper_1", "case_1_paper_1"),
        ("paper_1", "case_2_paper_1"),
    ]


def test_a_shortened_name_stays_and_says_so() -> None:
    procedure = derived(name="Cấp giấy mẫu cho…", cases=TWO_CASES)
    assert procedure.papers[-1].name.vi == "Giấy cũ…"
    assert "rút gọn" in procedure.papers[-1].hint.vi
    assert any("rút gọn" in notice.vi for notice in procedure.notices)
    assert not any("rút gọn" in notice.vi for notice in derived().notices)


def test_what_costs_the_same_everywhere_is_one_line() -> None:
    procedure = derived(ways=[{"by": "online", "fee": FEE}, {"by": "counter", "fee": FEE}])
    assert [(fee.when, fee.amount) for fee in procedure.fees] == [("true", "70000")]
    assert not procedure.fee_note


def test_each_way_has_its_own_line_where_they_differ() -> None:
    dearer = {"amount": 90_000, "exempt": True}
    procedure = derived(ways=[{"by": "online", "fee": FEE}, {"by": "counter", "fee": dearer}])
    assert [(fee.when, fee.amount) for fee in procedure.fees] == [
        ("channel == 'online'", "70000"),
        ("channel == 'counter'", "90000"),
    ]
    assert [(one.when, one.proof) for one in procedure.reliefs] == [
        ("(channel == 'counter') && fee.exempt", "exemption")
    ]
    assert [paper.id for paper in procedure.papers] == ["paper_1", "exemption"]
    assert procedure.examples[0].papers == ("paper_1",)


def test_a_fee_for_each_copy_asks_how_many() -> None:
    procedure = derived(ways=[{"by": "online", "fee": FEE | {"counted": True}}])
    assert procedure.fees[0].amount == "70000 * fee.quantity"
    assert "fee.quantity" in asked(procedure)


@pytest.mark.parametrize(
    ("fee", "said"),
    [
        ("council", "Hội đồng nhân dân tỉnh"),
        ("unknown", "không ghi mức thu"),
        (FEE | {"sure": False}, "70.000 ₫/giấy"),
    ],
)
def test_an_amount_that_is_not_sure_is_told_and_never_billed(fee: Any, said: str) -> None:
    procedure = derived(ways=[{"by": "online", "fee": fee}])
    assert procedure.fees == ()
    assert said in procedure.fee_note.vi


def test_of_several_limits_the_officer_says_which_and_the_longest_counts_until_then() -> None:
    times = [{"value": 8, "unit": "working_day"}, {"value": 18, "unit": "working_day"}]
    procedure = derived(times=times)
    assert (procedure.time.value, procedure.time.unit) == (18, Unit.WORKING_DAY)
    assert [(case.when, case.value) for case in procedure.time.cases] == [("time.limit == 'limit_1'", 8)]
    assert "8 ngày làm việc, 18 ngày làm việc" in procedure.time.note.vi
    assert [option.label.vi for option in procedure.steps[0].ask[0].options] == [
        "8 ngày làm việc",
        "18 ngày làm việc",
    ]


def test_no_limit_and_an_unclear_unit_are_said() -> None:
    assert "không ghi thời hạn" in derived(times=[]).time.note.vi
    unclear = derived(times=[{"value": 3, "unit": "day", "unit_known": False}])
    assert "không rõ" in unclear.time.note.vi
    assert not derived().time.note


def test_the_steps_share_the_time_limit_and_the_head_of_the_agency_signs() -> None:
    procedure = derived()
    assert [(step.by, step.hours) for step in procedure.steps] == [
        ("one_stop", 4),
        ("specialist", 24),
        ("leader", 8),
        ("one_stop", 4),
    ]
    committee = derived(agency="commune_committee", level="commune", sector="civil_status")
    assert [step.by for step in committee.steps[1:3]] == ["civil_status_officer", "chairperson"]
    hours = derived(times=[{"value": 1, "unit": "hour"}]).steps
    assert [step.hours for step in hours] == [1, 1, 1, 1]


def test_a_refusal_is_never_the_result() -> None:
    results = [{"name": "Phiếu từ chối"}, {"name": "Quyết định công nhận", "code": "KQ.G01.000002"}]
    result = derived(results=results).result
    assert (result.code, result.name.vi, result.series) == ("KQ.G01.000002", "Quyết định công nhận", "QĐ")
    assert derived(results=[]).result.series == "KQ"


def test_a_body_that_is_not_here_is_named() -> None:
    procedure = derived(agency_listed="Cơ sở giáo dục", agency_here=False)
    assert "Cơ sở giáo dục" in procedure.notices[0].vi
    assert "Sở Văn hóa, Thể thao và Du lịch" in procedure.notices[0].vi
    assert len(derived(agency_listed="Sở Văn hóa").notices) == 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of procedures with the real standard templates beside it."""
    templates = PACKS / "vietnam" / "procedures" / "templates"
    (tmp_path / "procedures" / "tourism").mkdir(parents=True)
    (tmp_path / "procedures" / "templates").symlink_to(templates)
    return tmp_path / "procedures" / "tourism"


def write(folder: Path, **change: Any) -> Path:
    path = folder / "facts.yaml"
    path.write_text(yaml.dump(FACTS | change, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def found(path: Path, lists: Lists = LISTS) -> list[tuple[str, int]]:
    wrong = [one for one in examine(path, lists).mistakes if one.severity is Severity.ERROR]
    return [(one.code, one.line) for one in wrong]


def test_sound_facts_have_no_mistakes_and_need_no_english(folder: Path) -> None:
    examined = examine(write(folder, cases=TWO_CASES, audience=["citizen", "business"]), LISTS)
    assert examined.mistakes == ()
    assert examined.procedure is not None


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        ({"agency": "culture_departmnt"}, ("unknown-agency-kind", 8)),
        ({"life_events": ["travel"]}, ("unknown-life-event", 26)),
        ({"ways": [{"by": "fax", "fee": "free"}]}, ("not-allowed-value", 12)),
        ({"colour": "blue"}, ("unknown-field", 26)),
    ],
)
def test_wrong_facts_are_named_at_their_line(
    folder: Path, change: dict[str, Any], mistake: tuple[str, int]
) -> None:
    path = write(folder, **change)
    assert mistake[0] in [code for code, _ in found(path)]
    assert all(line > 1 for _, line in found(path))


def test_facts_without_the_standard_parts_are_no_procedure(folder: Path) -> None:
    path = write(folder)
    assert found(path, replace(LISTS, standard=None)) == [("no-standard-parts", 2)]


def test_facts_that_the_standard_parts_do_not_fit_are_named(folder: Path) -> None:
    assert LISTS.standard is not None
    steps = LISTS.standard.steps.model_copy(update={"processes": ()})
    lists = replace(LISTS, standard=replace(LISTS.standard, steps=steps))
    assert found(write(folder), lists) == [("unfit-standard", 2)]


def test_a_whole_file_replaces_the_facts_of_its_code_and_two_of_a_kind_do_not(folder: Path) -> None:
    write(folder)
    whole = (PACKS.parent / "tests" / "packs" / "procedures" / "sample.yaml").read_text(encoding="utf-8")
    (folder.parent / "whole.yaml").write_text(whole.replace("1.000001", "9.000001"), encoding="utf-8")
    codes = {one.code for one in check_packs(folder.parent).errors}
    assert "duplicate-code" not in codes

    (folder / "again.yaml").write_text((folder / "facts.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    codes = {one.code for one in check_packs(folder.parent).errors}
    assert "duplicate-code" in codes
