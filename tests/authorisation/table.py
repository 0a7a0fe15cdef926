"""The table as it is written, and as it is measured."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.authorisation.cast import ROLES
from tests.authorisation.routes import Route
from tests.authorisation.scenes import Values
from tests.papers_samples import photo
from tinhso.api.v1.urls import _CONVERTER

Judge = Callable[[HttpResponse], str]
FILE = Path(__file__).with_name("table.tsv")
UNKNOWN = "?"
UPLOAD = "@"


@dataclass(frozen=True, slots=True)
class Row:
    """
    One line: what everybody gets at one address.

    :param scene: the state of the owner's dossier
    :param given: names in the address that are not the scene's own, ``$name`` for another value of the scene
    :param sends: body, ``$name`` as before, ``@`` for a picture
    """

    route: Route
    scene: str
    cells: dict[str, str]
    given: dict[str, str] = field(default_factory=dict)
    sends: dict[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        given = f" {json.dumps(self.given, ensure_ascii=False)}" if self.given else ""
        return f"{self.route.method} {self.route.pattern} [{self.scene}]{given}"

    def line(self, cells: Mapping[str, str]) -> str:
        """Return the line with these cells, ready for the file."""
        extra = [json.dumps(one, ensure_ascii=False) if one else "" for one in (self.given, self.sends)]
        parts = [self.route.method, self.route.pattern, self.scene, *cells.values(), *extra]
        return "\t".join(parts).rstrip("\t")


def read(path: Path = FILE, roles: Collection[str] = tuple(ROLES)) -> tuple[Row, ...]:
    """Return the rows of the file, whose columns are these roles."""
    columns = ("method", "route", "scene", *roles, "with", "sends")
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert tuple(lines[0].split("\t")) == columns, "the header is not that of the table"
    return tuple(_row(line, columns) for line in lines[1:])


def lacking(rows: Iterable[Row], routes: Iterable[Route]) -> tuple[list[Route], list[Route]]:
    """Return the routes without a row, POSTs apart, and the rows' routes that are no longer there."""
    known, served = {row.route for row in rows}, set(routes)
    return sorted(served - known), sorted(known - served)


def outcome(response: HttpResponse) -> str:
    """Return what an answer means for the table."""
    goes_to_sign_in = response.headers.get("Location", "").startswith(reverse("sign_in"))
    if response.status_code == 401 or (response.status_code in (302, 303) and goes_to_sign_in):
        return "sign-in"
    return "ok" if response.status_code < 400 else str(response.status_code)


def differing(
    rows: Iterable[Row],
    *,
    cookies: Mapping[str, SimpleCookie],
    values: Mapping[str, Values],
    judged: Judge = outcome,
) -> Iterator[str]:
    """Yield, for every line that does not hold, who gets what instead, and the line as measured."""
    for row in rows:
        got = measure(row, cookies=cookies, values=values, judged=judged)
        wrong = [f"{role}: {got[role]}, not {cell}" for role, cell in row.cells.items() if got[role] != cell]
        if wrong:
            yield f"{row.label}\n  {'; '.join(wrong)}\n  {row.line(got)}"


def measure(
    row: Row,
    *,
    cookies: Mapping[str, SimpleCookie],
    values: Mapping[str, Values],
    judged: Judge = outcome,
) -> dict[str, str]:
    """Ask as everybody in turn; what each changes is undone."""
    client = Client(raise_request_exception=False)  # one, for each would draw up all middleware anew
    return {role: judged(_ask(client, row, cookies[role], values[row.scene])) for role in cookies}


def _ask(client: Client, row: Row, cookies: SimpleCookie, values: Values) -> Any:
    client.cookies = SimpleCookie({name: morsel.value for name, morsel in cookies.items()})
    here = values | {name: _filled(value, values) for name, value in row.given.items()}
    path = "/" + _CONVERTER.sub(lambda found: str(here[found[1]]), row.route.pattern)
    if path == "/api/v1/^":
        path = "/api/v1/nothing/here"
    body = _filled(row.sends, values)
    point = transaction.savepoint()
    try:
        return _send(client, row.route, path, body)
    finally:
        transaction.savepoint_rollback(point)


def _send(client: Client, route: Route, path: str, body: dict[str, Any]) -> Any:
    if route.is_api and route.method != "GET" and not _has_file(body):
        return client.generic(route.method, path, json.dumps(body) if body else "", "application/json")
    return client.post(path, body) if route.method == "POST" else client.get(path, body)


def _has_file(body: dict[str, Any]) -> bool:
    return any(isinstance(value, SimpleUploadedFile) for value in body.values())


def _filled(value: Any, values: Values) -> Any:
    """Return the value with ``$name`` and ``@`` filled in."""
    if isinstance(value, dict):
        return {name: _filled(one, values) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, values) for one in value]
    if value == UPLOAD:
        return SimpleUploadedFile("anh.jpg", photo(width=700, height=500), "image/jpeg")
    return values[value[1:]] if isinstance(value, str) and value.startswith("$") else value


def _row(line: str, columns: tuple[str, ...]) -> Row:
    parts = line.split("\t") + [""] * len(columns)
    said = dict(zip(columns, parts, strict=False))
    return Row(
        route=Route(said["route"], said["method"]),
        scene=said["scene"],
        cells={role: said[role] or UNKNOWN for role in columns[3:-2]},
        given=json.loads(said["with"] or "{}"),
        sends=json.loads(said["sends"] or "{}"),
    )
