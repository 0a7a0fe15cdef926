"""What the packs say of electronic receipts: ``packs/vietnam/fee-receipts.yaml``, frozen."""

from functools import cache
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

TEMPLATE = "forms/fee-receipt.typ"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class XmlRules(_Strict):
    """
    How the XML is written.

    :param invoice: our name of a part → its tag, as e-invoices have it
    :param receipt: the same for what e-invoices do not have
    :param relations: number by kind of a receipt that is about another
    """

    version: str
    currency: str
    payment: dict[str, str]
    invoice: dict[str, str]
    receipt: dict[str, str]
    relations: dict[str, str]

    def tag(self, name: str) -> str:
        """Return the tag of the part. :raises KeyError: the packs name none"""
        return self.receipt[name] if name in self.receipt else self.invoice[name]


class ReceiptRules(_Strict):
    """
    :param symbol: pattern with ``{yy}``, the year's last two digits
    :param not_for: purposes of bills that get no receipt of ours, by their first part
    :param tax_codes: of collecting bodies, by agency code
    """

    name: str
    form: str = Field(pattern=r"^EBL\d{2}$")
    symbol: str = Field(max_length=16)
    digits: int = Field(ge=1, le=8)
    not_for: tuple[str, ...]
    tax_codes: dict[str, str]
    xml: XmlRules

    def symbol_of(self, year: int) -> str:
        """Return the symbol of the year's series."""
        return self.symbol.format(yy=f"{year % 100:02d}")


@cache
def load_receipt_rules(packs: Path) -> ReceiptRules:
    """Return the rules. :raises pydantic.ValidationError: naming the wrong field"""
    text = (packs / "vietnam" / "fee-receipts.yaml").read_text(encoding="utf-8")
    return ReceiptRules.model_validate(YAML(typ="safe").load(text))


def receipt_rules() -> ReceiptRules:
    """Return the rules of this installation's packs."""
    return load_receipt_rules(settings.TINHSO.packs)


def template_source() -> str:
    """Return the Typst template of the receipt."""
    path: Path = settings.TINHSO.packs / "vietnam" / "templates" / TEMPLATE
    return path.read_text(encoding="utf-8")
