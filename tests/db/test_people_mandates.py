"""Acting for another: in force, revoked, out of scope."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.people_kit import AT, SYSTEM, actor, agency, citizen, officer
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.people import actions, queries
from tinhso.people.actions.assist import CounterPerson, NameMismatch, PersonalIdMalformed
from tinhso.people.actions.mandates import MandateMalformed
from tinhso.people.models import Mandate, Organisation, Person
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CHILD = CounterPerson(personal_id="000220000900", full_name="Hoàng Bảo An", residence_commune="06838")


def person_of(someone: Actor) -> UUID:
    assert someone.person_id is not None
    return someone.person_id


def again(someone: Actor, *, at: object = AT, for_person_id: UUID | None = None) -> Actor:
    assert someone.account_id is not None
    return queries.actor_of(someone.account_id, at=at, for_person_id=for_person_id)  # type: ignore[arg-type]


def registered(seen: CounterPerson = CHILD, username: str = "lan") -> tuple[Actor, UUID]:
    """Return a counter officer and the person they wrote down."""
    counter = actor(officer(username))
    person_id = actions.register_person_at_counter(
        actor=counter, at=AT, agency_id=agency(), seen=seen, reason="Khai sinh"
    )
    return counter, person_id


def parent_of_child() -> tuple[Actor, UUID, UUID]:
    counter, child = registered()
    parent = citizen()
    mandate = actions.record_mandate(
        actor=counter,
        at=AT,
        agency_id=agency(),
        kind="parent",
        agent_person_id=person_of(parent),
        principal_person_id=child,
        evidence="Giấy khai sinh số 12/2022",
    )
    return parent, child, mandate


def test_a_parent_acts_for_the_child() -> None:
    parent, child, _mandate = parent_of_child()

    acting = again(parent, for_person_id=child)

    assert acting.on_behalf_of == {child}
    assert acting.ref.for_person_id == child
    assert acting.mandate_for(child, procedure_code="1.001193", kinds=("parent",))
    assert acting.mandate_for(child, procedure_code="1.001193", kinds=("guardian",)) is None


def test_nobody_acts_for_another_without_a_mandate() -> None:
    parent, child, _mandate = parent_of_child()
    stranger = citizen("000195000102", full_name="La Thị Nga")

    with pytest.raises(queries.MandateMissing):
        again(stranger, for_person_id=child)
    with pytest.raises(queries.MandateMissing):
        again(parent, for_person_id=person_of(stranger))


def test_a_revoked_mandate_counts_no_more() -> None:
    parent, child, mandate = parent_of_child()

    actions.revoke_mandate(actor=SYSTEM, at=AT + DAY, mandate_id=mandate)

    assert again(parent, at=AT + DAY / 2).on_behalf_of == {child}
    assert again(parent, at=AT + DAY).on_behalf_of == frozenset()
    with pytest.raises(queries.MandateMissing):
        again(parent, at=AT + 2 * DAY, for_person_id=child)


def test_a_representative_acts_until_the_end_and_within_the_scope() -> None:
    giver = citizen()
    agent = citizen("000195000102", full_name="La Thị Nga")
    actions.give_mandate(
        actor=giver,
        at=AT,
        agent_person_id=person_of(agent),
        until_at=AT + DAY,
        evidence="Đi vắng",
        scope=("1.004873",),
    )

    acting = again(agent, for_person_id=person_of(giver))

    assert acting.mandate_for(person_of(giver), procedure_code="1.004873")
    assert acting.mandate_for(person_of(giver), procedure_code="1.001193") is None
    assert again(agent, at=AT + DAY).on_behalf_of == frozenset()


def test_a_mandate_that_makes_no_sense_is_refused() -> None:
    giver, agent = citizen(), citizen("000195000102", full_name="La Thị Nga")

    for agent_id, until_at, evidence in (
        (person_of(giver), AT + DAY, "x"),
        (person_of(agent), AT, "x"),
        (person_of(agent), AT + DAY, " "),
    ):
        with pytest.raises(MandateMalformed):
            actions.give_mandate(
                actor=giver, at=AT, agent_person_id=agent_id, until_at=until_at, evidence=evidence
            )
    assert Mandate.objects.count() == 0


def test_nobody_hands_on_a_mandate_in_anothers_name() -> None:
    parent, child, _mandate = parent_of_child()
    friend = citizen("000195000102", full_name="La Thị Nga")

    with pytest.raises(NotAllowed):
        actions.give_mandate(
            actor=again(parent, for_person_id=child),
            at=AT,
            agent_person_id=person_of(friend),
            until_at=AT + DAY,
            evidence="x",
        )
    assert Mandate.objects.count() == 1


def test_only_the_counter_records_a_parent() -> None:
    _counter, child = registered()
    parent = citizen()
    for refused in (parent, actor(officer("hoa", role="chairperson"))):
        with pytest.raises(NotAllowed):
            actions.record_mandate(
                actor=refused,
                at=AT,
                agency_id=agency(),
                kind="parent",
                agent_person_id=person_of(parent),
                principal_person_id=child,
                evidence="x",
            )
    assert Mandate.objects.count() == 0


def test_a_mandate_is_revoked_by_giver_holder_or_counter_and_by_nobody_else() -> None:
    parent, _child, mandate = parent_of_child()
    stranger = citizen("000195000102", full_name="La Thị Nga")
    far = actor(officer("xa-la", agency_id=agency(unit="06673", name="UBND Bãi Cháy")))

    for refused in (stranger, far):
        with pytest.raises(NotFound):
            actions.revoke_mandate(actor=refused, at=AT, mandate_id=mandate)
    assert again(parent).on_behalf_of

    actions.revoke_mandate(actor=parent, at=AT, mandate_id=mandate)
    assert not again(parent).on_behalf_of


def test_a_citizen_sees_the_mandates_they_gave() -> None:
    giver, agent = citizen(), citizen("000195000102", full_name="La Thị Nga")
    actions.give_mandate(
        actor=giver, at=AT, agent_person_id=person_of(agent), until_at=AT + DAY, evidence="Đi vắng"
    )

    assert len(queries.mandates_given_by(giver, at=AT)) == 1
    assert queries.mandates_given_by(giver, at=AT + DAY) == ()
    assert queries.mandates_given_by(agent, at=AT) == ()


def test_a_representative_of_an_organisation_has_its_mandate() -> None:
    boss = citizen()
    firm = Organisation.objects.create(tax_code="0100000001", name="HTX Dong Riềng", made_at=AT)
    actions.record_mandate(
        actor=SYSTEM,
        at=AT,
        agency_id=agency(),
        kind="representative",
        agent_person_id=person_of(boss),
        principal_organisation_id=firm.pk,
        evidence="Giấy chứng nhận đăng ký",
    )

    mandate = again(boss).mandates[0]

    assert (mandate.principal_organisation_id, mandate.principal_name) == (firm.pk, "HTX Dong Riềng")
    assert again(boss).on_behalf_of == frozenset()


def test_an_officer_assists_a_person_until_the_end_of_the_day() -> None:
    counter, person_id = registered()

    actions.assist_at_counter(
        actor=counter, at=AT, agency_id=agency(), person_id=person_id, evidence="Có mặt"
    )

    last_minute = AT + timedelta(hours=14, minutes=59)
    assert again(counter, at=last_minute, for_person_id=person_id).for_person_id == person_id
    assert again(counter, at=last_minute + timedelta(minutes=1)).on_behalf_of == frozenset()


def test_only_a_counter_officer_assists_and_only_whom_the_agency_knows() -> None:
    _counter, person_id = registered()
    far_agency = agency(unit="06673", name="UBND Bãi Cháy")
    far = actor(officer("xa-la", agency_id=far_agency))
    head = actor(officer("chu-tich", role="chairperson"))

    with pytest.raises(NotFound):
        actions.assist_at_counter(
            actor=far, at=AT, agency_id=far_agency, person_id=person_id, evidence="Có mặt"
        )
    with pytest.raises(NotAllowed):
        actions.assist_at_counter(
            actor=head, at=AT, agency_id=agency(), person_id=person_id, evidence="Có mặt"
        )
    assert Mandate.objects.count() == 0


def test_registering_the_same_person_twice_finds_them_and_keeps_proved_facts() -> None:
    known = citizen()
    seen = CounterPerson(
        personal_id="000191000101",
        full_name="HOÀNG VĂN CHÍU",
        ethnicity="Kinh",
        phone="0911111111",
        email="chiu@example.vn",
    )

    _counter, found = registered(seen)

    assert found == known.person_id
    facts = queries.proved_facts(found)
    assert facts["applicant.ethnicity"] == "Dao"
    assert facts["applicant.phone"] == "0900000101"
    assert facts["applicant.email"] == "chiu@example.vn"
    assert queries.fact_sources(found)["applicant.email"].source == "counter:commune_committee.06838"


def test_a_number_known_under_another_name_is_refused_at_the_counter() -> None:
    citizen()
    counter = actor(officer("lan"))

    for seen, refusal in (
        (CounterPerson(personal_id="000191000101", full_name="Hoàng Văn Chiu"), NameMismatch),
        (CounterPerson(personal_id="00019100010", full_name="Hoàng Văn Chíu"), PersonalIdMalformed),
        (CounterPerson(personal_id="٠٠٠١٩١٠٠٠١٠١", full_name="Hoàng Văn Chíu"), PersonalIdMalformed),
    ):
        with pytest.raises(refusal):
            actions.register_person_at_counter(
                actor=counter, at=AT, agency_id=agency(), seen=seen, reason="x"
            )
    assert Person.objects.count() == 1
    assert Person.objects.get().contacts.count() == 0


def test_only_the_counter_of_the_agency_registers() -> None:
    head = actor(officer("chu-tich", role="chairperson"))

    for refused in (head, citizen("000195000102", full_name="La Thị Nga")):
        with pytest.raises(NotAllowed):
            actions.register_person_at_counter(
                actor=refused, at=AT, agency_id=agency(), seen=CHILD, reason="x"
            )
    assert not Person.objects.filter(personal_id=CHILD.personal_id).exists()
