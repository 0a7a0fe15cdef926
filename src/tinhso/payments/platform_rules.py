"""What was agreed with the portal's payment platform: ``packs/vietnam/payment-platform.yaml``, frozen."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Paths(_Strict):
    create: str = Field(pattern="^/")
    query: str = Field(pattern="^/")


class Commands(_Strict):
    pay: str
    query: str


class Minutes(_Strict):
    offer: int = Field(gt=0)
    silence: int = Field(gt=0)
    give_up: int = Field(gt=0)


class PlatformRules(_Strict):
    """
    Names and numbers of the contract.

    :param kinds: ``LoaiPhiLePhi`` by the kind of a fee
    :param settlement_mark: the word by which a credit that passes money on is known
    """

    version: str
    paths: Paths
    commands: Commands
    kinds: dict[str, str]
    settlement_mark: str = Field(pattern="^[0-9A-Z]{4,}$")
    minutes: Minutes

    @property
    def offer(self) -> timedelta:
        return timedelta(minutes=self.minutes.offer)

    @property
    def silence(self) -> timedelta:
        return timedelta(minutes=self.minutes.silence)

    @property
    def give_up(self) -> timedelta:
        return timedelta(minutes=self.minutes.give_up)


@cache
def load_platform_rules(packs: Path) -> PlatformRules:
    """Return the rules. :raises pydantic.ValidationError: naming the wrong field"""
    text = (packs / "vietnam" / "payment-platform.yaml").read_text(encoding="utf-8")
    return PlatformRules.model_validate(YAML(typ="safe").load(text))


def platform_rules() -> PlatformRules:
    """Return the rules of this installation's packs."""
    return load_platform_rules(settings.TINHSO.packs)
