"""Mẫu 06 and Mẫu 07: from what happened, for who may see it, and never longer than one volume at a time."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers import register_book
from tinhso.dossiers.actions.claim import claim_step
from tinhso.dossiers.control_sheet import control_sheet, timeliness
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.register_book import Period, PeriodWrong, book_of, volume_of
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotAllowed, NotFound

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def around(province: Province) -> Period:
    today = local(province.at).date()
    return Period(today - timedelta(days=1), today + timedelta(days=1))


def test_the_control_sheet_tells_who_had_the_case_when(province: Province) -> None:
    counter, examiner = province.officer("one_stop"), province.officer("civil_status_officer")
    dossier_id = desk.accepted(province, province.citizen())
    claim_step(actor=examiner, at=province.at, dossier_id=dossier_id)

    said = text_of(control_sheet(actor=examiner, at=province.at, dossier_id=dossier_id))

    dossier = Dossier.objects.get(pk=dossier_id)
    assert "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ" in said
    assert dossier.code in said
    assert counter.full_name in said
    assert examiner.full_name in said
    assert f"{local(province.at):%d/%m/%Y %H:%M}" in said


def test_the_control_sheet_is_not_for_citizens_or_other_agencies(province: Province) -> None:
    citizen = province.citizen()
    dossier_id = desk.accepted(province, citizen)
    with pytest.raises(NotAllowed):
        control_sheet(actor=citizen, at=province.at, dossier_id=dossier_id)
    with pytest.raises(NotFound):
        control_sheet(
            actor=province.officer("one_stop", unit=kit.HONG_GAI), at=province.at, dossier_id=dossier_id
        )


def test_a_step_is_early_in_time_or_late(province: Province) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    run = Dossier.objects.get(pk=dossier_id).steps.get(closed_at=None)
    assert run.due_at is not None
    told = []
    for closed in (None, run.due_at - timedelta(days=2), run.due_at, run.due_at + timedelta(seconds=1)):
        run.closed_at = closed
        told.append(timeliness(run))
    assert told == ["", "Trước hạn", "Đúng hạn", "Quá hạn"]


def test_the_book_has_every_dossier_once_and_in_volumes(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_book, "VOLUME", 2)
    counter, citizen = province.officer("one_stop"), province.citizen()
    for _turn in range(3):
        desk.accepted(province, citizen)
    agency_id, period = counter.posts[0].agency_id, around(province)

    book = book_of(actor=counter, agency_id=agency_id, period=period)
    volumes = [
        text_of(volume_of(actor=counter, at=province.at, agency_id=agency_id, period=period, number=number))
        for number in (1, 2)
    ]

    assert (book.count, book.volumes) == (3, 2)
    codes = Dossier.objects.order_by("filed_at", "id").values_list("code", flat=True)
    assert [sum(code in said for said in volumes) for code in codes] == [1, 1, 1]
    assert "Tập 2/2" in volumes[1]
    with pytest.raises(NotFound):
        volume_of(actor=counter, at=province.at, agency_id=agency_id, period=period, number=3)


def test_the_book_is_for_the_agency_and_oversight(province: Province) -> None:
    counter = province.officer("one_stop")
    agency_id, period = counter.posts[0].agency_id, around(province)
    supervisor = province.officer("supervisor", kind="province_committee")
    assert book_of(actor=supervisor, agency_id=agency_id, period=period).count == 0
    for nobody in (
        province.citizen(),
        province.officer("one_stop", unit=kit.HONG_GAI),
        province.officer("system_operator", kind="province_committee"),
    ):
        with pytest.raises(NotAllowed):
            book_of(actor=nobody, agency_id=agency_id, period=period)


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 3, 2), date(2026, 3, 1)), (date(2025, 1, 1), date(2026, 1, 3))]
)
def test_a_period_in_the_wrong_order_or_too_long_is_refused(
    province: Province, first: date, last: date
) -> None:
    counter = province.officer("one_stop")
    with pytest.raises(PeriodWrong):
        book_of(actor=counter, agency_id=counter.posts[0].agency_id, period=Period(first, last))


def test_an_empty_book_is_one_empty_volume(province: Province) -> None:
    counter = province.officer("one_stop")
    period = Period(date(2026, 1, 1), date(2026, 1, 31))
    agency_id = counter.posts[0].agency_id
    pdf = volume_of(actor=counter, at=province.at, agency_id=agency_id, period=period, number=1)
    assert "Không có hồ sơ nào" in text_of(pdf)
