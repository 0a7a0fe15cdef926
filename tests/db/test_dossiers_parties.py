"""Who is party to a case through a mandate: of a person or an organisation, for all procedures or some."""

from io import BytesIO
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import dossiers_kit as kit
from tests.dossiers_kit import BINH_LIEU, BIRTH, COPY, SYSTEM, Province
from tests.fixtures_trust import Trust, trust
from tests.papers_samples import photo
from tinhso.dossiers import policies, queries
from tinhso.dossiers.actions.attach_paper import attach_paper
from tinhso.dossiers.actions.close_early import withdraw_dossier
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.actions.request_supplement import request_supplement
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.party import into, into_bill, into_document, into_paper
from tinhso.dossiers.types import MissingItem
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.papers import queries as papers
from tinhso.payments import queries as payments
from tinhso.people import actions as people
from tinhso.people.models import Agency
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
HELPER = "000195000102"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def office() -> UUID:
    return Agency.objects.get(kind="commune_committee", unit_code=BINH_LIEU).pk


def firm(province: Province) -> UUID:
    return people.record_organisation(
        actor=SYSTEM, at=province.at, agency_id=office(), tax_code="5700000001", name="Hợp tác xã Bình Liêu"
    )


def represents(
    province: Province, citizen: Actor, organisation_id: UUID, *, scope: tuple[str, ...] = ()
) -> UUID:
    assert citizen.person_id is not None
    return people.record_mandate(
        actor=SYSTEM,
        at=province.at,
        agency_id=office(),
        kind="representative",
        agent_person_id=citizen.person_id,
        principal_organisation_id=organisation_id,
        evidence="Giấy chứng nhận đăng ký hợp tác xã",
        scope=scope,
    )


def again(province: Province, citizen: Actor) -> Actor:
    return actor_of(citizen.signed_in_as, at=province.at, assurance=2)


def colleague(province: Province) -> Actor:
    return province.citizen(HELPER, full_name="La Thị Nga")


def filed_for_firm(province: Province) -> tuple[Actor, UUID, UUID]:
    """Return the representative who filed, the organisation and its dossier."""
    head, organisation_id = province.citizen(), firm(province)
    represents(province, head, organisation_id)
    head = again(province, head)
    draft = start_draft(
        actor=head,
        at=province.at,
        procedure_code=COPY,
        unit_code=BINH_LIEU,
        organisation_id=organisation_id,
    )
    kit.fill_in(head, draft.draft_id, kit.procedure(COPY).examples[0], at=province.at)
    return head, organisation_id, file_dossier(actor=head, at=province.at, draft_id=draft.draft_id).dossier_id


def test_another_representative_sees_and_acts_on_the_organisations_dossiers(province: Province) -> None:
    _head, organisation_id, dossier_id = filed_for_firm(province)
    other = colleague(province)
    assert not Dossier.objects.visible_to(other).exists()

    represents(province, other, organisation_id)
    other = again(province, other)

    dossier = queries.access_dossier(actor=other, dossier_id=dossier_id)
    bill = payments.bills_of_subject(actor=into(other, dossier), subject_id=dossier_id)[0]
    assert payments.access_bill(actor=into_bill(other, bill.id), bill_id=bill.id) == bill
    paper = UUID(next(ids[0] for ids in dossier.papers.values() if ids))
    assert papers.access_paper(actor=into_paper(other, paper), paper_id=paper).id == paper
    withdraw_dossier(actor=other, at=province.at, dossier_id=dossier_id)
    assert Dossier.objects.get().status == "withdrawn"


def test_another_representative_hands_in_what_is_missing(province: Province) -> None:
    _head, organisation_id, dossier_id = filed_for_firm(province)
    other = colleague(province)
    represents(province, other, organisation_id)
    other, dossier = again(province, other), Dossier.objects.get()
    with pytest.raises(NotFound):
        queries.access_draft(actor=other, draft_id=dossier.draft_id)

    request_supplement(
        actor=province.officer("one_stop"),
        at=province.at,
        dossier_id=dossier_id,
        items=[MissingItem("other", "", "Ảnh bị mờ.")],
    )
    part = next(part for part, ids in dossier.papers.items() if ids)
    attach_paper(
        actor=other,
        at=province.at,
        draft_id=dossier.draft_id,
        requirement=part,
        file_name="ban-ro.jpg",
        content=BytesIO(photo(width=901, height=300)),
    )

    assert len(queries.access_draft(actor=other, draft_id=dossier.draft_id).papers[part]) == 2


