"""
From what an identity provider says to facts about a person.

Every provider has its own names for things; ``packs/vietnam/identity-providers.yaml`` maps them. Nothing here
trusts a claim's shape: whatever does not parse counts as not said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from tinhso.definitions.packs import COUNTRY
from tinhso.definitions.roles import whole
from tinhso.definitions.types import Strict, Text
from tinhso.kernel.refusals import Invalid, NotFound
from tinhso.kernel.text import normalise
from tinhso.people.models import BirthPrecision
from tinhso.people.names import in_name_case

FILE = "identity-providers.yaml"
PERSONAL_ID_DIGITS = 12


class IdentityIncomplete(Invalid):
    code = "identity-incomplete"
    message = _(
        "Tài khoản định danh điện tử chưa cho biết đủ số định danh cá nhân và họ tên. "
        "Hãy đăng nhập lại và đồng ý chia sẻ hai thông tin này, hoặc đến bộ phận một cửa."
    )


class AssuranceRule(Strict):
    """Which claims tell the level, and which of their values mean 2."""

    claims: tuple[str, ...] = Field(min_length=1)
    level_2: tuple[str, ...] = Field(min_length=1)


class ClaimNames(Strict):
    """The provider's name of each fact; empty when it tells no such thing."""

    personal_id: str
    full_name: str
    born_on: str = ""
    sex: str = ""
    nationality: str = ""
    ethnicity: str = ""
    phone: str = ""
    email: str = ""
    residence: str = ""


class ResidenceNames(Strict):
    commune: str
    detail: str


class ClaimMap(Strict):
    """One provider of ``identity-providers.yaml``."""

    id: str
    name: Text
    assurance: AssuranceRule
    claims: ClaimNames
    residence: ResidenceNames | None = None
    born_on_formats: tuple[str, ...] = ("%Y-%m-%d",)
    sexes: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class ClaimMapFile(Strict):
    providers: tuple[ClaimMap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedIdentity:
    """
    Who a provider says somebody is.

    :param subject: the provider's own, lasting id of the account (``sub``)
    :param assurance: 1 or 2 (Decree 69/2024)
    """

    provider: str
    subject: str
    assurance: int
    personal_id: str
    full_name: str
    born_on: date | None = None
    born_precision: str = BirthPrecision.DAY.value
    sex: str = ""
    nationality: str = ""
    ethnicity: str = ""
    phone: str = ""
    email: str = ""
    residence_commune: str = ""
    residence_detail: str = ""


def load_claim_map(packs: Path, provider: str) -> ClaimMap:
    """
    Return the map of the provider.

    :raises BrokenPack: the file is wrong
    :raises NotFound: it does not name the provider
    """
    for entry in whole(packs / COUNTRY / FILE, ClaimMapFile).providers:
        if entry.id == provider:
            return entry
    raise NotFound


def read_claims(claim_map: ClaimMap, claims: Mapping[str, object], *, subject: str) -> ProvedIdentity:
    """
    Return what the claims prove.

    :raises IdentityIncomplete: there is no personal id of 12 digits, no name, or no subject
    """
    names = claim_map.claims
    personal_id = _text(claims, names.personal_id)
    full_name = in_name_case(_text(claims, names.full_name))[:160]
    is_number = personal_id.isascii() and personal_id.isdigit() and len(personal_id) == PERSONAL_ID_DIGITS
    if not is_number or not full_name or not subject:
        raise IdentityIncomplete
    born_on, precision = _born(_text(claims, names.born_on), claim_map.born_on_formats)
    commune, detail = _residence(claims.get(names.residence), claim_map.residence)
    return ProvedIdentity(
        provider=claim_map.id,
        subject=subject,
        assurance=_assurance(claims, claim_map.assurance),
        personal_id=personal_id,
        full_name=full_name,
        born_on=born_on,
        born_precision=precision,
        sex=_sex(_text(claims, names.sex), claim_map.sexes),
        nationality=_text(claims, names.nationality)[:60],
        ethnicity=_text(claims, names.ethnicity)[:60],
        phone=_text(claims, names.phone)[:20],
        email=_text(claims, names.email)[:254],
        residence_commune=commune,
        residence_detail=detail,
    )


def _text(claims: Mapping[str, object], name: str) -> str:
    value = claims.get(name) if name else None
    return normalise(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _assurance(claims: Mapping[str, object], rule: AssuranceRule) -> int:
    said = [_text(claims, name) for name in rule.claims if name in claims]
    return 2 if said and all(level in rule.level_2 for level in said) else 1


def _born(text: str, formats: tuple[str, ...]) -> tuple[date | None, str]:
    for pattern in formats:
        try:
            day = datetime.strptime(text, pattern).date()  # noqa: DTZ007  (a calendar date has no zone)
        except ValueError:
            continue
        if "%d" in pattern:
            return day, BirthPrecision.DAY.value
        return day, (BirthPrecision.MONTH if "%m" in pattern else BirthPrecision.YEAR).value
    return None, BirthPrecision.DAY.value


def _sex(text: str, sexes: Mapping[str, tuple[str, ...]]) -> str:
    said = text.casefold()
    return next((sex for sex, words in sexes.items() if said in {word.casefold() for word in words}), "")


def _residence(value: object, names: ResidenceNames | None) -> tuple[str, str]:
    if isinstance(value, str):
        return "", normalise(value)[:240]
    if not isinstance(value, dict) or names is None:
        return "", ""
    code = _text(value, names.commune)
    is_code = len(code) == 5 and code.isascii() and code.isdigit()
    return (code if is_code else ""), _text(value, names.detail)[:240]
