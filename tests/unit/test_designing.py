"""Writing a procedure without YAML: places, patches, conditions, files, and templates under limits."""

import io
import zipfile
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tinhso.definitions import types
from tinhso.definitions.designing import clauses, edits
from tinhso.definitions.designing.clauses import OPERATORS, WITHOUT_VALUE, Clause, Clauses, ValueUnfit
from tinhso.definitions.designing.document import Document, PlaceGone, SourceBroken, written
from tinhso.definitions.designing.examining import examined
from tinhso.definitions.designing.files import Files, FilesUnreadable, packed, unpacked
from tinhso.definitions.designing.shapes import (
    SHAPES,
    NoSuchPart,
    list_at,
    read_place,
    shape_at,
    thing_around,
)
from tinhso.definitions.loading import read_yaml
from tinhso.definitions.scope import Kind
from tinhso.papers.typesetting import TypesettingFailed, TypesettingOverrun, typeset_document

PACKS = Path(__file__).resolve().parents[2] / "packs" / "vietnam" / "procedures"
SMALL = """# kept
code: "9.000001"   # also kept
name: {vi: Tên, en: Name}
strange: [1, 2]
form:
  - id: one
    title: Trang
    ask:
      - {id: a.b, type: text, label: {vi: "Một, hai", en: No}}
      # between
      - id: a.c
        type: yes_no
        label: Hai
steps: []
"""

OF_KIND: dict[str, type[types.Strict]] = {
    "head": types.Procedure, "time": types.TimeLimit, "time_case": types.TimeCase, "result": types.Result,
    "page": types.Page, "question": types.Question, "option": types.Option, "rule": types.Rule,
    "paper": types.Paper, "replacement": types.ReplacedBy, "fee": types.Fee, "relief": types.Relief,
    "step": types.Step, "consultation": types.Consultation, "law": types.Law, "example": types.Example,
}  # fmt: skip
# What stands elsewhere than in the boxes of its thing, and where.
ELSEWHERE = {
    "head": {"code", "time", "result", "form", "papers", "fees", "reliefs", "steps", "examples"},
    "example": {"answers", "findings"},
}


@pytest.mark.parametrize("kind", sorted(OF_KIND))
def test_the_table_names_every_field_of_the_types(kind: str) -> None:
    shape = SHAPES[kind]
    named = {part.name for part in shape.parts} | set(shape.lists) | ELSEWHERE.get(kind, set())
    assert named == {field.alias or name for name, field in OF_KIND[kind].model_fields.items()}


@pytest.mark.parametrize("path", sorted(PACKS.glob("*.yaml")), ids=lambda path: path.name[:8])
def test_a_file_of_the_packs_stays_itself_when_one_word_changes(path: Path) -> None:
    source = path.read_text("utf-8")
    document = Document(source)
    document.set(("form", 0, "title"), {"vi": "Trang khác", "en": "Another"})
    after = document.text()
    value, _places, _mistakes = read_yaml(after.encode(), file="")
    before, _places, _mistakes = read_yaml(source.encode(), file="")
    before["form"][0]["title"] = {"vi": "Trang khác", "en": "Another"}
    assert value == before
    gone = set(source.splitlines()) - set(after.splitlines())
    assert len(gone) <= 4, gone
    assert Document(after).text() == after


def test_comments_and_what_nobody_knows_stay() -> None:
    document = Document(SMALL)
    document.set(("form", 0, "ask", 1, "label"), {"vi": "Ba", "en": "Three"})
    document.insert(("form", 0, "ask", 2), {"id": "a.d", "type": "text", "label": "true"})
    text = document.text()
    for kept in ("# kept", "# also kept", "# between", "strange: [1, 2]", '"Một, hai"'):
        assert kept in text
    assert 'label: "true"' in text
    assert Document(text).get(("form", 0, "ask", 2, "label")) == "true"


TYPED = st.characters(blacklist_categories=("Cs", "Cc"))


@given(st.text(alphabet=TYPED, max_size=60))
@example("._")
@example("-\ufeff")
@example("?")
@example("a:")
def test_any_text_is_read_back_as_it_was_written(words: str) -> None:
    value, _places, _mistakes = read_yaml(written({"x": words, "y": {"vi": words}}).encode(), file="")
    assert value == {"x": words, "y": {"vi": words}}


