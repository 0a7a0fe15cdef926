"""The pages about procedure files say what the code says."""

import re
from pathlib import Path

import pytest

from tinhso.definitions import law_functions, standard, types
from tinhso.definitions.check import check_packs
from tinhso.definitions.scope import APPLICANT
from tinhso.definitions.template_variables import STANDARD

ROOT = Path(__file__).resolve().parents[2]
FORMAT = (ROOT / "docs" / "procedure-format.md").read_text(encoding="utf-8")
TUTORIAL = (ROOT / "docs" / "tutorial-one-file.md").read_text(encoding="utf-8")
FILES = (
    ROOT / "docs/tutorial/procedures/2.000635-ban-sao-trich-luc.yaml",
    ROOT / "docs/tutorial/templates/register-extract.typ",
)
MODELS = [
    kind
    for kind in vars(types).values()
    if isinstance(kind, type) and issubclass(kind, types.Strict) and kind not in {types.Strict, types.Text}
]
FACTS: list[type[types.Strict]] = [
    standard.StandardProcedure,
    standard.Way,
    standard.StandardFee,
    standard.StandardTime,
    standard.StandardPaper,
    standard.StandardCase,
    standard.StandardResult,
]


def section(title: str) -> str:
    found = re.search(rf"^## {title}$(.*?)(?=^## |\Z)", FORMAT, re.MULTILINE | re.DOTALL)
    assert found, f"no section {title}"
    return found[1]


@pytest.mark.parametrize("model", MODELS + FACTS, ids=lambda model: model.__name__)
def test_every_field_is_explained_and_marked_when_required(model: type[types.Strict]) -> None:
    rows = re.findall(r"^\| `(\w+)`( •)? \|", section(model.__name__), re.MULTILINE)
    fields = {field.alias or name: field.is_required() for name, field in model.model_fields.items()}
    assert {name: bool(mark) for name, mark in rows} == fields


def test_every_type_of_question_is_explained() -> None:
    first_column = [
        row.split("|")[1] for row in section("QuestionType").splitlines() if row.startswith("| `")
    ]
    named = set(re.findall(r"`(\w+)`", " ".join(first_column)))
    assert named == {str(kind) for kind in types.QuestionType}


def test_every_function_and_fact_is_explained() -> None:
    page = section("CEL")
    assert [name for name, *_ in law_functions.SIGNATURES if f"`{name}(" not in page] == []
    assert [name for name in APPLICANT if f"`{name}`" not in page] == []


def test_every_variable_of_templates_is_explained() -> None:
    rows = set(re.findall(r"^\| `data\.([\w.]+)` \|", section("Templates"), re.MULTILINE))
    assert rows == set(STANDARD)


def test_the_tutorial_quotes_its_files_word_for_word() -> None:
    blocks = re.findall(r"```(?:yaml|typst)\n(.*?)```", TUTORIAL, re.DOTALL)
    files = [path.read_text(encoding="utf-8") for path in FILES]
    assert len(blocks) >= 6
    assert [block for block in blocks if not any(block in file for file in files)] == []


def test_the_tutorial_passes_the_check_without_a_word() -> None:
    report = check_packs(ROOT / "docs" / "tutorial")
    assert (report.procedures, report.mistakes) == (1, ())
