"""Every code of the national list is an entry, whether it can be filed here or not."""

from pathlib import Path
from typing import Any

import pytest

from tinhso.definitions import catalogue
from tinhso.definitions.index import load_index
from tinhso.definitions.types import Level

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]


def test_the_whole_national_list_is_there() -> None:
    by_code = {entry.code: entry for entry in catalogue.entries()}

    assert len(load_index(ROOT / "packs")[0]) == 2933
    assert by_code["1.001193"].filed_here
    assert by_code["1.001193"].levels == (Level.COMMUNE,)
    assert not by_code["3.000368"].filed_here
    assert by_code["3.000368"].issuer == "Công an"


def test_entries_cost_one_query(
    django_assert_num_queries: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        catalogue.entries()

    with django_assert_num_queries(1):
        catalogue.entries()


def test_a_broken_line_is_named_and_the_others_stay(tmp_path: Path) -> None:
    folder = tmp_path / "vietnam" / "catalogue"
    folder.mkdir(parents=True)
    lines = [
        "1.000001\tcommune\tTư pháp\tHộ tịch\tMột",
        "1.000002\tcity\t\tHộ tịch\tHai",
        "1.000001\t?\t\t\tBa",
    ]
    (folder / "index.tsv").write_text("\n".join(lines), encoding="utf-8")

    listed, mistakes = load_index(tmp_path)

    assert [one.name for one in listed] == ["Một"]
    assert [(one.line, one.code) for one in mistakes] == [(2, "index-line"), (3, "index-twice")]
