"""
Put a small cast into an installation: officers of the packs' agencies, with keys of the stand-in authority.

Run by ``tinhso demo`` before anything starts. Whoever is there already is left as they are.
"""

import base64
import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from ruamel.yaml import YAML

from sandbox.trust import pki
from tinhso.papers.actions.register_key import register_pkcs12
from tinhso.people import actions as people
from tinhso.people import queries
from tinhso.people.types import AgencyView, system

CAST = Path(__file__).with_name("cast.yaml")
SEEDER = system("demo")
# All posts began before the first dossier; the date has no other meaning.
SINCE = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Login:
    """What an officer of the demonstration signs in with; ``totp`` is the Base32 secret of their codes."""

    username: str
    password: str
    totp: str
    full_name: str
    role: str
    title: str
    agency: str
    agency_id: str


def seed(at: datetime) -> list[str]:
    """Make what is missing and return a line for each login."""
    known = {login.username: login for login in logins()}
    trust = settings.TINHSO.var / "trust"
    pki.set_up(trust, at=at, url=settings.TINHSO.trust_url)
    for entry in YAML(typ="safe").load(CAST)["officers"]:
        if entry["username"] not in known:
            known[entry["username"]] = _enrol(entry, at=at, trust=trust)
            _keep(known.values())
    return list(_lines(known.values()))


def logins() -> list[Login]:
    """Return the logins of this installation's cast."""
    path = _path()
    return [Login(**one) for one in json.loads(path.read_text(encoding="utf-8"))] if path.exists() else []


@transaction.atomic
def _enrol(entry: dict[str, Any], *, at: datetime, trust: Path) -> Login:
    """Enrol one officer. :raises UsernameTaken: the account is there, and var/demo was lost"""
    agency = _agency(entry["agency"])
    login = Login(
        username=entry["username"],
        password=f"demo-{secrets.token_hex(5)}",
        totp=base64.b32encode(secrets.token_bytes(20)).decode("ascii"),
        full_name=entry["full_name"],
        role=entry["role"],
        title=entry["title"],
        agency=agency.name,
        agency_id=str(agency.id),
    )
    account_id = people.enrol_officer(
        actor=SEEDER,
        at=at,
        username=login.username,
        password=login.password,
        full_name=login.full_name,
        totp_secret=login.totp,
    )
    people.appoint(
        actor=SEEDER,
        at=at,
        account_id=account_id,
        agency_id=agency.id,
        role=login.role,
        title=login.title,
        from_on=SINCE,
    )
    if entry.get("signs"):
        _give_keys(login, account_id=account_id, agency=agency, at=at, trust=trust)
    return login


def _give_keys(login: Login, *, account_id: UUID, agency: AgencyView, at: datetime, trust: Path) -> None:
    """Give the signer a certificate of the stand-in authority, and the agency its seal."""
    person = pki.Subject(login.username.replace(".", "-"), login.full_name, agency.name, login.title)
    seal = pki.Subject(f"seal-{agency.unit_code}-{agency.kind}".replace("_", "-"), agency.name)
    holders: tuple[tuple[pki.Subject, UUID | None, UUID | None], ...] = (
        (person, account_id, None),
        (seal, None, agency.id),
    )
    for subject, account, of_agency in holders:
        passphrase = secrets.token_urlsafe(24)
        issued = pki.issue(trust, subject, at=at, passphrase=passphrase)
        register_pkcs12(
            actor=SEEDER,
            at=at,
            content=issued.pkcs12,
            passphrase=passphrase,
            account_id=account,
            agency_id=of_agency,
        )


def _agency(place: dict[str, str]) -> AgencyView:
    return queries.competent_agency(place["kind"], place.get("unit", ""))


def _lines(cast: Any) -> Iterator[str]:
    for login in cast:
        yield f"{login.username:22} {login.password:16} {login.full_name} · {login.title} · {login.agency}"


def _keep(cast: Any) -> None:
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(
        json.dumps([asdict(login) for login in cast], ensure_ascii=False, indent=1), encoding="utf-8"
    )


def _path() -> Path:
    folder: Path = settings.TINHSO.var
    return folder / "demo" / "logins.json"
