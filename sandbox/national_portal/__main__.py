"""``python -m sandbox.national_portal``: serve the stand-in."""

import time
from collections.abc import Mapping
from pathlib import Path

import click
import httpx

from sandbox.national_portal.book import Book
from sandbox.national_portal.portal import Portal
from sandbox.national_portal.service import Service
from sandbox.serving import serve
from sandbox.sharing import shared_secret

DEFAULT_VAR = Path(__file__).resolve().parents[2] / "var"


@click.command()
@click.option("--port", default=8106, show_default=True)
@click.option("--var", envvar="TINHSO_VAR", type=click.Path(path_type=Path), default=DEFAULT_VAR)
@click.option("--user", envvar="TINHSO_NATIONAL_PORTAL_USER", default="000.00.00.H49", show_default=True)
@click.option(
    "--province", envvar="TINHSO_BASE_URL", default="http://127.0.0.1:8000", help="Where dossiers go."
)
def main(port: int, var: Path, user: str, province: str) -> None:
    """Môi trường thử: the national portal, with its page to file on and its deliveries."""
    folder = var / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    password, key = (
        shared_secret(var / name) for name in ("national_portal_password", "national_portal_key")
    )
    portal = Portal(
        book=Book(folder / "national_portal.sqlite3"),
        user=user,
        password=lambda: password,
        key=key.encode,
        post=Messenger(province.rstrip("/")),
        now=time.time,
        url=f"http://127.0.0.1:{port}",
    )
    click.echo(f"national portal: http://127.0.0.1:{port}")
    serve(Service(portal).app(), port=port)


class Messenger:
    """Posts to the province."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = httpx.Client(timeout=20.0, trust_env=False)

    def __call__(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        said = {**headers, "Content-Type": "application/json"}
        try:
            answer = self._client.post(self._url + path, content=body, headers=said)
        except httpx.HTTPError as problem:
            raise OSError(str(problem)) from problem
        return answer.status_code, answer.text


if __name__ == "__main__":
    main()
