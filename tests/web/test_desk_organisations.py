"""The counter takes an organisation's dossier: found by tax code, with who speaks for it and by what."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BINH_LIEU, BIRTH, COPY, HONG_GAI, Province
from tests.fixtures_trust import Trust, trust
from tests.web.client import Browser
from tinhso.dossiers.models import Dossier, Draft
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.people import actions as people
from tinhso.people.models import Mandate, Organisation, PersonAccess
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor
from tinhso.web.desk import looking

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
CODE, NAME = "5700000001", "Hợp tác xã Dong riềng Húc Động"
PAPERS = "Giấy chứng nhận đăng ký hợp tác xã số 5700000001"


@pytest.fixture
def province(trust: Trust) -> Province:
    looking._noted.clear()
    return kit.found(trust)


def counter(province: Province, browser: Browser, *, unit: str = BINH_LIEU) -> Actor:
    officer = province.officer("one_stop", unit=unit)
    desk.enter(browser, officer)
    return officer


def met(province: Province, officer: Actor, personal_id: str = "000191000101", **facts: Any) -> UUID:
    """Return a citizen the officer's agency knows."""
    person_id = province.citizen(personal_id, **facts).person_id
    assert person_id is not None
    people.introduce(
        actor=kit.SYSTEM, at=province.at, person_id=person_id, agency_id=officer.posts[0].agency_id
    )
    return person_id


def place(person_id: UUID) -> str:
    return f"/ban-lam-viec/tiep-nhan/{person_id}/to-chuc/"


def papers(**changes: str) -> dict[str, str]:
    said = {"ma-so-thue": CODE, "ten-to-chuc": NAME, "tu-cach": "phap-luat", "giay-to": PAPERS}
    return said | {name.replace("_", "-"): value for name, value in changes.items()}


def until(days: int) -> dict[str, str]:
    last = local(clock.now()).date() + timedelta(days=days)
    return {"den-ngay-day": str(last.day), "den-ngay-month": str(last.month), "den-ngay-year": str(last.year)}


def test_an_unknown_organisation_is_recorded_with_who_represents_it_and_files(
    province: Province, browser: Browser
) -> None:
    officer = counter(province, browser)
    person_id = met(province, officer)
    page = browser.get(place(person_id), {"ma-so-thue": "57 0000 0001"}).content.decode()
    assert "chưa làm việc với tổ chức này" in page

    chosen = browser.post(place(person_id), papers())["Location"]

    firm = Organisation.objects.get()
    assert (firm.tax_code, firm.name, firm.representative_id) == (CODE, NAME, person_id)
    mandate = Mandate.objects.get()
    assert (mandate.kind, mandate.scope, mandate.until_at) == ("representative", [], None)
    assert mandate.evidence == f"Đại diện theo pháp luật: {PAPERS}"
    shown = browser.get(chosen).content.decode()
    assert f'value="{firm.pk}" checked' in shown
    found = browser.get(f"{chosen}&q=chung+thuc+ban+sao").content.decode()
    assert COPY in found
    assert f'value="{BIRTH}"' not in shown, "an organisation is born otherwise"
    form = {"thu-tuc": COPY, "dia-ban": BINH_LIEU, "co-mat": "1", "to-chuc": str(firm.pk)}
    browser.post(chosen, form)
    draft = Draft.objects.get()
    assert (draft.organisation_id, draft.mandate_id) == (firm.pk, mandate.pk)
    assert (draft.applicant_id, draft.channel) == (person_id, "counter")
    assisting = actor_of(officer.signed_in_as, at=clock.now())
    kit.fill_in(assisting, draft.pk, kit.procedure(COPY).examples[0], at=clock.now())
    browser.post(f"/to-khai/{draft.pk}/kiem-tra/")
    assert Dossier.objects.get().organisation_id == firm.pk


