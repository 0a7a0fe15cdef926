"""The list of a citizen's dossiers and drafts: what they owe first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions import catalogue
from tinhso.dossiers import queries
from tinhso.dossiers.models import Dossier, Draft
from tinhso.dossiers.party import into
from tinhso.dossiers.statuses import FINAL, WAITING, Status
from tinhso.payments import queries as payments
from tinhso.payments.types import BillView
from tinhso.people.types import Actor
from tinhso.web.parts import Tab
from tinhso.web.portal.bills import owed
from tinhso.web.portal.filling import name_of
from tinhso.web.portal.words import Standing, standing

# Nobody but a representative has more; they search.
MOST = 200
# With fewer than this, looking is faster than typing.
SEARCH_FROM = 3
OWED, RUNNING, DONE, DRAFTS = "can-lam", "dang-giai-quyet", "da-xong", "ban-nhap"


@dataclass(frozen=True, slots=True)
class Card:
    """:param action: what the reader owes, with its address"""

    id: UUID
    code: str
    procedure: str
    applicant: str
    standing: Standing
    since: datetime
    due_at: datetime | None
    url: str
    action: str = ""
    action_url: str = ""
    is_done: bool = False
    unread_messages: int = 0
    thread_url: str = ""


@dataclass(frozen=True, slots=True)
class DraftCard:
    procedure: str
    applicant: str
    saved_at: datetime
    url: str
    discard_url: str


@dataclass(frozen=True, slots=True)
class MyDossiersPage:
    """:param total: how many dossiers there are before any filter"""

    cards: tuple[Card, ...]
    drafts: tuple[DraftCard, ...]
    tabs: tuple[Tab, ...]
    words: str
    total: int
    shows_search: bool
    is_cut: bool

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing at all, whatever was asked for."""
        return not self.total and not self.drafts


def my_dossiers_page(*, actor: Actor, language: str, words: str = "", tab: str = "") -> MyDossiersPage:
    """:param tab: one of the ids above; anything else shows all"""
    rows = queries.dossiers_of(actor)
    found = list((queries.search(rows, words, actor=actor) if words else rows)[:MOST])
    bills = payments.bills_of_subjects(actor=into(actor, *found), subject_ids=[row.id for row in found])
    made = (_card(row, bills.get(row.id, ()), actor, language) for row in found)
    cards = sorted(made, key=lambda card: not card.action)
    drafts = tuple(_draft(draft, actor, language) for draft in queries.unfiled_drafts(actor)[:MOST])
    return MyDossiersPage(
        cards=tuple(filter(_belonging(tab), cards)),
        drafts=drafts if tab in {"", DRAFTS} and not words else (),
        tabs=_tabs(cards, drafts, tab, words),
        words=words,
        total=len(found) if not words else max(len(found), SEARCH_FROM),
        shows_search=bool(words) or len(found) >= SEARCH_FROM,
        is_cut=len(found) == MOST,
    )


GROUPS: dict[str, Callable[[Card], bool]] = {
    OWED: lambda card: bool(card.action) and not card.is_done,
    RUNNING: lambda card: not card.is_done,
    DONE: lambda card: card.is_done,
}


def _belonging(tab: str) -> Callable[[Card], bool]:
    if tab == DRAFTS:
        return lambda _card: False
    return GROUPS.get(tab, lambda _card: True)


def _card(dossier: Dossier, bills: Iterable[BillView], actor: Actor, language: str) -> Card:
    due = owed(bills) if dossier.state not in FINAL else None
    action, route = _owed_action(dossier, due)
    return Card(
        id=dossier.id,
        code=dossier.code,
        procedure=catalogue.of_version(dossier.version_id).procedure.name.into(language),
        applicant=name_of(dossier, is_own=dossier.applicant_id == actor.person_id),
        standing=standing(dossier, owes_money=due is not None),
        since=dossier.filed_at,
        due_at=dossier.due_at if dossier.state not in FINAL | WAITING | {Status.DECIDED} else None,
        url=reverse("portal:dossier", args=(dossier.id,)),
        action=action,
        action_url=reverse(route, args=(dossier.id,)) if route else "",
        is_done=dossier.state in FINAL,
        unread_messages=vars(dossier)["unread_messages"],
        thread_url=reverse("portal:thread", args=(dossier.id,)),
    )


def _owed_action(dossier: Dossier, due: BillView | None) -> tuple[str, str]:
    if dossier.state is Status.AWAITING_SUPPLEMENT:
        return _("Bổ sung hồ sơ"), "portal:supplement"
    if due is not None:
        return _("Nộp phí"), "portal:pay"
    return "", ""


def _draft(draft: Draft, actor: Actor, language: str) -> DraftCard:
    return DraftCard(
        procedure=catalogue.of_version(draft.version_id).procedure.name.into(language),
        applicant=name_of(draft, is_own=draft.applicant_id == actor.person_id),
        saved_at=draft.saved_at,
        url=reverse("portal:form-resume", args=(draft.id,)),
        discard_url=reverse("portal:form-discard", args=(draft.id,)),
    )


def _tabs(cards: list[Card], drafts: tuple[DraftCard, ...], tab: str, words: str) -> tuple[Tab, ...]:
    """Return the groups that hold something; none when there is nothing to choose between."""
    counts = {name: sum(map(belongs, cards)) for name, belongs in GROUPS.items()} | {DRAFTS: len(drafts)}
    labels = {
        OWED: _("Cần bạn làm"),
        RUNNING: _("Đang giải quyết"),
        DONE: _("Đã xong"),
        DRAFTS: _("Bản nháp"),
    }
    filled = [name for name in labels if counts[name]]
    if len(filled) < 2 and not tab:
        return ()
    everything = Tab(_("Tất cả"), _address("", words), len(cards), tab not in labels)
    return (
        everything,
        *(
            Tab(labels[name], _address(name, words), counts[name], tab == name, alarm=name == OWED)
            for name in filled
        ),
    )


def _address(tab: str, words: str) -> str:
    asked = {name: value for name, value in (("muc", tab), ("q", words)) if value}
    return reverse("portal:dossiers") + (f"?{urlencode(asked)}" if asked else "")
