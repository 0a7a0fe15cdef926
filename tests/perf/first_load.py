"""What a first visit costs: the page and everything its head and foot ask for, as WhiteNoise sends them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.template.autoreload import reset_loaders
from django.test import Client, override_settings

ASKED = re.compile(
    r'<(?:link rel="(?:stylesheet|preload)" href|script[^>]* src|img[^>]* src)="(?P<address>/[^"]+)"'
)


@contextmanager
def collected(folder: Path) -> Iterator[None]:
    """Collect the static files as an installation does, for as long as the block lasts."""
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(STATIC_ROOT=folder, STORAGES=settings.STORAGES | {"staticfiles": storage}):
        if not folder.exists():
            # Ours only: what other apps bring is never part of a first visit.
            call_command(
                "collectstatic", interactive=False, verbosity=0, ignore_patterns=["ninja", "account", "mfa"]
            )
        # Templates keep the addresses of files, which are others here.
        reset_loaders()
        yield
    reset_loaders()


def first_load(path: str, folder: Path) -> dict[str, int]:
    """Return the bytes of every request of a first visit by its address, compressed as browsers get it."""
    with collected(folder):
        client = Client(headers={"Accept-Encoding": "gzip, br"})
        sizes = {path: len(client.get(path).content)}
        html = Client().get(path).content.decode()
        for found in ASKED.finditer(html):
            sizes[found["address"]] = _size(client, found["address"])
    return sizes


def _size(client: Client, address: str) -> int:
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return sum(len(part) for part in response.streaming_content)  # type: ignore[attr-defined]
