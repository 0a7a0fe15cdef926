"""Kho giấy tờ, «Dùng giấy tờ đã có», the scanner of the counter and the community team, without scripts."""

from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.db.test_dossiers_assisted import code_sent
from tests.db.test_papers_wallet import again, at_counter, digitised, granted
from tests.dossiers_kit import BINH_LIEU, BIRTH, Province
from tests.fixtures_trust import PASSPHRASE, Trust, trust
from tests.people_kit import sign_in
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.dossiers.models import Dossier, Draft
from tinhso.kernel.ids import new_id
from tinhso.kernel.models import LedgerEntry
from tinhso.papers.actions.register_key import register_pkcs12
from tinhso.papers.actions.revoke_document import revoke_document
from tinhso.papers.models import IssuedDocument, KeptPaper, Scan
from tinhso.people.models import Mandate, PersonAccess
from tinhso.people.types import HELPER, Actor
from tinhso.web.desk import looking

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
HOME, HELP = "/giay-to-cua-toi/", "/ho-tro/"


@pytest.fixture
def province(trust: Trust) -> Province:
    looking._noted.clear()
    return kit.found(trust)


@pytest.fixture
def mother(province: Province) -> Actor:
    return province.citizen()


@pytest.fixture
def counter(province: Province) -> Actor:
    officer = province.officer("one_stop")
    register_pkcs12(
        actor=kit.SYSTEM,
        at=province.at,
        content=province.trust.agency().pkcs12,
        passphrase=PASSPHRASE,
        agency_id=officer.posts[0].agency_id,
    )
    return officer


def enter(browser: Browser, actor: Actor) -> None:
    sign_in(browser, actor.signed_in_as)


def page_file(name: str = "trang.jpg") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (1240, 1754), "white").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def box_of_first_part() -> tuple[str, str]:
    """Return the first paper of the birth example, and the name of its box."""
    part = kit.procedure(BIRTH).examples[0].papers[0]
    is_paper = part in {paper.id for paper in kit.procedure(BIRTH).papers}
    return part, f"paper-{part}" if is_paper else part


def form_url(draft_id: UUID, part: str) -> str:
    procedure = kit.procedure(BIRTH)
    if part in {paper.id for paper in procedure.papers}:
        return f"/to-khai/{draft_id}/giay-to/"
    page = next(page for page in procedure.form if any(asked.id == part for asked in page.ask))
    return f"/to-khai/{draft_id}/{page.id}/"


def test_an_empty_wallet_says_what_will_come_into_it(browser: Browser, mother: Actor) -> None:
    enter(browser, mother)
    page = browser.get(HOME).content.decode()
    assert "Kho chưa có giấy tờ nào" in page


def test_the_wallet_shows_hides_and_restores_a_result_within_its_budget(
    province: Province, browser: Browser, mother: Actor
) -> None:
    granted(province, mother)
    kept = KeptPaper.objects.get()
    enter(browser, mother)

    with within("wallet:home"):
        page = browser.get(HOME).content.decode()
    assert "Giấy khai sinh" in page
    assert "Còn hiệu lực" in page
    assert f"/verify/{kept.document.token}/" in page

    answer = browser.post(f"{HOME}{kept.pk}/an/")
    hidden = browser.get(answer["Location"]).content.decode()
    assert "Đã ẩn khỏi kho" in hidden
    browser.post(f"{HOME}{kept.pk}/hien-lai/")
    kept.refresh_from_db()
    assert kept.hidden_at is None


def test_fifty_papers_cost_the_queries_of_one(
    province: Province, browser: Browser, mother: Actor, counter: Actor
) -> None:
    assert mother.person_id
    kept = digitised(province, counter, mother.person_id)
    first = IssuedDocument.objects.get(pk=kept.document_id)
    row = KeptPaper.objects.get()
    for number in range(2, 51):
        document = IssuedDocument.objects.get(pk=first.pk)
        document.pk, document.number, document.token = new_id(), number, f"token-{number}"
        document.save(force_insert=True)
        row.pk, row.document = new_id(), document
        row.save(force_insert=True)
    enter(browser, mother)
    with within("wallet:home"):
        assert browser.get(HOME).content.decode().count("Ẩn khỏi kho") == 50
    found = browser.get(f"{HOME}?q=so+50").content.decode()
    assert found.count("Ẩn khỏi kho") <= 1


