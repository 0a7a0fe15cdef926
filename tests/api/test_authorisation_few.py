"""Roles that few addresses concern, in a table of their own; of dossiers they see what an operator does."""

import pytest

from tests.authorisation import few, table
from tests.authorisation.few import Stage
from tests.authorisation.routes import Route, every_route
from tests.authorisation.table import Row
from tests.dossiers_kit import Province

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Every address below these is in the table: they were made for these roles.
THEIRS = ("ban-lam-viec/soan-thu-tuc/", "ho-tro/", "api/v1/assisting/")
HELPERS = ("helper", "distant")


@pytest.fixture
def stage(province: Province) -> Stage:
    return few.built(province)


def rows() -> tuple[Row, ...]:
    return table.read(few.FILE, tuple(few.ROLES))


def test_every_address_made_for_these_roles_has_its_line() -> None:
    known = {row.route for row in rows()}
    theirs = {one for one in every_route() if one.pattern.startswith(THEIRS)}
    # As in the whole table: what only takes a post has no page; a page without a line takes no post.
    missing = {one for one in theirs - known if one.method == "GET"}
    missing = {one for one in missing if Route(one.pattern, "POST") not in known}
    missing |= {row.route for row in table.read() if row.route in theirs} - known
    assert (missing, known - set(every_route())) == (set(), set())


def test_everybody_gets_what_the_table_says_and_of_others_dossiers_what_an_operator_gets(
    stage: Stage,
) -> None:
    """Two questions at one stage: to set it up for each of them takes longer than to ask."""
    differing = list(table.differing(rows(), cookies=stage.cookies, values=stage.values, judged=few.outcome))
    assert not differing, "\n".join(differing)
    assert not (wrong := _unlike_an_operator(stage)), "\n".join(wrong)


def _unlike_an_operator(stage: Stage) -> list[str]:
    """Return where they get something else of a dossier that is not theirs than an operator gets."""
    wrong: list[str] = []
    for row in of_a_dossier():
        cells = dict.fromkeys(few.ROLES, row.cells["operator"])
        if row.route.pattern.startswith("ban-lam-viec/"):
            cells |= dict.fromkeys(HELPERS, "home")
        like = Row(row.route, "design", cells)
        wrong += table.differing([like], cookies=stage.cookies, values=stage.values, judged=few.outcome)
    return wrong


def of_a_dossier() -> list[Row]:
    """Return the readings of one dossier for which its id is all that is asked."""
    found = [
        row
        for row in table.read()
        if row.route.method == "GET"
        and "dossier_id" in row.route.pattern
        and row.route.pattern.count("<") == 1
        and not row.given
        and not row.sends
    ]
    once = {row.route: row for row in found}
    assert Route("ban-lam-viec/ho-so/<uuid:dossier_id>/", "GET") in once
    return list(once.values())
