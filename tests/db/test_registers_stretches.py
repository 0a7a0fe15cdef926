"""What is read in stretches is what is there: the same records, in the same order, each once."""

from collections.abc import Iterator
from itertools import count
from uuid import UUID

import pytest
from django.db.models import Func

from tests import registers_kit as kit
from tests.registers_kit import AT, BIRTHS, SYSTEM
from tinhso.registers import bulk, columns, looking, queries, stretches
from tinhso.registers.actions.import_records import import_records
from tinhso.registers.commonness import Commonness
from tinhso.registers.models import RecordVersion

pytestmark = pytest.mark.django_db
ROWS = 120


@pytest.fixture
def births(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Yield the questions that were asked of a register in which many have one name, made over many hours."""
    places = count(1)
    monkeypatch.setattr(bulk, "new_id", lambda: UUID(hex=f"01a2{next(places) * 4099:05x}".ljust(32, "7")))
    rows = [
        kit.birth(
            **{
                "certificate.number": f"{number}/KS",
                "child.personal_id": f"02232600{number:04}",
                "child.full_name": "Nguyễn Văn Hùng" if number % 3 else "Bế Thị Hùng",
            }
        )
        for number in range(ROWS)
    ]
    import_records(actor=SYSTEM, at=AT, register_id=BIRTHS, rows=rows, reference="x")
    shares = {f"@{BIRTHS}": 1.0, "~r~van": 0.6, "~r~hung": 0.029}
    monkeypatch.setattr(looking, "commonness", lambda: Commonness(shares, 100_000.0))
    monkeypatch.setattr(stretches, "_LEAST", 1)
    monkeypatch.setattr(stretches, "_SHORTEST", 1)
    monkeypatch.setattr(stretches, "_MOST", 0.25)
    stretches.forget()
    asked: list[str] = []

    def matches(query: str) -> Func:
        asked.append(query)
        return columns.matches(query)

    monkeypatch.setattr(looking, "matches", matches)
    yield asked
    stretches.forget()


def _walked(text: str) -> list[UUID]:
    found: list[UUID] = []
    after = None
    while True:
        page = queries.find_records(
            actor=SYSTEM, register_id=BIRTHS, moment=kit.now(), text=text, after=after, limit=7
        )
        found += [one.id for one in page.records]
        after = page.next
        if after is None:
            return found


def test_pages_read_in_stretches_hold_every_record_once_in_order(births: list[str]) -> None:
    everybody = RecordVersion.objects.order_by("record_id").values_list("record_id", "values")
    named = [one for one, values in everybody if values["child.full_name"] == "Nguyễn Văn Hùng"]
    assert _walked("hung van") == named
    assert len(births) > 3
    assert len(_walked("Hùng")) == ROWS


def test_counting_stops_at_the_most_or_counts_all(births: list[str]) -> None:
    def counted(most: int, text: str = "hung van") -> int:
        return queries.count_records(actor=SYSTEM, register_id=BIRTHS, moment=kit.now(), text=text, most=most)

    assert counted(20) == 20
    assert births
    assert counted(1000) == 80
    assert counted(10, "hung be") == 10
