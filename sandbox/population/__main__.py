"""``python -m sandbox.population``: serve the stand-in."""

from datetime import UTC, datetime
from pathlib import Path

import click

from sandbox.identity.citizens import load_citizens
from sandbox.population.database import Book, Database
from sandbox.population.service import Service
from sandbox.serving import serve
from sandbox.sharing import shared_secret

DEFAULT_VAR = Path(__file__).resolve().parents[2] / "var"


@click.command()
@click.option("--port", default=8107, show_default=True)
@click.option("--var", envvar="TINHSO_VAR", type=click.Path(path_type=Path), default=DEFAULT_VAR)
def main(port: int, var: Path) -> None:
    """Môi trường thử: the population database, as far as it is shared with a province."""
    folder = var / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    token = shared_secret(var / "population_token")
    database = Database(
        book=Book(folder / "population.sqlite3"),
        token=lambda: token,
        now=lambda: datetime.now(UTC).isoformat(),
    )
    database.settle(load_citizens().values())
    click.echo(f"population: http://127.0.0.1:{port}")
    serve(Service(database).app(), port=port)


if __name__ == "__main__":
    main()
