"""``python -m sandbox.mail``: take e-mail on one port; show it, and the SMS gateway, on another."""

from pathlib import Path

import click
from aiosmtpd.controller import Controller
from starlette.applications import Starlette

from sandbox.mail.mailbox import Mailbox
from sandbox.mail.service import MailService
from sandbox.serving import serve
from sandbox.sms.gateway import Gateway
from sandbox.sms.service import SmsService

DEFAULT_VAR = Path(__file__).resolve().parents[2] / "var"


@click.command()
@click.option("--port", default=8104, show_default=True, help="Pages, and the SMS gateway.")
@click.option("--smtp-port", default=8125, show_default=True)
@click.option("--var", envvar="TINHSO_VAR", type=click.Path(path_type=Path), default=DEFAULT_VAR)
def main(port: int, smtp_port: int, var: Path) -> None:
    """Môi trường thử: a mailbox and an SMS gateway that deliver nothing."""
    folder = var / "sandbox"
    mailbox = Mailbox(folder / "mail")
    gateway = Gateway(folder / "sms.jsonl")
    Controller(mailbox, hostname="127.0.0.1", port=smtp_port).start()
    click.echo(f"mail and sms: http://127.0.0.1:{port}, SMTP on port {smtp_port}")
    routes = [*MailService(mailbox).routes(), *SmsService(gateway).routes()]
    serve(Starlette(routes=routes), port=port)


if __name__ == "__main__":
    main()
