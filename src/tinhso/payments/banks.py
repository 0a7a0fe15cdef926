"""Names of banks by BIN, from ``packs/vietnam/banks.yaml``; help for the reader, never a rule."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML


class Bank(BaseModel):
    """One bank of the NAPAS network. ``proven`` says whether a second source confirms the entry."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bin: str = Field(pattern=r"^[0-9]{6}$")
    short_name: str
    name: str
    scans: bool
    proven: bool


class BankFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    banks: tuple[Bank, ...]


@cache
def load_banks(packs: Path) -> dict[str, Bank]:
    """
    Return the banks by BIN.

    :raises pydantic.ValidationError: naming the wrong entry
    :raises ValueError: a BIN stands twice
    """
    text = (packs / "vietnam" / "banks.yaml").read_text(encoding="utf-8")
    banks = BankFile.model_validate(YAML(typ="safe").load(text)).banks
    by_bin = {bank.bin: bank for bank in banks}
    if len(by_bin) != len(banks):
        raise ValueError("banks.yaml: a BIN stands twice. Keep one line for each BIN.")
    return by_bin


def bank_name(packs: Path, bin_code: str) -> str:
    """Return the short name people know the bank by, or the BIN itself where the list has none."""
    bank = load_banks(packs).get(bin_code)
    return bank.short_name if bank else bin_code
