"""«Không đúng?», papers replaced by data, one's own data, consent and the office's lists in a browser."""

from datetime import datetime
from functools import partial
from io import BytesIO
from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests import registers_kit
from tests.dossiers_kit import Province
from tests.e2e.conftest import Readers
from tests.e2e.pages_kit import Stage, Stop, aside, named_routes, walk
from tests.e2e.portal_stages import session_of
from tests.fixtures_trust import Trust, trust
from tests.papers_samples import pdf, photo
from tinhso.dossiers.actions.agree import agree
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.actions.save_answers import save_answers
from tinhso.outreach.actions.prove import keep_proof
from tinhso.people.types import Actor
from tinhso.registers.actions.open_correction import open_correction, open_corrections
from tinhso.registers.actions.work_correction import (
    ask_proof,
    refuse_correction,
    settle_correction,
    verify_correction,
)
from tinhso.registers.consents import needs
from tinhso.registers.correction_making import Asked

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["trust"]
NUMBER, OTHER, LAND = "022191004512", "022191005555", "land.parcels"
LONG = (
    "Giấy chứng nhận quyền sử dụng đất số CT 774512 do Sở Tài nguyên và Môi trường cấp ngày 12/3/2015, " * 3
)
CARD = "1.014137"


def parcel(number: int, person: str = NUMBER, **changes: object) -> UUID:
    values = {
        "place.unit": kit.BINH_LIEU,
        "map.sheet": "12",
        "parcel.number": str(number),
        "place.detail": "Khu Bình Công 2, cạnh nhà văn hóa khu",
        "area": "500",
        "use": "ont",
        "certificate.number": "CT 774512",
        "certificate.on": "2015-03-12",
        "party.full_name": "Trần Thị Hòa",
        "party.personal_id": person,
        **changes,
    }
    return registers_kit.enter(values, register=LAND).record_id


def shown(citizen: Actor, at: datetime) -> tuple[UUID, ...]:
    """Take in a photo and a paper that prove something."""
    files = {
        "giay-chung-nhan-quyen-su-dung-dat-trang-mot.jpg": photo(width=410, height=300),
        "ban-do.pdf": pdf(pages=3),
    }
    taken = (
        keep_proof(actor=citizen, at=at, file_name=one, content=BytesIO(raw)) for one, raw in files.items()
    )
    return tuple(one.id for one in taken)


def requested(province: Province, record_id: UUID, citizen: Actor, registrar: Actor) -> dict[str, UUID]:
    """Return a request in every state; and sixty more, half of them late."""
    at = province.at
    ids = {}
    for name, field, right in (
        ("opened", "area", "512.5"),
        ("asked", "place.detail", "Khu Bình Công 3"),
        ("done", "certificate.on", "2015-03-13"),
        ("refused", "use", "cln"),
    ):
        asked = Asked(record_id, field, right, LONG, paper_ids=shown(citizen, at) if name == "opened" else ())
        ids[name] = open_correction(actor=citizen, at=at, asked=asked)
    ask_proof(actor=registrar, at=at, correction_id=ids["asked"], question="Bản đo vẽ năm nào? " * 9)
    verify_correction(actor=registrar, at=at, correction_id=ids["done"])
    settle_correction(actor=registrar, at=at, correction_id=ids["done"])
    refuse_correction(actor=registrar, at=at, correction_id=ids["refused"], reason=LONG)
    several = [Asked(parcel(number, OTHER), "area", "512.5", LONG) for number in range(20, 80)]
    open_corrections(actor=registrar, at=province.later(days=-12), several=several[:30])
    open_corrections(actor=registrar, at=at, several=several[30:])
    return ids


