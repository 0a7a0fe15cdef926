"""Records written by hand at the desk: entered, changed, put right, cancelled, merged, split."""

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from tests import desk_kit as desk
from tests import registers_kit as kit
from tests.perf.queries import within
from tests.registers_kit import BINH_LIEU, HONG_GAI, SCHOOLS
from tests.web.client import Browser
from tests.web.test_registers_pages import DEATHS, death, page
from tinhso.people.types import Actor
from tinhso.registers.actions.correct_record import correct_record
from tinhso.registers.models import Record, RecordVersion
from tinhso.registers.queries import access_record, history_of
from tinhso.registers.types import RecordState

pytestmark = pytest.mark.django_db
# What was written by the page is true from the real day on.
FOREVER = date(2100, 1, 1)
ENTER = reverse("registers:enter", args=[SCHOOLS])


@pytest.fixture
def specialist(browser: Browser) -> Actor:
    """Keeps the commune's schools, and sits before the desk."""
    officer = kit.officer("specialist")
    desk.enter(browser, officer)
    return officer


def of(record_id: UUID, act: str, **query: str) -> str:
    return reverse(f"registers:{act}", args=[record_id], query=query)


def boxes(browser: Browser, url: str) -> dict[str, object]:
    """Return what a form holds as it is opened, to be changed and sent back."""
    shown = browser.get(url).context["page"]
    fields = [*getattr(shown, "fields", ()), *getattr(shown, "own", ())]
    held: dict[str, object] = dict(shown.hidden)
    for field in fields:
        if field.kind == "many_of":
            held[field.name] = [option.value for option in field.options if option.chosen]
        else:
            held |= dict(zip(field.names, field.values, strict=True))
    return held


def values(actor: Actor, record_id: UUID, day: date = FOREVER) -> dict[str, object]:
    return dict(access_record(actor=actor, record_id=record_id, moment=kit.now(day)).values)


def versions() -> int:
    return RecordVersion.objects.count()


def school_form(**changes: object) -> dict[str, object]:
    return {
        "m.school.code": "TH-07",
        "m.school.name": "Trường Tiểu học Hoành Mô",
        "m.level": "primary",
        "m.place.unit": BINH_LIEU,
        "m.pupils": "1.250",
        "m.standard": "yes",
        "m.place-vi-do": "21.5312",
        "m.place-kinh-do": "107,4021",
        **changes,
    }


def test_a_record_is_entered_with_numbers_places_and_choices_as_they_are_written_here(
    browser: Browser, specialist: Actor
) -> None:
    with within("registers:enter"):
        assert "Ghi bản ghi mới" in page(browser, ENTER)
    answer = browser.post(
        ENTER, school_form(**{"tu-ngay-day": "1", "tu-ngay-month": "9", "tu-ngay-year": "2025"})
    )
    record = Record.objects.get()
    assert answer.headers["Location"] == reverse("registers:record", args=[record.pk])
    version = RecordVersion.objects.get()
    assert version.values["pupils"] == 1250
    assert version.values["standard"] is True
    assert version.geometry == {"type": "Point", "coordinates": [107.4021, 21.5312]}
    assert version.valid_from == date(2025, 9, 1)
    assert (version.source, version.key) == ("officer", "TH-07")


def test_what_is_wrong_is_told_box_by_box_and_nothing_typed_is_lost(
    browser: Browser, specialist: Actor
) -> None:
    wrong = {"m.school.name": "", "m.pupils": "mười hai", "m.place-vi-do": "99", "tu-ngay-day": "31"}
    answer = browser.post(ENTER, school_form(**wrong))
    assert answer.status_code == 422
    html = answer.content.decode()
    for box in ("m.school.name", "m.pupils", "m.place-vi-do", "tu-ngay-day"):
        assert f'href="#{box}"' in html or "tu-ngay" not in box or 'href="#tu-ngay-day"' in html
    assert 'value="mười hai"' in html
    assert 'value="TH-07"' in html
    assert Record.objects.count() == 0
    answer = browser.post(ENTER, school_form(**{k: v for k, v in wrong.items() if k != "tu-ngay-day"}))
    html = answer.content.decode()
    for box in ("m.school.name", "m.pupils", "m.place-vi-do"):
        assert f'href="#{box}"' in html, box
    assert Record.objects.count() == 0


