"""A question that only a register answers: shown, not asked, whatever a browser sends."""

from datetime import date

from tests.unit.forms_procedure import PROCEDURE
from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Page, Procedure, Question, QuestionType, Text
from tinhso.forms import boxes, engine
from tinhso.forms.known import REGISTER


def fixed() -> tuple[Procedure, Question, str]:
    """Return a procedure one of whose questions is a register's to answer."""
    question = Question(
        id="land.certificate",
        label=Text(vi="Số Giấy chứng nhận"),
        type=QuestionType.TEXT,
        fixed=True,
        **{"from": "land.parcels.certificate.number"},
    )
    page = Page(id="land", title=Text(vi="Thửa đất"), ask=(question,))
    return PROCEDURE.model_copy(update={"form": (page,)}), question, page.id


def test_what_a_register_fixes_is_shown_and_what_is_typed_does_not_count() -> None:
    made, question, page_id = fixed()
    facts = Facts(today=date(2026, 3, 10), fixed={question.id: "CT 774512"})
    field = next(
        one for one in engine.page_fields(made, page_id, {}, facts) if one.question_id == question.id
    )
    assert (field.known, field.shown) == (REGISTER, "CT 774512")
    data = {boxes.ASKED: [question.id], question.id: ["Số khác"]}
    result = engine.clean_page(made, page_id, data, answers={}, facts=facts)
    assert result.answers[question.id] == "CT 774512"
    assert engine.counted_answers(made, {question.id: "Số khác"}, facts)[question.id] == "CT 774512"


def test_without_the_register_it_is_asked_as_any_other() -> None:
    made, question, page_id = fixed()
    facts = Facts(today=date(2026, 3, 10))
    field = next(
        one for one in engine.page_fields(made, page_id, {}, facts) if one.question_id == question.id
    )
    assert field.known == ""
    data = {boxes.ASKED: [question.id], question.id: ["Số khác"]}
    assert engine.clean_page(made, page_id, data, answers={}, facts=facts).answers[question.id] == "Số khác"
