"""Two records that may be one: side by side, for a person to decide."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.clock import local
from tinhso.people.types import Actor
from tinhso.registers import policies, quality
from tinhso.registers.types import Moment, TwinView
from tinhso.web.registers import words
from tinhso.web.registers.comparing import Pair, Side, pairs_of, reader_of, side_of

MOST = 100


@dataclass(frozen=True, slots=True)
class TwinPage:
    """
    :param waiting: how many pairs wait, this one included
    :param one_url: where they are merged; empty where the actor may not settle
    """

    name: str
    list_url: str
    quality_url: str
    waiting: int
    is_more: bool
    likeness: int = 0
    why: str = ""
    first: Side | None = None
    second: Side | None = None
    pairs: tuple[Pair, ...] = ()
    one_url: str = ""
    apart_url: str = ""


def twin_page(*, actor: Actor, at: datetime, definition: RegisterDefinition) -> TwinPage:
    """
    Prepare the page with the likeliest pair.

    :raises NotAllowed: the actor has no post that reads the register
    """
    moment = Moment(local(at).date())
    found = quality.likely_twins(actor=actor, register_id=definition.id, moment=moment, limit=MOST)
    frame = TwinPage(
        name=definition.name.into(words.language()),
        list_url=reverse("registers:list", args=[definition.id]),
        quality_url=reverse("registers:quality", args=[definition.id]),
        waiting=len(found),
        is_more=len(found) == MOST,
    )
    if not found:
        return frame
    twin = found[0]
    reader = reader_of(actor, definition, (twin.first, twin.second), moment)
    may = all(
        policies.may_write(actor=actor, definition=definition, unit_key=one.unit_key, deed="settle")
        for one in (twin.first, twin.second)
    )
    query = urlencode({"voi": str(twin.second.id), "cap": str(twin.id)})
    return replace(
        frame,
        likeness=twin.likeness,
        why=_why(definition, twin),
        first=side_of(definition, reader, twin.first),
        second=side_of(definition, reader, twin.second),
        pairs=tuple(pairs_of(definition, reader, twin.first, twin.second, why=twin.why)),
        one_url=f"{reverse('registers:merge', args=[twin.first.id])}?{query}" if may else "",
        apart_url=reverse("registers:apart", args=[definition.id, twin.id]) if may else "",
    )


def _why(definition: RegisterDefinition, twin: TwinView) -> str:
    labels = [
        definition.by_id[name].label.into(words.language()) for name in twin.why if name in definition.by_id
    ]
    return _("Giống nhau ở: %(fields)s.") % {"fields": ", ".join(labels)} if labels else ""
