"""A register somebody else writes as one YAML file: all its pages at the desk, and no Python for it."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import Settings

from tests import desk_kit as desk
from tests import open_data_kit
from tests import registers_kit as kit
from tests.registers_kit import BINH_LIEU, SYSTEM
from tests.web.client import Browser
from tests.web.test_registers_forms import boxes
from tests.web.test_registers_pages import list_of, page
from tinhso.kernel import clock
from tinhso.registers.importing import running
from tinhso.registers.models import RecordVersion, RegisterImport

pytestmark = pytest.mark.django_db
BOATS = "fishing.boats"
# Every type of field, and every word of the tutorial that a page shows.
FILE = """
id: fishing.boats
name: {vi: Sổ tàu cá, en: Register of fishing boats}
summary: {vi: Tàu cá dưới 12 mét., en: Boats below 12 metres.}
field: {vi: Thủy sản, en: Fisheries}
law: "Chỉ để thử"
key: {pattern: "QN-{boat.number}", source: Chỉ để thử}
title: [boat.number, boat.length]
unit: port.unit
parent: boat.mother
geometry: zone
subjects: [owner.personal_id]
fields:
  - id: boat.number
    type: text
    required: true
    searched: true
    filtered: true
    label: {vi: Số tàu, en: Number}
  - {id: boat.length, type: number, decimals: 2, filtered: true, unit_label: m, label: {vi: Dài, en: Length}}
  - {id: boat.price, type: money, filtered: true, label: {vi: Trị giá, en: Value}}
  - {id: boat.built, type: date, partial: true, filtered: true, label: {vi: Năm đóng, en: Built}}
  - {id: boat.mother, type: relation, register: fishing.boats, label: {vi: Tàu mẹ, en: Mother boat}}
  - id: gear
    type: choice
    several: true
    label: {vi: Nghề, en: Gear}
    options:
      - {value: net, label: {vi: Lưới rê, en: Gillnet}}
      - {value: line, label: {vi: Câu, en: Line}}
      - {value: trap, label: {vi: Lồng bẫy, en: Trap}}
  - {id: nicknames, type: text, several: true, label: {vi: Tên gọi khác, en: Other names}}
  - {id: insured, type: yes_no, label: {vi: Có bảo hiểm, en: Insured}}
  - {id: owner.full_name, type: person_name, personal: true, searched: true, label: {vi: Chủ tàu, en: Owner}}
  - {id: owner.personal_id, type: personal_id, personal: true, filtered: true, label: {vi: Số định danh}}
  - id: offence
    type: text
    personal: true
    searched: true
    filtered: true
    label: {vi: Vi phạm, en: Offence}
    seen_by: [chairperson]
  - {id: port.unit, type: unit, required: true, label: {vi: Cảng, en: Port}}
  - {id: zone, type: polygon, label: {vi: Vùng khai thác, en: Fishing ground}}
access:
  read: [{roles: [specialist, chairperson], agencies: [commune_committee], scope: unit}]
  write: [{roles: [specialist, chairperson], agencies: [commune_committee], scope: unit}]
quality:
  - id: is_insured
    kind: complete
    field: insured
    must: has(insured)
    otherwise: {vi: Chưa biết có bảo hiểm., en: Insurance unknown.}