def test_a_place_that_is_gone_is_said_and_nothing_is_written() -> None:
    document = Document(SMALL)
    for act in (
        lambda: document.set(("form", 7, "id"), "x"),
        lambda: document.remove(("form", 0, "ask", 9)),
        lambda: document.move(("form", 0), ("steps", 4)),
        lambda: document.insert(("code", 0), "x"),
    ):
        with pytest.raises(PlaceGone):
            act()
    with pytest.raises(SourceBroken):
        Document("name: [")
    with pytest.raises(SourceBroken):
        Document("a: &a [x]\nb: !!python/object:os.system [*a]")


def test_a_question_goes_to_another_page_and_a_step_does_not() -> None:
    files = Files(SMALL.replace("steps: []", "  - id: two\n    title: Hai\n    ask: []\nsteps: [{id: s}]"))
    moved = edits.apply(edits.Move(("form", 0, "ask", 0), ("form", 1, "ask", 0)), files).files
    assert Document(moved.source).get(("form", 1, "ask", 0, "id")) == "a.b"
    with pytest.raises(PlaceGone):
        edits.apply(edits.Move(("steps", 0), ("form", 0)), files)


def test_ids_are_made_of_words_and_never_twice() -> None:
    assert edits.new_id("Số tầng", frozenset()) == "so_tang"
    assert edits.new_id("Số tầng", frozenset({"so_tang"})) == "so_tang_2"
    assert edits.new_id("3 ngày", frozenset(), prefix="x.") == "x.m_3_ngay"
    assert edits.new_id("!", frozenset()) == "muc"


def test_places_are_read_and_things_found_around_them() -> None:
    assert shape_at(read_place("form.0.ask.2.ask.1")).kind == "question"
    assert list_at(("steps", 1, "consult")).kind == "consultation"
    assert thing_around(("fees", 0, "when")) == ("fees", 0)
    for place in (("form",), ("form", 0, "title"), ("nothing", 0), ("form", 0, "ask", "x")):
        with pytest.raises(NoSuchPart):
            shape_at(place)


KINDS = {f"q.{kind}": kind for kind in Kind}
VALUES = {
    Kind.WHOLE: st.integers(-(10**9), 10**9).map(str),
    Kind.DECIMAL: st.floats(-1000, 1000).map(lambda x: f"{x:.2f}"),
    Kind.DATE: st.dates().map(lambda day: day.isoformat()),
}


@st.composite
def one_clause(draw: st.DrawFn) -> Clause:
    kind = draw(st.sampled_from(sorted(Kind)))
    operator = draw(st.sampled_from(OPERATORS[kind]))
    if operator in WITHOUT_VALUE:
        return Clause(f"q.{kind}", operator)
    if operator in ("age_at_least", "age_below", "count_at_least"):
        return Clause(f"q.{kind}", operator, str(draw(st.integers(0, 150))))
    text = st.text(alphabet="abc '\\\"&|<>=!", min_size=1, max_size=12)
    if operator in ("among", "not_among"):
        text = st.lists(st.text("abc", min_size=1), min_size=1, max_size=4).map(", ".join)
    return Clause(f"q.{kind}", operator, draw(VALUES.get(kind, text)))


@given(st.lists(one_clause(), min_size=1, max_size=4), st.sampled_from(["and", "or"]))
@example([Clause("q.text", "is", "\\"), Clause("q.address", "given")], "and")
def test_a_condition_that_was_chosen_is_read_back_as_it_was_chosen(
    chosen: list[Clause], join: clauses.Join
) -> None:
    text = clauses.cel(Clauses(join, tuple(chosen)), KINDS)
    read = clauses.read(text, KINDS)
    assert read is not None, text
    assert clauses.cel(read, KINDS) == text
    assert [one.name for one in read.clauses] == [one.name for one in chosen]


@pytest.mark.parametrize(
    "text",
    [
        "q.whole + 1 > 2",
        "q.text == 'a' && (q.yes_no || q.whole > 1)",
        "!(q.yes_no && q.yes_no)",
        "unknown == 'a'",
    ],
)
def test_what_is_more_than_that_stays_text(text: str) -> None:
    assert clauses.read(text, KINDS) is None


