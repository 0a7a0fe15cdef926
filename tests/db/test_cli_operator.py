"""What an operator needs to run it for real: ``tinhso prepare`` and ``tinhso keys``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import people_kit
from tests.fixtures_trust import PASSPHRASE, Trust, trust
from tinhso.cli import keys, prepare
from tinhso.papers.keys import KeyUnavailable
from tinhso.papers.models import SigningKey
from tinhso.people.models import Account, Agency
from tinhso.people.queries import agency_by_code

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


def run(*arguments: str, passphrase: str = PASSPHRASE) -> Result:
    return CliRunner().invoke(keys.command, arguments, env={"TINHSO_KEY_PASSPHRASE": passphrase})


@pytest.fixture
def file(trust: Trust, tmp_path: Path) -> Path:
    path = tmp_path / "thang.p12"
    path.write_bytes(trust.signer("thang").pkcs12)
    return path


def test_an_agency_s_key_is_kept_and_retired(file: Path) -> None:
    code = Agency.objects.get(pk=people_kit.agency()).code

    added = run("add-file", str(file), "--agency", code, "--json")

    assert added.exit_code == 0, added.output
    key_id = json.loads(added.output)["key_id"]
    row = SigningKey.objects.get(pk=key_id)
    assert (row.agency_id, row.account_id, row.is_active) == (agency_by_code(code).id, None, True)
    assert run("retire", key_id).exit_code == 0
    assert not SigningKey.objects.get(pk=key_id).is_active


def test_an_officer_s_second_key_takes_the_place_of_the_first(file: Path) -> None:
    account_id = people_kit.officer("thang")

    first, second = (run("add-file", str(file), "--officer", "thang").output.strip() for _ in range(2))

    active = {str(row.pk): row.is_active for row in SigningKey.objects.filter(account_id=account_id)}
    assert active == {first: False, second: True}


def test_a_wrong_passphrase_keeps_nothing(file: Path) -> None:
    people_kit.officer("thang")

    refused = run("add-file", str(file), "--officer", "thang", passphrase="wrong")

    assert isinstance(refused.exception, KeyUnavailable)
    assert not SigningKey.objects.exists()


def test_a_key_belongs_to_an_officer_or_to_an_agency_and_not_to_both(file: Path) -> None:
    code = Agency.objects.get(pk=people_kit.agency()).code

    for holder in ([], ["--officer", "thang", "--agency", code]):
        assert run("add-file", str(file), *holder).exit_code == 1
    assert not SigningKey.objects.exists()


def test_prepare_brings_the_agencies_and_nobody_of_the_demonstration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tinhso.cli._preparing.collect_static", lambda at: None)

    done = CliRunner().invoke(prepare.command)

    assert done.exit_code == 0, done.output
    assert Agency.objects.filter(kind="commune_committee").count() > 50
    assert not Account.objects.exists()
