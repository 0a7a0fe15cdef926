"""``tinhso check`` looks at the themes of maps: file, line, what is wrong, and what to do."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tinhso.cli.check import command
from tinhso.definitions.mistakes import Mistake
from tinhso.web.maps.checking import mistakes

PACKS = Path(__file__).resolve().parents[2] / "packs"
THEME = """themes:
  - id: thu
    name: {vi: Thử, en: Trial}
    layers: [transport.ports]
"""


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs") / "packs"
    shutil.copytree(PACKS / "vietnam" / "registers", folder / "vietnam" / "registers")
    (folder / "quang-ninh").mkdir(parents=True)
    return folder


def found(packs: Path, text: str) -> list[Mistake]:
    (packs / "quang-ninh" / "maps.yaml").write_text(text, encoding="utf-8")
    return list(mistakes(packs))


def test_the_themes_of_the_packs_are_clean() -> None:
    assert [one.problem for one in mistakes(PACKS)] == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("transport.ports", "transport.port", "register-unknown", 4),
        ("transport.ports", "civil-status.births", "map-layer-placeless", 4),
        ("transport.ports", "land.parcels", "map-layer-private", 4),
        ("[transport.ports]", "[]", "map-theme-empty", 4),
        ("[transport.ports]", f"[{', '.join(['transport.ports'] * 20)}]", "map-layers-many", 4),
        ("{vi: Thử, en: Trial}", '{vi: Thử, en: " "}', "map-theme-nameless", 3),
        ("[transport.ports]", "[transport.ports]\n    leyers: []", "unknown-field", 5),
    ],
)
def test_a_theme_that_leads_nowhere_is_named_with_its_line(
    packs: Path, old: str, new: str, code: str, line: int
) -> None:
    (one, *_rest) = found(packs, THEME.replace(old, new))
    assert (one.code, one.line, Path(one.file).name) == (code, line, "maps.yaml")
    assert one.remedy


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ('"transport.ports:khong_co": x', "register-unknown-field"),
        ('"transport.ports:port.kind": rocket', "not-allowed-value"),
        ('"transport.ports:port.name": Cái Lân', "map-asked-no-choice"),
        ('"transport.ports:port.name:tu": "1"', "map-asked-no-span"),
        ('"transport.ports:km": gần', "map-asked-value"),
        ('"transport.ports:gan": khong.co', "register-unknown"),
        ('"tourism.places:kind": attraction', "map-asked-elsewhere"),
    ],
)
def test_a_question_that_the_map_would_leave_out_is_named(packs: Path, asked: str, code: str) -> None:
    (one,) = found(packs, f"{THEME}    asked:\n      {asked}\n")
    assert (one.code, one.line) == (code, 6)


def test_the_command_tells_it(packs: Path) -> None:
    (packs / "quang-ninh" / "maps.yaml").write_text(THEME.replace("ports", "port"), encoding="utf-8")
    told = CliRunner().invoke(command, [str(packs)])
    assert told.exit_code == 2
    assert "maps.yaml:4:" in told.output
    assert "transport.ports" in told.output, "what was perhaps meant"
