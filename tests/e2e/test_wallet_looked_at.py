"""Kho giấy tờ, the counter's scanner and the community team in a real browser: fit to look at, and alive."""

from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image

from tests import dossiers_kit as kit
from tests.db.test_dossiers_assisted import code_sent
from tests.db.test_papers_wallet import again, at_counter, digitised
from tests.dossiers_kit import BIRTH, Province
from tests.e2e.conftest import Readers
from tests.e2e.pages_kit import Stage, Stop, Walk, aside, choose, fill, send
from tests.e2e.portal_stages import session_of
from tests.fixtures_trust import PASSPHRASE, Trust, trust
from tests.people_kit import SYSTEM
from tinhso.dossiers.actions.assist import ask_by_phone, confirm_by_phone
from tinhso.dossiers.actions.digitise import scan_for_person
from tinhso.dossiers.models import Draft
from tinhso.papers.actions.register_key import register_pkcs12
from tinhso.papers.actions.revoke_document import revoke_document
from tinhso.papers.models import KeptPaper, Scan
from tinhso.people import actions as people
from tinhso.people.actions.assist import CounterPerson
from tinhso.people.types import HELPER, Actor

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["trust"]
SIXTH = CounterPerson(personal_id="000150000777", full_name="Tằng Thị Sáu", phone="0900000777")


@dataclass(frozen=True)
class Set:
    """A citizen with two kept papers, a form at the counter, a scan to compare, a helper with a word."""

    citizen: Actor
    newcomer: Actor
    counter: Actor
    helper: Actor
    scene: dict[str, str]


def prepared(province: Province) -> Set:
    citizen, counter = province.citizen(), province.officer("one_stop")
    agency_id = counter.posts[0].agency_id
    register_pkcs12(
        actor=SYSTEM,
        at=province.at,
        content=province.trust.agency().pkcs12,
        passphrase=PASSPHRASE,
        agency_id=agency_id,
    )
    assert citizen.person_id
    digitised(province, counter, citizen.person_id)
    void = digitised(province, counter, citizen.person_id, kind="diploma")
    revoke_document(actor=counter, at=province.at, document_id=void.document_id, reason="Quét nhầm giấy tờ.")
    signed = Scan.objects.filter(stage="signed")[0]
    open_scan = scan_for_person(
        actor=counter,
        at=province.at,
        agency_id=agency_id,
        person_id=citizen.person_id,
        kind="diploma",
        content=[("mat-truoc.jpg", BytesIO(page())), ("mat-sau.jpg", BytesIO(page("beige")))],
    )
    helper = province.officer(HELPER)
    asked, mandate_id = _word(province, helper, agency_id)
    scene = {
        "person_id": str(citizen.person_id),
        "draft_id": str(at_counter(province, counter, citizen.person_id)),
        "scan_id": str(open_scan.id),
        "signed_id": str(signed.pk),
        "request_id": str(asked),
        "mandate_id": str(mandate_id),
    }
    newcomer = province.citizen("000199000104", full_name="Chìu A Sáng")
    return Set(citizen, newcomer, again(province, counter), helper, scene)


def _word(province: Province, helper: Actor, agency_id: UUID) -> tuple[UUID, UUID]:
    """Return a request that waits for its code, and a mandate given by an earlier one."""
    person_id = people.register_person_at_counter(
        actor=helper, at=province.at, agency_id=agency_id, seen=SIXTH, reason="Giúp nộp hồ sơ"
    )

    def ask() -> UUID:
        return ask_by_phone(
            actor=helper,
            at=province.at,
            agency_id=agency_id,
            person_id=person_id,
            procedure_code=BIRTH,
            days=7,
        )

    mandate_id = confirm_by_phone(actor=helper, at=province.at, request_id=ask(), code=code_sent())
    return ask(), mandate_id


def page(colour: str = "white") -> bytes:
    content = BytesIO()
    Image.new("RGB", (1240, 1754), colour).save(content, "JPEG")
    return content.getvalue()


