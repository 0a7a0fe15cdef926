"""What the sealed ledger is, its latest checkpoints, and how anybody checks it."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tinhso.kernel.keyring import MissingKey
from tinhso.kernel.tree import keys, queries
from tinhso.kernel.tree.queries import SealedAt
from tinhso.web.opendata.addresses import whole

SHOWN = 5


@dataclass(frozen=True, slots=True)
class CheckpointView:
    """:param behind: seconds the clock of the machine had been set back by"""

    size: int
    root: str
    at: datetime
    behind: int
    stamped_at: datetime | None
    url: str


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """
    :param latest: None before anything was sealed
    :param stamped: the newest one an authority has seen, which may be an earlier one
    :param keys: whose signatures count, those that sign now first
    """

    latest: CheckpointView | None
    stamped: CheckpointView | None
    recent: tuple[CheckpointView, ...]
    keys: tuple[str, ...]
    address: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the page."""
    return render(request, "ledger/home.html", {"page": ledger_page()})


def ledger_page() -> LedgerPage:
    """Return the page: two questions to the database, however long the ledger is."""
    recent = tuple(_view(one) for one in queries.latest_checkpoints(SHOWN))
    stamped = queries.latest_stamped()
    return LedgerPage(
        latest=recent[0] if recent else None,
        stamped=_view(stamped) if stamped else None,
        recent=recent,
        keys=_keys(),
        address=whole(reverse("ledger:home")).rstrip("/"),
    )


def _view(one: SealedAt) -> CheckpointView:
    name = f"checkpoints/{one.size}" if one.stamped_at else "checkpoint"
    url = reverse("ledger:file", args=[name])
    return CheckpointView(one.size, one.root.hex(), one.at, one.behind, one.stamped_at, url)


def _keys() -> tuple[str, ...]:
    try:
        return tuple(str(key) for key in keys.load().public)
    except MissingKey:
        return ()
