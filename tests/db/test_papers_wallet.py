"""Papers people keep: results, paper digitised at a counter, and both taken again into the next form."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image
from pypdf import PdfReader

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BINH_LIEU, BIRTH, Province
from tests.fixtures_trust import PASSPHRASE, Trust, trust
from tests.papers_samples import pdf as blank_pdf
from tests.papers_samples import photo
from tinhso.dossiers import queries, wallet
from tinhso.dossiers.actions.amend_result import reissue_result, revoke_result
from tinhso.dossiers.actions.digitise import ChooseKind, scan_for_draft, scan_for_person, sign_copy
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.actions.reuse_paper import KindDoesNotFit, reuse_paper
from tinhso.dossiers.actions.sign_result import sign_result
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.dossiers.models import Dossier, Draft
from tinhso.dossiers.provenance import provenance_of
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.papers import queries as papers
from tinhso.papers.actions.hide_kept import hide_kept, restore_kept
from tinhso.papers.actions.register_key import register_pkcs12
from tinhso.papers.actions.revoke_document import revoke_document
from tinhso.papers.actions.scan_paper import (
    CopyDiffers,
    NoPages,
    SayWhetherItMatches,
    discard_scan,
    take_scan,
)
from tinhso.papers.actions.use_kept import KeptPaperRevoked
from tinhso.papers.digitising import TooSmallToRead
from tinhso.papers.models import IssuedDocument, KeptPaper, Paper, Scan
from tinhso.papers.types import CameFrom, KeptSource, KeptView, Validity
from tinhso.papers.verifying import verify_pdf
from tinhso.papers.views import kept_view
from tinhso.people import actions as people
from tinhso.people.models import Mandate
from tinhso.people.queries import actor_of, who_looked_at
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
WHY = "Người dân báo mất bản giấy và xin cấp lại."


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def mother(province: Province) -> Actor:
    return province.citizen()


@pytest.fixture
def counter(province: Province) -> Actor:
    """A counter whose agency has a seal."""
    officer = province.officer("one_stop")
    seal = province.trust.agency()
    register_pkcs12(
        actor=kit.SYSTEM,
        at=province.at,
        content=seal.pkcs12,
        passphrase=PASSPHRASE,
        agency_id=officer.posts[0].agency_id,
    )
    return officer


def granted(province: Province, citizen: Actor) -> UUID:
    dossier_id = desk.to_sign(province, citizen)
    chair = province.officer("chairperson")
    sign_result(actor=chair, at=province.at, dossier_id=dossier_id, found=desk.found(dossier_id))
    return dossier_id


def page(width: int = 1240, height: int = 1754, colour: str = "white") -> BytesIO:
    content = BytesIO()
    Image.new("RGB", (width, height), colour).save(content, "JPEG")
    return BytesIO(content.getvalue())


def at_counter(province: Province, officer: Actor, person_id: UUID, code: str = BIRTH) -> UUID:
    """Begin a form at the counter for somebody who stands there."""
    people.assist_at_counter(
        actor=officer,
        at=province.at,
        agency_id=officer.posts[0].agency_id,
        person_id=person_id,
        evidence="có mặt",
        scope=(code,),
    )
    fresh = again(province, officer)
    return start_draft(
        actor=fresh,
        at=province.at,
        procedure_code=code,
        unit_code=BINH_LIEU,
        applicant_id=person_id,
        channel="counter",
    ).draft_id


def again(province: Province, actor: Actor) -> Actor:
    return actor_of(actor.signed_in_as, at=province.at, assurance=2)


def kept_of(actor: Actor) -> list[KeptView]:
    return [kept_view(row) for row in wallet.kept_papers(actor)]


def digitised(province: Province, counter: Actor, person_id: UUID, kind: str = "birth_notice") -> KeptView:
    scan = scan_for_person(
        actor=counter,
        at=province.at,
        agency_id=counter.posts[0].agency_id,
        person_id=person_id,
        kind=kind,
        content=[("trang-1.jpg", page())],
    )
    return sign_copy(actor=counter, at=province.at, scan_id=scan.id, matches=True)


def test_a_result_is_kept_by_whoever_it_was_issued_to_and_counted(province: Province, mother: Actor) -> None:
    dossier_id = granted(province, mother)

    (kept,) = kept_of(mother)
    assert (kept.kind, kept.source, kept.result_code) == (
        "birth_certificate",
        KeptSource.RESULT,
        "KQ.G15.000031",
    )
    assert kept.about_id == dossier_id
    assert kept.validity(at=province.at) is Validity.VALID
    (entry,) = LedgerEntry.objects.filter(kind="paper.kept")
    assert entry.payload["paper_kind"] == "birth_certificate"
    assert entry.payload["source"] == "result"
    assert kept_of(province.citizen("000191000202", full_name="Chìu Thị Mai")) == []
    assert kept_of(province.officer("one_stop")) == []


def test_a_result_that_is_not_handed_out_is_in_nobodys_wallet(province: Province, mother: Actor) -> None:
    dossier_id = granted(province, mother)
    Dossier.objects.filter(pk=dossier_id).update(returned_at=None)

    assert kept_of(mother) == []


def test_a_reissued_result_stays_beside_its_successor_and_only_that_one_is_offered(
    province: Province, mother: Actor
) -> None:
    dossier_id = granted(province, mother)
    old = kept_of(mother)[0]
    reissue_result(actor=province.officer("chairperson"), at=province.at, dossier_id=dossier_id, reason=WHY)

    states = {one.document_id: one.validity(at=province.at) for one in kept_of(mother)}
    assert sorted(states.values()) == [Validity.SUPERSEDED, Validity.VALID]
    assert states[old.document_id] is Validity.SUPERSEDED


def test_what_is_hidden_is_out_of_sight_and_comes_back(province: Province, mother: Actor) -> None:
    granted(province, mother)
    (kept,) = kept_of(mother)

    hide_kept(actor=mother, at=province.at, kept_id=kept.id)
    hide_kept(actor=mother, at=province.at, kept_id=kept.id)
    assert kept_of(mother) == []
    assert [row.pk for row in wallet.kept_papers(mother, hidden=True)] == [kept.id]
    restore_kept(actor=mother, at=province.at, kept_id=kept.id)

    assert [one.id for one in kept_of(mother)] == [kept.id]
    assert LedgerEntry.objects.filter(kind__in=["paper.kept_hidden", "paper.kept_restored"]).count() == 2
    with pytest.raises(NotFound):
        hide_kept(actor=province.officer("one_stop"), at=province.at, kept_id=kept.id)


def test_pages_become_one_signed_copy_and_the_originals_stay_as_they_came(
    province: Province, mother: Actor, counter: Actor
) -> None:
    assert mother.person_id
    first, second = page(), page(1754, 1240, "beige")
    scan = scan_for_person(
        actor=counter,
        at=province.at,
        agency_id=counter.posts[0].agency_id,
        person_id=mother.person_id,
        kind="diploma",
        content=[
            ("mat-truoc.jpg", first),
            ("mat-sau.jpg", second),
            ("phu-luc.pdf", BytesIO(blank_pdf(pages=2))),
        ],
    )
    kept = sign_copy(actor=counter, at=province.at, scan_id=scan.id, matches=True)
    repeated = sign_copy(actor=counter, at=province.at, scan_id=scan.id, matches=True)

    assert repeated.id == kept.id
    assert kept.source is KeptSource.DIGITISED
    with papers.open_document(actor=mother, document_id=kept.document_id) as content:
        copy = content.read()
    reader = PdfReader(BytesIO(copy))
    assert len(reader.pages) == 4
    assert "Văn bằng, chứng chỉ" in reader.pages[0].extract_text()
    (signature, *_stamps) = verify_pdf(copy)
    assert signature.valid
    assert signature.signer_name
    for taken, came in zip(scan.pages, (first, second), strict=False):
        with papers.open_paper(actor=mother, paper_id=taken.id) as original:
            assert original.read() == came.getvalue()
    assert LedgerEntry.objects.filter(kind="paper.scan_signed").count() == 1


def test_nothing_is_signed_before_an_officer_says_that_it_matches(
    province: Province, mother: Actor, counter: Actor
) -> None:
    assert mother.person_id
    scan = scan_for_person(
        actor=counter,
        at=province.at,
        agency_id=counter.posts[0].agency_id,
        person_id=mother.person_id,
        kind="diploma",
        content=[("a.jpg", page())],
    )
    with pytest.raises(SayWhetherItMatches):
        sign_copy(actor=counter, at=province.at, scan_id=scan.id, matches=None)
    with pytest.raises(CopyDiffers):
        sign_copy(actor=counter, at=province.at, scan_id=scan.id, matches=False)
    with pytest.raises(NotFound):
        sign_copy(actor=mother, at=province.at, scan_id=scan.id, matches=True)
    with pytest.raises(NotFound):
        other = province.officer("one_stop", unit=kit.HONG_GAI)
        sign_copy(actor=other, at=province.at, scan_id=scan.id, matches=True)
    assert not IssuedDocument.objects.exists()

    discard_scan(actor=counter, at=province.at, scan_id=scan.id)
    assert not Paper.objects.exists()
    assert Scan.objects.get().stage == "discarded"


@pytest.mark.parametrize("content", [[], [("nho.jpg", BytesIO(photo(width=300, height=200)))]])
def test_no_page_or_one_nobody_can_read_is_not_taken(
    province: Province, mother: Actor, counter: Actor, content: list[tuple[str, BytesIO]]
) -> None:
    assert mother.person_id
    with pytest.raises((NoPages, TooSmallToRead)):
        scan_for_person(
            actor=counter,
            at=province.at,
            agency_id=counter.posts[0].agency_id,
            person_id=mother.person_id,
            kind="diploma",
            content=content,
        )
    assert not Paper.objects.exists()
    assert not Scan.objects.exists()


def test_only_a_counter_digitises_and_only_what_is_on_the_list(
    province: Province, mother: Actor, counter: Actor
) -> None:
    assert mother.person_id
    agency_id = counter.posts[0].agency_id
    with pytest.raises(ChooseKind):
        scan_for_person(
            actor=counter,
            at=province.at,
            agency_id=agency_id,
            person_id=mother.person_id,
            kind="certified_copy",
            content=[("a.jpg", page())],
        )
    chair = province.officer("chairperson")
    with pytest.raises(NotAllowed):
        take_scan(
            actor=chair.let_in(mother.person_id),
            at=province.at,
            agency_id=agency_id,
            owner_person_id=mother.person_id,
            kind="diploma",
            title="Văn bằng",
            content=[("a.jpg", page())],
        )
    assert not Scan.objects.exists()


def test_what_is_digitised_for_a_form_answers_its_part_and_is_there_for_the_next(
    province: Province, mother: Actor, counter: Actor
) -> None:
    assert mother.person_id
    draft_id = at_counter(province, counter, mother.person_id)
    part = next(one for one in kit.procedure(BIRTH).examples[0].papers)
    officer = again(province, counter)
    scan = scan_for_draft(
        actor=officer,
        at=province.at,
        agency_id=officer.posts[0].agency_id,
        draft_id=draft_id,
        requirement=part,
        content=[("chung-sinh.jpg", page())],
    )
    kept = sign_copy(actor=officer, at=province.at, scan_id=scan.id, matches=True)

    (paper_id,) = Draft.objects.get(pk=draft_id).papers[part]
    paper = Paper.objects.get(pk=paper_id)
    assert paper.came_from == CameFrom.DIGITISED
    assert paper.kept_id == kept.id

    mine = kit.begin(province, mother, BIRTH)
    offered = wallet.fitting(
        actor=mother,
        at=province.at,
        draft=Draft.objects.get(pk=mine),
        procedure=kit.procedure(BIRTH),
        parts=[part],
    )
    assert [one.id for one in offered[part]] == [kept.id]


def test_a_reused_paper_is_told_apart_in_the_case_and_its_use_is_found_again(
    province: Province, mother: Actor, counter: Actor
) -> None:
    assert mother.person_id
    kept = digitised(province, counter, mother.person_id)
    draft_id = kit.begin(province, mother, BIRTH)
    kit.fill_in(mother, draft_id, kit.procedure(BIRTH).examples[0], at=province.at)
    part = kit.procedure(BIRTH).examples[0].papers[0]

    paper = reuse_paper(actor=mother, at=province.at, draft_id=draft_id, requirement=part, kept_id=kept.id)
    twice = reuse_paper(actor=mother, at=province.at, draft_id=draft_id, requirement=part, kept_id=kept.id)
    filed = file_dossier(actor=mother, at=province.at, draft_id=draft_id)

    assert twice.id == paper.id
    examiner = province.officer("one_stop")
    dossier = queries.access_dossier(actor=examiner, dossier_id=filed.dossier_id)
    told = {one.paper.id: one for one in provenance_of(actor=examiner, dossier=dossier)}
    assert told[paper.id].reused
    assert not told[paper.id].digitised
    assert told[paper.id].paper.kept is not None
    assert not any(one.reused for key, one in told.items() if key != paper.id)
    (use,) = wallet.uses_of(actor=mother, kept=[kept])[kept.id]
    assert use.code == filed.code


def test_a_revoked_paper_is_refused_at_the_form_and_again_at_filing(
    province: Province, mother: Actor, counter: Actor
) -> None:
    assert mother.person_id
    kept = digitised(province, counter, mother.person_id)
    part = kit.procedure(BIRTH).examples[0].papers[0]
    draft_id = kit.begin(province, mother, BIRTH)
    kit.fill_in(mother, draft_id, kit.procedure(BIRTH).examples[0], at=province.at)
    reuse_paper(actor=mother, at=province.at, draft_id=draft_id, requirement=part, kept_id=kept.id)
    revoke_document(
        actor=counter,
        at=province.at,
        document_id=kept.document_id,
        reason="Bản sao nhầm giấy tờ của người khác.",
    )

    with pytest.raises(KeptPaperRevoked) as said:
        file_dossier(actor=mother, at=province.at, draft_id=draft_id)
    assert kept.number in said.value.sentence()
    other = kit.begin(province, mother, BIRTH)
    with pytest.raises(KeptPaperRevoked):
        reuse_paper(actor=mother, at=province.at, draft_id=other, requirement=part, kept_id=kept.id)
    assert Draft.objects.get(pk=other).papers == {}
    assert not Dossier.objects.filter(draft_id=draft_id).exists()


def test_nobody_takes_what_is_not_theirs_or_does_not_fit(
    province: Province, mother: Actor, counter: Actor
) -> None:
    assert mother.person_id
    stranger = province.citizen("000191000202", full_name="Chìu Thị Mai")
    kept = digitised(province, counter, mother.person_id)
    unfit = digitised(province, counter, mother.person_id, kind="diploma")
    part = kit.procedure(BIRTH).examples[0].papers[0]

    theirs = kit.begin(province, stranger, BIRTH)
    with pytest.raises(NotFound):
        reuse_paper(actor=stranger, at=province.at, draft_id=theirs, requirement=part, kept_id=kept.id)
    mine = kit.begin(province, mother, BIRTH)
    with pytest.raises(KindDoesNotFit):
        reuse_paper(actor=mother, at=province.at, draft_id=mine, requirement=part, kept_id=unfit.id)
    assert not Paper.objects.filter(kept__isnull=False).exists()


def test_an_officer_picks_for_who_stands_there_and_the_look_is_noted(
    province: Province, mother: Actor, counter: Actor
) -> None:
    assert mother.person_id
    kept = digitised(province, counter, mother.person_id)
    part = kit.procedure(BIRTH).examples[0].papers[0]
    draft_id = at_counter(province, counter, mother.person_id)

    reuse_paper(
        actor=again(province, counter), at=province.at, draft_id=draft_id, requirement=part, kept_id=kept.id
    )

    looks = people_looks(mother)
    assert any("Dùng lại" in look for look in looks)
    Mandate.objects.update(revoked_at=province.at)
    with pytest.raises(NotAllowed):
        reuse_paper(
            actor=again(province, counter),
            at=province.at + timedelta(minutes=1),
            draft_id=draft_id,
            requirement=part,
            kept_id=kept.id,
        )


def people_looks(citizen: Actor) -> list[str]:

    assert citizen.person_id
    return [look.reason for look in who_looked_at(actor=citizen, person_id=citizen.person_id)]


def test_a_revoked_result_says_why_in_the_wallet(province: Province, mother: Actor) -> None:
    dossier_id = granted(province, mother)
    revoke_result(
        actor=province.officer("chairperson"),
        at=province.at,
        dossier_id=dossier_id,
        reason="Cấp sai thẩm quyền, phải thu hồi theo quy định.",
    )

    (kept,) = kept_of(mother)
    assert kept.validity(at=province.at) is Validity.REVOKED
    assert "thẩm quyền" in kept.reason
    assert KeptPaper.objects.count() == 1