def test_a_mandate_of_the_organisation_for_something_else_opens_nothing(province: Province) -> None:
    _head, organisation_id, dossier_id = filed_for_firm(province)
    other = colleague(province)
    represents(province, other, organisation_id, scope=(BIRTH,))
    other = again(province, other)
    dossier = Dossier.objects.get()
    paper = UUID(next(ids[0] for ids in dossier.papers.values() if ids))
    bill = payments.bills_of_subject(actor=SYSTEM, subject_id=dossier_id)[0]

    with pytest.raises(NotFound):
        queries.access_dossier(actor=other, dossier_id=dossier_id)
    with pytest.raises(NotFound):
        papers.access_paper(actor=into_paper(other, paper), paper_id=paper)
    with pytest.raises(NotFound):
        payments.access_bill(actor=into_bill(other, bill.id), bill_id=bill.id)
    with pytest.raises(NotFound):
        withdraw_dossier(actor=other, at=province.at, dossier_id=dossier_id)
    assert Dossier.objects.get().status == dossier.status


def test_a_revoked_mandate_closes_the_dossier_and_a_scoped_one_opens_its_own(province: Province) -> None:
    _head, organisation_id, dossier_id = filed_for_firm(province)
    other = colleague(province)
    mandate_id = represents(province, other, organisation_id, scope=(BIRTH, COPY))
    assert queries.access_dossier(actor=again(province, other), dossier_id=dossier_id)

    people.revoke_mandate(actor=SYSTEM, at=province.at, mandate_id=mandate_id)

    with pytest.raises(NotFound):
        queries.access_dossier(actor=again(province, other), dossier_id=dossier_id)


def test_who_no_longer_represents_reads_what_they_filed_and_does_nothing_more(province: Province) -> None:
    head, _organisation_id, dossier_id = filed_for_firm(province)
    people.revoke_mandate(actor=SYSTEM, at=province.at, mandate_id=head.mandates[0].id)
    head = again(province, head)

    dossier = queries.access_dossier(actor=head, dossier_id=dossier_id)

    assert not policies.speaks_for_applicant(actor=head, dossier=dossier)
    with pytest.raises(NotAllowed):
        withdraw_dossier(actor=head, at=province.at, dossier_id=dossier_id)
    assert Dossier.objects.get().status == dossier.status


def test_a_personal_mandate_reaches_its_procedures_and_no_organisation(province: Province) -> None:
    head, _organisation_id, _of_firm = filed_for_firm(province)
    own = kit.filed(province, head, COPY).dossier_id
    birth = kit.filed(province, head, BIRTH).dossier_id
    other = colleague(province)
    assert other.person_id is not None
    people.give_mandate(
        actor=head,
        at=province.at,
        agent_person_id=other.person_id,
        until_at=province.later(days=3),
        evidence="Giấy ủy quyền",
        scope=(COPY,),
    )
    other = again(province, other)

    assert {one.pk for one in Dossier.objects.visible_to(other)} == {own}
    paper = UUID(next(ids[0] for ids in Dossier.objects.get(pk=own).papers.values() if ids))
    hidden = UUID(next(ids[0] for ids in Dossier.objects.get(pk=birth).papers.values() if ids))
    assert papers.access_paper(actor=into_paper(other, paper), paper_id=paper)
    for shut in {hidden} - {paper}:
        with pytest.raises(NotFound):
            papers.access_paper(actor=into_paper(other, shut), paper_id=shut)


def test_a_mandate_for_all_affairs_of_a_person_opens_nothing_of_their_organisation(
    province: Province,
) -> None:
    head, _organisation_id, of_firm = filed_for_firm(province)
    other = colleague(province)
    assert other.person_id is not None
    people.give_mandate(
        actor=head,
        at=province.at,
        agent_person_id=other.person_id,
        until_at=province.later(days=3),
        evidence="Giấy ủy quyền",
    )
    other = again(province, other)
    paper = UUID(next(ids[0] for ids in Dossier.objects.get().papers.values() if ids))
    bill = payments.bills_of_subject(actor=SYSTEM, subject_id=of_firm)[0]

    assert not Dossier.objects.visible_to(other).exists()
    with pytest.raises(NotFound):
        into_paper(other, paper)
    with pytest.raises(NotFound):
        into_bill(other, bill.id)


def test_who_holds_no_mandate_is_asked_nothing(province: Province) -> None:
    citizen = province.citizen()
    absent = office()
    with CaptureQueriesContext(connection) as asked:
        assert all(let(citizen, absent) is citizen for let in (into_paper, into_document, into_bill))
    assert not asked.captured_queries


def test_the_list_of_a_representative_goes_by_indexes(province: Province) -> None:
    _head, organisation_id, _dossier_id = filed_for_firm(province)
    other = colleague(province)
    represents(province, other, organisation_id)
    seen = Dossier.objects.visible_to(again(province, other)).order_by()
    with connection.cursor() as cursor:
        # The table of a test is one page, which is always read whole; so ask for the plan of a large one.
        cursor.execute("set local enable_seqscan = off")
        plan = seen.explain()
    assert "Seq Scan" not in plan, plan
    assert "organisation" in plan
