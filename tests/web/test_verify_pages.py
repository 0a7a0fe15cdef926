"""Anybody checks a paper: by its code, or by the file, signature by signature."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import dossiers_kit as kit
from tests import papers_samples as samples
from tests import portal_mine_kit as mine
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.web.client import Browser
from tinhso.edge.limits import Limit
from tinhso.papers import queries
from tinhso.papers.actions.revoke_document import revoke_document
from tinhso.papers.models import IssuedDocument

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def issued(province: Province) -> IssuedDocument:
    dossier_id = mine.returned(province, province.citizen())
    return IssuedDocument.objects.get(about_id=dossier_id, kind="result")


def bytes_of(issued: IssuedDocument) -> bytes:
    with queries.open_document(actor=kit.SYSTEM, document_id=issued.pk) as file:
        return file.read()


def check(browser: Browser, content: bytes, name: str = "ket-qua.pdf") -> tuple[int, str]:
    answer = browser.post("/verify/", {"tep": SimpleUploadedFile(name, content, "application/pdf")})
    return answer.status_code, answer.content.decode()


def test_our_own_file_is_known_and_its_signatures_are_good(browser: Browser, issued: IssuedDocument) -> None:
    status, html = check(browser, bytes_of(issued))
    assert status == 200
    assert "Đúng là văn bản chúng tôi đã ban hành" in html
    assert issued.number_text in html
    assert 'data-value="invalid"' not in html
    assert html.count('data-value="valid"') >= 2
    assert "Môi trường thử" in html


def test_one_flipped_byte_is_told(browser: Browser, issued: IssuedDocument) -> None:
    content = bytearray(bytes_of(issued))
    # Inside a page's content, before everything the signatures added.
    place = content.index(b"stream") + 40
    content[place] ^= 1
    status, html = check(browser, bytes(content))
    assert status == 200
    assert "Đừng dùng tệp này" in html
    assert "Nội dung đã bị thay đổi sau khi ký." in html
    assert issued.number_text not in html


def test_a_revoked_paper_is_not_to_be_used_though_its_signatures_are_good(
    browser: Browser, province: Province, issued: IssuedDocument
) -> None:
    content = bytes_of(issued)
    revoke_document(
        actor=province.officer("chairperson"), at=province.at, document_id=issued.pk, reason="Cấp nhầm người."
    )
    _status, html = check(browser, content)
    assert "Văn bản đã bị thu hồi" in html
    record = browser.get(f"/verify/{issued.token}/").content.decode()
    assert 'data-value="revoked"' in record
    assert "Cấp nhầm người." in record


def test_signatures_of_others_are_judged_without_being_called_ours(browser: Browser, trust: Trust) -> None:
    status, html = check(browser, samples.signed_sample(trust, at=trust.now))
    assert status == 200
    assert "không phải văn bản của hệ thống này" in html
    assert "Hoàng Văn Thắng" in html


def test_a_file_without_signatures_proves_nothing(browser: Browser) -> None:
    _status, html = check(browser, samples.typeset_sample().pdf)
    assert "Tệp này không có chữ ký số" in html


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a", "không phải PDF"),
        (b"%PDF-1.7\n rest is missing", "không phải PDF"),
        (b"", "Hãy chọn tệp PDF"),
    ],
)
def test_what_cannot_be_checked_is_told_in_a_sentence(browser: Browser, content: bytes, said: str) -> None:
    status, html = check(browser, content)
    assert status == 422
    assert said in html
    assert 'href="#tep"' in html


def test_a_file_too_large_is_not_read(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tinhso.web.verify.pages.MAX_BYTES", 100)
    status, html = check(browser, b"%PDF-" + b"0" * 200)
    assert status == 422
    assert "lớn hơn" in html


def test_nothing_chosen_is_told(browser: Browser) -> None:
    answer = browser.post("/verify/")
    assert answer.status_code == 422
    assert "Hãy chọn tệp PDF" in answer.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_code_of_a_paper_opens_its_record_with_the_name_masked(
    browser: Browser, issued: IssuedDocument, language: str
) -> None:
    answer = browser.read_in(language).get(f"/verify/{issued.token}/")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'data-play="validity" data-value="valid"' in html
    for shown in (issued.number_text, issued.sha256, issued.holder_mask):
        assert shown in html
    assert "Hoàng Văn Chíu" not in html


def test_the_shorter_address_of_the_qr_code_leads_there(browser: Browser, issued: IssuedDocument) -> None:
    answer = browser.get(f"/verify/{issued.token}", follow=True)
    assert answer.status_code == 200
    assert issued.number_text in answer.content.decode()


def test_a_code_we_never_gave_out_is_unknown(browser: Browser) -> None:
    answer = browser.get("/verify/khong-co-ma-nay/")
    assert answer.status_code == 404
    assert "Không có văn bản nào mang mã này" in answer.content.decode()


def test_too_many_checks_from_one_address_must_wait(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tinhso.web.verify.pages.VERIFY", Limit("verify", 2, 600))
    assert [check(browser, b"x")[0] for _ in range(3)] == [422, 422, 429]
