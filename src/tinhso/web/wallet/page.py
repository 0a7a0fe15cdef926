"""What a citizen keeps, as the page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions.paper_kinds import PaperKinds
from tinhso.dossiers import wallet
from tinhso.dossiers.wallet import Use
from tinhso.kernel.clock import local
from tinhso.kernel.text import fold
from tinhso.papers.types import KeptSource, KeptView, Validity
from tinhso.papers.views import kept_view
from tinhso.people.types import Actor
from tinhso.web.parts import Tab, Tone

# Nobody but a representative has more; they search.
MOST = 300
SEARCH_FROM = 3
HIDDEN_JUST_NOW = "vua-an"
RESULTS, COPIES, HIDDEN = "ket-qua", "so-hoa", "da-an"
SOON = timedelta(days=60)
MOST_USES = 3


@dataclass(frozen=True, slots=True)
class State:
    label: str
    tone: Tone
    icon: str


@dataclass(frozen=True, slots=True)
class Card:
    """
    One paper.

    :param whose: empty for one's own
    :param told: why it was revoked; empty else
    :param newer_url: the document that took its place
    """

    id: UUID
    title: str
    number: str
    agency: str
    kind: str
    whose: str
    source: str
    issued_at: datetime
    state: State
    told: str
    file_url: str
    verify_url: str
    newer_url: str
    dossier_url: str
    uses: tuple[tuple[str, str], ...]
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class WalletPage:
    """:param just_hidden: title of what was put out of sight a moment ago, with the way back"""

    cards: tuple[Card, ...]
    tabs: tuple[Tab, ...]
    kinds: tuple[Choice, ...]
    words: str
    group: str
    is_empty: bool
    shows_search: bool
    is_cut: bool
    just_hidden: str
    restore_url: str


def wallet_page(*, actor: Actor, at: datetime, language: str, asked: Mapping[str, str]) -> WalletPage:
    """:param asked: ``q`` words, ``loai`` a kind, ``muc`` one of the groups above, as the address says"""
    rows = wallet.kept_papers(actor, hidden=None)[:MOST]
    everything = tuple(map(kept_view, rows))
    words, kind, group = asked.get("q", "").strip()[:100], asked.get("loai", ""), asked.get("muc", "")
    known = wallet.kinds()
    fitting = [one for one in everything if _matches(one, words) and kind in ("", one.kind)]
    shown = [one for one in fitting if _belongs(one, group)]
    uses = wallet.uses_of(actor=actor, kept=shown)
    hidden = next((one for one in everything if str(one.id) == asked.get(HIDDEN_JUST_NOW)), None)
    return WalletPage(
        cards=tuple(_card(one, uses.get(one.id, ()), actor, at, known, language) for one in shown),
        tabs=_tabs(fitting, group, words, kind),
        kinds=_kinds(everything, kind, known, language),
        words=words,
        group=group,
        is_empty=not everything,
        shows_search=bool(words or kind) or len(everything) >= SEARCH_FROM,
        is_cut=len(everything) == MOST,
        just_hidden=hidden.title if hidden and hidden.is_hidden else "",
        restore_url=reverse("wallet:restore", args=[hidden.id]) if hidden else "",
    )


def state_of(kept: KeptView, *, at: datetime) -> State:
    """Say how the paper stands at the moment."""
    validity = kept.validity(at=at)
    if validity is Validity.REVOKED:
        return State(_("Đã bị thu hồi"), "red", "circle-x")
    if validity is Validity.SUPERSEDED:
        return State(_("Đã có bản thay thế"), "amber", "alert-triangle")
    if kept.valid_until is None:
        return State(_("Còn hiệu lực"), "green", "circle-check")
    on = f"{kept.valid_until:%d/%m/%Y}"
    if validity is Validity.EXPIRED:
        return State(_("Hết hạn từ %(on)s") % {"on": on}, "red", "calendar")
    if kept.valid_until - local(at).date() <= SOON:
        return State(_("Sắp hết hạn: %(on)s") % {"on": on}, "amber", "calendar")
    return State(_("Còn hiệu lực đến %(on)s") % {"on": on}, "green", "circle-check")


def kind_words(kept: KeptView, known: PaperKinds, language: str) -> str:
    """Return what the kind is called; of one the list does not know, the paper's own title."""
    named = known.name_of(kept.kind)
    return named.into(language) if named else kept.title


