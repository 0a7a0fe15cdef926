"""A production that still has something of the demonstration does not start."""

import pytest
from pydantic import ValidationError

from tinhso.settings.env import STAND_INS, Environment

REAL = {
    "TINHSO_MODE": "production",
    "TINHSO_BASE_URL": "https://dichvucong.example.vn",
    "TINHSO_IDENTITY_URL": "https://identity.example.vn",
    "TINHSO_BANK_URL": "https://bank.example.vn",
    "TINHSO_PLATFORM_URL": "https://thanhtoan.example.vn",
    "TINHSO_NATIONAL_PORTAL_URL": "https://ket-noi.example.vn",
    "TINHSO_POPULATION_URL": "https://dan-cu.example.vn",
    "TINHSO_TRUST_URL": "https://tsa.example.vn",
    "TINHSO_SMS_URL": "https://sms.example.vn",
    "TINHSO_SMTP_PORT": "587",
}


@pytest.fixture(autouse=True)
def real(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of an installation where everything is real."""
    for name, value in REAL.items():
        monkeypatch.setenv(name, value)


def test_a_production_where_everything_is_real_starts() -> None:
    assert Environment().mode == "production"


@pytest.mark.parametrize("name", STAND_INS)
def test_production_does_not_start_with_the_address_of_a_stand_in(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(f"TINHSO_{name.upper()}", raising=False)

    with pytest.raises(ValidationError, match=f"TINHSO_{name.upper()}: still the stand-in"):
        Environment()


def test_production_does_not_start_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINHSO_BASE_URL", "http://dichvucong.example.vn")

    with pytest.raises(ValidationError, match="https://"):
        Environment()


def test_a_wrong_setting_is_told_without_the_secrets_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINHSO_BASE_URL", "http://dichvucong.example.vn")
    monkeypatch.setenv("TINHSO_SECRET_KEY", "nobody-may-read-this")

    with pytest.raises(ValidationError) as refused:
        Environment()

    assert "nobody-may-read-this" not in str(refused.value)