def prepared(province: Province) -> Stage:
    record_id = parcel(7)
    citizen, registrar = province.citizen(NUMBER), province.officer("specialist", "land_registry")
    draft_id = kit.begin(province, citizen, "1.013225")
    example = kit.procedure("1.013225").examples[0]
    others = tuple(one for one in example.papers if one != "land_certificate")
    kit.fill_in(citizen, draft_id, example.model_copy(update={"papers": others}), at=province.at)
    filed = file_dossier(actor=citizen, at=province.at, draft_id=draft_id)
    again = kit.begin(province, citizen, "1.013225")
    kit.fill_in(citizen, again, example.model_copy(update={"papers": others}), at=province.at)

    allowance = {
        "paid.unit": kit.BINH_LIEU,
        "decision.number": "77/QĐ-UBND",
        "decision.on": "2025-01-10",
        "person.full_name": "Trần Thị Hòa",
        "person.personal_id": NUMBER,
        "person.group": "elder",
    }
    registers_kit.enter(allowance, register="social.allowances")
    card = kit.begin(province, citizen, CARD)
    given = {"request.kind": "new", "insured.group": "allowance"}
    save_answers(actor=citizen, at=province.at, draft_id=card, given=given)
    page = next(one.id for one in kit.procedure(CARD).form if any(q.id == "insured.group" for q in one.ask))
    (need,) = needs(kit.procedure(CARD), "vi")
    told = {"register_id": "social.allowances", "digest": need.digest, "language": "vi"}
    elder = province.citizen(OTHER)
    agree(actor=elder, at=province.at, draft_id=kit.begin(province, elder, CARD), **told)

    ids = requested(province, record_id, citizen, registrar)
    people = {
        "citizen": citizen,
        "elder": elder,
        "nobody": province.citizen("022191001111"),
        "registrar": registrar,
        "counter": province.officer("one_stop"),
    }
    return Stage(
        scenes={
            "": {
                "record": str(record_id),
                "dossier_id": str(filed.dossier_id),
                "paper_id": "land_certificate",
                "draft_id": str(again),
                "page_id": "site",
            },
            "card": {"draft_id": str(card), "page_id": page},
            **{name: {"correction_id": str(one)} for name, one in ids.items()},
        },
        sessions={name: session_of(actor.signed_in_as) for name, actor in people.items()},
    )


NEW = "?ban-ghi={record}"
STOPS = (
    Stop("once-form-page", "portal:form-page", who="citizen"),
    Stop("once-form-consent", "portal:form-page", "card", "citizen"),
    Stop("once-check", "portal:form-check", who="citizen"),
    Stop("once-papers", "portal:form-papers", who="citizen"),
    Stop("once-choose-field", "corrections:new", who="citizen", query=NEW),
    Stop("once-new", "corrections:new", who="citizen", query=NEW + "&muc=party.full_name&ve=/tai-khoan/"),
    Stop("once-new-choice", "corrections:new", who="citizen", query=NEW + "&muc=use"),
    Stop("once-mine", "corrections:mine", who="citizen"),
    Stop("once-mine-empty", "corrections:mine", who="nobody"),
    Stop("once-one-asked", "corrections:one", "asked", "citizen"),
    Stop("once-one-refused", "corrections:one", "refused", "citizen"),
    Stop("once-one-not-mine", "corrections:one", "asked", "nobody", status=404),
    Stop("once-my-data", "mydata:show", who="citizen"),
    Stop("once-my-data-consent", "mydata:show", who="elder"),
    Stop("once-my-data-empty", "mydata:show", who="nobody"),
    Stop("once-list", "corrections:list", who="registrar"),
    Stop("once-list-late", "corrections:list", who="registrar", query="?qua-han=1"),
    Stop("once-list-nothing", "corrections:list", who="registrar", query="?so=education.schools"),
    Stop("once-list-empty", "corrections:list", who="counter"),
    Stop("once-desk-opened", "corrections:desk", "opened", "registrar"),
    Stop("once-desk-done", "corrections:desk", "done", "registrar"),
    Stop("once-dossier", "desk:dossier", who="counter"),
    Stop("once-extract", "desk:extract", who="counter"),
    Stop("once-figures", "desk:once-only", who="counter"),
    Stop("once-figures-one", "desk:once-only", who="counter", query="?thu-tuc=1.013225"),
    Stop("once-figures-none", "desk:once-only", who="registrar"),
)


def test_every_address_is_looked_at() -> None:
    ours = {name for name in named_routes() if name.startswith(("corrections:", "mydata:"))}
    # Taking a consent back leads to one's own data; files are no pages.
    elsewhere = {"mydata:revoke", "corrections:upload", "corrections:paper"}
    assert ours - {stop.route for stop in STOPS} == elsewhere, "no state of these pages is looked at"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def test_once_only_is_fit_to_look_at(province: Province, live_server: object, readers: Readers) -> None:
    stage = aside(partial(prepared, province))
    walk(readers, stage, STOPS)