def _matches(kept: KeptView, words: str) -> bool:
    text = f" {fold(f'{kept.title} {kept.number} {kept.agency_name} {kept.owner_name}')}"
    return all(f" {word}" in text for word in fold(words).split())


def _belongs(kept: KeptView, group: str) -> bool:
    if group == HIDDEN:
        return kept.is_hidden
    wanted = {RESULTS: (KeptSource.RESULT,), COPIES: (KeptSource.DIGITISED,)}.get(group, tuple(KeptSource))
    return not kept.is_hidden and kept.source in wanted


def _card(
    kept: KeptView, uses: tuple[Use, ...], actor: Actor, at: datetime, known: PaperKinds, language: str
) -> Card:
    is_own = kept.owner_person_id == actor.person_id
    kind = kind_words(kept, known, language)
    return Card(
        id=kept.id,
        title=kept.title,
        number=kept.number,
        agency=kept.agency_name,
        kind="" if kept.title.startswith(kind) else kind,
        whose=kept.organisation_name or ("" if is_own else kept.owner_name),
        source=_source(kept),
        issued_at=kept.issued_at,
        state=state_of(kept, at=at),
        told=kept.reason,
        file_url=reverse("portal:document", args=[kept.document_id]),
        verify_url=reverse("verify", args=[kept.token]),
        newer_url=reverse("portal:document", args=[kept.replaced_by]) if kept.replaced_by else "",
        dossier_url=_dossier_url(kept),
        uses=tuple((one.code, reverse("portal:dossier", args=[one.dossier_id])) for one in uses[:MOST_USES]),
        is_hidden=kept.is_hidden,
    )


def _dossier_url(kept: KeptView) -> str:
    if kept.source is not KeptSource.RESULT or kept.about_id is None:
        return ""
    return reverse("portal:dossier", args=[kept.about_id])


def _source(kept: KeptView) -> str:
    if kept.source is KeptSource.RESULT:
        return _("Kết quả giải quyết thủ tục")
    return _("Số hóa từ bản giấy tại quầy")


def _tabs(fitting: list[KeptView], group: str, words: str, kind: str) -> tuple[Tab, ...]:
    labels = {"": _("Tất cả"), RESULTS: _("Kết quả"), COPIES: _("Bản số hóa"), HIDDEN: _("Đã ẩn")}
    counts = {name: sum(_belongs(one, name) for one in fitting) for name in labels}
    filled = [name for name in labels if not name or counts[name] or name == group]
    if len(filled) < 3 and not group and not counts[HIDDEN]:
        return ()
    return tuple(
        Tab(labels[name], _address(name, words, kind), counts[name], group == name) for name in filled
    )


def _kinds(
    everything: tuple[KeptView, ...], chosen: str, known: PaperKinds, language: str
) -> tuple[Choice, ...]:
    named = {one.kind: kind_words(one, known, language) for one in everything}
    if len(named) < 2:
        return ()
    ordered = sorted(named.items(), key=lambda pair: fold(pair[1]))
    return (
        Choice("", _("Mọi loại"), not chosen),
        *(Choice(value, label, value == chosen) for value, label in ordered),
    )


def _address(group: str, words: str, kind: str) -> str:
    asked = {name: value for name, value in (("muc", group), ("q", words), ("loai", kind)) if value}
    return reverse("wallet:home") + (f"?{urlencode(asked)}" if asked else "")
