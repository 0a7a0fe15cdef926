"""
The YAML of a procedure as something that can be changed in one place.

A round trip by ruamel.yaml: comments, order, quotes and fields nobody here knows stay as they are. Long lines
are not folded anew; a list in brackets that was broken over lines becomes one line.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from tinhso.definitions.loading import Unreadable, read_yaml
from tinhso.definitions.places import Location
from tinhso.kernel.refusals import Conflict

NEVER_FOLDED = 1_000_000
SHORT = 90  # characters a mapping in braces may have
_SIGNS = frozenset(",[]{}#&*!|>%@`\\\"'")
Plain = str | int | bool | None | Mapping[str, Any] | Sequence[Any]


class SourceBroken(Conflict):
    """The YAML cannot be read, so no part of it can be changed by a form."""

    code = "source-broken"
    message = _(
        "Tệp thủ tục đang sai cú pháp nên chưa sửa từng phần được. Hãy mở «Sửa tệp» và sửa dòng có lỗi."
    )


class PlaceGone(Conflict):
    """The file has no such part any more."""

    code = "place-gone"
    message = _("Phần này không còn ở chỗ cũ. Hãy tải lại trang rồi làm lại; điều bạn gõ vẫn ở dưới.")


class Document:
    """
    One YAML file under change.

    :raises SourceBroken: it cannot be read
    """

    def __init__(self, source: str) -> None:
        try:
            read_yaml(source.encode(), file="")  # its limits hold here too
            self._root: Any = _yaml().load(source)
        except (Unreadable, YAMLError, ValueError) as broken:
            raise SourceBroken from broken

    def text(self) -> str:
        """Return the file."""
        kept = io.StringIO()
        _yaml().dump(self._root, kept)
        return kept.getvalue()

    def get(self, at: Location) -> Any:
        """Return the plain value there, None where there is none."""
        found: Any = self._root
        for part in at:
            if isinstance(found, Mapping) and part in found:
                found = found[part]
            elif isinstance(found, Sequence) and not isinstance(found, str) and isinstance(part, int):
                if not 0 <= part < len(found):
                    return None
                found = found[part]
            else:
                return None
        return plain(found)

    def set(self, at: Location, value: Plain) -> None:
        """Write the value there, or take the part away for None. :raises PlaceGone: what holds it is gone"""
        *around, last = at
        owner = self._owner(tuple(around))
        if value is None:
            if isinstance(owner, CommentedMap):
                owner.pop(last, None)
            return
        present = owner.get(last) if isinstance(owner, CommentedMap) else owner[cast(int, last)]
        if isinstance(value, Mapping) and isinstance(present, CommentedMap):
            _merge(present, value)
        elif plain(present) != value or type(plain(present)) is not type(value):
            owner[last] = _styled(value)

    def insert(self, at: Location, value: Plain) -> None:
        """Put a thing into a list at that place, making the list. :raises PlaceGone: no such place"""
        *around, index = at
        *outside, name = around
        owner = self._owner(tuple(outside))
        if isinstance(owner, CommentedMap) and owner.get(name) is None:
            owner[name] = CommentedSeq()
        things = self._owner(tuple(around))
        if (
            not isinstance(things, CommentedSeq)
            or not isinstance(index, int)
            or not 0 <= index <= len(things)
        ):
            raise PlaceGone
        if things.fa.flow_style():
            things.fa.set_block_style()
        things.insert(index, _styled(value))

    def remove(self, at: Location) -> None:
        """Take a thing out of its list. :raises PlaceGone: it is not there"""
        *around, index = at
        things = self._things(tuple(around), index)
        del things[cast(int, index)]

    def move(self, at: Location, to: Location) -> None:
        """Put a thing of a list at another place, of this list or another. :raises PlaceGone: one is gone"""
        *around, index = at
        *there, place = to
        things = self._things(tuple(around), index)
        thing = things.pop(cast(int, index))
        owner = self._owner(tuple(there))
        if not isinstance(owner, CommentedSeq) or not isinstance(place, int) or not 0 <= place <= len(owner):
            raise PlaceGone
        owner.insert(place, thing)

    def _things(self, at: Location, index: int | str) -> CommentedSeq:
        things = self._owner(at)
        if not isinstance(things, CommentedSeq) or not isinstance(index, int) or not 0 <= index < len(things):
            raise PlaceGone
        return things

    def _owner(self, at: Location) -> Any:
        found = self._root
        for part in at:
            try:
                found = found[part]
            except (KeyError, IndexError, TypeError) as gone:
                raise PlaceGone from gone
        if not isinstance(found, CommentedMap | CommentedSeq):
            raise PlaceGone
        return found


def plain(value: Any) -> Any:
    """Return the value without what ruamel knows of its place and style."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Sequence):
        return [plain(inner) for inner in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    return float(value) if isinstance(value, float) else str(value)


def written(value: Mapping[str, Any], *, heading: str = "") -> str:
    """Return a whole file of this value; ``heading`` becomes comments above it."""
    root = _styled(value)
    kept = io.StringIO()
    _yaml().dump(root, kept)
    lines = "".join(f"# {line}\n" for line in heading.splitlines())
    return lines + kept.getvalue()


def _merge(present: CommentedMap, value: Mapping[str, Any]) -> None:
    for gone in [key for key in present if key not in value]:
        del present[gone]
    for key, inner in value.items():
        if plain(present.get(key)) != inner:
            present[key] = _styled(inner)


def _styled(value: Any) -> Any:
    """Return the value as people write it: small mappings in braces, what would be read wrongly in quotes."""
    if isinstance(value, Mapping):
        made = CommentedMap((key, _styled(inner)) for key, inner in value.items())
        if set(value) <= {"vi", "en"} and sum(map(len, map(str, value.values()))) < SHORT:
            made.fa.set_flow_style()
        return made
    if isinstance(value, list | tuple):
        listed = CommentedSeq(_styled(inner) for inner in value)
        if all(isinstance(inner, str | int) for inner in value) and sum(map(len, map(str, value))) < SHORT:
            listed.fa.set_flow_style()
        return listed
    if isinstance(value, str) and _reads_otherwise(value):
        return DoubleQuotedScalarString(value)
    return value


def _reads_otherwise(text: str) -> bool:
    """Tell whether the text without quotes would be a number, a truth, nothing, or no text at all."""
    try:
        value, _places, _mistakes = read_yaml(f"x: {text}\ny: {{vi: {text}}}\n".encode(), file="")
    except Unreadable:
        return True
    if value != {"x": text, "y": {"vi": text}}:
        return True
    return not text.isprintable() or text != text.strip() or not _SIGNS.isdisjoint(text)


def _yaml() -> YAML:
    made = YAML()
    made.preserve_quotes = True
    made.width = NEVER_FOLDED
    made.allow_unicode = True
    made.indent(mapping=2, sequence=4, offset=2)
    return made
