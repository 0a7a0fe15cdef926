"""How the web server is started: the same for the demonstration and for what is measured."""

# Each holds a connection to the database. More than a page's own work are for those who send files slowly.
THREADS = 16
IDLE_SECONDS = 600


def web_command(*, port: int, workers: int = 2) -> tuple[str, ...]:
    """Return the arguments of the Python interpreter."""
    where = ("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws")
    hands = ("--workers", str(workers), "--blocking-threads", str(THREADS))
    patience = ("--blocking-threads-idle-timeout", str(IDLE_SECONDS))
    return ("-m", "granian", *where, *hands, *patience, "tinhso.web.wsgi:application")