MET = (
    fill("[name=so]", "000150000777"),
    fill("[name=ho-ten]", "Tằng Thị Sáu"),
    fill("[name=ngay-sinh-day]", "3"),
    fill("[name=ngay-sinh-month]", "2"),
    fill("[name=ngay-sinh-year]", "1950"),
    choose("[name=gioi-tinh][value=female]"),
    send("main form button.govuk-button"),
)


def stops(found: Set) -> tuple[Stop, ...]:
    signed = {"scan_id": found.scene["signed_id"]}
    return (
        Stop("wallet", "wallet:home", who="citizen"),
        Stop("wallet-found", "wallet:home", who="citizen", query="?q=chung+sinh&muc=so-hoa"),
        Stop("wallet-nothing", "wallet:home", who="citizen", query="?q=khong+co"),
        Stop("wallet-empty", "wallet:home", who="newcomer"),
        Stop("wallet-denied", "wallet:home", who="counter", status=403),
        Stop("scan-draft", "desk:scan-draft", who="counter", query="?muc=birth_notice"),
        Stop("scan-person", "desk:scan-person", who="counter"),
        Stop("scan", "desk:scan", who="counter"),
        Stop(
            "scan-unsaid",
            "desk:scan",
            who="counter",
            acts=(send("form.desk-form .govuk-button"),),
            status=422,
        ),
        Stop("scan-signed", "desk:scan", who="counter", given=signed),
        Stop("assist", "assist:home", who="helper"),
        Stop("assist-denied", "assist:home", who="citizen", status=403),
        Stop("assist-person", "assist:person", who="helper"),
        Stop("assist-word", "", start="/ho-tro/nguoi/", who="helper", acts=MET),
        Stop("assist-stranger", "assist:word", who="helper", status=404),
        Stop("assist-code", "assist:code", who="helper"),
        Stop("assist-begin", "assist:begin", who="helper"),
    )


def test_every_page_of_wallet_scanner_and_team_is_fit_to_look_at(trust: Trust, readers: Readers) -> None:
    found = aside(lambda: prepared(kit.found(trust)))
    people_of = {
        "citizen": found.citizen,
        "newcomer": found.newcomer,
        "counter": found.counter,
        "helper": found.helper,
    }
    sessions = aside(lambda: {who: session_of(actor.signed_in_as) for who, actor in people_of.items()})
    walk = Walk(readers, Stage({"": found.scene}, sessions))
    walk.see(stops(found))
    walk.assert_nothing_wrong()


def test_pages_are_gathered_from_several_choices_put_in_order_and_sent(
    trust: Trust, readers: Readers
) -> None:
    found = aside(lambda: prepared(kit.found(trust)))
    reader = readers.make()
    session = aside(lambda: session_of(found.counter.signed_in_as))
    reader.context.add_cookies([{"name": "sessionid", "value": session, "url": reader.base_url}])
    shown = reader.go(f"/ban-lam-viec/so-hoa/to-khai/{found.scene['draft_id']}/?muc=birth_notice")
    for name, colour in (("sau.jpg", "beige"), ("truoc.jpg", "white")):
        shown.set_input_files("#tep", {"name": name, "mimeType": "image/jpeg", "buffer": page(colour)})
    rows = shown.locator("[data-pages] li")
    assert rows.count() == 2
    rows.nth(1).locator("button").first.click()
    assert "truoc.jpg" in rows.nth(0).inner_text()
    shown.locator("form[data-scan] button[type=submit]").click()
    shown.get_by_label("Đúng với bản giấy, đủ trang").check()
    shown.get_by_role("button", name="Ký số bản sao").click()
    shown.get_by_text("Đã ký số và cất vào kho giấy tờ").wait_for()
    assert aside(lambda: Draft.objects.get(pk=found.scene["draft_id"]).papers["birth_notice"])
    assert aside(KeptPaper.objects.count) == 3
