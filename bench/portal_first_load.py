"""
What a first visit weighs over the wire: home, a procedure, the first page of its form.

    python bench/portal_first_load.py [--procedure 1.001193]

Asks a running demonstration (``make demo``; the same TINHSO_ settings) with an empty cache for each page: the
page itself, then every stylesheet, script, picture and preloaded font it names, compressed as browsers get
them. Budget: 80,000 bytes and 6 requests. The form belongs to a citizen, whom the stand-in provider signs in.
"""

import argparse
import re
import sys
from collections.abc import Mapping
from urllib.parse import urljoin

import httpx

from tinhso.cli import _django

MOST_BYTES = 80_000
MOST_REQUESTS = 6
CITIZEN = "000195000102"
COMMUNE = "06838"
ASKED = re.compile(r'<(?:link rel="(?:stylesheet|preload)" href|script[^>]* src|img[^>]* src)="([^"]+)"')


def main() -> int:
    """Print a line for each page; exit 1 when one is over the budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--procedure", default="1.001193")
    code = parser.parse_args().procedure
    cast = _django.load("tinhso.cli._player.cast")
    base_url = _django.load("django.conf").settings.TINHSO.base_url
    browser = cast.sign_in_citizen(base_url, CITIZEN)
    start = browser.open(f"/thu-tuc/{code}/nop/")
    form = browser.submit(start, start.form(""), {"unit": COMMUNE})
    pages = {"home": "/", "procedure": f"/thu-tuc/{code}/", "form": form.url}
    within = True
    for name, address in pages.items():
        signed_in = dict(browser.client.cookies) if name == "form" else {}
        sizes = first_load(urljoin(base_url, address), signed_in)
        total = sum(sizes.values())
        within = within and total <= MOST_BYTES and len(sizes) <= MOST_REQUESTS
        sys.stdout.write(f"{name:10} {total:7,} bytes in {len(sizes)} requests\n")
        for asked, size in sorted(sizes.items(), key=lambda one: -one[1]):
            sys.stdout.write(f"           {size:7,} {asked.removeprefix(base_url)}\n")
    return 0 if within else 1


def first_load(url: str, cookies: Mapping[str, str]) -> dict[str, int]:
    """Return the bytes of each body of a visit with an empty cache, by address, as they go over the wire."""
    headers = {"Accept-Encoding": "br, gzip"}
    with httpx.Client(cookies=dict(cookies), headers=headers, timeout=30, trust_env=False) as client:
        page = client.get(url).raise_for_status()
        sizes = {url: page.num_bytes_downloaded}
        for address in dict.fromkeys(urljoin(url, found) for found in ASKED.findall(page.text)):
            sizes[address] = client.get(address).raise_for_status().num_bytes_downloaded
        return sizes


if __name__ == "__main__":
    sys.exit(main())