def test_a_mandate_is_recorded_with_its_end_and_its_procedures(province: Province, browser: Browser) -> None:
    person_id = met(province, counter(province, browser))
    some = {"pham-vi": "mot-so", "pham-vi-thu-tuc": [COPY]}

    browser.post(place(person_id), papers(tu_cach="uy-quyen") | until(30) | some)

    mandate = Mandate.objects.get()
    assert mandate.scope == [COPY]
    assert mandate.until_at is not None
    assert (local(mandate.until_at).date() - local(clock.now()).date()).days == 31
    assert mandate.evidence == f"Theo ủy quyền: {PAPERS}"
    assert Organisation.objects.get().representative_id is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"tu_cach": ""}, "đại diện theo pháp luật hay theo ủy quyền"),
        ({"giay_to": " "}, "Hãy ghi giấy tờ đã xem"),
        ({"ten_to_chuc": ""}, "Hãy nhập tên tổ chức"),
        ({"tu_cach": "uy-quyen"}, "Hãy ghi ngày cuối cùng của ủy quyền"),
        ({"pham_vi": "mot-so"}, "Hãy chọn ít nhất một thủ tục"),
        ({"pham_vi": "mot-so", "pham_vi_thu_tuc": "9.999999"}, "Không có thủ tục mang mã"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(
    province: Province, browser: Browser, changes: dict[str, str], sentence: str
) -> None:
    person_id = met(province, counter(province, browser))

    answer = browser.post(place(person_id), papers(**changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Organisation.objects.exists()
    assert not Mandate.objects.exists()


@pytest.mark.parametrize("code", ["57", "57000000011", "5700000001-1", "abc"])
def test_a_misspelt_code_is_asked_for_again(province: Province, browser: Browser, code: str) -> None:
    person_id = met(province, counter(province, browser))
    answer = browser.get(place(person_id), {"ma-so-thue": code})
    assert answer.status_code == 422
    assert "Mã số thuế phải có" in answer.content.decode()


def test_who_speaks_for_it_already_goes_straight_on(province: Province, browser: Browser) -> None:
    person_id = met(province, counter(province, browser))
    first = browser.post(place(person_id), papers())["Location"]
    assert browser.get(place(person_id), {"ma-so-thue": CODE})["Location"] == first


def test_a_counter_that_never_met_it_learns_neither_name_nor_head(
    province: Province, browser: Browser
) -> None:
    person_id = met(province, counter(province, browser))
    browser.post(place(person_id), papers())
    elsewhere = Browser()
    other_id = met(
        province, counter(province, elsewhere, unit=HONG_GAI), "000195000102", full_name="La Thị Nga"
    )

    page = elsewhere.get(place(other_id), {"ma-so-thue": CODE}).content.decode()
    assert NAME not in page
    assert "Hoàng Văn Chíu" not in page
    wrong = elsewhere.post(place(other_id), papers(ten_to_chuc="Công ty Khác"))

    assert wrong.status_code == 422
    assert "đã có trong hệ thống với tên khác" in wrong.content.decode()
    assert NAME not in wrong.content.decode()
    assert Organisation.objects.get().name == NAME
    assert Mandate.objects.count() == 1


def test_the_head_of_an_organisation_learns_who_looked_it_up(province: Province, browser: Browser) -> None:
    officer = counter(province, browser)
    head = met(province, officer)
    browser.post(place(head), papers())
    other = met(province, officer, "000195000102", full_name="La Thị Nga")

    page = browser.get(place(other), {"ma-so-thue": CODE}).content.decode()

    assert "Đại diện theo pháp luật: Hoàng Văn Chíu" in page
    look = PersonAccess.objects.get(person_id=head, subject_id=Organisation.objects.get().pk)
    assert (look.purpose, look.reason) == ("counter", f"Tiếp nhận tại quầy: {NAME}")


def test_nobody_is_assisted_for_an_organisation_they_do_not_represent(
    province: Province, browser: Browser
) -> None:
    officer = counter(province, browser)
    browser.post(place(met(province, officer)), papers())
    other = met(province, officer, "000195000102", full_name="La Thị Nga")
    form = {"thu-tuc": COPY, "dia-ban": BINH_LIEU, "co-mat": "1"}
    form["to-chuc"] = str(Organisation.objects.get().pk)

    answer = browser.post(f"/ban-lam-viec/tiep-nhan/{other}/", form)

    assert answer.status_code == 422
    assert "không có quyền thay mặt" in answer.content.decode()
    assert not Draft.objects.exists()
    assert Mandate.objects.filter(kind="assisted").count() == 0


def test_searching_procedures_saves_nothing_and_keeps_what_was_typed(
    province: Province, browser: Browser
) -> None:
    person_id = met(province, counter(province, browser))
    search = {"do": "tim-thu-tuc", "pham-vi": "mot-so", "pham-vi-tim": "chung thuc"}

    answer = browser.post(place(person_id), papers() | search)

    assert answer.status_code == 200
    assert f'value="{PAPERS}"' in answer.content.decode()
    assert f'name="pham-vi-thu-tuc" value="{COPY}"' in answer.content.decode()
    assert not Mandate.objects.exists()


def test_only_the_counter_asks_for_organisations(province: Province, browser: Browser) -> None:
    desk.enter(browser, province.officer("chairperson"))
    person_id = province.citizen().person_id
    assert person_id is not None
    assert browser.get(place(person_id)).status_code == 403
    assert browser.post(place(person_id), papers()).status_code == 403
    assert not Organisation.objects.exists()


def test_an_officer_records_no_right_of_their_own(province: Province, browser: Browser) -> None:
    person_id = province.citizen().person_id
    counter_officer = province.officer("one_stop")
    own = desk.second(province, counter_officer, person_id=person_id)
    assert person_id is not None
    people.introduce(actor=kit.SYSTEM, at=province.at, person_id=person_id, agency_id=own.posts[0].agency_id)
    desk.enter(browser, own)
    assert browser.post(place(person_id), papers()).status_code == 403
    assert not Organisation.objects.exists()
    assert not Mandate.objects.exists()
