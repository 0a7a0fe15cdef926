"""A procedure is published whole and in time, or it is said what lacks and how late it is."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit.definitions_samples import procedure
from tinhso.definitions.publicity import publication_of

ROOT = Path(__file__).resolve().parents[2]
PAPER = {"id": "proof", "name": "Giấy chứng sinh"}


@pytest.fixture
def packs(tmp_path: Path, settings: Any) -> Path:
    for folder, names in {
        "vietnam": ("publishing.yaml", "calendar.yaml"),
        "quang-ninh": ("calendar.yaml",),
    }.items():
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).write_text(
                (ROOT / "packs" / folder / name).read_text("utf-8"), "utf-8"
            )
    settings.TINHSO = settings.TINHSO.model_copy(update={"packs": tmp_path})
    return tmp_path


def announce(packs: Path, folder: str, **said: object) -> None:
    rows = "".join(f", {name}: {value}" for name, value in said.items())
    text = f'decisions:\n  - {{number: 12/QĐ, codes: ["1.000001"]{rows}}}\n'
    (packs / folder / "announcements.yaml").write_text(text, encoding="utf-8")


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T03:00:00").replace(tzinfo=UTC)


def test_what_every_part_says_is_whole(packs: Path) -> None:
    found = publication_of(procedure(papers=[PAPER | {"originals": 1}]), at("2026-03-02"))
    assert found.lacking == ()
    stated = {part.name: part.is_stated for part in found.parts}
    assert stated["conditions"] is stated["law"] is False
    assert stated["fees"] is True


def test_papers_without_a_number_are_a_part_that_lacks(packs: Path) -> None:
    assert publication_of(procedure(papers=[PAPER]), at("2026-03-02")).lacking == ("papers",)


def test_without_a_decision_or_its_day_nothing_is_measured(packs: Path) -> None:
    assert publication_of(procedure(), at("2026-03-02")).days_late is None
    announce(packs, "vietnam", by="ministry")
    found = publication_of(procedure(), at("2026-03-02"))
    assert found.decision is not None
    assert (found.decision.number, found.due_on, found.days_late) == ("12/QĐ", None, None)


# 2 March 2026 is a Monday.
@pytest.mark.parametrize(
    ("by", "published", "due_on", "late"),
    [
        ("province", "2026-03-03", date(2026, 3, 9), 0),
        ("province", "2026-03-09", date(2026, 3, 9), 0),
        ("province", "2026-03-10", date(2026, 3, 9), 1),
        ("province", "2026-03-16", date(2026, 3, 9), 5),
        ("ministry", "2026-03-16", date(2026, 3, 16), 0),
        ("ministry", "2026-03-17", date(2026, 3, 16), 1),
    ],
)
def test_lateness_counts_working_days_after_the_duty(
    packs: Path, by: str, published: str, due_on: date, late: int
) -> None:
    announce(packs, "vietnam", by=by, on="2026-03-02")
    found = publication_of(procedure(), at(published))
    assert (found.due_on, found.days_late) == (due_on, late)


def test_the_decision_itself_may_come_too_late_before_the_law(packs: Path) -> None:
    announce(packs, "vietnam", by="province", on="2026-03-02", law_effective_on="2026-03-05")
    assert publication_of(procedure(), at("2026-03-02")).announced_late == 2


def test_the_provinces_own_decision_has_the_last_word(packs: Path) -> None:
    announce(packs, "vietnam", by="ministry")
    announce(packs, "quang-ninh", by="province", on="2026-03-02")
    found = publication_of(procedure(), at("2026-03-02"))
    assert found.decision is not None
    assert found.decision.by == "province"
