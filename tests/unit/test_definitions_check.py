"""Every kind of mistake, in a broken file whose marks say what stands on which line."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tinhso.cli.check import command
from tinhso.definitions.check import check_packs, examine, load_lists
from tinhso.definitions.kinds import Severity
from tinhso.definitions.mistakes import KINDS
from tinhso.definitions.wording import say

BROKEN = Path(__file__).with_name("definitions_broken")
FILES = sorted((BROKEN / "procedures").glob("*.yaml"))
PACKS = Path(__file__).resolve().parents[2] / "packs"
LISTS, _ = load_lists(PACKS)
MARK = re.compile(r"✗ ([\w-]+)")

TEN = "[" + ",".join(["{}"] * 10) + "]"
ALIASES = "".join(
    f"{name}: &{name} {TEN.replace('{}', before)}\n"
    for before, name in (("1", "a"), ("*a", "b"), ("*b", "c"), ("*c", "d"), ("*d", "e"))
).encode()

# tests/db/test_definitions_entries.py
INDEX_LINES = {"index-line", "index-twice"}
# test_definitions_deriving.py
FACTS_ONLY = {"no-standard-parts", "unfit-standard"}
# test_packs_linked.py
LINKED = {"unknown-procedure", "unknown-question-of"}
# Found in registers (test_registers_definitions).
REGISTERS = {code for code in KINDS if code.startswith("register-")}
# test_maps_checking, test_plans_status, test_reports_checking and test_indicators_checking.
ELSEWHERE = {code for code in KINDS if code.startswith(("map-", "plan-", "report-", "indicator-"))} | {
    "index-line-twice",
    "index-points",
    "index-unknown-indicator",
}

SPOILED: dict[str, tuple[bytes, int]] = {
    "file-too-large": (b"# " + b"x" * 1_000_000, 1),
    "not-utf8": ("name: Đ".encode("utf-16"), 1),
    "not-yaml": (b"code: '1.000001'\nname: [a, b\n", 3),
    "not-a-mapping": (b"- one\n- two\n", 1),
    "forbidden-tag": (b"code: '1.000001'\nname: !!python/object/apply:os.system ['true']\n", 2),
    "too-deep-file": (b"code: '1.000001'\nname: " + b"[" * 60 + b"]" * 60, 2),
    "too-many-nodes": (ALIASES, 1),
}


def marks(path: Path) -> set[tuple[str, int, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {(path.name, number, code) for number, line in enumerate(lines, 1) for code in MARK.findall(line)}


def found(path: Path) -> set[tuple[str, int, str]]:
    mistakes = examine(path, LISTS).mistakes
    if path.stem != "warnings":
        mistakes = tuple(one for one in mistakes if one.severity is Severity.ERROR)
    return {(Path(one.file).name, one.line, one.code) for one in mistakes}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_marked_line_and_no_other_is_named(path: Path) -> None:
    expected = marks(path)
    if path.stem == "template":
        expected |= marks(BROKEN / "templates" / "broken.typ")
    assert found(path) == expected


@pytest.mark.parametrize("code", SPOILED)
def test_a_file_that_is_no_sound_yaml_is_one_mistake(code: str, tmp_path: Path) -> None:
    content, line = SPOILED[code]
    path = tmp_path / "spoiled.yaml"
    path.write_bytes(content)
    [mistake] = examine(path, LISTS).mistakes
    assert (mistake.file, mistake.code) == (str(path), code)
    assert mistake.line == line or code == "too-many-nodes"


def test_an_alias_that_holds_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "self.yaml"
    path.write_text("code: &a [*a]\n", encoding="utf-8")
    assert {one.code for one in examine(path, LISTS).mistakes} <= {"too-deep-file", "not-yaml"}


def test_two_files_with_one_code_are_named(tmp_path: Path) -> None:
    (tmp_path / "procedures").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "sound.typ").write_text("", encoding="utf-8")
    sound = (BROKEN / "procedures" / "warnings.yaml").read_text(encoding="utf-8")
    for name in ("a", "b"):
        (tmp_path / "procedures" / f"{name}.yaml").write_text(sound, encoding="utf-8")
    [error] = check_packs(tmp_path).errors
    assert (Path(error.file).name, error.line, error.code) == ("b.yaml", 1, "duplicate-code")


def test_every_kind_of_mistake_has_a_broken_file() -> None:
    marked = {code for path in BROKEN.rglob("*.*") for _, _, code in marks(path)}
    elsewhere = INDEX_LINES | FACTS_ONLY | LINKED | REGISTERS | ELSEWHERE
    assert marked | set(SPOILED) | {"duplicate-code"} | elsewhere == set(KINDS)


def test_a_pack_without_lists_is_compared_with_those_of_the_installation(tmp_path: Path) -> None:
    (tmp_path / "procedures").mkdir()
    steps = (BROKEN / "procedures" / "steps.yaml").read_text(encoding="utf-8")
    (tmp_path / "procedures" / "steps.yaml").write_text(steps, encoding="utf-8")
    assert {"unknown-role", "unknown-agency-kind"} <= {one.code for one in check_packs(tmp_path).errors}


def test_a_wrong_shared_list_is_named_from_its_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(PACKS / "vietnam", tmp_path / "vietnam")
    (tmp_path / "here").mkdir()
    wrong = (PACKS / "quang-ninh" / "agencies.yaml").read_text(encoding="utf-8")
    wrong = wrong.replace("kind: health_department", "kind: helth_department")
    (tmp_path / "here" / "agencies.yaml").write_text(wrong, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    [error] = check_packs(Path("here")).errors
    line = wrong.splitlines().index("    kind: helth_department") + 1
    assert (error.code, error.line, error.data["hint"]) == ("unknown-agency-kind", line, "health_department")


def test_a_misspelt_name_is_answered_with_the_right_one() -> None:
    mistakes = examine(BROKEN / "procedures" / "shape.yaml", LISTS).mistakes
    [misspelt] = [one for one in mistakes if one.data.get("name") == "labl"]
    assert misspelt.data["hint"] == "label"
    assert "«label»" in misspelt.remedy


def test_a_mistake_inside_an_expression_has_its_own_column() -> None:
    path = BROKEN / "procedures" / "expressions.yaml"
    [mistake] = [one for one in examine(path, LISTS).mistakes if one.code == "expression-types"]
    line = path.read_text(encoding="utf-8").splitlines()[mistake.line - 1]
    assert line[mistake.column - 1] == ">"


def test_the_command_says_file_and_line_on_stderr_and_exits_2() -> None:
    path = BROKEN / "procedures" / "no_end.yaml"
    outcome = CliRunner().invoke(command, [str(path)])
    assert outcome.exit_code == 2
    assert f"{path}:12:1: Lỗi: " in outcome.stderr
    assert outcome.stderr.splitlines()[-1].startswith("1 thủ tục, 2 lỗi, ")


def test_the_command_speaks_json_to_machines() -> None:
    path = BROKEN / "procedures" / "no_end.yaml"
    outcome = CliRunner().invoke(command, [str(path), "--json"])
    answer = json.loads(outcome.stdout)
    assert outcome.exit_code == 2
    assert answer["errors"] == 2
    assert {one["code"] for one in answer["mistakes"] if one["severity"] == "error"} == {
        "no-signing-step",
        "no-returning-step",
    }


def test_a_pack_with_warnings_only_passes() -> None:
    outcome = CliRunner().invoke(command, [str(BROKEN / "procedures" / "warnings.yaml")])
    assert outcome.exit_code == 0
    assert outcome.stdout.splitlines()[-1] == "1 thủ tục, 0 lỗi, 5 lưu ý"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "found no matching overload for '_>_' applied to '(int, string)'",
            "«>» không dùng được với (int, string)",
        ),
        ("found no matching overload for '!_' applied to '(int)'", "«!» không dùng được với (int)"),
        (
            "found no matching overload for 'age_years' applied to '(int)'",
            "«age_years» không dùng được với (int)",
        ),
        ("undeclared reference to 'tuoi' (in container '')", "«tuoi»"),
        ("Input should be greater than 0", "phải lớn hơn 0"),
        ("something nobody knew.", "something nobody knew"),
    ],
)
def test_what_the_machine_says_is_said_in_the_readers_language(said: str, shown: str) -> None:
    assert say(said) == shown
