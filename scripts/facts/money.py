"""What the list says about fees, billed only where it is beyond doubt."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tinhso.kernel.text import fold, normalise

AS_ABOVE = "(as above)"
COUNCIL = re.compile(r"Hội đồng nhân dân|HĐND", re.IGNORECASE)
AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})+)|(\d{4,})\s*(?:đồng|đ\b)")
PER = re.compile(
    r"(?:đồng|đ|^\(?)\s*/\s*(?:01 )?([^/().,;:\d]{2,80})|\.\d{3}\s*/\s*([^/().,;:\d]{2,80})", re.IGNORECASE
)
# A case of its own, a lower rate for some years, or a scale: what is due cannot be told from the form.
DOUBT = re.compile(
    r"danh sách|áp dụng đến hết|kiểm tra lại|từ trang thứ|giai đoạn|memory|unparsed", re.IGNORECASE
)
EXEMPT = re.compile(r"miễn", re.IGNORECASE)
COUNTED = ("ban", "trang", "nguoi", "van ban xac nhan")
TALK = 60  # characters beside the amount that may hide a condition


def fee_of(entries: Iterable[Mapping[str, Any]], confidence: str) -> str | dict[str, Any]:
    """Return what one way to file costs, from the rows of the list for it; see ``standard.Way``."""
    fees = [one for entry in entries for one in _each(entry.get("fee"))]
    amounts = {one["amount"] for one in fees if one.get("amount") and one.get("currency") == "VND"}
    if amounts:
        priced = [one for one in fees if one.get("amount") in amounts]
        return _priced(priced[0], sure=len(amounts) == 1 and confidence == "high")
    notes = [one.get("note") or "" for one in fees]
    if any(COUNCIL.search(note) for note in notes):
        return "council"
    is_free = any(one.get("portal") == "Miễn phí" for one in fees)
    return "free" if is_free and confidence in {"high", "medium"} else "unknown"


def with_notes(channels: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the rows with «as above» replaced by what stands above."""
    above = ""
    for row in channels:
        fees = [dict(one) for one in _each(row.get("fee"))]
        for one in fees:
            one["note"] = (one.get("note") or "").replace(AS_ABOVE, above)
            above = one["note"] or above
        yield {**row, "fee": fees}


def _priced(fee: Mapping[str, Any], *, sure: bool) -> dict[str, Any]:
    amount, note = int(fee["amount"]), normalise(fee.get("note") or "")
    said = {int((dotted or plain).replace(".", "")) for dotted, plain in AMOUNT.findall(note)}
    per = next((normalise((one or other).split(" của ")[0]) for one, other in PER.findall(note)), "")
    told = said == {amount} or (not said and (len(note) < TALK or bool(EXEMPT.search(note))))
    found: dict[str, Any] = {"amount": amount}
    if per:
        found["per"] = per
    if fold(per).startswith(COUNTED):
        found["counted"] = True
    if EXEMPT.search(note):
        found["exempt"] = True
    if not sure or not told or DOUBT.search(note):
        found["sure"] = False
    return found


def _each(fee: Any) -> list[Mapping[str, Any]]:
    if fee is None:
        return []
    return list(fee) if isinstance(fee, list) else [fee]
