"""Live counters, what needs attention and alerts, against the database."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests import agencies_kit, people_kit
from tests.dossiers_kit import BINH_LIEU
from tests.facts_kit import HONG_GAI, Life, at
from tests.people_kit import SYSTEM
from tinhso.facts.actions.project import project_all
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed
from tinhso.notices.models import Message
from tinhso.operations import attention
from tinhso.operations.actions.acknowledge import (
    AlertMissing,
    AlertTaken,
    NoteNeeded,
    acknowledge_alert,
)
from tinhso.operations.actions.watch import Watched, watch_thresholds
from tinhso.operations.alerts import count_open, list_alerts
from tinhso.operations.attention import AgencyLoad
from tinhso.operations.live import Counter, dossiers_behind, live
from tinhso.operations.models import ThresholdAlert
from tinhso.people.models import Agency
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor, system

NOW = at("2026-09-01", 14)
TODAY = at("2026-09-01", 9)


def life(name: str, filed: str = "2026-08-24", due: str = "2026-08-28", **about: str) -> Life:
    one = Life(name, **about)  # type: ignore[arg-type]
    return one.filed(at(filed), questions=9).accepted(at(filed, 10), at(due, 17))


def test_counters_count_today_and_what_is_open_and_lead_to_exactly_that(db: None) -> None:
    agencies_kit.load(NOW)
    life("late")
    life("late, and waits").asked(at("2026-08-27"))
    life("in time", due="2026-09-02", code="1.013225", unit=HONG_GAI)
    life("settled yesterday").signed(at("2026-08-31", 15))
    life("settled today").signed(TODAY)
    Life("filed today").filed(TODAY, questions=9).paid(at("2026-09-01", 10), 8000, online=True)
    Life("paid yesterday").filed(at("2026-08-31"), questions=9).paid(at("2026-08-31", 10), 5000, online=False)
    project_all(at=NOW)

    with CaptureQueriesContext(connection) as asked:
        now = live(at=NOW)
    assert len(asked) == 1
    assert (now.filed, now.settled, now.overdue, now.waiting, now.paid) == (1, 1, 1, 1, 8000)
    assert now.position == LedgerEntry.objects.order_by("-position").values_list("position", flat=True)[0]
    assert now.is_whole
    for counter in Counter:
        assert dossiers_behind(counter, at=NOW).count() == 1
    assert dossiers_behind(Counter.OVERDUE, at=NOW).get().dossier_id == Life("late").id
    assert live(at=NOW, field="Hộ tịch").overdue == 1
    assert live(at=NOW, field="Đất đai").overdue == 0
    assert live(at=NOW + timedelta(days=2)).overdue == 2, "a deadline passes by itself"


def loads(counts: dict[str, int]) -> tuple[AgencyLoad, ...]:
    return tuple(
        AgencyLoad(Agency.objects.get(kind="commune_committee", unit_code=unit).pk, count, 0, 0)
        for unit, count in counts.items()
    )


def officer(name: str, role: str, unit: str = BINH_LIEU, kind: str = "commune_committee") -> Actor:
    unit_code = unit if kind.startswith("commune_") else "22"
    agency = Agency.objects.get(kind=kind, unit_code=unit_code)
    return actor_of(people_kit.officer(name, role=role, agency_id=agency.pk), at=NOW)


@pytest.fixture
def watched(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> dict[str, int]:
    """Let a test say how many overdue dossiers each commune has."""
    agencies_kit.load(NOW)
    counts: dict[str, int] = {}
    monkeypatch.setattr(attention, "loads", lambda **_by: loads(counts))
    return counts


def watch(days: int = 0) -> Watched:
    return watch_thresholds(actor=system("operations"), at=NOW + timedelta(days=days))


def told() -> list[UUID]:
    rows = Message.objects.filter(template="operations_alert").order_by("made_at")
    return [row.account_id for row in rows if row.account_id]


def test_a_crossing_is_told_once_and_again_only_after_it_was_over(watched: dict[str, int]) -> None:
    head = officer("head", "chairperson")
    officer("clerk", "one_stop")
    elsewhere = officer("elsewhere", "chairperson", HONG_GAI)
    watched |= {BINH_LIEU: 4, HONG_GAI: 1}
    assert watch() == Watched(0, 0)
    watched[BINH_LIEU] = 5
    assert watch() == Watched(1, 0)
    watched[BINH_LIEU] = 9
    assert watch(1) == Watched(0, 0)
    watched[BINH_LIEU] = 3
    assert watch(2) == Watched(0, 0), "fallen, but not far enough"
    assert told() == [head.account_id]
    row = ThresholdAlert.objects.get()
    assert (row.count, row.highest, row.crossed, row.told) == (5, 9, 5, 1)
    watched[BINH_LIEU] = 2
    assert watch(3) == Watched(0, 1)
    watched[BINH_LIEU] = 6
    assert watch(4) == Watched(1, 0)
    assert told() == [head.account_id] * 2
    assert elsewhere.account_id not in told()
    kinds = LedgerEntry.objects.filter(kind__startswith="operations.").order_by("position")
    assert [entry.kind.removeprefix("operations.") for entry in kinds] == [
        "threshold_crossed",
        "threshold_cleared",
        "threshold_crossed",
    ]
    with pytest.raises(NotAllowed):
        watch_thresholds(actor=head, at=NOW)


def test_where_nobody_can_be_told_the_alert_stands_all_the_same(watched: dict[str, int]) -> None:
    watched[BINH_LIEU] = 7
    assert watch() == Watched(1, 0)
    assert ThresholdAlert.objects.get().told == 0
    assert told() == []


def test_who_was_told_or_oversees_takes_note_once_with_a_word(watched: dict[str, int]) -> None:
    head, clerk = officer("head", "chairperson"), officer("clerk", "one_stop")
    overseer = officer("overseer", "supervisor", kind="province_committee")
    citizen = people_kit.citizen(at=NOW)
    watched |= {BINH_LIEU: 7, HONG_GAI: 7}
    watch()
    here = ThresholdAlert.objects.get(agency__unit_code=BINH_LIEU)
    for actor, note, refusal in (
        (clerk, "Đã giao", NotAllowed),
        (officer("elsewhere", "chairperson", HONG_GAI), "Đã giao", NotAllowed),
        (citizen, "Đã giao", AlertMissing),
        (head, "  ", NoteNeeded),
        (head, "x" * 1001, NoteNeeded),
    ):
        with pytest.raises(refusal):
            acknowledge_alert(actor=actor, at=NOW, alert_id=here.pk, note=note)
    with pytest.raises(AlertMissing):
        acknowledge_alert(actor=head, at=NOW, alert_id=UUID(int=7), note="x")
    here.refresh_from_db()
    assert here.acknowledged_at is None
    assert not LedgerEntry.objects.filter(kind="operations.alert_acknowledged").exists()
    assert count_open(actor=clerk) == 2

    acknowledge_alert(actor=head, at=NOW, alert_id=here.pk, note=" Đã giao  lại ")
    with pytest.raises(AlertTaken):
        acknowledge_alert(actor=overseer, at=NOW, alert_id=here.pk, note="Tôi nữa")
    there = ThresholdAlert.objects.get(agency__unit_code=HONG_GAI)
    acknowledge_alert(actor=overseer, at=NOW, alert_id=there.pk, note="Đã nhắc xã")
    assert count_open(actor=clerk) == 0
    seen = {one.agency_id: one for one in list_alerts(actor=clerk)}
    assert seen[here.agency_id].note == "Đã giao lại"
    assert not any(one.may_act for one in seen.values())
    assert LedgerEntry.objects.filter(kind="operations.alert_acknowledged").count() == 2
    with pytest.raises(NotAllowed):
        list_alerts(actor=citizen)
    watched |= {BINH_LIEU: 0, HONG_GAI: 0}
    assert watch(1) == Watched(0, 2)
    assert list_alerts(actor=SYSTEM, open_only=True) == ()
