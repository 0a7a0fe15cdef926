"""``tinhso check`` reads bundles, proactive rules, expiry and survey: file, line and remedy."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tinhso.cli.check import command

PACKS = Path(__file__).resolve().parents[2] / "packs"
# Large folders, and what leads to them.
LEFT_OUT = ("territory", "procedures", "proactive", "bundles", "registers", "maps.yaml")
LEFT_OUT += ("indicators", "index-sets", "comparisons", "plans", "reports")
BIRTH, RESIDENCE = "1.001193", "1.004222"
FEW = (BIRTH, "1.000656", RESIDENCE)


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """Return packs with three procedures and the shared lists; small, so that each test is fast."""
    folder = tmp_path / "packs"
    shutil.copytree(
        PACKS,
        folder,
        ignore=shutil.ignore_patterns(*LEFT_OUT),
    )
    (folder / "vietnam" / "expiry.yaml").unlink()
    procedures = folder / "vietnam" / "procedures"
    procedures.mkdir()
    shutil.copytree(PACKS / "vietnam" / "procedures" / "templates", procedures / "templates")
    for code in FEW:
        (source,) = (PACKS / "vietnam" / "procedures").glob(f"{code}-*.yaml")
        shutil.copy(source, procedures)
    return folder


def check(packs: Path) -> Result:
    return CliRunner().invoke(command, [str(packs), "--quiet"])


def write(packs: Path, name: str, text: str) -> str:
    path = packs / "vietnam" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return text


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


BUNDLE = f"""id: both
name: {{vi: Cả hai, en: Both}}
source: thử
members:
  - procedure: "{BIRTH}"
  - procedure: "{RESIDENCE}"
    after: "{BIRTH}"
    answers:
      members:
        entries:
          - full_name: {{from: child.full_name}}
"""
RULE = f"""id: six
name: {{vi: Sáu tuổi, en: Six}}
level: 1
source: thử
about:
  dossier:
    procedure: "{BIRTH}"
    born_on: [child.born_on]
    name: child.full_name
when: {{age: 6}}
ahead_days: 30
until_days: 30
"""


def test_sound_bundles_and_rules_are_clean(packs: Path) -> None:
    write(packs, "bundles/both.yaml", BUNDLE)
    write(packs, "proactive/six.yaml", RULE)
    found = check(packs)
    assert found.exit_code == 0, found.output


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        (f'procedure: "{RESIDENCE}"', 'procedure: "1.004223"', "1.004223", RESIDENCE),
        ("from: child.full_name", "from: child.fullname", "      members:", "child.full_name"),
        ("      members:", "      membres:", "membres", "members"),
        ("after: ", "before: ", "before:", "before"),
    ],
)
def test_a_mistake_in_a_bundle_is_named_with_its_line(
    packs: Path, old: str, new: str, place: str, said: str
) -> None:
    text = write(packs, "bundles/both.yaml", BUNDLE.replace(old, new))
    found = check(packs)
    assert found.exit_code == 2
    assert f"both.yaml:{line_of(text, place)}:" in found.output
    assert said in found.output


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (f'procedure: "{BIRTH}"', 'procedure: "1.001194"', BIRTH),
        ("born_on: [child.born_on]", "born_on: [child.bornon]", "child.born_on"),
        ("name: child.full_name", "name: child.nickname", "child.nickname"),
        ("level: 1", "level: 3", "level"),
        ("level: 1", "level: 2", "level 2"),
        ("when: {age: 6}", "when: {age: 6, by: year}", "by: year"),
        ("ahead_days: 30", "ahead_days: 0", "ahead_days"),
    ],
)
def test_a_mistake_in_a_rule_is_named_with_its_file(packs: Path, old: str, new: str, said: str) -> None:
    write(packs, "proactive/six.yaml", RULE.replace(old, new))
    found = check(packs)
    assert found.exit_code == 2
    assert "proactive/six.yaml:" in found.output
    assert said in found.output


def test_the_line_of_an_unknown_question_is_that_of_its_place(packs: Path) -> None:
    text = write(packs, "proactive/six.yaml", RULE.replace("[child.born_on]", "[child.bornon]"))
    assert f"six.yaml:{line_of(text, 'born_on')}:" in check(packs).output


def test_expiry_and_survey_are_read_too(packs: Path) -> None:
    text = (PACKS / "vietnam" / "survey.yaml").read_text("utf-8")
    write(packs, "survey.yaml", text.replace("least: 5", "least: 1"))
    write(
        packs,
        "expiry.yaml",
        "source: thử\ndays_before: [7]\nshown_days: 30\n"
        'deaths: {procedure: "1.000656", personal_id: deceased.personalid}\n',
    )
    found = check(packs)
    assert found.exit_code == 2
    assert "survey.yaml" in found.output
    assert "expiry.yaml:4:" in found.output
    assert "deceased.personal_id" in found.output
