"""Reports: opened, filled in, signed, received, added up, corrected; the one-stop report counted by hand."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests import agencies_kit, small_province_kit
from tests import desk_kit as desk
from tests import reports_kit as kit
from tests.dossiers_kit import BINH_LIEU, HONG_GAI, Province, found
from tests.facts_kit import at as moment
from tests.fixtures_trust import Trust, trust
from tests.people_kit import SYSTEM
from tests.reports_kit import FIRST, SECOND, clerk, head, leader, opened, return_of, runner
from tinhso.dossiers.models import Dossier
from tinhso.facts.actions.project import project_all
from tinhso.facts.models import DossierFact
from tinhso.indicators.formulas import Period
from tinhso.kernel.models import LedgerEntry
from tinhso.notices.models import Message
from tinhso.papers.models import IssuedDocument
from tinhso.papers.types import DocumentState
from tinhso.people.models import Agency
from tinhso.people.types import Actor
from tinhso.reports import files, ports, queries
from tinhso.reports.actions.correct_return import correct_return
from tinhso.reports.actions.open_period import NotThisKind, OpenedAlready, open_period
from tinhso.reports.actions.receive_return import receive_return
from tinhso.reports.actions.remind import remind_of_reports
from tinhso.reports.actions.save_return import LinesWrong, save_return
from tinhso.reports.actions.send_back import send_back
from tinhso.reports.actions.sign_report import NothingReceived, ReceivedMeanwhile, sign_report
from tinhso.reports.actions.sign_return import sign_return
from tinhso.reports.actions.submit_return import FiguresPending, PeriodStillRuns, submit_return
from tinhso.reports.counting import Counts, Place, counted, total
from tinhso.reports.models import ProvinceReport, ReportRound, ReturnVersion, State, UnitReturn
from tinhso.reports.one_stop import dossiers_behind, one_stop, sheet_of
from tinhso.reports.periods import ad_hoc, named
from tinhso.reports.refusals import NotNow, NotYourReport, ReasonNeeded, ReportMissing, ReturnChanged
from tinhso.reports.types import CELLS

__all__ = ["trust"]

pytestmark = pytest.mark.django_db
NOW = moment("2026-09-10")


@pytest.fixture
def province(trust: Trust) -> Province:
    made = found(trust)
    made.one_key = True
    return made


class Kept:
    """Figures as somebody keeps them. :param pending: they are still being counted"""

    def __init__(self, told: dict[tuple[str, str], ports.Told], *, pending: bool = False) -> None:
        self.told, self.pending = told, pending

    def by_agency(self, ids: object, period: Period, *, at: object) -> ports.Found:
        del period, at
        assert ids == {"766-3.3"}
        return ports.Found(self.told, frozenset({"766-3.3"} if self.pending else ()))


@pytest.fixture
def figures() -> Iterator[None]:
    """Nobody keeps figures, unless a test says who."""
    holder = ports.figures()
    ports.appoint(ports.Nothing())
    yield
    ports.appoint(holder)


def share(code: str, online: int, whole: int) -> dict[tuple[str, str], ports.Told]:
    sums = {"online": Decimal(online), "whole": Decimal(whole)}
    return {("766-3.3", code): ports.Told(Decimal(100 * online) / whole, sums, 77, NOW)}


def test_the_one_stop_report_of_a_small_province_is_as_counted_by_hand() -> None:
    agencies_kit.load(NOW)
    small_province_kit.first_commune()
    small_province_kit.second_commune()
    project_all(at=NOW)
    august, september = named("2026-08", first_day=15), named("2026-09", first_day=15)

    first = one_stop(actor=SYSTEM, at=NOW, span=august)
    # A on time, B early, C late, D early, F and G on time; E goes on.
    assert first.total == Counts(online=5, other=2, early=2, on_time=3, late=1, open_in_time=1)
    by_agency = sorted((row.counts.received, row.counts.settled) for row in first.by_agency)
    assert by_agency == [(2, 2), (5, 4)]
    second = one_stop(actor=SYSTEM, at=NOW, span=september)
    # E was carried over and settled early; H and I are late by now, J waits for the applicant.
    assert second.total == Counts(carried=1, online=2, other=1, early=1, open_in_time=1, open_late=2)
    assert second.before == first.total
    assert second.last_year == Counts()

    for report in (first, second):
        assert report.total.received == report.total.settled + report.total.open
        assert total(row.counts for row in report.by_field) == report.total
        assert total(row.counts for row in report.by_agency) == report.total
        for row in (*report.by_field, *report.by_agency):
            for cell in CELLS:
                place = Place(row.agency, row.field)
                told = dossiers_behind(actor=SYSTEM, at=NOW, span=report.span, cell=cell, place=place)
                assert (len(told.dossiers), told.total, told.hidden) == (
                    row.counts.cell(cell),
                    row.counts.cell(cell),
                    0,
                )
    sheet = sheet_of(second)
    assert sheet.tables[0].rows[-1][2:] == (4, 3, 2, 1, 1, 1, 1, 0, 0, 3, 1, 2)
    assert "Tháng 9 năm 2026 (từ 15/08/2026 đến 14/09/2026)" in sheet.subject


def test_a_clock_that_jumped_and_a_day_that_is_not_known_break_no_sum() -> None:
    agencies_kit.load(NOW)
    small_province_kit.first_commune()
    project_all(at=NOW)
    fact = DossierFact.objects.order_by("number").first()
    assert fact is not None
    assert fact.accepted_at is not None
    DossierFact.objects.filter(pk=fact.pk).update(ended_at=fact.accepted_at - timedelta(days=40), due_at=None)
    counts = total(counted(named("2026-08", first_day=15), at=NOW).values())
    assert counts.received == counts.settled + counts.open == 5
    assert counts.on_time == 1


def test_a_dossier_taken_in_for_another_agency_counts_once_at_the_province(province: Province) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    taker = Agency.objects.get(kind="commune_committee", unit_code=HONG_GAI)
    Dossier.objects.filter(pk=dossier_id).update(receiving_agency=taker)
    project_all(at=province.at)
    day = province.at.date()
    span = ad_hoc(day - timedelta(days=2), day + timedelta(days=2))
    decider = Dossier.objects.get(pk=dossier_id).agency

    whole = one_stop(actor=SYSTEM, at=province.at, span=span)
    own = one_stop(actor=SYSTEM, at=province.at, span=span, agency_code=decider.code)
    theirs = one_stop(actor=SYSTEM, at=province.at, span=span, agency_code=taker.code)
    assert (own.total.received, theirs.total.received, whole.total.received) == (1, 0, 1)
    assert theirs.for_others == 1
    assert (own.for_others, whole.for_others) == (0, None)

    round_id = opened(province, "one-stop", span.name)
    filled = {
        unit: {
            name: one.number
            for name, one in queries.access_return(
                actor=SYSTEM, at=province.at, return_id=return_of(round_id, unit).pk
            ).values.items()
        }
        for unit in (BINH_LIEU, HONG_GAI)
    }
    assert (filled[BINH_LIEU]["received"], filled[HONG_GAI]["received"]) == (1, 0)
    assert (filled[BINH_LIEU]["for_others"], filled[HONG_GAI]["for_others"]) == (0, 1)


def test_a_report_goes_from_the_units_to_the_signed_report_of_the_province(
    province: Province, figures: None
) -> None:
    codes = [
        Agency.objects.get(kind="commune_committee", unit_code=one).code for one in (BINH_LIEU, HONG_GAI)
    ]
    ports.appoint(Kept(share(codes[0], 1, 2) | share(codes[1], 8, 8)))
    round_id = kit.both_received(province)
    view = queries.access_round(actor=head(province), at=province.at, round_id=round_id)
    told = {name: one.number for name, one in view.values.items()}
    assert told["members"] == 40
    assert told["trained_rate"] == Decimal("60.0")
    assert told["helped"] == 2468
    assert view.values["online_share"].sums["whole"] == 10
    said = ((codes[0], FIRST["difficulties"]), (codes[1], SECOND["difficulties"]))
    assert sorted(view.values["difficulties"].told) == sorted(said)
    assert (view.counted, len(view.missing), view.row.asked) == (2, 52, 54)
    assert all(row.is_late for row in view.returns)

    with pytest.raises(NotYourReport):
        sign_report(actor=runner(province), at=province.at, round_id=round_id)
    with pytest.raises(ReceivedMeanwhile):
        sign_report(actor=head(province), at=province.at, round_id=round_id, counted=1)
    assert not ProvinceReport.objects.exists()
    document_id = sign_report(actor=head(province), at=province.at, round_id=round_id, counted=2)
    report = ProvinceReport.objects.get()
    assert report.units["counted"] == {codes[0]: 1, codes[1]: 1}
    assert len(report.units["missing"]) == 52
    document = IssuedDocument.objects.get(pk=document_id)
    assert document.number_text.endswith("/BC-UBND")
    assert len(document.signatures) == 2
    signed = files.report_file(actor=head(province), at=province.at, round_id=round_id, number=1)
    assert signed.content.startswith(b"%PDF")
    for kind in ("pdf", "docx", "xlsx", "csv"):
        made = files.round_file(actor=head(province), at=province.at, round_id=round_id, kind=kind)
        assert len(made.content) > 1000
    csv = files.round_file(actor=head(province), at=province.at, round_id=round_id, kind="csv")
    assert "Chưa có báo cáo của 52 đơn vị" in csv.content.decode()
    kinds = set(LedgerEntry.objects.filter(kind__startswith="report.").values_list("kind", flat=True))
    assert {"report.opened", "report.return_submitted", "report.return_signed", "report.signed"} <= kinds
    with pytest.raises(DatabaseError), transaction.atomic():
        ProvinceReport.objects.update(number=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReturnVersion.objects.all().delete()


def test_a_correction_is_a_new_version_and_the_old_counts_until_it_is_received(
    province: Province, figures: None
) -> None:
    ports.appoint(ports.Nothing())
    round_id = opened(province)
    return_id = kit.received(province, round_id, FIRST)
    row = return_of(round_id)
    with pytest.raises(ReasonNeeded):
        correct_return(
            actor=clerk(province), at=province.at, return_id=return_id, revision=row.revision, reason=" "
        )
    correct_return(
        actor=clerk(province), at=province.at, return_id=return_id, revision=row.revision, reason="Đếm nhầm"
    )
    kit.signed(province, round_id, {"members": "12"})
    whole = queries.access_round(actor=SYSTEM, at=province.at, round_id=round_id)
    assert whole.values["members"].number == 10
    row = return_of(round_id)
    receive_return(actor=runner(province), at=province.at, return_id=return_id, revision=row.revision)
    whole = queries.access_round(actor=SYSTEM, at=province.at, round_id=round_id)
    assert whole.values["members"].number == 12
    view = queries.access_return(actor=clerk(province), at=province.at, return_id=return_id)
    newest, first = view.versions
    assert (newest.number, newest.changed, newest.reason) == (2, ("members", "trained_rate"), "Đếm nhầm")
    assert first.values["members"].number == 10
    old = IssuedDocument.objects.get(pk=first.document_id)
    assert (old.state, old.superseded_by_id) == (DocumentState.SUPERSEDED, newest.document_id)
    again = files.version_file(actor=clerk(province), at=province.at, return_id=return_id, number=1)
    assert again.content.startswith(b"%PDF")


def test_two_people_at_one_return_do_not_overwrite_each_other(province: Province) -> None:
    round_id = opened(province)
    row = return_of(round_id)
    kit.saved(province, round_id, {"teams": "3"})
    with pytest.raises(ReturnChanged):
        save_return(
            actor=clerk(province),
            at=province.at,
            return_id=row.pk,
            revision=row.revision,
            entered={"teams": "4"},
        )
    with pytest.raises(LinesWrong) as wrong:
        kit.saved(province, round_id, {"teams": "ba", "members": "7", "received": "9"})
    assert [one.line for one in wrong.value.faults] == ["teams"]
    assert return_of(round_id).values["teams"]["number"] == "3"
    assert "members" not in return_of(round_id).values


def test_a_return_is_sent_back_with_a_reason_that_its_officers_read(
    province: Province, figures: None
) -> None:
    round_id = opened(province)
    with pytest.raises(LinesWrong) as wrong:
        kit.submitted(province, round_id, FIRST | {"trained": "11"})
    assert [one.line for one in wrong.value.faults] == ["trained"]
    return_id = kit.submitted(province, round_id, FIRST)
    row = return_of(round_id)
    common: dict[str, Any] = {"at": province.at, "return_id": return_id}
    with pytest.raises(NotNow):
        save_return(actor=clerk(province), revision=row.revision, entered={}, **common)
    with pytest.raises(NotYourReport):
        send_back(actor=clerk(province), revision=row.revision, reason="Không", **common)
    with pytest.raises(NotYourReport):
        sign_return(actor=clerk(province), revision=row.revision, **common)
    sign_return(actor=leader(province), revision=row.revision, **common)
    row = return_of(round_id)
    with pytest.raises(NotYourReport):
        receive_return(actor=leader(province), revision=row.revision, **common)
    with pytest.raises(NotYourReport):
        send_back(actor=leader(province), revision=row.revision, reason="Của tôi", **common)
    with pytest.raises(ReasonNeeded):
        send_back(actor=runner(province), revision=row.revision, reason="", **common)
    assert return_of(round_id).state == State.SIGNED
    with pytest.raises(NothingReceived):
        sign_report(actor=head(province), at=province.at, round_id=round_id)
    send_back(actor=runner(province), revision=row.revision, reason="Thiếu một tổ", **common)
    assert (return_of(round_id).state, return_of(round_id).note) == (State.OPEN, "Thiếu một tổ")
    said = Message.objects.filter(template="officer_report_sent_back")
    assert {one.account_id for one in said} == {clerk(province).account_id}
    assert "Thiếu một tổ" in said.get().body_vi


def test_an_agency_sees_its_own_and_the_province_all(province: Province) -> None:
    round_id = opened(province)
    own, other = return_of(round_id), return_of(round_id, HONG_GAI)
    overseer = province.officer("supervisor", kind="province_committee")
    operator = province.officer("system_operator", kind="province_committee")

    def sees(actor: Actor, row: UnitReturn) -> bool:
        try:
            queries.access_return(actor=actor, at=province.at, return_id=row.pk)
        except ReportMissing:
            return False
        return True

    assert [sees(clerk(province), row) for row in (own, other)] == [True, False]
    assert [sees(overseer, row) for row in (own, other)] == [True, True]
    assert [sees(operator, row) for row in (own, other)] == [False, False]
    view = queries.access_round(actor=clerk(province), at=province.at, round_id=round_id)
    assert (len(view.returns), view.sees_all, view.missing) == (1, False, ())
    assert queries.access_return(actor=overseer, at=province.at, return_id=own.pk).may == frozenset()
    with pytest.raises(ReportMissing):
        queries.access_round(actor=operator, at=province.at, round_id=round_id)
    with pytest.raises(ReportMissing):
        save_return(actor=clerk(province), at=province.at, return_id=other.pk, revision=1, entered={})
    with pytest.raises(NotYourReport):
        open_period(actor=overseer, at=province.at, report_id=kit.REPORT, period="2026-07")
    span = named("2026-08", first_day=15)
    assert one_stop(actor=overseer, at=province.at, span=span).total == Counts()
    for actor, code in ((clerk(province), ""), (clerk(province), other.agency.code), (operator, "")):
        with pytest.raises(NotYourReport):
            one_stop(actor=actor, at=province.at, span=span, agency_code=code)
    assert one_stop(actor=clerk(province), at=province.at, span=span, agency_code=own.agency.code).agency


def test_a_round_is_opened_once_and_only_for_a_period_of_the_report(province: Province) -> None:
    opened(province)
    with pytest.raises(OpenedAlready):
        opened(province)
    with pytest.raises(NotThisKind):
        opened(province, period="2026-9M")
    assert ReportRound.objects.count() == 1
    row = ReportRound.objects.get()
    # 14 August 2026 is a Friday: three working days later is Wednesday.
    assert row.due_at.astimezone().date() == date(2026, 8, 19)
    asked = Message.objects.filter(template="officer_report_asked")
    assert asked.count() == 0
    clerk(province)
    opened(province, period="2026-07")
    assert {one.account_id for one in Message.objects.filter(template="officer_report_asked")} == {
        clerk(province).account_id
    }


def test_nothing_is_handed_up_before_its_time(province: Province, figures: None) -> None:
    day = province.at.date()
    running = ad_hoc(day - timedelta(days=3), day + timedelta(days=3)).name
    round_id = opened(province, period=running)
    with pytest.raises(PeriodStillRuns):
        kit.submitted(province, round_id, FIRST)
    ports.appoint(Kept({}, pending=True))
    over = opened(province)
    return_id = kit.saved(province, over, FIRST)
    with pytest.raises(FiguresPending):
        submit_return(
            actor=clerk(province),
            at=province.at,
            return_id=return_id,
            revision=return_of(over).revision,
        )
    assert return_of(over).state == State.OPEN


def test_who_can_act_is_reminded_before_and_after_the_deadline(province: Province, figures: None) -> None:
    clerk(province), leader(province), clerk(province, HONG_GAI)
    day = province.at.date()
    round_id = opened(province, period=ad_hoc(day - timedelta(days=16), day - timedelta(days=12)).name)
    kit.signed(province, round_id, SECOND, HONG_GAI)
    due = ReportRound.objects.get().due_at
    for days, told in ((-4, 0), (-3, 53), (-3, 53), (1, 53), (2, 0)):
        assert remind_of_reports(at=due + timedelta(days=days, hours=-3 if days < 0 else 0)) == told
    reached = {
        name: {one.account_id for one in Message.objects.filter(template=f"officer_report_{name}")}
        for name in ("due", "late")
    }
    both = {clerk(province).account_id, leader(province).account_id}
    assert reached == {"due": both, "late": both}
    assert Message.objects.filter(template="officer_report_due").count() == 2


def test_a_number_opens_to_the_dossiers_its_reader_may_open(province: Province) -> None:
    desk.accepted(province, province.citizen())
    project_all(at=province.at)
    day = province.at.date()
    span = ad_hoc(day - timedelta(days=2), day + timedelta(days=2))
    code = Agency.objects.get(kind="commune_committee", unit_code=BINH_LIEU).code
    own = dossiers_behind(actor=clerk(province), at=province.at, span=span, cell="new", place=Place(code))
    assert (own.total, own.hidden) == (1, 0)
    whole = dossiers_behind(actor=runner(province), at=province.at, span=span, cell="new", place=Place())
    assert (whole.total, whole.hidden, whole.dossiers) == (1, 1, ())
    with pytest.raises(ReportMissing):
        dossiers_behind(actor=SYSTEM, at=province.at, span=span, cell="pk", place=Place())