alive: {months: 6, source: Chỉ để thử}
expected: {count: 40, source: Chỉ để thử}
retention: {source: Chỉ để thử}
"""
ZONE = "21.50, 107.40\n21.50, 107.42\n21.52, 107.42"


@pytest.fixture(autouse=True)
def _boats(settings: Settings, tmp_path: Path, browser: Browser) -> None:
    open_data_kit.with_register(settings, tmp_path, FILE, BOATS)
    desk.enter(browser, kit.officer("specialist"))


def boat(number: str = "90123", **changes: object) -> dict[str, object]:
    return {
        "m.boat.number": number,
        "m.boat.length": "11,5",
        "m.boat.price": "1.250.000.000",
        "m.boat.built-year": "1998",
        "m.gear": ["net", "trap"],
        "m.nicknames": "Sao Biển\nHải Âu",
        "m.insured": "no",
        "m.owner.full_name": "Phạm Thị Lụa",
        "m.owner.personal_id": "022 175 001 234",
        "m.port.unit": BINH_LIEU,
        "m.zone": ZONE,
        **changes,
    }


def enter(browser: Browser, number: str = "90123", **changes: object) -> str:
    answer = browser.post(reverse("registers:enter", args=[BOATS]), boat(number, **changes))
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return str(answer.headers["Location"])


def test_it_is_named_entered_shown_and_listed(browser: Browser) -> None:
    assert "Sổ tàu cá" in page(browser, reverse("registers:home"))
    assert "Sổ chưa có bản ghi nào" in page(browser, list_of(BOATS))
    html = page(browser, enter(browser))
    for text in ("Số tàu 90123", "11,5 m", "1.250.000.000", "1998", "Lưới rê; Lồng bẫy", "Không", "<path"):
        assert text in html, text
    values = RecordVersion.objects.get().values
    assert values["boat.built"] == "1998"
    assert values["nicknames"] == ["Sao Biển", "Hải Âu"]
    assert values["owner.personal_id"] == "022175001234"
    child = page(browser, enter(browser, number="90124", **{"m.boat.mother": "QN-90123"}))
    assert "90123" in child
    assert "2 bản ghi" in page(browser, list_of(BOATS))


def test_it_is_found_by_every_filter_the_file_gives(browser: Browser) -> None:
    enter(browser)
    found: tuple[dict[str, str], ...] = (
        {"m.gear": "trap"},
        {"m.insured": "false"},
        {"q": "pham lua"},
        {"xa": BINH_LIEU},
    )
    found += ({"m.boat.length-tu": "11", "m.boat.length-den": "12,5"}, {"m.boat.price-tu": "1.000.000.000"})
    found += ({"m.boat.built-tu": "1998-06-01"}, {"m.owner.personal_id": "022175001234"})
    for query in found:
        assert "1 bản ghi" in page(browser, list_of(BOATS, **query)), query
    lost: tuple[dict[str, str], ...] = ({"m.gear": "line"}, {"m.insured": "true"}, {"m.boat.length-tu": "12"})
    lost += ({"m.boat.built-tu": "1999-01-01"}, {"m.boat.price-den": "1000"})
    for query in lost:
        assert "Không có bản ghi nào khớp" in page(browser, list_of(BOATS, **query)), query
    page(browser, list_of(BOATS, **{"m.boat.length-tu": "dài"}), 422)


def test_a_value_for_one_role_is_kept_from_the_other_everywhere(browser: Browser) -> None:
    shown = enter(browser)
    chair = kit.officer("chairperson")
    desk.enter(browser, chair)
    url = reverse("registers:correct", args=[RecordVersion.objects.get().record_id])
    sent = {**boxes(browser, url), "m.offence": "Đánh bắt sai vùng", "ly-do": "Biên bản 3/BB"}
    assert browser.post(url, sent).status_code == 302
    assert "Đánh bắt sai vùng" in page(browser, shown)
    assert "1 bản ghi" in page(browser, list_of(BOATS, q="sai vung"))
    desk.enter(browser, kit.officer("specialist"))
    assert "Đánh bắt" not in page(browser, shown)
    assert "Vi phạm" not in page(browser, url)
    assert "Không có bản ghi nào khớp" in page(browser, list_of(BOATS, q="sai vung"))
    page(browser, list_of(BOATS, **{"m.offence": "Đánh bắt sai vùng"}), 422)
    file = browser.get(reverse("registers:export", args=[BOATS], query={"dang": "csv"})).getvalue().decode()
    assert "Vi phạm" not in file
    assert "Đánh bắt" not in file
    mine = {**boxes(browser, url), "m.insured": "yes", "m.offence": "", "ly-do": "Đã mua"}
    assert browser.post(url, mine).status_code == 302
    newest = RecordVersion.objects.get(known_to=None, valid_to=None)
    assert (newest.values["insured"], newest.values["offence"]) == (True, "Đánh bắt sai vùng")


def test_a_file_writes_no_value_its_sender_may_not_see(browser: Browser) -> None:
    table = f"Số tàu,Cảng,Vi phạm\n90300,{BINH_LIEU},Đánh bắt sai vùng\n90301,{BINH_LIEU},\n"
    sent = {"tep-du-lieu": SimpleUploadedFile("tau.csv", table.encode())}
    assert "Vi phạm" not in page(browser, reverse("registers:import", args=[BOATS]))
    browser.post(reverse("registers:import", args=[BOATS]), sent)
    row = RegisterImport.objects.get()
    forged = {"cot-0": "boat.number", "cot-1": "port.unit", "cot-2": "offence"}
    browser.post(reverse("registers:import-columns", args=[row.pk]), forged)
    running.check(system=SYSTEM, import_id=row.pk, now=clock.now)
    assert "không được xem mục «Vi phạm»" in page(browser, reverse("registers:import-one", args=[row.pk]))
    browser.post(reverse("registers:import-load", args=[row.pk]))
    running.load(system=SYSTEM, import_id=row.pk, now=clock.now)
    assert [one.key for one in RecordVersion.objects.all()] == ["QN-90301"]


def test_what_is_wrong_is_told_in_its_own_words(browser: Browser) -> None:
    crossing = "21.5, 107.4\n21.6, 107.5\n21.5, 107.5\n21.6, 107.4"
    wrong = {
        "m.boat.length": "dài",
        "m.boat.built-year": "98",
        "m.zone": crossing,
        "m.owner.personal_id": "12",
    }
    answer = browser.post(reverse("registers:enter", args=[BOATS]), boat(**wrong))
    assert answer.status_code == 422
    html = answer.content.decode()
    for box in ("m.boat.length", "m.boat.built-day", "m.zone", "m.owner.personal_id"):
        assert f'href="#{box}"' in html, box
    assert "tự cắt" in html
    assert RecordVersion.objects.count() == 0


def test_its_quality_is_measured_and_files_are_taken_in(browser: Browser) -> None:
    enter(browser, **{"m.insured": ""})
    html = page(browser, reverse("registers:quality", args=[BOATS]))
    assert "Chưa biết có bảo hiểm" in html
    assert "Phải có 40: đã có 2,5%" in html
    assert "90123" in page(browser, list_of(BOATS, loi="is_insured"))
    table = f"Số tàu,Dài,Cảng,Có bảo hiểm\n90123,11.5,{BINH_LIEU},có\n90200,9,{BINH_LIEU},không\n"
    url = reverse("registers:import", args=[BOATS])
    browser.post(url, {"tep-du-lieu": SimpleUploadedFile("tau.csv", table.encode())})
    row = RegisterImport.objects.get()
    columns = browser.get(reverse("registers:import-one", args=[row.pk])).context["page"].columns
    guessed = {one.name: option.value for one in columns for option in one.options if option.chosen}
    assert len(guessed) == 4, "columns named like fields match by themselves"
    browser.post(reverse("registers:import-columns", args=[row.pk]), guessed)
    running.check(system=SYSTEM, import_id=row.pk, now=clock.now)
    browser.post(reverse("registers:import-load", args=[row.pk]))
    running.load(system=SYSTEM, import_id=row.pk, now=clock.now)
    assert "2 bản ghi" in page(browser, list_of(BOATS))
    assert "Không có bản ghi nào khớp" in page(browser, list_of(BOATS, loi="is_insured"))
