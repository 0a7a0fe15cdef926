"""``python -m sandbox.sms``: the gateway alone; ``python -m sandbox.mail`` serves it with the mailbox."""

from pathlib import Path

import click
from starlette.applications import Starlette

from sandbox.serving import serve
from sandbox.sms.gateway import Gateway
from sandbox.sms.service import SmsService

DEFAULT_VAR = Path(__file__).resolve().parents[2] / "var"


@click.command()
@click.option("--port", default=8104, show_default=True)
@click.option("--var", envvar="TINHSO_VAR", type=click.Path(path_type=Path), default=DEFAULT_VAR)
def main(port: int, var: Path) -> None:
    """Môi trường thử: an SMS gateway."""
    folder = var / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    click.echo(f"sms: http://127.0.0.1:{port}")
    serve(Starlette(routes=SmsService(Gateway(folder / "sms.jsonl")).routes()), port=port)


if __name__ == "__main__":
    main()
