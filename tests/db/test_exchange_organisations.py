"""What the national portal delivers for an organisation is filed when we know it and who represents it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from tests.dossiers_kit import BINH_LIEU, COPY, SYSTEM, found
from tests.exchange_kit import World, connected
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers.models import Dossier
from tinhso.exchange.models import EnvelopeState
from tinhso.exchange.types import Trouble, Why
from tinhso.people import actions as people
from tinhso.people.models import Agency, Person
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
NUMBER, NAME = "5700000001", "Hợp tác xã Bình Liêu"
HEAD, OTHER = "000191000101", "000195000102"
SAID: dict[str, Any] = {
    "MaTTHC": COPY,
    "TenTTHC": "Chứng thực bản sao",
    "ChuHoSo": "HỢP TÁC XÃ BÌNH LIÊU",
    "LoaiDoiTuong": "2",
    "DinhDanhCHS": {"LoaiDinhDanh": "2", "SoDinhDanh": NUMBER},
    "files": 0,
}


@pytest.fixture
def world(trust: Trust, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with connected(found(trust), monkeypatch) as made:
        yield made


def office() -> UUID:
    return Agency.objects.get(kind="commune_committee", unit_code=BINH_LIEU).pk


def known(world: World, *, name: str = NAME, head: Actor | None = None) -> UUID:
    return people.record_organisation(
        actor=SYSTEM,
        at=world.now,
        agency_id=office(),
        tax_code=NUMBER,
        name=name,
        representative_person_id=head.person_id if head else None,
    )


def mandated(
    world: World, agent: Actor | UUID, organisation_id: UUID, *, scope: tuple[str, ...] = ()
) -> UUID:
    person_id = agent.person_id if isinstance(agent, Actor) else agent
    assert person_id is not None
    return people.record_mandate(
        actor=SYSTEM,
        at=world.now,
        agency_id=office(),
        kind="representative",
        agent_person_id=person_id,
        principal_organisation_id=organisation_id,
        evidence="Giấy chứng nhận đăng ký hợp tác xã",
        scope=scope,
    )


def waiting(world: World, code: str) -> set[Why]:
    envelope = world.envelope(code)
    assert envelope.state == EnvelopeState.NEEDS_HUMAN
    assert not Dossier.objects.exists()
    return {Trouble.of(kept).why for kept in envelope.troubles}


def test_it_is_filed_in_its_name_by_who_represents_it(world: World) -> None:
    head = world.province.citizen(HEAD)
    organisation_id = known(world, head=head)
    mandate_id = mandated(world, head, organisation_id)

    dossier = world.arrived(**SAID)

    assert dossier.organisation_id == organisation_id
    assert (dossier.applicant_id, dossier.draft.mandate_id) == (head.person_id, mandate_id)
    assert world.envelope(dossier.national_code).state == EnvelopeState.DONE
    again = actor_of(head.signed_in_as, at=world.now, assurance=2)
    assert list(Dossier.objects.visible_to(again)) == [dossier]


def test_who_represents_it_by_law_goes_before_who_holds_a_mandate_only(world: World) -> None:
    head, other = world.province.citizen(HEAD), world.province.citizen(OTHER, full_name="La Thị Nga")
    organisation_id = known(world, head=head)
    mandated(world, other, organisation_id)
    mandated(world, head, organisation_id)
    assert world.arrived(**SAID).applicant_id == head.person_id


def test_one_nobody_knows_waits_and_is_filed_once_a_counter_has_written_it_down(world: World) -> None:
    head = world.province.citizen(HEAD)
    people_before = Person.objects.count()
    code = world.file(**SAID)
    world.open_all()
    assert waiting(world, code) == {Why.ORGANISATION}

    organisation_id = known(world, head=head)
    world.open_all()
    assert waiting(world, code) == {Why.REPRESENTATIVE}

    mandated(world, head, organisation_id)
    world.open_all()
    assert Dossier.objects.get().organisation_id == organisation_id
    assert Person.objects.count() == people_before


def test_another_name_under_the_number_files_nothing(world: World) -> None:
    head = world.province.citizen(HEAD)
    mandated(world, head, known(world, name="Hợp tác xã Hoành Mô"))
    code = world.file(**SAID)
    world.open_all()
    assert waiting(world, code) == {Why.ORGANISATION_NAME}


def test_a_mandate_for_another_procedure_files_nothing(world: World) -> None:
    head = world.province.citizen(HEAD)
    mandated(world, head, known(world), scope=("1.001193",))
    code = world.file(**SAID)
    world.open_all()
    assert waiting(world, code) == {Why.REPRESENTATIVE}


def test_a_mandate_that_was_revoked_files_nothing(world: World) -> None:
    head = world.province.citizen(HEAD)
    mandate_id = mandated(world, head, known(world))
    people.revoke_mandate(actor=SYSTEM, at=world.now, mandate_id=mandate_id)
    world.later(minutes=1)
    code = world.file(**SAID)
    world.open_all()
    assert waiting(world, code) == {Why.REPRESENTATIVE}


def test_of_several_agents_nobody_is_guessed(world: World) -> None:
    organisation_id = known(world)
    for number, name in ((HEAD, "Hoàng Văn Chíu"), (OTHER, "La Thị Nga")):
        mandated(world, world.province.citizen(number, full_name=name), organisation_id)
    code = world.file(**SAID)
    world.open_all()
    assert waiting(world, code) == {Why.REPRESENTATIVES}
    assert "La Thị Nga" in world.envelope(code).troubles[0]["detail"]


def test_an_agent_without_an_account_is_waited_for(world: World) -> None:
    person_id = Person.objects.create(
        full_name="Tằng Thị Múi", personal_id="000190000321", made_at=world.now
    ).pk
    mandated(world, person_id, known(world))
    code = world.file(**SAID)
    world.open_all()
    assert waiting(world, code) == {Why.REPRESENTATIVES}


def test_a_procedure_for_persons_is_not_filed_for_an_organisation(world: World) -> None:
    head = world.province.citizen(HEAD)
    mandated(world, head, known(world, head=head))
    code = world.file(**{**SAID, "MaTTHC": "1.001193"})
    world.open_all()
    assert waiting(world, code) == {Why.NOT_TAKEN}
