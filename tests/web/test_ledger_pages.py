"""The sealed ledger in public, and the proof of one's own dossier."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import dossiers_kit as kit
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.ledger_kit import public_folder, seal_and_publish
from tests.perf.queries import within
from tests.portal_mine_kit import accepted, enter, stranger
from tests.web.client import Browser
from tinhso.kernel.tree import keys
from tinhso.people.models import PersonAccess
from tinhso.people.types import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public_folder")]
__all__ = ["public_folder", "trust"]
VERIFIER = Path(__file__).resolve().parents[2] / "tools" / "verify"
IMMUTABLE = "public, max-age=31536000, immutable"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Actor:
    return province.citizen()


def test_the_page_tells_when_nothing_is_sealed_and_then_what_is(browser: Browser) -> None:
    assert "Chưa có gì được niêm phong" in browser.get("/so-cai/").content.decode()
    assert browser.get("/so-cai/checkpoint").status_code == 404
    size = seal_and_publish()
    with within("ledger:home"):
        html = browser.get("/so-cai/").content.decode()
    (key,) = keys.load().public
    assert f"{size}" in html
    assert str(key).split("+")[1] in html
    assert "năm phút một lần" in html
    assert "Entries in the ledger" in browser.read_in("en").get("/so-cai/").content.decode()


def test_the_public_files_may_be_kept_by_any_cache(browser: Browser, public_folder: Path) -> None:
    size = seal_and_publish()
    tile = "tile/0/000" if size >= 256 else f"tile/0/000.p/{size}"
    for name, kept in (
        ("checkpoint", "public, max-age=5"),
        ("keys", "public, max-age=300"),
        (tile, IMMUTABLE),
        (tile.replace("/0/", "/entries/"), IMMUTABLE),
    ):
        answer = browser.get(f"/so-cai/{name}")
        assert answer.content == (public_folder / name).read_bytes()
        assert set(answer.headers["Cache-Control"].split(", ")) == set(kept.split(", "))
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert not answer.cookies
    for name in ("tile/0/999", "tile/0/0", "../keys/ledger.json", "checkpoints/1", "tile/0"):
        assert browser.get(f"/so-cai/{name}").status_code == 404


def test_a_citizen_proves_her_own_dossier_to_a_stranger(
    province: Province, citizen: Actor, browser: Browser, tmp_path: Path
) -> None:
    dossier_id = accepted(province, citizen)
    address = f"/so-cai/ho-so/{dossier_id}/"
    assert browser.get(address).status_code == 302
    enter(browser, citizen)
    assert browser.get(address).status_code == 409
    assert address in browser.get(f"/ho-so/{dossier_id}/").content.decode()

    seal_and_publish()
    answer = browser.get(address)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    file = tmp_path / "bang-chung.json"
    file.write_bytes(answer.content)
    command = [sys.executable, "-m", "tinhso_verify", "proof", str(file)]
    command += ["--key", str(keys.load().public[0]), "--lang", "en"]
    done = subprocess.run(command, cwd=VERIFIER, env={}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "dossier.accepted" in done.stdout
    assert "parts are not shown" in done.stdout


def test_who_sees_the_dossier_has_the_proof_with_what_they_may_know(
    province: Province, citizen: Actor, browser: Browser
) -> None:
    dossier_id = accepted(province, citizen)
    seal_and_publish()
    address = f"/so-cai/ho-so/{dossier_id}/"
    officer = province.officer("one_stop")
    assert enter(browser, stranger(province)).get(address).status_code == 404

    hers = enter(browser, citizen).get(address).content.decode()
    told = json.loads(enter(browser, officer).get(address).content)
    assert str(officer.account_id) not in hers
    assert str(officer.account_id) in json.dumps(told)
    assert "dossier.step_claimed" not in hers
    looks = PersonAccess.objects.filter(actor_id=str(officer.account_id), subject_id=dossier_id)
    assert looks.exists()
