"""Who may file, by the list's own words, and the life events of a procedure, by choice."""

import re
from collections.abc import Mapping
from typing import Any

from tinhso.kernel.text import fold

AUDIENCE = (
    ("citizen", r"cong dan|nguoi|can bo|cong chuc|vien chuc|dang vien"),
    ("business", r"doanh nghiep(?!, htx\))|hop tac xa"),
    ("organisation", r"to chuc"),
)
EVERYBODY = [name for name, _ in AUDIENCE]

# Life events of the National Portal by words of the name (folded), then by sector: a choice of this system.
OF_NAME = (
    (r"khai sinh|chung sinh|thai san|tre em|tre mam non", "small_child"),
    (r"ket hon|hon nhan|con nuoi|nhan cha|giam ho|ly hon", "marriage"),
    (r"khai tu|mai tang|tu tuat|liet si|tho cung", "bereavement"),
    (r"huu tri|nghi huu|luong huu", "retirement"),
)
OF_SECTOR = {
    "business_household": "work",
    "children": "small_child",
    "construction": "home",
    "driving_licence": "vehicle",
    "education": "study",
    "health": "health",
    "identity": "residence",
    "labour": "work",
    "land": "home",
    "pharmacy": "health",
    "residence": "residence",
    "road_transport": "vehicle",
    "social_insurance": "work",
    "vehicle_registration": "vehicle",
}


def audience_of(facts: Mapping[str, Any]) -> list[str]:
    """Return who may file; everybody where the list does not say."""
    subjects = [fold(one) for one in facts.get("subjects") or ()]
    found = [name for name, words in AUDIENCE if any(re.search(words, one) for one in subjects)]
    return found or EVERYBODY


def life_events_of(facts: Mapping[str, Any]) -> list[str]:
    """Return the life events it belongs to, none for most of what businesses file."""
    name = fold(facts["name"])
    found = [event for words, event in OF_NAME if re.search(words, name)]
    if event := OF_SECTOR.get(facts["sector"]):
        found.append(event)
    return list(dict.fromkeys(found))
