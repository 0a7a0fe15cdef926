"""Records of registers: a birth that is about the owner's child, and a school that everybody may see."""

from collections.abc import Mapping
from io import BytesIO
from uuid import UUID

from tests import registers_kit as kit
from tests.dossiers_kit import BINH_LIEU, BIRTH, Province, procedure
from tests.papers_samples import pdf
from tinhso.dossiers.models import Dossier
from tinhso.outreach.actions.prove import keep_proof
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.registers.actions.enter_record import enter_record
from tinhso.registers.actions.import_file import start_import
from tinhso.registers.actions.open_correction import open_correction
from tinhso.registers.correction_making import Asked
from tinhso.registers.models import Consent, Correction, LikelyTwin, RecordVersion, RetentionReview
from tinhso.registers.types import Written

PLACE = {"type": "Point", "coordinates": [107.39, 21.52]}
SCHOOL = {"school.name": "Trường Tiểu học Khe Tiền", "level": "primary", "place.unit": BINH_LIEU}


def births(province: Province, owner: Actor) -> dict[str, str]:
    """Return the owner's child's birth, and another that may be the same."""
    assert owner.person_id is not None
    mother = people.person(owner.person_id).personal_id
    first, second = (
        _enter(
            province, kit.BIRTHS, kit.birth(**{"certificate.number": number, "mother.personal_id": mother})
        )
        for number in ("901/KS", "902/KS")
    )
    twin = LikelyTwin.objects.create(
        register=kit.BIRTHS,
        first_id=first.record_id,
        second_id=second.record_id,
        likeness=95,
        found_at=province.at,
    )
    import_id = start_import(
        actor=province.officer("civil_status_officer"),
        at=province.at,
        register_id=kit.BIRTHS,
        file_name="so.csv",
        content=BytesIO("Số Giấy khai sinh,Giới tính\n903/KS,female\n".encode()),
    )
    review = RetentionReview.objects.create(
        register=kit.BIRTHS,
        record_id=first.record_id,
        ended_on=kit.TODAY,
        due_on=kit.TODAY,
        found_at=province.at,
    )
    more = {"twin_id": str(twin.pk), "rule": "has_personal_id", "import_id": str(import_id)}
    more |= {"review_id": str(review.pk)}
    return _names(kit.BIRTHS, first, second) | more


def once_only(province: Province, owner: Actor, record_id: str, dossier_id: str) -> dict[str, str]:
    """Return the owner's request about the birth, a consent, and a dossier with an extract for a paper."""
    proof = keep_proof(actor=owner, at=province.at, file_name="giay.pdf", content=BytesIO(pdf()))
    name = "Nguyễn Thị Mai Anh"
    asked = Asked(UUID(record_id), "child.full_name", name, "Giấy khai sinh", paper_ids=(proof.id,))
    correction_id = open_correction(actor=owner, at=province.at, asked=asked)
    asks = Asked(UUID(record_id), "child.birth_place", "Trạm Y tế xã", "Giấy chứng sinh")
    asked_id = open_correction(actor=owner, at=province.at, asked=asks)
    Correction.objects.filter(pk=asked_id).update(state="asked")
    assert owner.person_id is not None
    consent = Consent.objects.create(
        person_id=owner.person_id,
        register=kit.BIRTHS,
        procedure=BIRTH,
        wording="Tôi đồng ý",
        language="vi",
        digest="0" * 64,
        law="91/2025/QH15",
        way="online",
        given_by=owner.ref.id,
        given_at=province.at,
    )
    paper_id = procedure(BIRTH).papers[0].id
    version_id = RecordVersion.objects.filter(record_id=record_id).latest("known_from").pk
    Dossier.objects.filter(pk=dossier_id).update(by_data={paper_id: [str(version_id)]})
    return {
        "correction_id": str(correction_id),
        "asked_id": str(asked_id),
        "proof_id": str(proof.id),
        "consent_id": str(consent.pk),
        "paper_id": paper_id,
        "dossier_id": dossier_id,
    }


def schools(province: Province) -> dict[str, str]:
    """Return a school on the map, and another."""
    first, second = (
        _enter(province, kit.SCHOOLS, SCHOOL | {"school.code": code, "place": PLACE})
        for code in ("22901", "22902")
    )
    return _names(kit.SCHOOLS, first, second) | {
        "collection_id": kit.SCHOOLS,
        "feature_id": str(first.record_id),
        "suffix": "csv",
        "rule": "has_pupils",
    }


def parcels(province: Province) -> dict[str, str]:
    """Return a parcel: the commune's chair reads it, but not whether it is mortgaged."""
    parcel = {"place.unit": BINH_LIEU, "map.sheet": "9", "parcel.number": "1", "area": 100, "use": "ont"}
    made = _enter(province, kit.PARCELS, parcel | {"mortgaged": True})
    return _names(kit.PARCELS, made, made)


def _names(register_id: str, first: Written, second: Written) -> dict[str, str]:
    return {
        "register_id": register_id,
        "record_id": str(first.record_id),
        "other_id": str(second.record_id),
        "key": first.key,
    }


def _enter(province: Province, register_id: str, values: Mapping[str, object]) -> Written:
    return enter_record(actor=kit.SYSTEM, at=province.at, register_id=register_id, values=values)
