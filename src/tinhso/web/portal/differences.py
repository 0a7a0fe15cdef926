"""What differs between two versions, in words: «8.000 ₫ → 10.000 ₫», «Thêm: Giấy chứng sinh»."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.definitions.comparing import Difference, Part
from tinhso.definitions.types import Procedure, Strict, Text, TimeLimit
from tinhso.dossiers.time_limits import in_words
from tinhso.web.portal.language import language, say
from tinhso.web.portal.shelf import agency_kind_name, audience_name, level_name, life_event_name
from tinhso.web.portal.wording import channel_words, money_words, pay_words, when_words

MONEY = {"amount"}
CONDITIONS = {"when", "required"}


@dataclass(frozen=True, slots=True)
class Line:
    """
    One difference.

    :param what: what came, went or changed
    :param before: after: in words; empty where the thing came or went as a whole
    """

    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The differences of one part of a procedure."""

    part: Part
    title: str
    lines: tuple[Line, ...]


def groups(old: Procedure, new: Procedure, found: Iterable[Difference]) -> tuple[Group, ...]:
    """Return the differences part by part, in the order in which they were found."""
    by_part: dict[Part, list[Line]] = {}
    for one in found:
        by_part.setdefault(one.part, []).append(line(old, new, one))
    return tuple(Group(part, part_name(part), tuple(lines)) for part, lines in by_part.items())


def line(old: Procedure, new: Procedure, one: Difference) -> Line:
    """Return one difference in words."""
    subject = say(one.subject) if one.subject else ""
    if one.kind == "added":
        return Line(_("Thêm: %(thing)s") % {"thing": subject})
    if one.kind == "removed":
        return Line(_("Bỏ: %(thing)s") % {"thing": subject})
    if one.kind == "moved":
        return Line(_("Đổi thứ tự"))
    before, after = _value(old, one.name, one.before), _value(new, one.name, one.after)
    if before == after:
        # The words are the same and the rule is not: show the rule itself.
        before, after = _raw(one.before), _raw(one.after)
    label = field_name(one.name)
    what = (
        _("%(thing)s: %(field)s") % {"thing": subject, "field": label}
        if subject
        else label[:1].upper() + label[1:]
    )
    return Line(what, before or _("(trống)"), after or _("(trống)"))


def part_name(part: str) -> str:
    """Return the part of a procedure in words."""
    return {
        "name": _("Tên thủ tục"),
        "about": _("Giới thiệu, lĩnh vực"),
        "sequence": _("Trình tự thực hiện"),
        "ways": _("Cách thức thực hiện"),
        "time": _("Thời hạn giải quyết"),
        "audience": _("Đối tượng thực hiện"),
        "agency": _("Cơ quan giải quyết"),
        "papers": _("Thành phần, số lượng hồ sơ"),
        "fees": _("Phí, lệ phí"),
        "result": _("Kết quả"),
        "form": _("Tờ khai"),
        "forms": _("Mẫu đơn, mẫu tờ khai"),
        "steps": _("Trình tự thực hiện"),
        "conditions": _("Yêu cầu, điều kiện"),
        "law": _("Căn cứ pháp lý"),
        "other": _("Phần khác"),
    }[part]


def field_name(name: str) -> str:
    """Return a field in words; «nội dung» for what has no name of its own."""
    return {
        "name": _("tên"),
        "label": _("câu hỏi"),
        "title": _("tên"),
        "hint": _("giải thích"),
        "summary": _("giới thiệu"),
        "field": _("lĩnh vực"),
        "keywords": _("từ khóa"),
        "life_events": _("việc trong đời"),
        "amount": _("số tiền"),
        "fee_note": _("ghi chú về phí"),
        "when": _("khi nào"),
        "required": _("khi nào cần"),
        "optional": _("không bắt buộc"),
        "originals": _("số bản chính"),
        "copies": _("số bản sao"),
        "form_code": _("mẫu"),
        "pay": _("lúc nộp tiền"),
        "law": _("căn cứ"),
        "hours": _("số giờ làm việc"),
        "by": _("người thực hiện"),
        "agency": _("cơ quan"),
        "level": _("cấp giải quyết"),
        "audience": _("đối tượng"),
        "mandates": _("ai được làm thay"),
        "assurance": _("mức định danh"),
        "channels": _("cách nộp"),
        "online": _("mức trực tuyến"),
        "limit": _("thời hạn"),
        "note": _("ghi chú"),
        "cases": _("thời hạn theo trường hợp"),
        "article": _("điều, khoản"),
        "valid_months": _("số tháng dùng được"),
        "valid_until": _("câu hỏi cho biết giá trị đến ngày nào"),
        "options": _("lựa chọn"),
        "rules": _("điều kiện kiểm tra"),
    }.get(name, _("nội dung"))


def _value(law: Procedure, name: str, value: object) -> str:
    if isinstance(value, str) and name in MONEY:
        return money_words(law, value) or _("Tính theo nội dung khai, hiện trước khi nộp")
    if isinstance(value, str) and name in CONDITIONS:
        return when_words(law, value) or _("luôn luôn")
    if isinstance(value, tuple | list):
        return _(", ").join(filter(None, (_value(law, name, item) for item in value)))
    return _one(name, value)


def _one(name: str, value: object) -> str:
    """Say a single value."""
    if value is None:
        return ""
    if isinstance(value, Text):
        return say(value)
    if isinstance(value, TimeLimit):
        return in_words(value, language())
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, int):
        return (
            ngettext("%(count)s giờ", "%(count)s giờ", value) % {"count": value}
            if name == "hours"
            else str(value)
        )
    if isinstance(value, Strict):
        return _label(value)
    return _word(name, str(value.value if isinstance(value, StrEnum) else value))


def _label(thing: Strict) -> str:
    """Return what a thing inside a list is called: an option, a rule, an opinion that is asked."""
    for name in ("label", "name", "otherwise"):
        text = getattr(thing, name, None)
        if isinstance(text, Text):
            return say(text)
    return _raw(thing)


def _word(name: str, value: str) -> str:
    """Return a word of the packs as people say it."""
    if name == "channels":
        return channel_words(value)
    if name == "audience":
        return audience_name(value)
    if name == "level":
        return level_name(value)
    if name == "agency":
        return agency_kind_name(value)
    if name == "life_events":
        return life_event_name(value)
    if name == "pay":
        return pay_words(value)
    if name == "online":
        return {"whole": _("toàn trình"), "part": _("một phần")}.get(value, value)
    return value


def _raw(value: object) -> str:
    return value.model_dump_json(exclude_defaults=True) if isinstance(value, Strict) else str(value)
