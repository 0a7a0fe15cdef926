import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from tinhso.cli.main import commands
from tinhso.kernel import files
from tinhso.kernel.models import StoredFile

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["files", *arguments])


def store() -> StoredFile:
    return files.store(content=io.BytesIO(b"abc"), media_type="text/plain")


def test_checking_whole_files_ends_well() -> None:
    store()

    checked = run("check", "--json")

    assert checked.exit_code == 0
    assert json.loads(checked.stdout) == {"damaged": []}


def test_checking_names_the_damaged_file_and_ends_with_status_2(settings: Settings) -> None:
    row = store()
    next(Path(settings.FILE_STORE).rglob(str(row.id))).write_bytes(b"")

    checked = run("check")

    assert checked.exit_code == 2
    assert str(row.id) in checked.stderr
    assert checked.stdout.splitlines()[-1].startswith("1 ")


def test_rotating_tells_how_many_keys_were_wrapped() -> None:
    store()

    rotated = json.loads(run("rotate-keys", "--json").stdout)

    assert (rotated["files"], rotated["resumed"]) == (1, False)
    assert StoredFile.objects.get().key_id == rotated["key_id"]


def test_rotating_without_the_ring_says_what_to_do(settings: Settings) -> None:
    store()
    Path(settings.FILE_KEY_RING).unlink()

    rotated = run("rotate-keys")

    assert rotated.exit_code != 0
    assert "backup" in rotated.output
