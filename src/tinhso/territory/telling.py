"""Says in both languages why a unit of one day is these units of another day."""

from collections.abc import Iterable, Mapping
from datetime import date

from tinhso.territory.atlas import Atlas
from tinhso.territory.types import Level, Succession, Unit, Words

Heirs = tuple[tuple[Unit, ...], tuple[Succession, ...]]


def tell(atlas: Atlas, heirs: Mapping[Unit, Heirs], *, on: date, as_of: date) -> Words:
    """Return the reason: one sentence for what was found, one for each step since."""
    told: list[Words] = []
    if len(heirs) > 1:
        told.append(
            Words(
                vi=f"Có {len(heirs)} đơn vị cùng tên vào ngày {on:%d/%m/%Y}; "
                "hãy ghi thêm tỉnh hoặc huyện để chọn một.",
                en=f"{len(heirs)} units had this name on {on:%d/%m/%Y}; "
                "add the province or district to choose one.",
            )
        )
    for unit, (found, steps) in heirs.items():
        told += _one(atlas, unit, found, steps, on=on, as_of=as_of)
    return Words(vi=" ".join(words.vi for words in told), en=" ".join(words.en for words in told))


def _one(
    atlas: Atlas, unit: Unit, found: tuple[Unit, ...], steps: Iterable[Succession], *, on: date, as_of: date
) -> list[Words]:
    name = f"{unit.full_name} ({within})" if (within := atlas.view(unit, on).within) else unit.full_name
    if not found:
        return [
            Words(
                vi=f"{name} không có đơn vị tương ứng vào ngày {as_of:%d/%m/%Y}.",
                en=f"Nothing corresponds to {name} on {as_of:%d/%m/%Y}.",
            )
        ]
    if unit.level is Level.DISTRICT and unit not in found and not steps:
        return [
            Words(
                vi=f"{name} không còn: cấp huyện kết thúc ngày 01/07/2025; "
                f"địa bàn nay thuộc {_names(found)}.",
                en=f"{name} is no more: districts ended on 01/07/2025; its land is now in {_names(found)}.",
            )
        ]
    if found == (unit,):
        return [
            Words(
                vi=f"{name} vẫn là đơn vị đó vào ngày {as_of:%d/%m/%Y}.",
                en=f"{name} is the same unit on {as_of:%d/%m/%Y}.",
            )
        ]
    if as_of < on:
        return [
            Words(
                vi=f"{name} được lập từ {_names(found)}; cần địa chỉ chi tiết để biết đơn vị cũ nào."
                if len(found) > 1
                else f"{name} trước đó là {_names(found)}.",
                en=f"{name} was formed from {_names(found)}"
                + ("; the detailed address decides which." if len(found) > 1 else "."),
            )
        ]
    return [_step(atlas, name, unit, group) for group in _by_day(steps)]


def _by_day(steps: Iterable[Succession]) -> list[list[Succession]]:
    groups: dict[tuple[date, str], list[Succession]] = {}
    for step in dict.fromkeys(steps):
        groups.setdefault((step.on, step.before), []).append(step)
    return [groups[when] for when in sorted(groups)]


def _step(atlas: Atlas, name: str, unit: Unit, steps: list[Succession]) -> Words:
    first = steps[0]
    heirs = [heir for step in steps if (heir := atlas.unit(step.after, step.on))]
    if first.before != unit.code or first.on != unit.end:
        name = _before(atlas, first)
    to, day, law = _names(heirs), f"{first.on:%d/%m/%Y}", first.law
    if first.kind == "split":
        return Words(
            vi=f"{name} được chia cho {to} từ ngày {day} ({law}); "
            "cần địa chỉ chi tiết (thôn, khu phố) để biết thuộc đơn vị nào.",
            en=f"{name} was divided between {to} on {day} ({law}); the detailed address (hamlet, quarter) "
            "decides which.",
        )
    if first.kind == "merged":
        return Words(
            vi=f"{name} nhập vào {to} từ ngày {day} ({law}).",
            en=f"{name} became part of {to} on {day} ({law}).",
        )
    if first.kind == "renamed":
        return Words(
            vi=f"{name} trở thành {to} từ ngày {day} ({law}).", en=f"{name} became {to} on {day} ({law})."
        )
    return Words(
        vi=f"{name} giữ nguyên địa bàn, nay trực thuộc tỉnh, từ ngày {day} ({law}).",
        en=f"{name} kept its land and lies directly in the province since {day} ({law}).",
    )


def _before(atlas: Atlas, step: Succession) -> str:
    ended = next(unit for unit in atlas.by_code[step.before] if unit.end == step.on)
    return ended.full_name


def _names(units: Iterable[Unit]) -> str:
    return ", ".join(unit.full_name for unit in units)
