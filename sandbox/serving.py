"""Run one stand-in until it is told to stop."""

import asyncio
import os
import signal

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette


def serve(app: Starlette, *, port: int) -> None:
    """Serve on this machine alone, until SIGINT or SIGTERM."""
    asyncio.run(_serve(app, port))


async def _serve(app: Starlette, port: int) -> None:
    server = Server(app, address="127.0.0.1", port=port, interface=Interfaces.ASGI, log_enabled=False)
    loop = asyncio.get_running_loop()
    for kind in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(kind, os._exit, 0)
    await server.serve()
