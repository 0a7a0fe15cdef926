"""A weak phone on a weak network gets the portal in six requests and 80 KB."""

from pathlib import Path

import pytest

from tests.perf.first_load import first_load

MOST_BYTES = 80_000
MOST_REQUESTS = 6


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("collected") / "static"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/khong-co-trang-nay"])
def test_a_first_visit_is_light(path: str, folder: Path) -> None:
    sizes = first_load(path, folder)
    assert {".css", ".js", ".woff2"} <= {Path(address).suffix for address in sizes}
    assert len(sizes) <= MOST_REQUESTS, sizes
    assert sum(sizes.values()) <= MOST_BYTES, sizes
