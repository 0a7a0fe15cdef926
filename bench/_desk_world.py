"""Officers who sit where many dossiers lie, signed in, and the addresses they ask for. Needs Django."""

import random
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from tests.people_kit import PASSWORD, SECRET, sign_in

from tinhso.dossiers import queries
from tinhso.dossiers.models import Dossier, Involvement
from tinhso.kernel import clock
from tinhso.people import actions as people
from tinhso.people.models import Account, Agency
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor, system

SYSTEM = system("bench")
OF_EACH = 40
# The kinds of asking, as the issue names them.
INBOX, FILTERED, NAME, CODE, NUMBER, DOSSIER = (
    "inbox",
    "filtered list",
    "search by name",
    "search by code",
    "search by id",
    "dossier",
)
KINDS = (INBOX, FILTERED, NAME, CODE, NUMBER, DOSSIER)


@dataclass(frozen=True, slots=True)
class Officer:
    """:param open_count: dossiers in the work of their agency"""

    actor: Actor
    cookie: str
    agency: str
    open_count: int


@dataclass(frozen=True, slots=True)
class Asking:
    """One address, with the cookie of whoever asks."""

    kind: str
    path: str
    cookie: str


def officers() -> tuple[Officer, ...]:
    """Return one officer of the busiest agency, of the one in the middle, of a quiet one, and of all."""
    counts = Involvement.objects.filter(is_open=True).values("agency_id").annotate(count=Count("pk"))
    busy = list(counts.order_by("-count").values_list("agency_id", "count"))
    chosen = [busy[0], busy[len(busy) // 20], busy[len(busy) // 4], busy[len(busy) // 2]]
    return tuple(_officer(place, agency_id, count) for place, (agency_id, count) in enumerate(chosen))


def askings(found: tuple[Officer, ...]) -> dict[str, list[Asking]]:
    """Return addresses of each kind, every officer's in turn; the same ones each time."""
    drawn = random.Random(766)  # noqa: S311  (no secret)
    by_kind: dict[str, list[Asking]] = {kind: [] for kind in KINDS}
    for officer in found:
        for dossier in _some(officer.actor, drawn):
            for kind, path in _paths(dossier, drawn).items():
                by_kind[kind].append(Asking(kind, path, officer.cookie))
    for asked in by_kind.values():
        drawn.shuffle(asked)
    return by_kind


def _paths(dossier: Dossier, drawn: random.Random) -> dict[str, str]:
    person = dossier.applicant
    tab = drawn.choice(("cua-toi", "cho-tiep-nhan", "dang-xu-ly", "qua-han"))
    return {
        INBOX: reverse("desk:inbox"),
        FILTERED: _with("desk:inbox", muc=tab, **{"thu-tuc": dossier.procedure_code}),
        NAME: _with("desk:search", q=person.full_name),
        CODE: _with("desk:search", q=dossier.code),
        NUMBER: _with("desk:search", q=person.personal_id),
        DOSSIER: reverse("desk:dossier", args=[dossier.pk]),
    }


def _with(route: str, **asked: str | None) -> str:
    return f"{reverse(route)}?{urlencode({name: value or '' for name, value in asked.items()})}"


def _some(actor: Actor, drawn: random.Random) -> list[Dossier]:
    """Return dossiers of the officer's, open and closed."""
    own = Involvement.objects.filter(agency_id__in=actor.agency_ids)
    ids: list[UUID] = []
    for is_open in (True, False):
        part = own.filter(is_open=is_open).order_by("dossier_id")
        places = [drawn.randrange(max(1, part.count())) for _turn in range(OF_EACH // 2)]
        ids += [row.dossier_id for place in places for row in part[place : place + 1]]
    found = queries.dossiers_of(actor).filter(pk__in=ids)
    return list(found.order_by("pk"))


def _officer(place: int, agency_id: UUID, open_count: int) -> Officer:
    username, at = f"bench.{place}", clock.now()
    agency = Agency.objects.get(pk=agency_id)
    account = Account.objects.filter(username=username).first()
    account_id = account.pk if account else _enrol(username, agency)
    client = Client()
    sign_in(client, account_id)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    return Officer(actor_of(account_id, at=at), cookie, agency.name, open_count)


def _enrol(username: str, agency: Agency) -> UUID:
    at = clock.now()
    account_id = people.enrol_officer(
        actor=SYSTEM,
        at=at,
        username=username,
        password=PASSWORD,
        full_name="Cán Bộ Đo Lường",
        totp_secret=SECRET,
    )
    people.appoint(
        actor=SYSTEM,
        at=at,
        account_id=account_id,
        agency_id=agency.pk,
        role="one_stop",
        title="Công chức một cửa",
        from_on=at.date() - timedelta(days=30),
    )
    return account_id