def test_a_value_of_another_kind_is_refused() -> None:
    for name, operator, value in (
        ("q.whole", "more", "hai"),
        ("q.date", "before", "hôm qua"),
        ("q.text", "is", ""),
    ):
        with pytest.raises(ValueUnfit):
            clauses.cel(Clauses("and", (Clause(name, operator, value),)), KINDS)  # type: ignore[arg-type]


def test_files_travel_as_one_zip_that_is_always_the_same() -> None:
    files = Files(SMALL, {"a.typ": "x", "b.typ": "y"})
    assert unpacked(packed(files, code="9.000001")) == files
    assert packed(files, code="9.000001") == packed(files, code="9.000001")
    assert unpacked(SMALL.encode()) == Files(SMALL)


def zipped(**entries: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in entries.items():
            bundle.writestr(name.replace("__", "/"), content)
    return kept.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        zipped(**{"a.yaml": b"x", "b.yaml": b"y"}),
        zipped(**{"a.typ": b"x"}),
        zipped(**{"a.yaml": b"0" * 3_000_000}),
        zipped(**{"a.yaml": b"x", "../../evil name.typ": b"x"}),
        zipped(**{"a.yaml": b"\xff"}),
        zipped(**{"a.yaml": b"x", **{f"t{n}.typ": b"" for n in range(11)}}),
        b"PK\x03\x04",
        b"\x00",
    ],
)
def test_what_is_no_set_of_files_is_refused(content: bytes) -> None:
    with pytest.raises(FilesUnreadable):
        unpacked(content)


def test_every_mistake_stands_at_its_part() -> None:
    path = next(PACKS.glob("2.000815*"))
    templates = {one.name: one.read_text("utf-8") for one in (PACKS / "templates").glob("certified-copy.typ")}
    source = path.read_text("utf-8").replace("field: {vi: Chứng thực", "strange: 1\nfield: {vi: Chứng thực")
    source = source.replace("when: requester.for_organisation", "when: nowhere == 1")
    found = examined(Files(source, templates))
    places = {one.mistake.code: one.at for one in found.errors}
    assert places["unknown-question"] == ("form", 0, "ask", 5, "when")
    assert places["unknown-field"] == ("strange",)
    assert found.procedure is None
    assert found.candidate is None
    assert examined(Files(path.read_text("utf-8"), templates)).errors == ()


LOOP = "#let f(n) = { let x = 0; for i in range(100000000) { x += i }; x }\n#f(1)"


@pytest.mark.parametrize(
    "template",
    [
        '#read("/etc/passwd")',
        '#read("../../../../etc/passwd")',
        '#import "@preview/cetz:0.3.0"',
        '#import ("@pre" + "view/cetz:0.3.0"): *',
        '#image("https://example.vn/a.png")',
        '#import "/proc/self/environ": *',
    ],
)
def test_a_template_reaches_nothing_but_its_own_files(template: str) -> None:
    begun = monotonic()
    with pytest.raises(TypesettingFailed):
        typeset_document(template, {}, name="a.typ", with_places=False, confined=True)
    assert monotonic() - begun < 15


def test_a_template_without_end_is_stopped() -> None:
    with pytest.raises(TypesettingOverrun):
        typeset_document(LOOP, {}, name="a.typ", with_places=False, confined=True)


def test_a_template_that_swallows_memory_is_stopped() -> None:
    hungry = '#let s = "x" * 1000000\n#let a = ()\n#for i in range(9000) { a.push(s + str(i)) }\n#a.len()'
    with pytest.raises(TypesettingFailed):
        typeset_document(hungry, {}, name="a.typ", with_places=False, confined=True)


def test_what_is_confined_looks_the_same() -> None:
    source = '#set text(font: "Liberation Serif")\nXin chào #json("data.json").name'
    free = typeset_document(source, {"name": "Ánh"}, name="a.typ", with_places=False)
    confined = typeset_document(source, {"name": "Ánh"}, name="a.typ", with_places=False, confined=True)
    assert len(confined.pdf) == len(free.pdf)
    assert confined.pdf.startswith(b"%PDF")