def test_a_record_is_found_for_a_relation_by_key_or_words_and_several_are_asked(
    browser: Browser, specialist: Actor
) -> None:
    first = kit.school("TH-01", "Trường Tiểu học Lục Hồn")
    kit.school("TH-02", "Trường Mầm non Lục Hồn")
    answer = browser.post(ENTER, school_form(**{"m.school.main": "luc hon"}))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Hãy chọn một" in html
    assert f'value="{first}"' in html
    assert Record.objects.count() == 2
    answer = browser.post(ENTER, school_form(**{"m.school.main": "không có đâu"}))
    assert "không có bản ghi nào khớp" in answer.content.decode()
    browser.post(ENTER, school_form(**{"m.school.main": str(first)}))
    assert RecordVersion.objects.get(key="TH-07").values["school.main"] == str(first)


def test_entering_is_refused_where_the_officer_keeps_no_records(browser: Browser, specialist: Actor) -> None:
    answer = browser.post(ENTER, school_form(**{"m.place.unit": HONG_GAI}))
    assert answer.status_code == 403
    assert Record.objects.count() == 0
    desk.enter(browser, kit.officer("chairperson"))
    assert browser.get(ENTER).status_code == 403
    assert browser.post(ENTER, school_form()).status_code == 403
    assert Record.objects.count() == 0


def test_a_change_is_true_from_a_day_on_and_only_what_was_changed_is_written(
    browser: Browser, specialist: Actor
) -> None:
    record_id = kit.school("A1", "Trường cũ", since=date(2026, 1, 1), more={"pupils": 300})
    url = of(record_id, "correct")
    with within("registers:correct"):
        held = boxes(browser, url)
    assert held["m.pupils"] == "300"
    sent = {**held, "m.school.name": "Trường mới", "ly-do": "Quyết định 12/QĐ"}
    answer = browser.post(url, {**sent, "tu-ngay-day": "1", "tu-ngay-month": "3", "tu-ngay-year": "2026"})
    assert answer.status_code == 302
    assert values(specialist, record_id)["school.name"] == "Trường mới"
    assert values(specialist, record_id, date(2026, 2, 1))["school.name"] == "Trường cũ"
    entry = history_of(actor=specialist, record_id=record_id)[0]
    assert [one.field for one in entry.changes] == ["school.name"]
    html = page(browser, reverse("registers:record", args=[record_id]))
    assert "<del>Trường cũ</del>" in html
    assert "Quyết định 12/QĐ" in html


def test_no_reason_no_change_and_nothing_changed_is_said(browser: Browser, specialist: Actor) -> None:
    record_id = kit.school("A1", "Trường cũ")
    url, before = of(record_id, "correct"), versions()
    held = boxes(browser, url)
    answer = browser.post(url, {**held, "m.school.name": "Trường mới"})
    assert answer.status_code == 422
    assert 'href="#ly-do"' in answer.content.decode()
    assert 'value="Trường mới"' in answer.content.decode()
    answer = browser.post(url, {**held, "ly-do": "Không đổi gì"})
    assert answer.status_code == 422
    assert "không có gì để sửa" in answer.content.decode()
    assert versions() == before


def test_what_was_always_wrong_is_put_right_for_the_past(browser: Browser, specialist: Actor) -> None:
    record_id = kit.school("A1", "Trừng sai chữ", since=date(2025, 1, 1))
    url = of(record_id, "past")
    sent = {**boxes(browser, url), "m.school.name": "Trường đúng chữ", "ly-do": "Ghi nhầm"}
    assert browser.post(url, sent).status_code == 302
    assert values(specialist, record_id, date(2025, 6, 1))["school.name"] == "Trường đúng chữ"
    answer = browser.post(url, {**boxes(browser, url), "m.phone": "0203", "ly-do": "x", "tu-ngay-year": "x"})
    assert answer.status_code == 422


