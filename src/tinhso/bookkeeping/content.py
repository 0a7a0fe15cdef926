"""What a receipt says: payer, collecting body, lines, sums in figures and words; and the same as XML."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from lxml import etree

from tinhso.bookkeeping.rules import XmlRules
from tinhso.kernel.clock import local
from tinhso.kernel.money import amount_in_words
from tinhso.papers.xml_signing import DS

DATA_ID = "data"


@dataclass(frozen=True, slots=True)
class Party:
    """Who pays, or who collects: then ``tax_code`` and no ``personal_id``."""

    name: str
    address: str = ""
    personal_id: str = ""
    tax_code: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One fee. ``full`` and ``relief`` where less was asked; ``amount`` is negative in an adjustment."""

    name: str
    amount: int
    law: str = ""
    full: int = 0
    relief: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """The receipt that another one replaces or adjusts."""

    form: str
    symbol: str
    number: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Content:
    """All a receipt says. ``by``: how it was paid, in words; ``is_test``: no real money."""

    title: str
    form: str
    symbol: str
    number: str
    kind: str
    agency: Party
    payer: Party
    lines: tuple[Line, ...]
    paid_at: datetime
    by: str
    note: str
    is_test: bool
    issued_at: datetime
    related: Related | None = None

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def words(self) -> str:
        """Return the total in Vietnamese words; of an adjustment what is taken away."""
        return (
            f"Giảm {amount_in_words(-self.total).lower()}" if self.total < 0 else amount_in_words(self.total)
        )


def as_json(content: Content) -> dict[str, object]:
    """Return what the template reads, and what is kept beside the receipt."""
    return {
        "title": content.title,
        "form": content.form,
        "symbol": content.symbol,
        "number": content.number,
        "kind": content.kind,
        "about": _about(content),
        "note": content.note,
        "payer": asdict(content.payer),
        "agency": asdict(content.agency),
        "lines": [asdict(line) for line in content.lines],
        "total": content.total,
        "words": content.words,
        "paid_on": local(content.paid_at).date().isoformat(),
        "by": content.by,
        "test": content.is_test,
    }


def as_xml(content: Content, rules: XmlRules) -> etree._Element:
    """Return the document, with the placeholder of the agency's signature; the data has the id ``data``."""
    root = etree.Element(rules.tag("root"))
    data = _part(root, rules, "data")
    data.set("Id", DATA_ID)
    general = _part(data, rules, "general")
    _texts(
        general,
        rules,
        {
            "version": rules.version,
            "title": content.title,
            "form": content.form,
            "symbol": content.symbol,
            "number": content.number,
            "date": local(content.issued_at).date().isoformat(),
            "currency": rules.currency,
            "payment": content.by,
        },
    )
    if content.related:
        _related(general, rules, content, content.related)
    body = _part(data, rules, "content")
    _party(_part(body, rules, "seller"), rules, content.agency)
    _party(_part(body, rules, "buyer"), rules, content.payer)
    _items(_part(body, rules, "items"), rules, content.lines)
    sums = {"total": str(content.total), "total_words": content.words, "note": content.note}
    _texts(_part(body, rules, "sums"), rules, sums)
    signatures = _part(root, rules, "signatures")
    seller = _part(signatures, rules, "seller")
    etree.SubElement(seller, f"{{{DS}}}Signature", nsmap={"ds": DS}).set("Id", "placeholder")
    return root


def _related(general: etree._Element, rules: XmlRules, content: Content, related: Related) -> None:
    _texts(
        _part(general, rules, "related"),
        rules,
        {
            "relation": rules.relations[content.kind],
            "related_form": related.form,
            "related_symbol": related.symbol,
            "related_number": related.number,
            "related_date": local(related.issued_at).date().isoformat(),
            "note": content.note,
        },
    )


def _party(part: etree._Element, rules: XmlRules, party: Party) -> None:
    texts = {
        "name": party.name,
        "tax_code": party.tax_code,
        "personal_id": party.personal_id,
        "address": party.address,
    }
    _texts(part, rules, texts)


def _items(part: etree._Element, rules: XmlRules, lines: Sequence[Line]) -> None:
    for number, line in enumerate(lines, 1):
        texts = {
            "order": str(number),
            "item_name": line.name,
            "amount": str(line.amount),
            "law": line.law,
            "full": str(line.full) if line.full else "",
            "relief": line.relief,
        }
        _texts(_part(part, rules, "item"), rules, texts)


def _part(parent: etree._Element, rules: XmlRules, name: str) -> etree._Element:
    return etree.SubElement(parent, rules.tag(name))


def _texts(parent: etree._Element, rules: XmlRules, texts: Mapping[str, str]) -> None:
    """Write the texts in their order, empty ones left out."""
    for name, text in texts.items():
        if text:
            _part(parent, rules, name).text = text


def _about(content: Content) -> str:
    if content.related is None:
        return ""
    verb = {"replacement": "Thay thế", "adjustment": "Điều chỉnh"}[content.kind]
    on = f"{local(content.related.issued_at):%d/%m/%Y}"
    return f"{verb} biên lai số {content.related.number} ký hiệu {content.related.symbol} ngày {on}"
