"""Records of registers: a birth that is about the owner's child, and a school that everybody may see."""

from collections.abc import Mapping

from tests import registers_kit as kit
from tests.dossiers_kit import BINH_LIEU, Province
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.registers.actions.enter_record import enter_record
from tinhso.registers.models import LikelyTwin
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
    return _names(kit.BIRTHS, first, second) | {"twin_id": str(twin.pk), "rule": "has_personal_id"}


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


def _names(register_id: str, first: Written, second: Written) -> dict[str, str]:
    return {
        "register_id": register_id,
        "record_id": str(first.record_id),
        "other_id": str(second.record_id),
        "key": first.key,
    }


def _enter(province: Province, register_id: str, values: Mapping[str, object]) -> Written:
    return enter_record(actor=kit.SYSTEM, at=province.at, register_id=register_id, values=values)
