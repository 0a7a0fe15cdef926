"""``tinhso check`` names every mistake of report files with its line."""

import re
import shutil
from pathlib import Path

from tinhso.definitions.mistakes import KINDS
from tinhso.reports.checking import mistakes

PACKS = Path(__file__).parents[2] / "packs"
MARK = re.compile(r"✗ ([\w-]+)")

BROKEN = """\
id: other  # ✗ report-file-name
title: {vi: Báo cáo, en: Report}
source: Thử
periods: [month]
asked:
  kinds:
    - commune_committee
    - commune_comittee  # ✗ report-unknown-kind
  agencies:
    - "000.00.99.H49"  # ✗ plan-unknown-agency
due: {working_days: 3}
sections:
  - id: s
    title: {vi: Mục, en: Section}
    lines:
      - {id: a, text: A, unit: người, lowest: 5, highest: 2}  # ✗ crossed-limits ✗ report-line-twice
      - {id: a, text: A, unit: người}  # ✗ report-line-twice
      - {id: two, text: B, count: settled, formula: a}  # ✗ report-two-sources
      - {id: word, text: C, kind: text, count: settled, add: collect}  # ✗ report-text-computed
      - {id: what, text: D, count: setled}  # ✗ report-unknown-count
      - {id: twice, text: E, count: received_for_others}  # ✗ report-counts-twice
      - {id: said, text: F, kind: text}  # ✗ report-cannot-add
      - {id: bare, text: G}  # ✗ report-no-unit
      - {id: odd, text: H, formula: a ** two}  # ✗ report-not-arithmetic
      - {id: far, text: I, formula: a + nobody}  # ✗ report-unknown-line
      - {id: low, text: J, formula: a + under}  # ✗ report-line-below
      - {id: under, text: K, unit: người}
      - {id: kpi, text: L, indicator: "766-9.9"}  # ✗ plan-unknown-indicator
      - {id: no_agency, text: M, indicator: "766-3.1"}  # ✗ report-no-agency
    checks:
      - {line: nowhere, rule: a <= under, says: Sai}  # ✗ report-unknown-line
      - {line: a, rule: a + under, says: Sai}  # ✗ report-not-arithmetic
"""


def packs(folder: Path) -> Path:
    """Return a folder of packs with the real lists and no report."""
    for part in ("vietnam/indicators", "vietnam/reports", "quang-ninh"):
        (folder / part).mkdir(parents=True)
    lists = ("agency-kinds.yaml", "roles.yaml", "reports.yaml")
    for file in (*(f"vietnam/{one}" for one in lists), "quang-ninh/agencies.yaml"):
        shutil.copy(PACKS / file, folder / file)
    for file in (PACKS / "vietnam" / "indicators").glob("766-3.*.yaml"):
        shutil.copy(file, folder / "vietnam" / "indicators")
    return folder


def test_every_mistake_of_a_report_is_named_with_its_line(tmp_path: Path) -> None:
    folder = packs(tmp_path)
    (folder / "vietnam" / "reports" / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    lines = BROKEN.splitlines()
    expected = {(number, code) for number, line in enumerate(lines, 1) for code in MARK.findall(line)}
    found = [one for one in mistakes(folder) if one.file.endswith("broken.yaml")]
    assert {(one.line, one.code) for one in found} == expected
    assert all(one.problem and one.remedy for one in found)
    named = {code for _number, code in expected}
    assert {code for code in KINDS if code.startswith("report-")} - named == {"report-twice"}


def test_a_report_that_comes_twice_and_roles_nobody_has_are_named(tmp_path: Path) -> None:
    folder = packs(tmp_path)
    for name in ("vietnam", "quang-ninh"):
        (folder / name / "reports").mkdir(exist_ok=True)
        shutil.copy(PACKS / "vietnam" / "reports" / "one-stop.yaml", folder / name / "reports")
    rules = folder / "vietnam" / "reports.yaml"
    text = rules.read_text("utf-8").replace("approve: [chairperson, leader]", "approve: [chairman]")
    rules.write_text(text.replace("coordinator: province_committee", "coordinator: nobody"), encoding="utf-8")
    found = {one.code for one in mistakes(folder)}
    assert found == {"report-twice", "unknown-role", "report-unknown-kind"}


def test_the_reports_of_the_packs_have_no_mistake() -> None:
    assert list(mistakes(PACKS)) == []