def test_who_is_slower_is_told_what_changed_and_keeps_what_was_typed(
    browser: Browser, specialist: Actor
) -> None:
    record_id = kit.school("A1", "Trường", more={"pupils": 300, "phone": "0203 111"})
    url = of(record_id, "correct")
    mine = {**boxes(browser, url), "m.phone": "0203 222", "ly-do": "Số mới"}
    correct_record(
        actor=specialist,
        at=kit.later(hours=1),
        record_id=record_id,
        changes={"pupils": 310},
        reason="Đếm lại",
    )
    answer = browser.post(url, mine)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "300 → 310" in html
    assert 'value="0203 222"' in html
    assert 'value="310"' in html
    again = dict(answer.context["page"].hidden)
    fields = answer.context["page"].fields + answer.context["page"].own
    for field in fields:
        again |= dict(zip(field.names, field.values, strict=True))
    assert browser.post(url, again).status_code == 302
    kept = values(specialist, record_id)
    assert (kept["pupils"], kept["phone"]) == (310, "0203 222"), "nobody's change is undone by the other"


def test_a_field_one_does_not_see_is_neither_in_the_form_nor_lost_nor_written(browser: Browser) -> None:
    record_id = kit.enter(death(), register=DEATHS).record_id
    chair, registrar = kit.officer("chairperson"), kit.registrar()
    desk.enter(browser, registrar)
    url = of(record_id, "correct")
    assert "m.death.cause" in boxes(browser, url)
    sent = {**boxes(browser, url), "m.death.place": "Tại nhà", "ly-do": "Bổ sung"}
    assert browser.post(url, sent).status_code == 302
    assert values(registrar, record_id)["death.cause"] == "Tai biến mạch máu não"
    desk.enter(browser, chair)
    assert browser.get(url).status_code == 403
    split = of(record_id, "split")
    shown = browser.get(split)
    assert "death.cause" not in shown.content.decode()
    before = versions()
    forged = {"ly-do": "x", "p1.death.cause": "khác", "p2.death.cause": "khác", "so": "2"}
    answer = browser.post(split, forged)
    assert answer.status_code in (403, 409, 422)
    assert versions() == before
    assert values(registrar, record_id)["death.cause"] == "Tai biến mạch máu não"


def test_a_record_is_confirmed_cancelled_and_brought_back(browser: Browser, specialist: Actor) -> None:
    record_id = kit.school("A1", "Trường")
    before = versions()
    assert browser.post(of(record_id, "confirm"), {"so": "1"}).status_code == 302
    assert Record.objects.get().confirmed_at > kit.AT
    assert browser.post(of(record_id, "confirm"), {"so": "9"}).status_code == 409
    assert versions() == before
    url = of(record_id, "cancel")
    assert browser.post(url, boxes(browser, url)).status_code == 422
    assert Record.objects.get().state == RecordState.IN_FORCE
    assert browser.post(url, {**boxes(browser, url), "ly-do": "Ghi trùng"}).status_code == 302
    assert Record.objects.get().state == RecordState.CANCELLED
    html = page(browser, reverse("registers:record", args=[record_id]))
    assert of(record_id, "restore") in html
    assert of(record_id, "correct") not in html
    url = of(record_id, "restore")
    assert browser.post(url, {**boxes(browser, url), "ly-do": "Hủy nhầm"}).status_code == 302
    assert Record.objects.get().state == RecordState.IN_FORCE
    assert values(specialist, record_id)["school.name"] == "Trường"


