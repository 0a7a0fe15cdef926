"""The procedures of the country: their examples pass, their bad answers do not, their results typeset."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tinhso.definitions.binding import nest
from tinhso.definitions.conditions import Facts
from tinhso.definitions.loading import load
from tinhso.definitions.template_variables import answers_for_template
from tinhso.definitions.types import Example, Procedure
from tinhso.forms import boxes, engine
from tinhso.forms.types import CommuneMatch
from tinhso.papers.typesetting import qr_svg, typeset_document

FOLDER = Path(__file__).resolve().parents[2] / "packs" / "vietnam" / "procedures"
FILES = sorted(FOLDER.glob("*.yaml"))
TODAY = date(2026, 2, 10)
FACTS = Facts(today=TODAY)
VERIFY = "https://example.vn/verify/x8Zq1LmN0aTt"


@lru_cache
def procedure_of(path: Path) -> Procedure:
    loaded = load(path, Procedure)
    assert loaded.value is not None, loaded.mistakes
    return loaded.value


CASES = [(path, example) for path in FILES for example in procedure_of(path).examples]
EXAMPLES = pytest.mark.parametrize(
    ("path", "example"), CASES, ids=[f"{path.name[:8]}-{example.name}" for path, example in CASES]
)
PROCEDURES = pytest.mark.parametrize("path", FILES, ids=[path.name[:8] for path in FILES])


def communes(written: str, on: date) -> CommuneMatch | None:
    known = re.fullmatch("0[67][0-9]{3}", written)
    return CommuneMatch(code=written, name=f"Xã {written}, tỉnh Quảng Ninh") if known else None


@EXAMPLES
def test_an_example_fills_in_the_form_page_by_page(path: Path, example: Example) -> None:
    procedure = procedure_of(path)
    answers: dict[str, object] = {}
    for page in procedure.form:
        asked = engine.visible_questions(procedure, page.id, {**example.answers, **answers}, FACTS)
        data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in asked]}
        for question in asked:
            if question.id in example.answers:
                data |= boxes.render(question, question.id, example.answers[question.id])
        result = engine.clean_page(procedure, page.id, data, answers, FACTS, communes)
        assert result.errors == ()
        assert result.revealed == ()
        answers = result.answers
    assert answers == engine.counted_answers(procedure, example.answers, FACTS)


@EXAMPLES
def test_an_example_may_be_filed_with_its_papers_and_costs_its_fee(path: Path, example: Example) -> None:
    procedure = procedure_of(path)
    papers = dict.fromkeys(example.papers, 1)
    assert engine.check_all(procedure, example.answers, papers, FACTS, communes) == ()
    required = {paper.id for paper in engine.required_papers(procedure, example.answers, FACTS)}
    assert required == set(example.papers)
    lines = engine.fees(procedure, example.answers, FACTS)
    assert sum(line.amount for line in lines) == (example.fee or 0)


@EXAMPLES
def test_an_example_without_its_papers_is_held_back(path: Path, example: Example) -> None:
    wrong = engine.check_all(procedure_of(path), example.answers, {}, FACTS, communes)
    assert {error.question_id for error in wrong} == set(example.papers)


@EXAMPLES
def test_every_row_of_an_english_summary_is_english(path: Path, example: Example) -> None:
    procedure = procedure_of(path)
    vietnamese = {q.id: q.label.vi for q in procedure.questions() if q.label.vi != q.label.en}
    for section in engine.summary(procedure, example.answers, FACTS, "en", communes):
        for row in section.rows:
            assert row.label != vietnamese.get(row.question_id)


@EXAMPLES
def test_a_result_is_typeset_on_one_page_with_a_place_to_sign(path: Path, example: Example) -> None:
    procedure = procedure_of(path)
    answers = engine.counted_answers(procedure, example.answers, FACTS) | example.findings
    document = typeset_document(
        (path.parent / "templates" / procedure.result.template).read_text(),
        template_data(procedure, answers),
        name=procedure.result.template,
        extra_files={"qr.svg": qr_svg(VERIFY)},
        at=datetime(2026, 2, 10, tzinfo=UTC),
    )
    reader = PdfReader(BytesIO(document.pdf))
    text = " ".join(page.extract_text() for page in reader.pages)
    place = document.place("signer")
    assert len(reader.pages) == 1
    assert place is not None
    assert place.box[2] <= 595
    assert place.box[1] >= 56
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "none" not in text.lower()


def template_data(procedure: Procedure, answers: dict[str, object]) -> dict[str, object]:
    result = procedure.result
    return {
        "answers": answers_for_template(procedure, answers),
        "shown": nest(engine.shown_answers(procedure, answers, FACTS, communes)),
        "procedure": {"code": procedure.code, "name": procedure.name.vi},
        "dossier": {
            "code": "000.00.21.H49-260210-0007",
            "filed_on": "2026-02-10",
            "accepted_on": "2026-02-10",
            "due_on": "2026-02-11",
        },
        "document": {
            "number": f"07/{result.notation or result.series}",
            "title": result.name.vi,
            "issued_on": "2026-02-10",
            "issued_at": "10/02/2026 15:20",
            "place": "Bình Liêu",
            "agency": {
                "name": "Ủy ban nhân dân xã Bình Liêu",
                "parent": "",
                "address": "",
                "phone": "",
                "email": "",
            },
            "signer": {"name": "Nông Văn Thắng", "post": "Chủ tịch"},
            "valid_until": "2026-08-09" if result.valid_months else "",
            "verify_url": VERIFY,
            "token": "x8Zq1LmN0aTt",
        },
    }


@PROCEDURES
def test_an_empty_form_is_refused_page_by_page_and_never_breaks(path: Path) -> None:
    procedure = procedure_of(path)
    for page in procedure.form:
        result = engine.clean_page(procedure, page.id, {}, {}, FACTS, communes)
        assert result.answers == {}
    assert engine.check_all(procedure, {}, {}, FACTS, communes)


@PROCEDURES
def test_nobody_is_asked_twice_for_what_their_account_proves(path: Path) -> None:
    procedure = procedure_of(path)
    proved = {
        "applicant.full_name": "Chìu Thị Hương",
        "applicant.personal_id": "022198003412",
        "applicant.born_on": "1998-08-20",
        "applicant.sex": "female",
        "applicant.phone": "0987123456",
        "applicant.address": {"commune": "06838", "detail": "Khu Bình An"},
    }
    first = procedure.form[0]
    fields = engine.page_fields(
        procedure, first.id, {}, Facts(today=TODAY, applicant=proved), communes=communes
    )
    known = {field.known for field in fields if field.known}
    declared = {question.known for question in first.ask if question.known}
    assert known == declared & set(proved)
    assert all(field.shown for field in fields if field.known)


def birth() -> tuple[Procedure, dict[str, object]]:
    procedure = procedure_of(next(path for path in FILES if path.name.startswith("1.001193")))
    return procedure, dict(procedure.examples[0].answers)


def test_a_birth_in_the_future_is_refused_at_the_day() -> None:
    procedure, answers = birth()
    wrong = engine.check_all(
        procedure, {**answers, "child.born_on": "2026-02-11"}, {"birth_notice": 1}, FACTS
    )
    assert [(error.field_name, "sau hôm nay" in error.sentence) for error in wrong] == [
        ("child.born_on-day", True)
    ]


def test_a_child_born_before_its_mother_is_refused() -> None:
    procedure, answers = birth()
    answers |= {"requester.relation": "father", "mother.declared": True, "mother.full_name": "Chìu Thị Hương"}
    answers |= {"mother.born_on": "2026-02-01", "mother.address": answers["requester.address"]}
    wrong = engine.check_all(procedure, answers, {"birth_notice": 1, "paternity": 1}, FACTS)
    assert [error.question_id for error in wrong] == ["mother.born_on"]


def test_the_late_fee_begins_on_the_sixty_first_day() -> None:
    procedure, answers = birth()
    answers |= {"copies.wanted": False, "late.exemption": "none", "child.born_on": "2025-12-12"}
    on_time = engine.fees(procedure, answers, Facts(today=date(2026, 2, 10)))
    late = engine.fees(procedure, answers, Facts(today=date(2026, 2, 11)))
    assert on_time == ()
    assert [(line.code, line.amount) for line in late] == [("late_registration", 8000)]


@pytest.mark.parametrize(
    ("pages", "copies", "amount"),
    [
        (1, 1, 2000),
        (2, 1, 4000),
        (3, 1, 5000),
        (10, 2, 24000),
        (198, 1, 200000),
        (199, 1, 200000),
        (400, 3, 600000),
    ],
)
def test_certified_copies_cost_by_the_page_up_to_a_ceiling(pages: int, copies: int, amount: int) -> None:
    procedure = procedure_of(next(path for path in FILES if path.name.startswith("2.000815")))
    paper = {"name": "Bằng", "issuer": "Sở", "foreign": False, "pages": pages, "copies": copies}
    lines = engine.fees(procedure, {**procedure.examples[0].answers, "documents": [paper]}, FACTS)
    assert [line.amount for line in lines] == [amount]


def test_a_married_person_gets_no_paper_to_marry() -> None:
    procedure = procedure_of(next(path for path in FILES if path.name.startswith("1.004873")))
    answers = dict(procedure.examples[0].answers) | {
        "status.kind": "married",
        "status.spouse_name": "Lê Đức Huy",
        "status.paper_number": "12/2020",
        "status.paper_issuer": "UBND phường Hạ Long",
        "status.since": "2020-05-05",
    }
    wrong = engine.check_all(procedure, answers, {}, FACTS)
    assert [error.question_id for error in wrong] == ["purpose.kind"]


def test_an_owner_cannot_draw_a_large_house() -> None:
    procedure = procedure_of(next(path for path in FILES if path.name.startswith("1.013225")))
    example = procedure.examples[0]
    answers = {**example.answers, "house.floors": 3}
    wrong = engine.check_all(procedure, answers, dict.fromkeys(example.papers, 1), FACTS)
    assert [error.question_id for error in wrong] == ["design.by"]


def test_an_allowance_that_is_not_standard_times_coefficient_is_refused() -> None:
    procedure = procedure_of(next(path for path in FILES if path.name.startswith("1.001776")))
    answers = procedure.examples[0].answers
    data = {
        "granted.coefficient": ["1,5"],
        "granted.standard": ["500.000"],
        "granted.amount": ["700.000"],
        "granted.since-day": ["1"],
        "granted.since-month": ["3"],
        "granted.since-year": ["2026"],
    }
    wrong = engine.clean_step(procedure, "appraise", data, answers, FACTS)
    right = engine.clean_step(procedure, "appraise", {**data, "granted.amount": ["750.000"]}, answers, FACTS)
    assert [error.question_id for error in wrong.errors] == ["granted.amount"]
    assert right.errors == ()


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("in-words(0)", "không"),
        ("in-words(21)", "hai mươi mốt"),
        ("in-words(105)", "một trăm linh năm"),
        ("in-words(115)", "một trăm mười lăm"),
        ("in-words(2026)", "hai nghìn không trăm hai mươi sáu"),
        ("in-words(1000005)", "một triệu không trăm linh năm"),
        ("money-in-words(2500000000)", "Hai tỷ năm trăm triệu đồng"),
        ('date-in-words("2004-04-10")', "Ngày mười tháng tư năm hai nghìn không trăm linh bốn"),
    ],
)
def test_certificates_write_numbers_in_words(expression: str, words: str) -> None:
    source = '#import "packs/vietnam/templates/words.typ": *\n'
    source += f'#set page(width: 40cm)\n#set text(font: "Liberation Serif")\n#{expression}'
    document = typeset_document(source, {}, name="words.typ", with_places=False)
    assert PdfReader(BytesIO(document.pdf)).pages[0].extract_text().strip() == words
