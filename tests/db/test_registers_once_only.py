"""Once only: what a register knows begins the form, with its source, and every look is kept."""

from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests import registers_kit
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers import queries as dossiers
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.dossiers.once_only import prefill_from_registers, sources_of_answers
from tinhso.kernel.models import LedgerEntry
from tinhso.people import actions as people
from tinhso.people.models import PersonAccess
from tinhso.people.types import Actor
from tinhso.registers.actions.cancel_record import cancel_record
from tinhso.registers.models import RegisterLook

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
NUMBER = "022191004512"
BUSINESS = {
    "tax.number": "022191004512",
    "certificate.number": "1/HKD",
    "certificate.on": "2026-01-10",
    "business.name": "Miến dong Khe Tiền",
    "business.unit": "06838",
    "business.capital": 50_000_000,
    "owner.full_name": "Trần Thị Hòa",
    "owner.personal_id": NUMBER,
}


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def asking(**origins: str) -> Procedure:
    """Return the registration of household businesses, whose questions ask the register first."""
    procedure = catalogue.current("1.001612").procedure
    pages = [
        page.model_copy(
            update={
                "ask": tuple(
                    question.model_copy(update={"origin": origins.get(question.id.replace(".", "_"))})
                    for question in page.ask
                )
            }
        )
        for page in procedure.form
    ]
    return procedure.model_copy(update={"form": tuple(pages)})


def known() -> UUID:
    return registers_kit.enter(BUSINESS, register="business.households").record_id


ASKED = {
    "business_name": "business.households.business.name",
    "business_capital": "business.households.business.capital",
    "business_phone": "business.households.owner.phone",
}


def put(province: Province, citizen: Actor) -> tuple[UUID, list[str]]:
    draft_id = kit.begin(province, citizen, "1.001612")
    draft = dossiers.access_draft(actor=citizen, draft_id=draft_id)
    given = prefill_from_registers(actor=citizen, at=province.at, draft=draft, procedure=asking(**ASKED))
    return draft_id, [one.question for one in given]


def test_what_the_register_knows_is_filled_in_with_its_source_and_every_look_is_kept(
    province: Province,
) -> None:
    record_id = known()
    citizen = province.citizen(NUMBER)
    draft_id, given = put(province, citizen)

    assert given == ["business.name", "business.capital"]
    answers = dossiers.access_draft(actor=citizen, draft_id=draft_id).answers
    assert (answers["business.name"], answers["business.capital"]) == ("Miến dong Khe Tiền", 50_000_000)
    sources = sources_of_answers(subject_id=draft_id, answers=answers)
    assert {one.record_id for one in sources.values()} == {record_id}
    assert sources["business.name"].register_name == "Sổ đăng ký hộ kinh doanh"
    assert {(look.field, look.person_id) for look in RegisterLook.objects.all()} == {
        ("business.name", citizen.person_id),
        ("business.capital", citizen.person_id),
    }
    assert LedgerEntry.objects.get(kind="register.asked").payload["questions"] == given


def test_an_answer_that_was_changed_has_no_source(province: Province) -> None:
    known()
    draft_id, _given = put(province, province.citizen(NUMBER))
    assert "business.name" not in sources_of_answers(
        subject_id=draft_id, answers={"business.name": "Tên khác"}
    )


def test_a_look_for_somebody_else_is_told_to_them(province: Province) -> None:
    known()
    citizen = province.citizen(NUMBER)
    draft_id = kit.begin(province, citizen, "1.001612")
    draft = dossiers.access_draft(actor=citizen, draft_id=draft_id)
    prefill_from_registers(
        actor=province.officer("one_stop"), at=province.at, draft=draft, procedure=asking(**ASKED)
    )
    told = PersonAccess.objects.get(person_id=draft.applicant_id, subject_id=draft_id)
    assert "Điền sẵn tờ khai" in told.reason


def test_nothing_is_filled_in_of_others_of_what_is_over_or_of_several(province: Province) -> None:
    record_id = known()
    assert put(province, province.citizen("022191009999"))[1] == []
    registers_kit.enter(
        {**BUSINESS, "tax.number": "5702999000", "business.name": "Quán thứ hai"},
        register="business.households",
    )
    assert put(province, province.citizen(NUMBER))[1] == []
    cancel_record(actor=kit.SYSTEM, at=province.at, record_id=record_id, reason="Chấm dứt")
    citizen = province.citizen(NUMBER)
    draft_id, given = put(province, citizen)
    assert given == ["business.name", "business.capital"]
    answers = dossiers.access_draft(actor=citizen, draft_id=draft_id).answers
    assert answers["business.name"] == "Quán thứ hai"


def test_a_form_that_asks_no_register_looks_at_none(province: Province) -> None:
    known()
    citizen = province.citizen(NUMBER)
    kit.begin(province, citizen, "1.001612")
    assert RegisterLook.objects.count() == 0


def at_the_counter(province: Province, citizen: Actor) -> Actor:
    """Return the officer whom the citizen asks to write the form down."""
    officer = province.officer("one_stop")
    assert citizen.person_id is not None
    people.assist_at_counter(
        actor=officer,
        at=province.at,
        agency_id=officer.posts[0].agency_id,
        person_id=citizen.person_id,
        evidence="Đứng trước quầy",
    )
    return province.officer("one_stop")


PARCEL = {
    "place.unit": "06838",
    "map.sheet": "12",
    "parcel.number": "7",
    "area": "500",
    "use": "ont",
    "certificate.number": "CK 123456",
    "certificate.on": "2015-03-12",
    "party.full_name": "Trần Thị Hòa",
    "party.personal_id": NUMBER,
}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("1.013225", {"site.certificate_number": "CK 123456", "site.certificate_on": "2015-03-12"}),
        ("1.013833", {"land.certificate": "CK 123456", "land.plot": "7", "land.sheet": "12"}),
        ("3.000611", {"owner.name": "Miến dong Khe Tiền", "owner.tax_code": NUMBER}),
    ],
)
def test_procedures_of_the_packs_ask_registers_first(
    province: Province, code: str, expected: dict[str, str]
) -> None:
    known()
    registers_kit.enter(PARCEL, register="land.parcels")
    citizen = province.citizen(NUMBER)
    channels = catalogue.current(code).procedure.channels
    actor = citizen if "online" in channels else at_the_counter(province, citizen)
    draft_id = start_draft(
        actor=actor,
        at=province.at,
        procedure_code=code,
        unit_code=kit.BINH_LIEU,
        applicant_id=citizen.person_id,
        channel="online" if actor is citizen else "counter",
    ).draft_id
    answers = dossiers.access_draft(actor=actor, draft_id=draft_id).answers
    assert {name: answers.get(name) for name in expected} == expected
    assert set(expected) <= set(sources_of_answers(subject_id=draft_id, answers=answers))