def test_two_records_are_put_side_by_side_and_merged_with_the_values_chosen(
    browser: Browser, specialist: Actor
) -> None:
    stays = kit.school("A1", "Trường Lục Hồn", more={"phone": "0203 111"})
    goes = kit.school("A2", "Truong Luc Hon", more={"phone": "0203 222", "pupils": 120})
    assert "Trường Lục Hồn" in page(browser, of(stays, "merge"))
    found = page(browser, of(stays, "merge", voi="luc hon"))
    assert of(stays, "merge", voi=str(goes)) in found
    page(browser, of(stays, "merge", voi="không có"), 422)
    url = of(stays, "merge", voi="A2")
    with within("registers:merge"):
        shown = browser.get(url).context["page"]
    assert {pair.label for pair in shown.pairs if pair.differs} >= {"Điện thoại", "Số học sinh"}
    hidden = dict(shown.hidden)
    picked = {"chon.phone": "kia", "chon.pupils": "kia", "chon.school.name": "nay", "chon.school.code": "nay"}
    before = versions()
    assert browser.post(url, {**hidden, **picked}).status_code == 422, "no reason"
    assert versions() == before
    assert browser.post(url, {**hidden, **picked, "ly-do": "Một trường"}).status_code == 302
    kept = values(specialist, stays)
    assert (kept["school.name"], kept["phone"], kept["pupils"]) == ("Trường Lục Hồn", "0203 222", 120)
    assert Record.objects.get(pk=goes).merged_into_id == stays
    assert "Đã gộp vào" in page(browser, reverse("registers:record", args=[goes]))


def test_one_record_becomes_two(browser: Browser, specialist: Actor) -> None:
    record_id = kit.school("A1", "Trường liên cấp", more={"phone": "0203 111"})
    url = of(record_id, "split")
    with within("registers:split"):
        shown = browser.get(url).context["page"]
    sent: dict[str, object] = dict(shown.hidden)
    for part in shown.parts:
        for field in part.fields:
            sent |= dict(zip(field.names, field.values, strict=True))
    before = versions()
    answer = browser.post(url, {**sent, "ly-do": "Tách trường"})
    assert answer.status_code == 422, "two records cannot have one key"
    (error,) = answer.context["errors"]
    assert (error.field_name, error.sentence[:7]) == ("p2.school.code", "Phần 2:")
    wrong = {"p1.pupils": "rất đông", "p2.pupils": "ít", "p2.school.name": "", "ly-do": "Tách trường"}
    answer = browser.post(url, {**sent, **wrong})
    told = {(one.field_name, one.sentence[:7]) for one in answer.context["errors"]}
    assert told == {
        (f"p{n}.{one}", f"Phần {n}:") for n, one in ((1, "pupils"), (2, "pupils"), (2, "school.name"))
    }
    assert 'value="rất đông"' in answer.content.decode()
    assert versions() == before
    sent |= {"p1.school.code": "B1", "p1.school.name": "Trường Tiểu học"}
    sent |= {"p2.school.code": "B2", "p2.level": "lower", "ly-do": "Quyết định tách"}
    assert browser.post(url, sent).status_code == 302
    assert Record.objects.get(pk=record_id).state == RecordState.SPLIT
    parts = RecordVersion.objects.filter(record__split_from=record_id).order_by("key")
    assert [(one.key, one.values["level"], one.values["phone"]) for one in parts] == [
        ("B1", "primary", "0203 111"),
        ("B2", "lower", "0203 111"),
    ]


def test_an_earlier_version_is_taken_back_by_a_correction_that_begins_with_it(
    browser: Browser, specialist: Actor
) -> None:
    record_id = kit.school("A1", "Trường cũ")
    correct_record(
        actor=specialist,
        at=kit.later(hours=1),
        record_id=record_id,
        changes={"school.name": "Nhầm"},
        reason="x",
    )
    first = next(one for one in history_of(actor=specialist, record_id=record_id) if one.version.number == 1)
    back = f"{of(record_id, 'correct')}?tu={first.version.version_id}"
    assert back in page(browser, reverse("registers:record", args=[record_id]))
    sent = {**boxes(browser, back), "ly-do": "Trả lại tên cũ"}
    assert browser.post(of(record_id, "correct"), sent).status_code == 302
    assert values(specialist, record_id)["school.name"] == "Trường cũ"


@pytest.mark.parametrize("act", ["correct", "past", "cancel", "restore", "merge", "split", "confirm"])
def test_who_only_reads_does_none_of_it(browser: Browser, act: str) -> None:
    record_id = kit.school("A1", "Trường")
    desk.enter(browser, kit.officer("chairperson"))
    before = versions()
    if act != "confirm":
        assert browser.get(of(record_id, act)).status_code == 403
    assert browser.post(of(record_id, act), {"ly-do": "x", "m.school.name": "Của tôi"}).status_code == 403
    assert versions() == before
