"""``python -m sandbox.payment_platform``: serve the stand-in."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import httpx

from sandbox.payment_platform.book import Book
from sandbox.payment_platform.platform import Platform
from sandbox.payment_platform.service import Service
from sandbox.serving import serve
from sandbox.sharing import shared_secret

DEFAULT_VAR = Path(__file__).resolve().parents[2] / "var"


@click.command()
@click.option("--port", default=8105, show_default=True)
@click.option("--client-id", envvar="TINHSO_PLATFORM_CLIENT_ID", default="TINHSO", show_default=True)
@click.option("--var", envvar="TINHSO_VAR", type=click.Path(path_type=Path), default=DEFAULT_VAR)
@click.option("--key1", envvar="TINHSO_PLATFORM_KEY1", default=None, help="Default: platform_key1 in --var.")
@click.option("--key2", envvar="TINHSO_PLATFORM_KEY2", default=None, help="Default: platform_key2 in --var.")
@click.option(
    "--merchant", envvar="TINHSO_BASE_URL", default="http://127.0.0.1:8000", help="Who is told of payments."
)
def main(port: int, client_id: str, var: Path, key1: str | None, key2: str | None, merchant: str) -> None:
    """Môi trường thử: the portal's payment platform, with its pages and its callbacks."""
    folder = var / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    keys = tuple(
        (given or shared_secret(var / name)).encode()
        for given, name in ((key1, "platform_key1"), (key2, "platform_key2"))
    )
    platform = Platform(
        client_id=client_id,
        keys=lambda: (keys[0], keys[1]),
        book=Book(folder / "payment_platform.sqlite3"),
        post=Messenger(merchant.rstrip("/")),
        now=time.time,
        url=f"http://127.0.0.1:{port}",
    )
    click.echo(f"payment platform: http://127.0.0.1:{port}")
    serve(Service(platform).app(), port=port)


class Messenger:
    """Posts to the merchant."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = httpx.Client(timeout=20.0, trust_env=False)

    def __call__(self, path: str, body: Mapping[str, Any]) -> tuple[int, str]:
        try:
            answer = self._client.post(self._url + path, json=dict(body))
        except httpx.HTTPError as problem:
            raise OSError(str(problem)) from problem
        return answer.status_code, answer.text


if __name__ == "__main__":
    main()
