"""From a written address of one day to the unit of another day, or to several with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tinhso.territory.atlas import Atlas, spelling
from tinhso.territory.reading import Piece, Written, read_address, says_commune, without_kind
from tinhso.territory.telling import Heirs, tell
from tinhso.territory.types import Level, Resolution, Unit, UnknownUnit, VagueUnit

MOST_NAMESAKES = 12
MOST_CHARACTERS = 300
_SUGGESTIONS = 3


def find_unit(atlas: Atlas, text: str, *, on: date, as_of: date) -> Resolution:
    """
    Return what the unit written on ``on`` is as of another day.

    Marks, case, order, kinds, abbreviations (P., X., TP.), hoà/hòa do not matter; a code will do.

    :raises UnknownUnit: no unit of that name on ``on``, with the nearest names
    :raises VagueUnit: more units of that name than anyone could choose from
    """
    text = text[:MOST_CHARACTERS]
    by_code = atlas.unit(text.strip(), on)
    found = [by_code] if by_code else _meant(atlas, text, on)
    if not found:
        raise _unknown(atlas, text, on)
    if len(found) > MOST_NAMESAKES:
        raise VagueUnit(text=text, count=len(found), on=f"{on:%d/%m/%Y}")
    heirs = {unit: _heirs(atlas, unit, on, as_of) for unit in found}
    units = dict.fromkeys(heir for heirs_of_one, _steps in heirs.values() for heir in heirs_of_one)
    return Resolution(
        found=tuple(atlas.view(unit, on) for unit in found),
        units=tuple(atlas.view(unit, as_of) for unit in units),
        reason=tell(atlas, heirs, on=on, as_of=as_of),
    )


def _heirs(atlas: Atlas, unit: Unit, on: date, as_of: date) -> Heirs:
    heirs, steps = atlas.carried(unit, on, as_of)
    if heirs or unit.level is not Level.DISTRICT:
        return heirs, steps
    carried = [atlas.carried(commune, on, as_of) for commune in atlas.communes(unit.code, on)]
    return tuple(dict.fromkeys(heir for found, _ in carried for heir in found)), ()


@dataclass(frozen=True, slots=True)
class _Guess:
    unit: Unit
    score: tuple[int, int, int, int]


def _meant(atlas: Atlas, text: str, on: date) -> list[Unit]:
    spelled = spelling(text)
    ways = [way for way in read_address(text, atlas) if not any(map(says_commune, way.unread))]
    guesses = [guess for written in ways for guess in _guesses(atlas, written, spelled, on)]
    best = max((guess.score for guess in guesses), default=None)
    return sorted(
        {guess.unit for guess in guesses if guess.score == best}, key=lambda unit: (len(unit.code), unit.code)
    )


def _guesses(atlas: Atlas, written: Written, spelled: str, on: date) -> Iterable[_Guess]:
    for place, piece in enumerate(written.pieces):
        for unit in atlas.by_key[piece.name]:
            if unit.holds_on(on) and piece.fits(unit):
                chain = _chain(atlas, written, place, unit, on)
                if chain:
                    exact = sum(piece.is_exact(named) for piece, named in chain)
                    marked = sum(spelling(named.name) in spelled for _piece, named in chain)
                    yield _Guess(unit, (len(chain), exact, marked, -len(written.pieces)))


def _chain(
    atlas: Atlas, written: Written, place: int, unit: Unit, on: date
) -> list[tuple[Piece, Unit]] | None:
    """Return which unit each piece names if this one is meant; None when a piece contradicts it."""
    if written.unread and not _bears_detail(atlas, written.pieces[place], unit, on):
        return None
    above = _above(atlas, unit, on)
    chain = [(written.pieces[place], unit)]
    for other, piece in enumerate(written.pieces):
        if other == place:
            continue
        match = next((higher for higher in above if _names(atlas, piece, higher)), None)
        if match:
            chain.append((piece, match))
        elif piece.kinds or other > place or any(u.level is Level.PROVINCE for u in atlas.by_key[piece.name]):
            return None
    return chain


def _bears_detail(atlas: Atlas, piece: Piece, unit: Unit, on: date) -> bool:
    """Tell whether unread words may be a street in the unit, and not the commune misspelt."""
    if piece.kinds or unit.level is not Level.COMMUNE:
        return unit.level is Level.COMMUNE
    return all(same.level is Level.COMMUNE for same in atlas.by_key[piece.name] if same.holds_on(on))


def _names(atlas: Atlas, piece: Piece, unit: Unit) -> bool:
    return unit in atlas.by_key[piece.name] and piece.fits(unit)


def _above(atlas: Atlas, unit: Unit, on: date) -> list[Unit]:
    """Return what the unit lies in, and what its land lay in before and after: people write that too."""
    above = list(atlas.ancestors(unit, on))
    for step in atlas.backward.get(unit.code, ()):
        if step.on == unit.start:
            fathers = (father for father in atlas.by_code[step.before] if father.end == step.on)
            above += [old for father in fathers for old in _with_ancestors(atlas, father)]
    for step in atlas.onward.get(unit.code, ()):
        heir = atlas.unit(step.after, step.on) if step.on == unit.end else None
        above += list(atlas.ancestors(heir, step.on)) if heir else []
    return above


def _with_ancestors(atlas: Atlas, ended: Unit) -> list[Unit]:
    assert ended.end
    day = date.fromordinal(ended.end.toordinal() - 1)
    districts = [ended] if ended.level is Level.DISTRICT else []
    return [*districts, *atlas.ancestors(ended, day)]


def _unknown(atlas: Atlas, text: str, on: date) -> UnknownUnit:
    return UnknownUnit(text=text, on=f"{on:%d/%m/%Y}", remedy=_remedy(atlas, text, on))


def _remedy(atlas: Atlas, text: str, on: date) -> object:
    days = atlas.days_beside_changes() if all(not way.unread for way in read_address(text, atlas)) else ()
    for day in sorted(days, key=lambda day: abs(day - on)):
        found = _meant(atlas, text, day)
        if 0 < len(found) <= _SUGGESTIONS:
            names = "; ".join(_placed(atlas, unit, day) for unit in found)
            sentence = _("Ngày {day} thì có: {names}. Hãy ghi đúng ngày của địa chỉ.")
            return format_lazy(sentence, day=f"{day:%d/%m/%Y}", names=names)
    near = "; ".join(_near(atlas, text, on))
    return format_lazy(_("Có phải: {names}?"), names=near) if near else _("Hãy kiểm tra tên và ngày.")


def _placed(atlas: Atlas, unit: Unit, on: date) -> str:
    return f"{unit.full_name}, {atlas.view(unit, on).within}".rstrip(", ")


def _near(atlas: Atlas, text: str, on: date) -> list[str]:
    """Return names near to the words that say nothing, within what the other words say."""
    ways = read_address(text, atlas)
    unread = [words for way in ways for words in way.unread]
    sought = next((words for words in unread if says_commune(words)), unread[0] if unread else "")
    named = (unit for way in ways for piece in way.pieces for unit in atlas.by_key[piece.name])
    known = [unit for unit in named if unit.holds_on(on)]
    inside = {commune for unit in known for commune in atlas.communes(unit.code, on)}
    wanted = without_kind(sought) if sought else next((p.name for way in ways for p in way.pieces), "")
    choices: dict[str, list[Unit]] = {}
    for name, units in atlas.by_key.items():
        here = [unit for unit in units if unit.holds_on(on) and (not inside or unit in inside)]
        if here:
            choices[name] = here
    close = get_close_matches(wanted, choices, n=_SUGGESTIONS, cutoff=0.6)
    return [_placed(atlas, choices[name][0], on) for name in close]
