"""The inbox as a page: tabs, filters, rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tinhso.definitions import catalogue
from tinhso.dossiers.desk import Desk, desk_of
from tinhso.dossiers.listing import names_of, page_of
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.statuses import FINAL, WAITING, Status
from tinhso.kernel.ids import new_id
from tinhso.people.types import Actor
from tinhso.web.desk import cursors, work
from tinhso.web.desk import filters as chosen
from tinhso.web.desk.batch_offers import BatchOffer, batch_offers
from tinhso.web.desk.channels import channel_words
from tinhso.web.desk.filters import Filters
from tinhso.web.desk.office import office_of
from tinhso.web.desk.work_row import NO_ID, WorkRow
from tinhso.web.parts import DeadlineView, Option, Tab, deadline_view

LABELS = {
    chosen.MINE: gettext_lazy("Việc của tôi"),
    chosen.TO_ACCEPT: gettext_lazy("Chờ tiếp nhận"),
    chosen.RUNNING: gettext_lazy("Đang xử lý"),
    chosen.TO_SIGN: gettext_lazy("Chờ ký"),
    chosen.WAITING: gettext_lazy("Chờ bổ sung"),
    chosen.OVERDUE: gettext_lazy("Quá hạn"),
    chosen.ALL: gettext_lazy("Đang mở"),
}
DUES = {
    chosen.DUE_OVERDUE: gettext_lazy("Đã quá hạn"),
    chosen.DUE_TODAY: gettext_lazy("Hạn hôm nay"),
    chosen.DUE_TOMORROW: gettext_lazy("Hạn ngày mai"),
    chosen.DUE_WEEK: gettext_lazy("Hạn trong 7 ngày"),
    chosen.DUE_STEP: gettext_lazy("Quá giờ của bước"),
}


@dataclass(frozen=True, slots=True)
class Menu:
    """One menu of the filter line; ``every`` is its first entry."""

    name: str
    label: str
    every: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class KeptList:
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    title: str
    filters: Filters
    tabs: tuple[Tab, ...]
    menus: tuple[Menu, ...]
    rows: tuple[WorkRow, ...]
    total: int
    overdue: int
    today: int
    first_url: str
    next_url: str
    clear_url: str
    close_url: str
    export_query: str
    desk: Desk
    acts: tuple[BatchOffer, ...]
    batch_token: UUID

    @property
    def kept(self) -> tuple[KeptList, ...]:
        """Return the lists the officer keeps by name."""
        now = self.filters.list_query
        return tuple(
            KeptList(one.name, f"{reverse('desk:inbox')}?{one.query}", one.query == now)
            for one in self.desk.filters
        )

    @property
    def back_query(self) -> str:
        """Return the way back to the list as part of an address."""
        return urlencode({"ve": self.filters.list_query})


def home_tab(actor: Actor) -> str:
    """Return the tab an officer begins with; who only watches has no work of their own."""
    return chosen.RUNNING if office_of(actor).only_watches else chosen.MINE


def inbox_of(*, actor: Actor, at: datetime, filters: Filters) -> Inbox:
    """Return the page."""
    placed = work.placed(actor=actor, at=at)
    inside = placed.inside(filters.tab)
    rows = page_of(
        actor=actor,
        at=at,
        selection=filters.selection,
        pairs=placed.pairs,
        after=cursors.read(filters.after),
        most=work.PAGE + 1,
    )
    shown = rows[: work.PAGE]
    return Inbox(
        title=str(LABELS[filters.tab]),
        filters=filters,
        tabs=_tabs(placed.counts, actor, filters),
        menus=_menus(inside, filters),
        rows=rows_of(shown, actor=actor, at=at, filters=filters),
        total=sum(heap.count for heap in inside),
        overdue=sum(heap.count for heap in inside if heap.due == chosen.DUE_OVERDUE),
        today=sum(heap.count for heap in inside if heap.due == chosen.DUE_TODAY),
        first_url=filters.url(after="", chosen="") if filters.after else "",
        next_url=filters.url(after=cursors.write(cursors.place_of(shown[-1])), chosen="")
        if len(rows) > work.PAGE
        else "",
        clear_url=Filters(tab=filters.tab).url(),
        close_url=filters.url(chosen=""),
        export_query=filters.query(after="", chosen=""),
        desk=desk_of(actor),
        acts=batch_offers(inside, actor),
        batch_token=new_id(),
    )


def rows_of(
    dossiers: Iterable[Dossier], *, actor: Actor, at: datetime, filters: Filters | None = None
) -> tuple[WorkRow, ...]:
    """Return rows of ``queries.work_list`` as they are drawn; without filters each leads to its own page."""
    language = (get_language() or "vi")[:2]
    # Worked out once: of fifty addresses only the id differs.
    address = filters.url(chosen=str(NO_ID)) if filters else reverse("desk:dossier", args=[NO_ID])
    chosen_id = filters.chosen_id if filters else None
    return tuple(
        _row(
            dossier,
            actor,
            at,
            url=address.replace(str(NO_ID), str(dossier.pk)),
            language=language,
            is_current=dossier.pk == chosen_id,
        )
        for dossier in dossiers
    )


def _row(
    dossier: Dossier, actor: Actor, at: datetime, *, url: str, language: str, is_current: bool
) -> WorkRow:
    extra = vars(dossier)
    step = extra["open_step"]
    stands_still = dossier.status in WAITING
    procedure, step_words = _words(dossier.version_id, "" if stands_still else step or "", language)
    state = _state(dossier.status, language)
    applicant, agency = names_of(dossier)
    deadline = deadline_of(dossier, step_due=extra["step_due"], at=at)
    return WorkRow(
        id=dossier.pk,
        url=url,
        deadline=deadline,
        day=deadline.on,
        procedure=procedure,
        code=dossier.code,
        applicant=applicant,
        step=step_words or state,
        is_step_late=extra["step_warned"] and not stands_still,
        has_message=extra["has_message"],
        holder=extra["holder_name"] or "",
        is_mine=extra["holder_account"] is not None and extra["holder_account"] == actor.account_id,
        is_current=is_current,
        agency=agency,
        channel=channel_words(dossier),
        filed_at=dossier.filed_at,
        state=state,
    )


@lru_cache(maxsize=4096)
def _words(version_id: UUID, step: str, language: str) -> tuple[str, str]:
    """Return the name of a procedure and of a step of it, empty for no step; a version never changes."""
    procedure = catalogue.of_version(version_id).procedure
    return procedure.name.into(language), procedure.step(step).name.into(language) if step else ""


@lru_cache(maxsize=64)
def _state(status: str, _language: str) -> str:
    return str(Status(status).label)


def deadline_of(dossier: Dossier, *, step_due: datetime | None, at: datetime) -> DeadlineView:
    """Say how the dossier's deadline stands; before it is accepted, how the step's own hours do."""
    if dossier.finished_at is not None or dossier.state in FINAL:
        return deadline_view(due_at=dossier.due_at, at=at, state="done")
    if dossier.state in WAITING:
        return deadline_view(due_at=None, at=at, state="paused")
    if dossier.state is Status.FILED and step_due is None:
        return DeadlineView("later", _("Chưa tiếp nhận"), "inbox")
    return deadline_view(due_at=dossier.due_at or step_due, at=at)


def _tabs(counts: Mapping[str, int], actor: Actor, filters: Filters) -> tuple[Tab, ...]:
    return tuple(
        Tab(
            label=str(LABELS[tab]),
            url=Filters(tab=tab).url(),
            count=counts.get(tab, 0),
            current=tab == filters.tab,
            alarm=tab == chosen.OVERDUE,
        )
        for tab in (*chosen.TABS, *((chosen.ALL,) if filters.tab == chosen.ALL else ()))
        if tab != chosen.MINE or not office_of(actor).only_watches
    )


def _menus(heaps: list[work.Heap], filters: Filters) -> tuple[Menu, ...]:
    language = (get_language() or "vi")[:2]
    procedures = {
        heap.procedure: catalogue.of_version(heap.version_id).procedure.name.into(language) for heap in heaps
    }
    steps = {
        work.step_name(heap.version_id, heap.step, "vi"): work.step_name(heap.version_id, heap.step, language)
        for heap in heaps
        if not filters.procedure or heap.procedure == filters.procedure
    }
    holders = {str(heap.holder_id): heap.holder for heap in heaps if heap.holder_id}
    holders |= {chosen.NOBODY: _("Chưa giao")}
    dues = {value: str(label) for value, label in DUES.items()}
    return (
        _menu("thu-tuc", _("Thủ tục"), _("Mọi thủ tục"), procedures, filters.procedure),
        _menu("buoc", _("Bước"), _("Mọi bước"), steps, filters.step),
        _menu("han", _("Hạn"), _("Mọi hạn"), dues, filters.due, keep_order=True),
        _menu("nguoi", _("Người giữ"), _("Mọi cán bộ"), holders, filters.holder),
    )


def _menu(
    name: str, label: str, every: str, options: dict[str, str], now: str, *, keep_order: bool = False
) -> Menu:
    known = options if not now or now in options else {**options, now: _("Đang chọn")}
    ordered = known.items() if keep_order else sorted(known.items(), key=lambda entry: entry[1])
    return Menu(name, label, every, tuple(Option(value, text, value == now) for value, text in ordered))
