"""Issuing documents: numbered, signed, kept and publicly checkable; or not at all."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.fixtures_trust import PASSPHRASE, Trust, trust
from tests.papers_samples import TEMPLATE, agency, chairperson, citizen, person
from tinhso.kernel.ids import new_id
from tinhso.kernel.models import LedgerEntry, Sequence, StoredFile
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.papers import queries, signing
from tinhso.papers.actions.issue_document import (
    NotInForce,
    issue_document,
    preview_document,
    produce_document,
)
from tinhso.papers.actions.register_key import register_pkcs12, retire_key
from tinhso.papers.actions.revoke_document import ReasonNeeded, revoke_document, supersede_document
from tinhso.papers.models import IssuedDocument
from tinhso.papers.rules import form_rules
from tinhso.papers.signing_keys import NoSigningKey
from tinhso.papers.types import DocumentRequest, DocumentState, Validity
from tinhso.papers.typesetting import TypesettingFailed
from tinhso.papers.verifying import verify_pdf
from tinhso.people.models import Agency, Person
from tinhso.people.types import Actor, system

__all__ = ["trust"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def at(trust: Trust) -> datetime:
    """The trust stand-in stamps with the real clock, so documents are issued about then."""
    return trust.now


@pytest.fixture
def here() -> Agency:
    return agency()


@pytest.fixture
def holder(at: datetime) -> Person:
    return person("Chìu Thị Mai", at=at)


@pytest.fixture
def chair(here: Agency) -> Actor:
    return chairperson(here)


@pytest.fixture
def keys(trust: Trust, at: datetime, here: Agency, chair: Actor) -> None:
    """The chairperson's key and the agency's."""
    register = _registrar(at)
    register(trust.signer("thang").pkcs12, account_id=chair.account_id)
    register(trust.agency().pkcs12, agency_id=here.pk)


def _registrar(at: datetime) -> Callable[..., UUID]:
    def register(pkcs12: bytes, **holder: UUID | None) -> UUID:
        return register_pkcs12(actor=system("seed"), at=at, content=pkcs12, passphrase=PASSPHRASE, **holder)

    return register


def request_for(here: Agency, holder: Person | None = None, **more: object) -> DocumentRequest:
    wanted: dict[str, object] = {
        "kind": "result",
        "title": "Quyết định",
        "template_source": TEMPLATE,
        "data": {"about": "thử nghiệm"},
        "agency_id": here.pk,
        "series": "QĐ",
        "notation": "QĐ-UBND",
        "holder_person_id": holder.pk if holder else None,
    }
    return DocumentRequest(**(wanted | more))  # type: ignore[arg-type]


def assert_nothing_issued() -> None:
    assert not IssuedDocument.objects.exists()
    assert not Sequence.objects.exists()
    assert not StoredFile.objects.filter(media_type="application/pdf").exists()
    assert not LedgerEntry.objects.filter(kind="paper.issued").exists()


@pytest.mark.usefixtures("keys")
def test_a_document_is_numbered_signed_twice_kept_and_recorded(
    at: datetime, here: Agency, holder: Person, chair: Actor
) -> None:
    dossier_id = new_id()

    issued = issue_document(actor=chair, at=at, document=request_for(here, holder, subject_id=dossier_id))

    assert issued.number == "01/QĐ-UBND"
    assert [(signed.role, signed.name) for signed in issued.signatures] == [
        ("signer", "Hoàng Văn Thắng"),
        ("agency", here.name),
    ]
    with queries.open_document(actor=citizen(holder.pk), document_id=issued.id) as stream:
        content = stream.read()
    assert all(report.valid for report in verify_pdf(content))
    assert queries.match_file(content, at=at).number == issued.number
    entry = LedgerEntry.objects.get(kind="paper.issued")
    assert (entry.subject_id, entry.payload["about_id"]) == (issued.id, str(dossier_id))
    assert [found.id for found in queries.documents_about(actor=chair, subject_id=dossier_id)] == [issued.id]


@pytest.mark.usefixtures("keys")
def test_numbers_run_without_gaps_in_each_series(at: datetime, here: Agency, chair: Actor) -> None:
    broken = request_for(here, template_source="#no-such-thing")
    numbers = [issue_document(actor=chair, at=at, document=request_for(here)).number]
    with pytest.raises(TypesettingFailed):
        issue_document(actor=chair, at=at, document=broken)
    numbers.append(issue_document(actor=chair, at=at, document=request_for(here)).number)
    other = issue_document(actor=chair, at=at, document=request_for(here, series="TB", notation="")).number

    assert numbers == ["01/QĐ-UBND", "02/QĐ-UBND"]
    assert other == "01/TB"


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        ("expired", signing.CertificateExpired),
        ("not_yet", signing.CertificateNotYetValid),
        ("revoked", signing.CertificateRevoked),
    ],
)
def test_a_certificate_that_does_not_hold_issues_nothing(
    trust: Trust, at: datetime, here: Agency, chair: Actor, kind: str, refusal: type[Refusal]
) -> None:
    _registrar(at)(getattr(trust, kind)().pkcs12, account_id=chair.account_id)
    _registrar(at)(trust.agency().pkcs12, agency_id=here.pk)

    with pytest.raises(refusal):
        issue_document(actor=chair, at=at, document=request_for(here))

    assert_nothing_issued()


@pytest.mark.usefixtures("keys")
def test_without_the_time_stamping_authority_nothing_is_issued(
    trust: Trust, at: datetime, here: Agency, chair: Actor
) -> None:
    trust.fail(tsa="down")

    with pytest.raises(signing.TimeStampUnavailable):
        issue_document(actor=chair, at=at, document=request_for(here))

    assert_nothing_issued()


def test_without_a_key_nothing_is_issued(trust: Trust, at: datetime, here: Agency, chair: Actor) -> None:
    with pytest.raises(NoSigningKey, match="Hoàng Văn Thắng"):
        issue_document(actor=chair, at=at, document=request_for(here))

    assert_nothing_issued()


@pytest.mark.usefixtures("keys")
def test_nobody_issues_for_an_agency_they_hold_no_post_in(at: datetime, here: Agency) -> None:
    stranger = chairperson(agency(unit_code="07060", name="Ủy ban nhân dân xã Hoành Mô"), username="khac")

    for actor in (stranger, citizen(new_id())):
        with pytest.raises(NotAllowed):
            issue_document(actor=actor, at=at, document=request_for(here))

    assert_nothing_issued()


@pytest.mark.usefixtures("keys")
def test_nobody_signs_with_another_s_key(trust: Trust, at: datetime, here: Agency, chair: Actor) -> None:
    colleague = chairperson(here, username="pho")
    theirs = _registrar(at)(trust.signer("hoa", "Nông Thị Hoa").pkcs12, account_id=colleague.account_id)

    with pytest.raises(NoSigningKey):
        issue_document(actor=chair, at=at, document=request_for(here, signer_key=theirs))

    assert_nothing_issued()


@pytest.mark.usefixtures("keys")
def test_a_retired_key_signs_no_more(at: datetime, here: Agency, chair: Actor, trust: Trust) -> None:
    key = _registrar(at)(trust.signer("thang").pkcs12, account_id=chair.account_id)
    retire_key(actor=system("operator"), at=at, key_id=key)

    with pytest.raises(NoSigningKey):
        issue_document(actor=chair, at=at, document=request_for(here))

    assert_nothing_issued()


def test_only_an_operator_registers_keys(trust: Trust, at: datetime, chair: Actor) -> None:
    with pytest.raises(NotAllowed):
        register_pkcs12(
            actor=chair,
            at=at,
            content=trust.signer("thang").pkcs12,
            passphrase=PASSPHRASE,
            account_id=chair.account_id,
        )

    assert not StoredFile.objects.exists()


@pytest.mark.usefixtures("keys")
def test_the_public_page_shows_what_the_paper_says_and_masks_the_holder(
    at: datetime, here: Agency, holder: Person, chair: Actor
) -> None:
    issued = issue_document(actor=chair, at=at, document=request_for(here, holder))

    found = queries.verify_token(issued.token, at=at)

    assert found.validity is Validity.VALID
    assert (found.number, found.agency, found.holder) == ("01/QĐ-UBND", here.name, "Chìu T. M.")
    assert "Mai" not in repr(found)
    assert len(issued.token) >= 22
    assert queries.verify_token(issued.token[:-1], at=at).validity is Validity.UNKNOWN
    assert queries.match_file(b"%PDF-1.7 khac", at=at).validity is Validity.UNKNOWN


@pytest.mark.usefixtures("keys")
def test_a_document_past_its_last_day_is_expired(at: datetime, here: Agency, chair: Actor) -> None:
    noon = datetime(2027, 6, 30, 5, tzinfo=UTC)
    issued = issue_document(actor=chair, at=at, document=request_for(here, valid_until=date(2027, 6, 30)))

    assert queries.verify_token(issued.token, at=noon).validity is Validity.VALID
    assert queries.verify_token(issued.token, at=noon + timedelta(days=1)).validity is Validity.EXPIRED


@pytest.mark.usefixtures("keys")
def test_a_document_gives_way_to_the_one_that_replaces_it(at: datetime, here: Agency, chair: Actor) -> None:
    old = issue_document(actor=chair, at=at, document=request_for(here))
    new = issue_document(actor=chair, at=at, document=request_for(here, supersedes=old.id))

    found = queries.verify_token(old.token, at=at)
    assert (found.validity, found.replaced_by) == (Validity.SUPERSEDED, new.token)
    assert LedgerEntry.objects.get(kind="paper.superseded").subject_id == old.id
    with pytest.raises(NotInForce):
        issue_document(actor=chair, at=at, document=request_for(here, supersedes=old.id))
    with pytest.raises(NotInForce):
        supersede_document(actor=chair, at=at, document_id=old.id, by_document_id=new.id)
    assert IssuedDocument.objects.count() == 2


@pytest.mark.usefixtures("keys")
def test_a_document_is_revoked_once_with_a_public_reason(at: datetime, here: Agency, chair: Actor) -> None:
    issued = issue_document(actor=chair, at=at, document=request_for(here))

    with pytest.raises(ReasonNeeded):
        revoke_document(actor=chair, at=at, document_id=issued.id, reason="  ")
    assert queries.verify_token(issued.token, at=at).validity is Validity.VALID

    revoke_document(actor=chair, at=at, document_id=issued.id, reason="Sai ngày sinh")

    found = queries.verify_token(issued.token, at=at)
    assert (found.validity, found.reason) == (Validity.REVOKED, "Sai ngày sinh")
    with pytest.raises(NotInForce):
        revoke_document(actor=chair, at=at, document_id=issued.id, reason="Lần nữa")


@pytest.mark.usefixtures("keys")
def test_others_neither_see_nor_revoke_a_document(
    at: datetime, here: Agency, holder: Person, chair: Actor
) -> None:
    issued = issue_document(actor=chair, at=at, document=request_for(here, holder))
    stranger = chairperson(agency(unit_code="07060", name="Ủy ban nhân dân xã Hoành Mô"), username="khac")

    for actor in (stranger, citizen(new_id())):
        with pytest.raises(NotFound):
            queries.access_document(actor=actor, document_id=issued.id)
        with pytest.raises(NotFound):
            revoke_document(actor=actor, at=at, document_id=issued.id, reason="x")
    with pytest.raises(NotAllowed):
        revoke_document(actor=citizen(holder.pk), at=at, document_id=issued.id, reason="x")

    assert queries.access_document(actor=chair, document_id=issued.id).state is DocumentState.VALID


def test_a_preview_writes_nothing(at: datetime, here: Agency, chair: Actor, settings: Settings) -> None:
    content = preview_document(actor=chair, at=at, document=request_for(here))

    assert content.startswith(b"%PDF-")
    assert verify_pdf(content) == ()
    assert_nothing_issued()


@pytest.mark.usefixtures("keys")
def test_a_receipt_carries_the_agency_s_signature_alone(at: datetime, here: Agency, holder: Person) -> None:
    form = form_rules("receipt")
    data = {
        "dossier": {"code": "H49.45-260205-0003"},
        "procedure": {"code": "1.001193", "name": "Đăng ký khai sinh"},
        "applicant": {"full_name": holder.full_name, "phone": None, "email": None},
        "form": {"parts": [{"name": "Giấy chứng sinh", "count": 1}], "due_at": "06/02/2026 17:00"},
    }
    document = request_for(
        here, holder, template_source=form.template_source, data=data, series=form.series, notation=""
    )

    issued = produce_document(actor=system("dossiers"), at=at, document=document)

    assert issued.number == "01/TNHS"
    assert [signed.role for signed in issued.signatures] == ["agency"]


def test_a_receipt_of_an_agency_without_a_key_is_unsigned(trust: Trust, at: datetime, here: Agency) -> None:
    issued = produce_document(actor=system("dossiers"), at=at, document=request_for(here))

    assert issued.signatures == ()
    assert queries.verify_token(issued.token, at=at).validity is Validity.VALID
