"""``python -m sandbox.identity``: serve the stand-in."""

import asyncio
import os
import signal

import click
from granian.constants import Interfaces
from granian.server.embed import Server

from sandbox.identity.service import Service


@click.command()
@click.option("--port", default=8101, show_default=True)
@click.option("--issuer", default=None, help="Its address as others see it; default: this machine.")
@click.option("--client-id", default="tinhso", show_default=True)
@click.option("--client-secret", envvar="TINHSO_IDENTITY_CLIENT_SECRET", default="moi-truong-thu")
@click.option("--client-origin", multiple=True, help="Where the client's pages are; may be repeated.")
def main(
    port: int, issuer: str | None, client_id: str, client_secret: str, client_origin: tuple[str, ...]
) -> None:
    """Môi trường thử: an identity provider that speaks OpenID Connect."""
    address = issuer or f"http://127.0.0.1:{port}"
    service = Service(issuer=address, client_id=client_id, client_secret=client_secret)
    if client_origin:
        service.client_origins = client_origin
    click.echo(f"identity: {address}")
    asyncio.run(_serve(service, port))


async def _serve(service: Service, port: int) -> None:
    server = Server(
        service.app(), address="127.0.0.1", port=port, interface=Interfaces.ASGI, log_enabled=False
    )
    loop = asyncio.get_running_loop()
    for kind in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(kind, os._exit, 0)
    await server.serve()


if __name__ == "__main__":
    main()
