"""Papers that prove a request: put in by its person, read by who decides, gone where nothing was sent."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.papers_samples import pdf, photo
from tests.web.client import Browser
from tests.web.test_corrections import DESK, NEW, PROOF, citizen, parcel, registrar
from tinhso.outreach.actions.prove import MOST, sweep_proofs
from tinhso.papers.models import Paper
from tinhso.people.models import PersonAccess
from tinhso.people.types import system
from tinhso.registers.models import Correction

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
UPLOAD = "/dinh-chinh/giay-to/"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def picture(name: str = "so-do.jpg", width: int = 410) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo(width=width, height=300))


def send(browser: Browser, file: SimpleUploadedFile | None = None, **told: str) -> HttpResponse:
    """Send one file, or ask for one to be taken out, as the script does."""
    data: dict[str, object] = {"field": "giay-to", **told}
    return browser.post(UPLOAD, data if file is None else data | {"file": file}, HTTP_X_PART="file")


def request_of(record_id: UUID, **changes: object) -> dict[str, object]:
    told = {"ban-ghi": str(record_id), "muc": "area", "dung": "512.5", "can-cu": PROOF}
    return {**told, **changes}


def test_files_sent_without_scripts_are_kept_when_the_form_is_refused_and_go_with_the_request(
    province: Province, browser: Browser
) -> None:
    record_id = parcel()
    person = citizen(province, browser)
    assert 'name="giay-to-file"' in browser.get(f"{NEW}?ban-ghi={record_id}&muc=area").content.decode()
    gif = SimpleUploadedFile("anh.gif", b"GIF89a")
    answer = browser.post(NEW, request_of(record_id, **{"giay-to-file": [picture(), gif]}))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "không thuộc loại được nhận" in html
    assert PROOF in html
    (first,) = re.findall(r'name="giay-to" value="([^"]+)"', html)
    assert not Correction.objects.exists()

    more = {"giay-to": first, "giay-to-file": SimpleUploadedFile("ban-do.pdf", pdf())}
    html = browser.post(NEW, request_of(record_id, **more, **{"can-cu": " "})).content.decode()
    kept = re.findall(r'name="giay-to" value="([^"]+)"', html)
    assert len(kept) == 2
    assert browser.post(NEW, request_of(record_id, **{"giay-to": kept})).status_code == 302
    row = Correction.objects.get()
    assert set(row.paper_ids) == set(kept)
    assert {str(one) for one in Paper.objects.values_list("owner_id", flat=True)} == {str(person.person_id)}

    mine = browser.get(f"/dinh-chinh/{row.pk}/").content.decode()
    assert "Giấy tờ chứng minh" in mine
    assert f"/dinh-chinh/{row.pk}/giay-to/{first}/" in mine
    # Sent is sent: the button of an old page takes it off that page only.
    assert browser.post(UPLOAD, {"remove-file": f"giay-to {first}"}).status_code == 204
    assert Paper.objects.filter(pk=first).exists()


def test_scripts_send_files_one_by_one_and_take_them_back(province: Province, browser: Browser) -> None:
    citizen(province, browser)
    answer = send(browser, picture())
    (kept,) = re.findall(r'name="giay-to" value="([^"]+)"', answer.content.decode())
    assert browser.get(f"/giay-to/{kept}/?ban=nho")["Content-Type"] == "image/jpeg"
    refused = send(browser, SimpleUploadedFile("anh.gif", b"GIF89a"))
    assert (refused.status_code, "ts-file--wrong" in refused.content.decode()) == (422, True)
    assert send(browser).status_code == 404
    citizen(province, browser, "022191009999")
    assert browser.post(UPLOAD, {"remove-file": f"giay-to {kept}"}).status_code == 404
    assert Paper.objects.count() == 1
    citizen(province, browser)
    assert browser.post(UPLOAD, {"remove-file": f"giay-to {kept}"}).status_code == 204
    assert not Paper.objects.exists()


def test_who_decides_opens_a_proof_and_the_person_is_told_and_nobody_else_does(
    province: Province, browser: Browser
) -> None:
    record_id = parcel()
    person = citizen(province, browser)
    browser.post(NEW, request_of(record_id, **{"giay-to-file": picture()}))
    row = Correction.objects.get()
    (paper_id,) = row.paper_ids
    address = f"/dinh-chinh/{row.pk}/giay-to/{paper_id}/"
    assert browser.get(f"{address}?ban=hien-thi")["Content-Type"] == "image/jpeg"

    officer = registrar(province)
    desk.enter(browser, officer)
    assert address in browser.get(f"{DESK}{row.pk}/").content.decode()
    assert b"".join(browser.get(address)) == photo(width=410, height=300)
    assert browser.get(f"{address}?ban=khac").status_code == 404
    look = PersonAccess.objects.filter(person_id=person.person_id, purpose="paper").get()
    assert look.reason == row.number
    assert browser.get(f"/giay-to/{paper_id}/").status_code == 404, "only by way of the request"

    # Reads parcels of the commune, and writes none.
    desk.enter(browser, province.officer("chairperson"))
    html = browser.get(f"{DESK}{row.pk}/").content.decode()
    assert "1 tệp giấy tờ; chỉ người xử lý phiếu mở được" in html
    assert address not in html
    assert browser.get(address).status_code == 404
    citizen(province, browser, "022191009999")
    assert browser.get(address).status_code == 404
    other = citizen(province, browser)
    assert other.person_id == person.person_id
    stranger_id = "01980000-0000-7000-8000-000000000001"
    assert browser.get(f"/dinh-chinh/{row.pk}/giay-to/{stranger_id}/").status_code == 404


def test_an_answer_brings_more_papers_and_no_paper_of_another_is_smuggled_in(
    province: Province, browser: Browser
) -> None:
    record_id = parcel()
    citizen(province, browser, "022191009999")
    html = send(browser, picture()).content.decode()
    (others,) = re.findall(r'name="giay-to" value="([^"]+)"', html)
    citizen(province, browser)
    assert browser.post(NEW, request_of(record_id, **{"giay-to": others})).status_code == 409
    assert not Correction.objects.exists()
    browser.post(NEW, request_of(record_id))
    row = Correction.objects.get()
    Correction.objects.update(state="asked", question="Bản đo nào?")
    mine = f"/dinh-chinh/{row.pk}/"
    sent = {"tra-loi": " ", "revision": "1", "giay-to-file": picture()}
    answer = browser.post(mine, sent)
    (kept,) = re.findall(r'name="giay-to" value="([^"]+)"', answer.content.decode())
    assert answer.status_code == 422
    assert browser.post(mine, {"tra-loi": "Bản đo 2024", "revision": "1", "giay-to": kept}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.paper_ids) == ("opened", [kept])


def test_what_was_never_sent_is_thrown_away_and_what_was_sent_stays(
    province: Province, browser: Browser
) -> None:
    record_id = parcel()
    citizen(province, browser)
    send(browser, picture())
    browser.post(NEW, request_of(record_id, **{"giay-to-file": picture("khac.jpg", 500)}))
    actor, received = system("test"), Paper.objects.latest("received_at").received_at
    assert sweep_proofs(actor=actor, at=received + timedelta(days=1)) == 0
    assert sweep_proofs(actor=actor, at=received + timedelta(days=3)) == 1
    assert [
        str(one) for one in Paper.objects.values_list("pk", flat=True)
    ] == Correction.objects.get().paper_ids


def test_more_files_than_a_request_takes_are_refused_in_words(province: Province, browser: Browser) -> None:
    record_id = parcel()
    citizen(province, browser)
    many = [f"01980000-0000-7000-8000-{number:012}" for number in range(MOST + 1)]
    answer = browser.post(NEW, request_of(record_id, **{"giay-to": many}))
    assert (answer.status_code, f"nhiều nhất {MOST} tệp" in answer.content.decode()) == (409, True)
    assert not Correction.objects.exists()