def test_another_citizen_neither_sees_nor_hides(province: Province, browser: Browser, mother: Actor) -> None:
    granted(province, mother)
    kept = KeptPaper.objects.get()
    enter(browser, province.citizen("000191000202", full_name="Chìu Thị Mai"))
    assert "Kho chưa có giấy tờ nào" in browser.get(HOME).content.decode()
    assert browser.post(f"{HOME}{kept.pk}/an/").status_code == 404
    kept.refresh_from_db()
    assert kept.hidden_at is None


def test_a_form_offers_what_is_kept_and_takes_it_by_one_button(
    province: Province, browser: Browser, mother: Actor, counter: Actor
) -> None:
    assert mother.person_id
    kept = digitised(province, counter, mother.person_id)
    draft_id = kit.begin(province, mother, BIRTH)
    kit.fill_in(mother, draft_id, kit.procedure(BIRTH).examples[0], at=province.at)
    enter(browser, mother)
    part, box = box_of_first_part()
    url = form_url(draft_id, part)

    page = browser.get(url).content.decode()
    assert "Dùng giấy tờ đã có" in page
    assert f'value="{box} {kept.id}"' in page

    answer = browser.post(url, {"use-kept": f"{box} {kept.id}"})
    assert answer.status_code == 302, answer.content.decode()
    assert len(Draft.objects.get(pk=draft_id).papers[part]) == 2
    after = browser.get(url).content.decode()
    assert "lấy từ kho giấy tờ" in after
    assert f'value="{box} {kept.id}"' not in after


def test_a_revoked_paper_is_refused_with_a_sentence_and_nothing_typed_is_lost(
    province: Province, browser: Browser, mother: Actor, counter: Actor
) -> None:
    assert mother.person_id
    kept = digitised(province, counter, mother.person_id)
    revoke_document(actor=counter, at=province.at, document_id=kept.document_id, reason="Quét nhầm giấy tờ.")
    draft_id = kit.begin(province, mother, BIRTH)
    enter(browser, mother)
    part, box = box_of_first_part()
    answer = browser.post(form_url(draft_id, part), {"use-kept": f"{box} {kept.id}"})
    assert answer.status_code in (409, 422)
    assert "đã bị thu hồi" in answer.content.decode()
    assert not Draft.objects.get(pk=draft_id).papers.get(part)


def test_the_counter_scans_compares_and_signs_for_a_form(
    province: Province, browser: Browser, mother: Actor, counter: Actor
) -> None:
    assert mother.person_id
    draft_id = at_counter(province, counter, mother.person_id)
    kit.fill_in(again(province, counter), draft_id, kit.procedure(BIRTH).examples[0], at=province.at)
    part, _box = box_of_first_part()
    desk.enter(browser, counter)
    assert "Số hóa bản giấy và ký số" in browser.get(form_url(draft_id, part)).content.decode()
    url = f"/ban-lam-viec/so-hoa/to-khai/{draft_id}/?muc={part}"
    assert "máy quét" in browser.get(url).content.decode()
    empty = browser.post(url, {})
    assert empty.status_code == 422
    assert "Chưa có trang nào" in empty.content.decode()

    answer = browser.post(url, {"tep": [page_file("1.jpg"), page_file("2.jpg")]})
    assert answer.status_code == 302, answer.content.decode()
    place = answer["Location"]
    assert "Bản chụp có đúng với bản giấy không?" in browser.get(place).content.decode()
    silent = browser.post(place, {})
    assert silent.status_code == 422
    assert not IssuedDocument.objects.exists()
    signed = browser.post(place, {"khop": "co"})
    assert signed.status_code == 302, signed.content.decode()
    done = browser.get(place).content.decode()
    assert "Đã ký số và cất vào kho giấy tờ" in done
    assert len(Draft.objects.get(pk=draft_id).papers[part]) == 2


