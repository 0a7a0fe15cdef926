"""Filing in the name of an organisation one represents."""

from uuid import UUID

import pytest

from tests import people_kit
from tests import portal_kit as kit
from tests.portal_kit import BIRTH, COPY
from tests.web.client import Browser
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.dossiers.models import Dossier, Draft
from tinhso.dossiers.standing import AudienceTooNarrow
from tinhso.kernel import clock
from tinhso.people import actions, queries
from tinhso.people.models import Agency
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
FIRM = "Hợp tác xã Miến dong Bình Liêu"


@pytest.fixture(autouse=True)
def province() -> None:
    kit.found()


def office() -> Agency:
    return Agency.objects.get(kind="commune_committee", unit_code=kit.BINH_LIEU)


def organisation(name: str = FIRM, tax_code: str = "5700000001") -> UUID:
    return actions.record_organisation(
        actor=people_kit.SYSTEM, at=kit.AT, agency_id=office().pk, tax_code=tax_code, name=name
    )


def represents(citizen: Actor, firm: UUID, *, scope: tuple[str, ...] = ()) -> UUID:
    assert citizen.person_id is not None
    return actions.record_mandate(
        actor=people_kit.SYSTEM,
        at=kit.AT,
        agency_id=office().pk,
        kind="representative",
        agent_person_id=citizen.person_id,
        principal_organisation_id=firm,
        evidence="Giấy chứng nhận đăng ký hợp tác xã",
        scope=scope,
    )


def at_the_counter() -> Browser:
    browser = Browser()
    people_kit.sign_in(browser, people_kit.officer("lan", agency_id=office().pk))
    return browser


def text_of(browser: Browser, path: str) -> str:
    return browser.get(path).content.decode()


def test_an_organisation_files_and_its_name_follows_the_dossier(browser: Browser) -> None:
    citizen = kit.sign_in(browser)
    firm = organisation()
    mandate_id = represents(citizen, firm)
    assert f'value="{firm}"' in text_of(browser, f"/thu-tuc/{COPY}/nop/")

    draft_id = kit.start(browser, COPY, person=str(firm))
    check = kit.fill_in(browser, draft_id, kit.example(COPY))
    assert f"Hồ sơ đứng tên {FIRM}" in text_of(browser, check)
    browser.post(check)

    dossier = Dossier.objects.get()
    assert (dossier.organisation_id, dossier.mandate_id) == (firm, mandate_id)
    assert dossier.applicant_id == citizen.person_id
    page = text_of(browser, f"/ho-so/{dossier.id}/")
    assert "Tổ chức đứng tên" in page
    assert FIRM in page
    assert FIRM in text_of(browser, "/ho-so/")
    assert FIRM in text_of(at_the_counter(), f"/ban-lam-viec/ho-so/{dossier.id}/")


def test_the_name_of_the_organisation_chosen_is_not_asked_for(browser: Browser) -> None:
    citizen = kit.sign_in(browser)
    firm, other = organisation(), organisation("Công ty Ba Chẽ", "5700000002")
    represents(citizen, firm)
    represents(citizen, other)
    draft_id = kit.start(browser, COPY, person=str(other))
    answers = Draft.objects.get(pk=draft_id).answers
    assert answers["requester.for_organisation"] is True
    assert answers["requester.organisation"] == "Công ty Ba Chẽ"


def test_a_form_for_the_organisation_is_not_the_one_for_oneself(browser: Browser) -> None:
    firm = organisation()
    represents(kit.sign_in(browser), firm)
    own, of_firm = kit.start(browser, COPY), kit.start(browser, COPY, person=str(firm))
    assert own != of_firm
    assert kit.start(browser, COPY, person=str(firm)) == of_firm


def test_an_organisation_is_not_offered_where_only_persons_file(browser: Browser) -> None:
    firm = organisation()
    citizen = kit.sign_in(browser)
    represents(citizen, firm)
    assert str(firm) not in text_of(browser, f"/thu-tuc/{BIRTH}/nop/")
    answer = browser.post(f"/thu-tuc/{BIRTH}/nop/", {"unit": kit.BINH_LIEU, "person": str(firm)})
    assert answer.status_code == 422
    assert citizen.account_id is not None
    with pytest.raises(AudienceTooNarrow):
        start_draft(
            actor=queries.actor_of(citizen.account_id, at=clock.now(), assurance=2),
            at=clock.now(),
            procedure_code=BIRTH,
            unit_code=kit.BINH_LIEU,
            organisation_id=firm,
        )
    assert not Draft.objects.exists()


@pytest.mark.parametrize("scope", [None, (BIRTH,)])
def test_nobody_files_for_an_organisation_that_did_not_ask_them_to(
    browser: Browser, scope: tuple[str, ...] | None
) -> None:
    firm, citizen = organisation(), kit.sign_in(browser)
    if scope is not None:
        represents(citizen, firm, scope=scope)
    assert str(firm) not in text_of(browser, f"/thu-tuc/{COPY}/nop/")
    answer = browser.post(f"/thu-tuc/{COPY}/nop/", {"unit": kit.BINH_LIEU, "person": str(firm)})
    assert answer.status_code == 422
    assert "Hãy chọn lại ai đứng tên hồ sơ" in answer.content.decode()
    assert not Draft.objects.exists()
