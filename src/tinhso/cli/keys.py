"""``tinhso keys``: signing keys of officers, agencies and the ledger, for the operator of an installation."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from tinhso.cli import _django, _ledger_keys
from tinhso.kernel import clock

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
OFFICER = click.option("--officer", default="", help="User name of the officer whose key it is.")
AGENCY = click.option("--agency", default="", help="National code of the agency whose key it is.")
PICTURE = click.option("--picture", type=EXISTING, help="PNG of the hand-written signature or the seal.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="For machines: one JSON object.")


@click.group()
def command() -> None:
    """Signing keys: files, keys on a token or HSM, keys of the ledger."""


for _one in (_ledger_keys.show, _ledger_keys.rotate, _ledger_keys.retire):
    command.add_command(_one)


@command.command("add-file")
@click.argument("file", type=EXISTING)
@OFFICER
@AGENCY
@PICTURE
@click.option("--passphrase", prompt=True, hide_input=True, envvar="TINHSO_KEY_PASSPHRASE", help="Asked for.")
@AS_JSON
def add_file(
    file: Path, officer: str, agency: str, picture: Path | None, passphrase: str, as_json: bool
) -> None:
    """Keep the PKCS#12 FILE as the key of an officer or an agency; an earlier key of theirs is retired."""
    holder = _holder(officer, agency)
    keys = _django.load("tinhso.papers.actions.register_key")
    key_id = keys.register_pkcs12(
        actor=_operator(),
        at=clock.now(),
        content=file.read_bytes(),
        passphrase=passphrase,
        picture=picture.read_bytes() if picture else None,
        **holder,
    )
    _answer(key_id, as_json=as_json)


@command.command("add-token")
@click.option("--module", required=True, type=EXISTING, help="The vendor's PKCS#11 library on this machine.")
@click.option("--token", required=True, help="Label of the token.")
@click.option("--label", required=True, help="Label of the private key on it.")
@click.option(
    "--chain", required=True, type=EXISTING, help="PEM: the certificate, then its issuers without the root."
)
@OFFICER
@AGENCY
@PICTURE
@click.option("--pin", prompt=True, hide_input=True, envvar="TINHSO_KEY_PIN", help="Asked for.")
@AS_JSON
def add_token(
    module: Path, chain: Path, officer: str, agency: str, picture: Path | None, as_json: bool, **key: str
) -> None:
    """Name a key on a token or HSM as the key of an officer or an agency; it never leaves the token."""
    certificates = CERTIFICATE.findall(chain.read_text(encoding="ascii"))
    if not certificates:
        raise click.ClickException(f"{chain} không có chứng thư số nào ở dạng PEM.")
    holder = _holder(officer, agency)
    keys = _django.load("tinhso.papers.actions.register_key")
    key_id = keys.register_pkcs11(
        actor=_operator(),
        at=clock.now(),
        module=str(module),
        chain_pem=certificates,
        picture=picture.read_bytes() if picture else None,
        **key,
        **holder,
    )
    _answer(key_id, as_json=as_json)


@command.command("retire")
@click.argument("key_id", type=click.UUID)
@AS_JSON
def retire(key_id: UUID, as_json: bool) -> None:
    """Stop using a key; what it signed stays valid."""
    keys = _django.load("tinhso.papers.actions.register_key")
    keys.retire_key(actor=_operator(), at=clock.now(), key_id=key_id)
    _answer(key_id, as_json=as_json)


def _holder(officer: str, agency: str) -> dict[str, UUID]:
    if bool(officer) == bool(agency):
        raise click.ClickException("Hãy cho --officer hoặc --agency, không cho cả hai.")
    people = _django.load("tinhso.people.queries")
    if officer:
        return {"account_id": people.officer_by_username(officer)}
    return {"agency_id": people.agency_by_code(agency).id}


def _operator() -> Any:
    return _django.load("tinhso.people.types").system("command line")


def _answer(key_id: UUID, *, as_json: bool) -> None:
    click.echo(json.dumps({"key_id": str(key_id)}) if as_json else str(key_id))
