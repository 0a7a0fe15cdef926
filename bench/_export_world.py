"""A supervisor who writes out the newest dossiers of the province. Needs Django."""

from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django.models import ProcrastinateJob
from tests.people_kit import PASSWORD, SECRET

from tinhso.dossiers.actions.ask_export import ask_export
from tinhso.dossiers.exporting import running
from tinhso.dossiers.exporting.finding import ExportView, access_export
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.selecting import Selection
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.people import actions as people
from tinhso.people.models import Account, Agency
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor, system

SYSTEM = system("bench")


class FailedError(Exception):
    """The export did not come to its end."""


def supervisor(username: str) -> Actor:
    """Return an officer who sees every dossier of the province."""
    at = clock.now()
    account = Account.objects.filter(username=username).first()
    return actor_of(account.pk if account else _enrol(username), at=at)


def newest(actor: Actor, rows: int) -> Selection:
    """Return the days of filing of the newest so many dossiers."""
    filed = Dossier.objects.visible_to(actor).order_by("-filed_at").values_list("filed_at", flat=True)
    last, first = filed[0], filed[min(rows, filed.count()) - 1]
    return Selection(first=f"{local(first):%Y-%m-%d}", last=f"{local(last):%Y-%m-%d}")


def write(actor: Actor, format_: str, selection: Selection) -> ExportView:
    """Ask for the export and do at once what its job does. :raises FailedError: it did not end well"""
    export_id = ask_export(actor=actor, at=clock.now(), format_=format_, selection=selection)
    # A worker that ran beside would write it too.
    ProcrastinateJob.objects.filter(args__export_id=str(export_id), status="todo").update(status="cancelled")
    running.run(system=SYSTEM, export_id=export_id, now=clock.now)
    view = access_export(actor=actor, at=clock.now(), export_id=export_id)
    if not view.is_ready:
        raise FailedError(view.sentence or view.state)
    return view


def _enrol(username: str) -> UUID:
    at = clock.now()
    account_id = people.enrol_officer(
        actor=SYSTEM,
        at=at,
        username=username,
        password=PASSWORD,
        full_name="Cán Bộ Giám Sát Đo Lường",
        totp_secret=SECRET,
    )
    people.appoint(
        actor=SYSTEM,
        at=at,
        account_id=account_id,
        agency_id=Agency.objects.get(kind="province_committee").pk,
        role="supervisor",
        title="Giám sát",
        from_on=at.date() - timedelta(days=30),
    )
    return account_id
