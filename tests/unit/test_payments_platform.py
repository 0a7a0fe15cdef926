"""Checksums of the portal's platform are made of the right values; the pack says the rest."""

import hashlib
import hmac
from pathlib import Path

import pytest
from pydantic import ValidationError

from tinhso.payments.platform_checksums import fits, lookup_checksum, payment_checksum, query_checksum
from tinhso.payments.platform_rules import load_platform_rules
from tinhso.settings.env import ROOT

VALUES = {
    "version": "1.0",
    "transaction_id": "T1",
    "trans_amount": "8000",
    "command": "PAY",
    "client_id": "TINHSO",
    "addition_fee": "0",
    "return_url": "never part of it",
}


def mac(text: str, key: bytes = b"k") -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def test_a_payment_is_signed_over_six_values_in_the_order_of_their_names() -> None:
    assert payment_checksum(VALUES, key=b"k") == mac("0|TINHSO|PAY|8000|T1|1.0")


def test_a_question_is_signed_over_three_values() -> None:
    assert query_checksum(VALUES, key=b"k") == mac("TINHSO|PAY|T1")


def test_a_lookup_is_signed_over_who_asks_and_the_dossier() -> None:
    assert lookup_checksum({"client_id": "TINHSO", "MaHoSo": "H49-1"}, key=b"k") == mac("TINHSO|H49-1")


@pytest.mark.parametrize("given", [None, "", 5, "é", mac("other"), mac("x", b"other")])
def test_nothing_but_the_checksum_itself_fits(given: object) -> None:
    assert not fits(mac("x"), given)


def test_the_checksum_fits_in_capitals_too() -> None:
    assert fits(mac("x"), mac("x").upper())


def test_the_pack_is_read_whole_and_an_unknown_word_in_it_is_refused(tmp_path: Path) -> None:
    assert load_platform_rules(ROOT / "packs").commands.pay == "PAY"
    text = (ROOT / "packs" / "vietnam" / "payment-platform.yaml").read_text(encoding="utf-8")
    (tmp_path / "vietnam").mkdir()
    (tmp_path / "vietnam" / "payment-platform.yaml").write_text(text + "\nguess: 1\n", encoding="utf-8")
    with pytest.raises(ValidationError, match="guess"):
        load_platform_rules(tmp_path)
