"""
Make the pictures of the operations room for README.

    tinhso demo --no-play --until-ready && tinhso bench load --dossiers 9000 --persons 5000
    python -m scripts.operations_pictures fill          # facts of these dossiers, figures counted
    tinhso demo --no-play &
    python -m scripts.operations_pictures take FOLDER   # needs Playwright and Chromium

In an installation of its own (``TINHSO_VAR``): the dossiers are invented, the page says so. ``fill`` makes
facts of them without their ledger, which ``tinhso bench load`` writes only for its weight.
"""

import sys
from importlib import import_module
from pathlib import Path

import click

from tinhso.cli import _django
from tinhso.kernel import clock

FACTS = """
INSERT INTO fact_dossier (
    dossier_id, number, pass_no, procedure, field, level, agency, unit, channel, filed_at, filed_month,
    accepted_at, due_at, ended_at, returned_at, outcome, waiting_since, waiting_minutes, asks, extensions,
    steps_missed, opinions, changes, questions, proved, prefilled, papers, saved, reused,
    billed, paid, paid_online, stars)
SELECT d.id, e.position, {passes},
    d.procedure_code, s.field, s.level, a.code, a.unit_code, d.channel, d.filed_at,
    date_trunc('month', d.filed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
    d.accepted_at,
    CASE WHEN d.finished_at IS NULL THEN d.due_at
         WHEN h.late THEN d.finished_at - interval '1 day' ELSE d.finished_at END,
    d.finished_at, d.returned_at,
    CASE d.status WHEN 'returned' THEN 'granted' WHEN 'not_accepted' THEN 'declined'
                  WHEN 'withdrawn' THEN d.status WHEN 'stopped' THEN d.status ELSE '' END,
    CASE WHEN d.status LIKE 'awaiting%%' THEN d.filed_at + interval '1 day' END,
    0, (h.n %% 11 = 0)::int, 0, 0, 0, 0, 12, 4, (h.n %% 5), 3, (h.n %% 3), (h.n %% 2),
    8000, 8000, CASE WHEN h.n %% 10 < 6 THEN 8000 ELSE 0 END,
    CASE WHEN h.n %% 4 = 0 AND d.status = 'returned' THEN 5 - (h.n %% 37 = 0)::int * 4 END
FROM dossiers_dossier d
JOIN people_agency a ON a.id = d.agency_id
JOIN ledger_entry e ON e.subject_id = d.id AND e.kind = 'dossier.filed'
JOIN shown_service s ON s.code = d.procedure_code
CROSS JOIN LATERAL (SELECT abs(hashtext(d.id::text)) AS n, abs(hashtext(a.code)) AS place) AS r
CROSS JOIN LATERAL (
    SELECT r.n, r.n %% 100 < 1 + r.place %% 15 - (d.filed_at > now() - interval '200 days')::int * 2 AS late
) AS h
"""
# Later than whatever the worker has counted: nothing it kept is still what the facts say.
PASSES = 1_000_000
# Of the dossiers that are late by the generator's dice, most have time left, as in a province that works.
TIME = """
UPDATE dossiers_dossier SET due_at = due_at + interval '16 days'
WHERE finished_at IS NULL AND due_at < now() AND abs(hashtext(id::text)) %% 10 < 8
"""
SIZES = (("operations-1280.png", 1280, 800, ""), ("operations-wall-1920.png", 1920, 1080, "&man-hinh=tuong"))


@click.group()
def command() -> None:
    """Pictures of the operations room."""


@command.command()
def fill() -> None:
    """Make facts of the invented dossiers and count the figures."""
    _django.start()
    connection = import_module("django.db").connection
    catalogue = import_module("tinhso.definitions.catalogue")
    models = import_module("tinhso.facts.models")
    services = [
        (one.procedure.code, one.procedure.field.vi, str(one.procedure.level))
        for one in catalogue.all_current()
    ]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE shown_service (code text, field text, level text)")
        cursor.executemany("INSERT INTO shown_service VALUES (%s, %s, %s)", services)
        cursor.execute("SELECT max(position) FROM ledger_entry")
        (position,) = cursor.fetchone()
        models.DossierFact.objects.all().delete()
        cursor.execute(TIME, [])
        cursor.execute(FACTS.replace("{passes}", str(PASSES)), [])
    models.FactCursor.objects.update_or_create(pk=1, defaults={"read_to": position, "passes": PASSES})
    import_module("tinhso.indicators.models").StandingCut.objects.all().delete()
    import_module("tinhso.operations.jobs").watch(int(clock.now().timestamp()))
    refreshing = import_module("tinhso.indicators.actions.refresh")
    for tier in refreshing.TIERS:
        refreshing.refresh(at=clock.now(), tier=tier)
    click.echo(f"{models.DossierFact.objects.count()} hồ sơ")


@command.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--username", default="giamsat.tinh", show_default=True, help="Who looks.")
@click.option("--tab", default="services", show_default=True)
def take(folder: Path, username: str, tab: str) -> None:
    """Take the pictures of a running demonstration."""
    _django.start()
    settings = import_module("django.conf").settings
    session = _session(username)
    playwright = import_module("playwright.sync_api").sync_playwright
    with playwright() as browsers:
        browser = browsers.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for name, width, height, more in SIZES:
            context = browser.new_context(viewport={"width": width, "height": height})
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": settings.TINHSO.base_url}]
            )
            page = context.new_page()
            page.goto(f"{settings.TINHSO.base_url}/ban-lam-viec/dieu-hanh/?muc={tab}{more}")
            page.wait_for_function("document.fonts.ready.then(() => true)")
            page.screenshot(path=folder / name)
        browser.close()


def _session(username: str) -> str:
    """Return the session that a finished sign-in of this officer would leave."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    kit = import_module("tests.e2e.portal_stages")
    return str(kit.session_of(import_module("tinhso.people.queries").officer_by_username(username)))


if __name__ == "__main__":
    command()
