"""The lists of a procedure as pages show them: each thing with its name, what it is, what is wrong in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions.designing.document import Document
from tinhso.definitions.designing.shapes import Shape, list_at, written_place
from tinhso.definitions.places import Location
from tinhso.kernel.money import format_dong
from tinhso.web.designer.choosing import things, words
from tinhso.web.designer.entering import Opened, place_url
from tinhso.web.designer.labels import ADD, CHOICES, LISTS

_TYPES = dict(CHOICES["type"])


@dataclass(frozen=True, slots=True)
class Thing:
    """
    One thing of a list.

    :param note: what it is in a few words
    :param mistakes: how many errors stand in it
    :param lists: what it lists itself, shown inside
    :param others: after which of its neighbours it may be put: place in the list and name
    :param elsewhere: other lists it may go to: place and name
    """

    place: str
    name: str
    note: str
    url: str
    mistakes: int
    is_first: bool
    is_last: bool
    lists: tuple["Listing", ...] = ()
    others: tuple[tuple[int, str], ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """
    A list of things.

    :param place: as addresses name it; ``name`` is the last part of it
    """

    place: str
    name: str
    title: str
    things: tuple[Thing, ...]
    add_url: str
    add_label: str


def listing(work: Opened, at: Location, *, deep: bool = False) -> Listing:
    """Return the list at the place; with ``deep``, what its things list themselves too."""
    assert work.document is not None
    shape, name = list_at(at), str(at[-1])
    found = work.document.get(at)
    listed = found if isinstance(found, list) else []
    names = [_name(one, shape) for one in listed]
    return Listing(
        place=written_place(at),
        name=name,
        title=str(LISTS[name]),
        things=tuple(_things(work, at, shape, listed, names, deep=deep)),
        add_url=reverse("designer:add", args=[work.id, written_place(at)]),
        add_label=str(ADD[shape.kind]),
    )


def _things(
    work: Opened, at: Location, shape: Shape, listed: list[Any], names: list[str], *, deep: bool
) -> Iterator[Thing]:
    elsewhere = _elsewhere(work.document, at)
    for index, one in enumerate(listed):
        place = (*at, index)
        yield Thing(
            place=written_place(place),
            name=names[index] or _("(chưa có tên)"),
            note=_note(one, shape),
            url=place_url(work.id, place),
            mistakes=sum(1 for found in work.found_in(place) if found.is_error),
            is_first=index == 0,
            is_last=index == len(listed) - 1,
            lists=tuple(listing(work, (*place, name)) for name in shape.lists) if deep else (),
            others=tuple((n, name) for n, name in enumerate(names) if n not in (index, index - 1)),
            elsewhere=elsewhere,
        )


def _elsewhere(document: Document | None, at: Location) -> tuple[tuple[str, str], ...]:
    """Return the other pages a question may go to."""
    if document is None or len(at) != 3 or at[0] != "form":
        return ()
    pages = things(document, ("form",), "id", "title")
    return tuple((f"form.{n}.ask", name) for n, (_id, name) in enumerate(pages) if n != at[1])


def _name(one: Any, shape: Shape) -> str:
    if not isinstance(one, dict):
        return words(one)
    if set(one) <= {"vi", "en"}:
        return words(one)
    said = words(one.get(shape.naming))
    return said or words(one.get("id")) or words(one.get("code"))


def _note(one: Any, shape: Shape) -> str:
    """Say in a few words what the thing is."""
    if not isinstance(one, dict):
        return ""
    said: list[str] = []
    match shape.kind:
        case "question":
            said = [str(_TYPES.get(str(one.get("type")), one.get("type") or ""))]
            said += [_("không bắt buộc")] if one.get("required") is False else []
        case "fee":
            amount = one.get("amount")
            said = [format_dong(amount) if isinstance(amount, int) else str(amount or "")]
        case "step":
            said = [_("%(hours)s giờ làm việc") % {"hours": one["hours"]}] if one.get("hours") else []
            said += [_("ký kết quả")] if one.get("signs") else []
            said += [_("trả kết quả")] if one.get("returns") else []
        case "option":
            said = [str(one.get("value", ""))]
        case "paper":
            said = [_("nộp hay không cũng được")] if one.get("optional") else []
        case "law":
            said = [words(one.get("title"))]
        case _:
            pass
    if one.get("when") not in (None, "true", True) and shape.kind != "time_case":
        said.append(_("có điều kiện"))
    return " · ".join(part for part in said if part)


def design_url(design_id: UUID) -> str:
    return reverse("designer:design", args=[design_id])
