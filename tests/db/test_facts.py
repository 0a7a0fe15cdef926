"""Facts follow the ledger: nothing is missed, nothing counts twice, made anew they are the same."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import duckdb
import pytest
from django.db import connection, transaction
from pytest_django import Settings

from tests import agencies_kit
from tests.facts_kit import BINH_LIEU, HONG_GAI, Life, at, decided
from tinhso.facts import files
from tinhso.facts.actions.project import project, project_all
from tinhso.facts.actions.rebuild import rebuild
from tinhso.facts.actions.sweep_files import sweep_files
from tinhso.facts.actions.write_files import write_files
from tinhso.facts.engines import engine
from tinhso.facts.models import ActFact, DossierFact, FactCursor, FactFile, FactHole, PaymentFact
from tinhso.facts.refusals import FactsAreRebuilt
from tinhso.facts.snapshots import snapshot
from tinhso.indicators.figures import figures
from tinhso.indicators.formulas import Period
from tinhso.kernel.models import LedgerEntry

NOW = at("2026-09-01")
AUGUST = Period.month(2026, 8)


def test_one_dossier_becomes_one_fact_with_its_waits_its_money_and_its_rating(db: None) -> None:
    agencies_kit.load(NOW)
    life = Life("one").filed(at("2026-08-03"), questions=12, prefilled=7, papers=3, saved=1)
    life.paid(at("2026-08-03", 9, 5), 8000, online=True).accepted(at("2026-08-03", 10), at("2026-08-04", 17))
    life.asked(at("2026-08-04", 8)).answered(at("2026-08-05", 9), at("2026-08-06", 17))
    life.signed(at("2026-08-06", 16)).rated(at("2026-08-07"), 5)

    project_all(at=NOW)

    fact = DossierFact.objects.get(pk=life.id)
    assert fact.number == LedgerEntry.objects.get(kind="dossier.filed", subject_id=life.id).position
    assert (fact.unit, fact.level, fact.channel, fact.field) == (BINH_LIEU, "commune", "online", "Hộ tịch")
    assert (fact.asks, fact.waiting_minutes, fact.waiting_since) == (1, 25 * 60, None)
    assert (fact.due_at, fact.ended_at) == (at("2026-08-06", 17), at("2026-08-06", 16))
    assert (fact.outcome, fact.stars, fact.questions, fact.prefilled) == ("granted", 5, 12, 7)
    assert (fact.billed, fact.paid, fact.paid_online) == (8000, 8000, 8000)
    assert PaymentFact.objects.filter(dossier=fact.number).count() == 3
    assert set(ActFact.objects.values_list("officer", flat=True)) == {None, life.officer}


def test_a_second_pass_over_the_same_ledger_changes_nothing(db: None) -> None:
    agencies_kit.load(NOW)
    decided("one", "2026-08-03", "2026-08-04", due="2026-08-04")
    first = project_all(at=NOW)

    again = project(at=NOW)

    assert (first.entries, again.entries) == (LedgerEntry.objects.count(), 0)
    assert (again.checkpoint.position, again.checkpoint.passes) == (first.checkpoint.position, 1)


def test_a_clock_that_is_set_back_gives_no_time_back(db: None) -> None:
    agencies_kit.load(NOW)
    life = Life("one").filed(at("2026-08-03")).accepted(at("2026-08-03", 10), at("2026-08-10", 17))
    life.asked(at("2026-08-05", 12)).answered(at("2026-08-05", 8), at("2026-08-10", 17))

    project_all(at=NOW)

    assert DossierFact.objects.get(pk=life.id).waiting_minutes == 0


def test_figures_come_from_files_and_from_what_changed_since_they_were_written(db: None) -> None:
    agencies_kit.load(NOW)
    open_one = Life("open").filed(at("2026-08-03")).accepted(at("2026-08-03", 10), at("2026-08-20", 17))
    decided("past", "2026-07-01", "2026-07-02", due="2026-07-02")
    decided("late", "2026-08-03", "2026-08-06", due="2026-08-04", unit=HONG_GAI)
    project_all(at=NOW)
    before = figures("766-2.1", period=AUGUST, by=["unit"])

    assert write_files() > 0
    assert FactFile.objects.filter(table="dossiers").count() == 2
    from_files = figures("766-2.1", period=AUGUST, by=["unit"])
    open_one.signed(at("2026-08-18"))
    decided("new", "2026-08-10", "2026-08-11", due="2026-08-12", unit=HONG_GAI)
    project_all(at=NOW)
    with_live = figures("766-2.1", period=AUGUST, by=["unit"])

    with snapshot() as facts, engine(facts) as counting:
        assert counting.rows("SELECT count(*) FROM dossiers") == [(4,)]
        with pytest.raises(duckdb.Error, match="disabled"):
            counting.rows("SELECT * FROM read_text('/etc/passwd')")

    assert [one.sums for one in before.figures] == [one.sums for one in from_files.figures]
    assert {one.group: one.sums for one in before.figures} == {
        (HONG_GAI,): {"on_time": 0, "whole": 1},
        (BINH_LIEU,): {"on_time": 0, "whole": 1},
    }
    assert {one.group: (one.sums["on_time"], one.sums["whole"]) for one in with_live.figures} == {
        (HONG_GAI,): (1, 2),
        (BINH_LIEU,): (1, 1),
    }


def test_facts_made_anew_give_the_same_figures_to_the_byte(db: None) -> None:
    agencies_kit.load(NOW)
    for day in range(3, 20):
        decided(f"d{day}", f"2026-08-{day:02}", f"2026-08-{day + day % 3:02}", due=f"2026-08-{day + 1:02}")
    project_all(at=NOW)
    write_files()
    told = repr(figures("766-2.1", period=AUGUST, by=["unit", "month"]).figures)
    rows = list(DossierFact.objects.order_by("pk").values())

    rebuild(at=NOW)

    assert repr(figures("766-2.1", period=AUGUST, by=["unit", "month"]).figures) == told
    for old, new in zip(rows, DossierFact.objects.order_by("pk").values(), strict=True):
        assert old | {"pass_no": 0} == new | {"pass_no": 0}


def test_while_facts_are_made_anew_nobody_is_given_half_a_figure(db: None) -> None:
    agencies_kit.load(NOW)
    decided("one", "2026-08-03", "2026-08-04", due="2026-08-04")
    project_all(at=NOW)
    FactCursor.objects.update(rebuild_to=10**9)

    with pytest.raises(FactsAreRebuilt), snapshot():
        pass


def test_a_file_that_a_newer_one_replaced_goes_after_an_hour(
    db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.FACT_FILES = tmp_path  # other tests' files are not this one's to remove
    agencies_kit.load(NOW)
    decided("one", "2026-08-03", "2026-08-04", due="2026-08-04")
    project_all(at=NOW)
    write_files()
    old = files.folder() / FactFile.objects.get(table="dossiers").name
    decided("two", "2026-08-03", "2026-08-04", due="2026-08-04")
    project_all(at=NOW)
    write_files()
    new = files.folder() / FactFile.objects.get(table="dossiers").name
    just_now = datetime.fromtimestamp(old.stat().st_mtime, tz=UTC)

    sweep_files(at=just_now + timedelta(minutes=1))
    assert old.exists()
    sweep_files(at=just_now + timedelta(hours=2))

    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_committed_late_with_a_smaller_position_is_not_missed() -> None:
    agencies_kit.load(NOW)
    LedgerEntry.objects.count()
    written, go_on = Signal(), Signal()
    early = Life("early")

    def slowly() -> None:
        with transaction.atomic():
            early.filed(at("2026-08-03"))
            written.set()
            assert go_on.wait(30)
        connection.close()

    def undone() -> None:
        with transaction.atomic():
            Life("undone").filed(at("2026-08-03"))
            transaction.set_rollback(True)
        connection.close()

    slow = Thread(target=slowly)
    slow.start()
    assert written.wait(30)
    gone = Thread(target=undone)
    gone.start()
    gone.join(30)
    Life("later").filed(at("2026-08-04"))

    first = project_all(at=NOW)
    # What came later counts already; what is not over keeps its place open, so does what may be undone.
    assert DossierFact.objects.filter(pk=Life("later").id).exists()
    assert not DossierFact.objects.filter(pk=early.id).exists()
    assert first.checkpoint.without
    assert FactHole.objects.exists()

    go_on.set()
    slow.join(30)
    second = project_all(at=NOW)
    assert DossierFact.objects.get(pk=early.id).number is not None
    assert second.checkpoint.without == ()
    assert second.checkpoint.position == first.checkpoint.position
    assert not FactHole.objects.exists()
    assert DossierFact.objects.get(pk=early.id).filed_month == date(2026, 8, 1)
