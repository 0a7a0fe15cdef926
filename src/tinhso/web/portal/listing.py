"""One code of the catalogue as lists show it, whether it is filed here or not."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions.searching import Card
from tinhso.dossiers.time_limits import in_words
from tinhso.web.portal.language import language, say
from tinhso.web.portal.shelf import agency_kind_name, level_name

# Ministries the national list names without «Bộ»; all others are departments of none.
MINISTRIES = frozenset(
    {
        "Công an",
        "Công thương",
        "Dân tộc và Tôn giáo",
        "Giáo dục và Đào tạo",
        "Khoa học và Công nghệ",
        "Ngoại giao",
        "Nông nghiệp và Môi trường",
        "Nội vụ",
        "Quốc phòng",
        "Tài chính",
        "Tư pháp",
        "Văn hóa, Thể thao và Du lịch",
        "Xây dựng",
        "Y tế",
    }
)


@dataclass(frozen=True, slots=True)
class Listed:
    """
    :param time: how long it takes; empty where it is not filed here
    :param who: the agency that decides, or the level and the ministry the national list names
    """

    code: str
    name: str
    url: str
    summary: str
    time: str
    who: str
    field: str
    filed_here: bool


def listed(card: Card) -> Listed:
    """Return the code as a list shows it."""
    return Listed(
        code=card.code,
        name=say(card.name),
        url=reverse("portal:procedure", args=[card.code]),
        summary=say(card.summary),
        time=in_words(card.time, language()) if card.time else "",
        who=agency_kind_name(card.agency) if card.agency else level_and_issuer(card),
        field=say(card.field),
        filed_here=card.filed_here,
    )


def level_and_issuer(card: Card) -> str:
    """Say what the national list knows of who handles it: «Cấp tỉnh · Bộ Công an»."""
    levels = _(" và ").join(level_name(level) for level in card.levels)
    return " · ".join(filter(None, (levels, issuer_name(card.issuer))))


def issuer_name(issuer: str) -> str:
    """Return who published the procedure, with «Bộ» where the list leaves it out."""
    return _("Bộ %(name)s") % {"name": issuer} if issuer in MINISTRIES else issuer[:1].upper() + issuer[1:]
