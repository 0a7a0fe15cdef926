"""``python -m sandbox.bank``: serve the stand-in."""

import time
from collections.abc import Mapping
from pathlib import Path

import click
import httpx

from sandbox.bank.bank import Bank
from sandbox.bank.book import Book
from sandbox.bank.service import Service
from sandbox.serving import serve
from sandbox.sharing import shared_secret

DEFAULT_VAR = Path(__file__).resolve().parents[2] / "var"
CALLBACK_PATH = "/api/callbacks/bank"


@click.command()
@click.option("--port", default=8102, show_default=True)
@click.option("--bank-id", envvar="TINHSO_BANK_ID", default="970416", show_default=True)
@click.option("--var", envvar="TINHSO_VAR", type=click.Path(path_type=Path), default=DEFAULT_VAR)
@click.option(
    "--secret", envvar="TINHSO_BANK_SECRET", default=None, help="Default: the file bank_secret in --var."
)
@click.option(
    "--payee", envvar="TINHSO_BASE_URL", default="http://127.0.0.1:8000", help="Who is told of payments."
)
def main(port: int, bank_id: str, var: Path, secret: str | None, payee: str) -> None:
    """Môi trường thử: a bank with a banking app and signed callbacks."""
    folder = var / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    key = (secret or shared_secret(var / "bank_secret")).encode()
    bank = Bank(
        id=bank_id,
        secret=lambda: key,
        book=Book(folder / "bank.sqlite3"),
        post=Teller(payee.rstrip("/") + CALLBACK_PATH),
        now=time.time,
    )
    click.echo(f"bank: http://127.0.0.1:{port}")
    serve(Service(bank).app(), port=port)


class Teller:
    """Posts callbacks to the payee."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = httpx.Client(timeout=10.0, trust_env=False)

    def __call__(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        try:
            answer = self._client.post(self._url, content=body, headers=dict(headers))
        except httpx.HTTPError as problem:
            raise OSError(str(problem)) from problem
        return answer.status_code, answer.text


if __name__ == "__main__":
    main()