def test_a_blurred_scan_is_thrown_away_and_taken_again(
    province: Province, browser: Browser, mother: Actor, counter: Actor
) -> None:
    assert mother.person_id
    desk.enter(browser, counter)
    url = f"/ban-lam-viec/so-hoa/nguoi/{mother.person_id}/"
    assert browser.post(url, {"tep": [page_file()]}).status_code == 422
    place = browser.post(url, {"loai": "diploma", "tep": [page_file()]})["Location"]
    differs = browser.post(place, {"khop": "khong"})
    assert "không đúng với bản giấy" in differs.content.decode()
    assert browser.post(place, {"do": "discard"}).status_code == 302
    assert Scan.objects.get().stage == "discarded"
    assert "Bản chụp này đã bỏ" in browser.get(place).content.decode()


def test_the_desk_says_that_a_paper_came_from_the_wallet_and_how_it_stands(
    province: Province, browser: Browser, mother: Actor, counter: Actor
) -> None:
    assert mother.person_id
    kept = digitised(province, counter, mother.person_id)
    draft_id = kit.begin(province, mother, BIRTH)
    kit.fill_in(mother, draft_id, kit.procedure(BIRTH).examples[0], at=province.at)
    part, box = box_of_first_part()
    enter(browser, mother)
    browser.post(form_url(draft_id, part), {"use-kept": f"{box} {kept.id}"})
    browser.post(f"/to-khai/{draft_id}/kiem-tra/", {})
    dossier = Dossier.objects.get(draft_id=draft_id)
    revoke_document(actor=counter, at=province.at, document_id=kept.document_id, reason="Quét nhầm giấy tờ.")

    desk.enter(browser, counter)
    page = browser.get(desk.url_of(dossier.pk)).content.decode()
    assert "lấy từ kho giấy tờ" in page
    assert "đã bị thu hồi" in page


def met(browser: Browser) -> str:
    """Write the citizen down as a helper does; return the address that follows."""
    answer = browser.post(
        f"{HELP}nguoi/",
        {
            "so": "000150000777",
            "ho-ten": "Tằng Thị Sáu",
            "ngay-sinh-day": "3",
            "ngay-sinh-month": "2",
            "ngay-sinh-year": "1950",
            "gioi-tinh": "female",
            "dien-thoai": "0900000777",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    place: str = answer["Location"]
    return place


def test_a_helper_files_by_the_code_a_citizen_reads_out(province: Province, browser: Browser) -> None:
    helper = province.officer(HELPER)
    desk.enter(browser, helper)
    assert browser.get("/ban-lam-viec/")["Location"] == HELP
    assert "Chưa có ai cho phép" in browser.get(HELP).content.decode()
    place = met(browser)
    assert "Xin phép nộp hộ" in browser.get(place).content.decode()
    unsaid = browser.post(place, {"thu-tuc": BIRTH, "so-ngay": "7"})
    assert unsaid.status_code == 422
    code_page = browser.post(place, {"thu-tuc": BIRTH, "so-ngay": "7", "cach": "sms"})["Location"]
    wrong = browser.post(code_page, {"ma": "x"})
    assert wrong.status_code == 422
    assert not Mandate.objects.exists()
    begin = browser.post(code_page, {"ma": code_sent()})["Location"]
    assert "Nộp hộ Tằng Thị Sáu" in browser.get(begin).content.decode()
    form = browser.post(begin, {"dia-ban": BINH_LIEU})["Location"]
    draft = Draft.objects.get()
    assert form == f"/to-khai/{draft.pk}/"
    with within("assist:home"):
        assert "Làm tiếp tờ khai" in browser.get(HELP).content.decode()
    assert PersonAccess.objects.filter(person_id=draft.applicant_id).exists()

    assert browser.post(f"{HELP}uy-quyen/{draft.mandate_id}/thoi/").status_code == 302
    assert browser.get(form).status_code == 404
    assert LedgerEntry.objects.filter(kind="people.mandate_revoked").count() == 1


def test_a_helper_knows_nobody_they_have_not_met_and_nobody_else_enters(
    province: Province, browser: Browser, mother: Actor
) -> None:
    desk.enter(browser, province.officer(HELPER))
    assert browser.get(f"{HELP}nguoi/{mother.person_id}/").status_code == 404
    enter(browser, mother)
    assert browser.get(HELP).status_code == 403
    desk.enter(browser, province.officer("one_stop"))
    assert browser.get(HELP).status_code == 403
