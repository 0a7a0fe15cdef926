"""Which kind of agency of a province decides, from what the national list says."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tinhso.kernel.text import fold, normalise

# Words of the list, folded → kind of agency.
NAMED = (
    (r"(uy ban nhan dan|ubnd) (cap )?xa", "commune_committee"),
    (r"cong an cap xa", "commune_police"),
    (r"ban chi huy quan su cap xa", "commune_military"),
    (r"cong an (cap )?tinh", "province_police"),
    (r"van phong dang ky dat dai", "land_registry"),
    (r"(uy ban nhan dan|ubnd) (cap )?tinh(?! (chi dinh|uy quyen))", "province_committee"),
    (r"(?<!co )\bso y te", "health_department"),
    (r"(?<!co )\bso noi vu|noi vu thuoc uy ban nhan dan cap tinh|luu tru lich su", "interior_department"),
    (r"(?<!co )\bso tu phap", "justice_department"),
    (r"(?<!co )\bso xay dung", "construction_department"),
    (r"(?<!co )\bso nong nghiep|thuy san cap tinh|quan ly dat dai cap tinh", "agriculture_department"),
    (r"(?<!co )\bso tai chinh", "finance_department"),
    (r"(?<!co )\bso giao duc", "education_department"),
    (r"(?<!co )\bso van hoa", "culture_department"),
    (r"(?<!co )\bso cong thuong", "industry_department"),
    (r"chi cuc kiem lam", "forest_protection"),
    (r"bao hiem xa hoi", "social_insurance"),
    (r"trung tam dich vu viec lam", "employment_center"),
)
COMMUNE = frozenset({"commune_committee", "commune_police", "commune_military"})

# Where the list names nobody, or nobody of a province: the department of the field.
OF_SECTOR = {
    "animal": "agriculture_department",
    "business_household": "finance_department",
    "certification": "justice_department",
    "children": "health_department",
    "civil_status": "justice_department",
    "construction": "construction_department",
    "crops": "agriculture_department",
    "culture_sport": "culture_department",
    "driving_licence": "province_police",
    "education": "education_department",
    "environment_water": "agriculture_department",
    "fisheries": "agriculture_department",
    "food_safety": "agriculture_department",
    "forestry": "agriculture_department",
    "health": "health_department",
    "identity": "province_police",
    "industry_trade": "industry_department",
    "justice_community": "justice_department",
    "labour": "interior_department",
    "land": "agriculture_department",
    "meritorious": "interior_department",
    "pharmacy": "health_department",
    "police_other": "province_police",
    "records": "interior_department",
    "residence": "province_police",
    "road_transport": "construction_department",
    "rural_ocop": "agriculture_department",
    "rural_poverty": "agriculture_department",
    "social_insurance": "social_insurance",
    "social_protection": "health_department",
    "tourism": "culture_department",
    "vehicle_registration": "province_police",
    "waterway_transport": "construction_department",
}
POLICE_OF_COMMUNE = frozenset({"identity", "residence", "vehicle_registration", "driving_licence"})


def agency_of(facts: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the kind of agency, and whether the list names it (or names nobody)."""
    levels: Sequence[str] = facts.get("level") or ()
    listed = facts.get("agency") or ""
    found = sorted(
        (match.start(), kind) for pattern, kind in NAMED if (match := re.search(pattern, fold(listed)))
    )
    fitting = [kind for _, kind in found if level_of(kind) in levels] or [kind for _, kind in found]
    if fitting:
        return fitting[0], True
    # Schools, hospitals («other») and ministries are no agencies here.
    level = next((level for level in levels if level in {"commune", "province"}), "province")
    if level == "commune":
        police = facts["sector"] in POLICE_OF_COMMUNE
        return ("commune_police" if police else "commune_committee"), not _names_outsider(facts)
    return OF_SECTOR.get(facts["sector"], "province_committee"), not _names_outsider(facts)


def listed_of(facts: Mapping[str, Any]) -> str:
    """Return who decides in the words of the list; of bodies it only gives the level of, that level."""
    listed = normalise(facts.get("agency") or "")
    levels = set(facts.get("level") or ())
    if listed or levels & {"commune", "province"}:
        return listed
    return "cấp bộ" if "ministry" in levels else "cơ quan, đơn vị khác" if levels else ""


def level_of(kind: str) -> str:
    """Return ``commune`` or ``province``."""
    return "commune" if kind in COMMUNE else "province"


def _names_outsider(facts: Mapping[str, Any]) -> bool:
    listed = fold(facts.get("agency") or "")
    of_ministry = set(facts.get("level") or ()) <= {"ministry", "other"} and bool(facts.get("level"))
    return of_ministry or bool(
        listed and not re.search(r"cap tinh (chi dinh|uy quyen)|phan cap, uy quyen", listed)
    )
