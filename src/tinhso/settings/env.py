"""Typed settings from the environment; a wrong one stops the start with a sentence."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[3]
STAND_IN_SECRET = "moi-truong-thu"  # noqa: S105  (of the stand-in for identities, public)
# What says where a stand-in is, unless an operator says where the real system is.
STAND_INS = (
    "identity_url",
    "bank_url",
    "platform_url",
    "national_portal_url",
    "population_url",
    "trust_url",
    "sms_url",
    "smtp_port",
)


class Environment(BaseSettings):
    """Everything an operator may set. Names in the environment carry the prefix ``TINHSO_``."""

    model_config = SettingsConfigDict(
        env_prefix="TINHSO_",
        env_file=None,
        extra="ignore",
        hide_input_in_errors=True,  # a wrong setting is told in a log; the secrets beside it are not
    )

    mode: Literal["demo", "test", "production"] = Field(
        default="demo", description="production refuses to start with anything of the demonstration"
    )
    var: Path = Field(default=ROOT / "var", description="data of this installation: database, files, keys")
    packs: Path = Field(default=ROOT / "packs", description="law as data")
    secret_key: SecretStr | None = Field(default=None, description="generated into var/ outside production")
    database_url: str | None = Field(default=None, description="absent: the embedded PostgreSQL in var/")
    base_url: str = Field(
        default="http://127.0.0.1:8000", description="public address, in links and QR codes"
    )
    proxies: int = Field(
        default=0,
        ge=0,
        description="how many proxies of our own stand before the web server",
    )
    allowed_hosts: list[str] = Field(
        default=["127.0.0.1", "localhost", "testserver"],
        description="host names that are answered, as a JSON list",
    )
    identity_url: str = Field(default="http://127.0.0.1:8101", description="OIDC issuer of the citizens")
    identity_provider: str = Field(
        default="dinh-danh", description="entry of packs/vietnam/identity-providers.yaml"
    )
    identity_client_id: str = Field(default="tinhso", description="as agreed with the issuer")
    identity_client_secret: SecretStr = Field(
        default=SecretStr(STAND_IN_SECRET), description="as agreed with the issuer; default: the stand-in's"
    )
    bank_url: str = Field(default="http://127.0.0.1:8102", description="bank that answers for the accounts")
    bank_id: str = Field(default="970416", pattern=r"^[0-9]{6}$", description="BIN under which it signs")
    bank_secret: SecretStr | None = Field(default=None, description="shared with the bank, signs callbacks")
    platform_url: str = Field(
        default="http://127.0.0.1:8105",
        description="payment platform of the national portal; empty: not connected, nobody is offered it",
    )
    platform_client_id: str = Field(default="TINHSO", description="our number there")
    platform_key1: SecretStr | None = Field(default=None, description="signs what we send to it")
    platform_key2: SecretStr | None = Field(default=None, description="signs what it sends to us")
    national_portal_url: str = Field(
        default="http://127.0.0.1:8106",
        description="adapter of the national portal; empty: not connected, nothing is sent or taken in",
    )
    national_portal_user: str = Field(default="000.00.00.H49", description="our user name there")
    national_portal_password: SecretStr | None = Field(default=None, description="our password there")
    national_portal_unit: str = Field(default="000.00.00.H49", description="our code there (madonvi)")
    national_portal_key: SecretStr | None = Field(
        default=None, description="shared with the national portal, signs what it sends to us"
    )
    national_portal_files: list[str] = Field(
        default=[],
        description="further addresses (scheme, host, port) files may be fetched from, as a JSON list",
    )
    population_url: str = Field(
        default="http://127.0.0.1:8107",
        description="population database that registers copy from; empty: not connected, nothing is copied",
    )
    population_token: SecretStr | None = Field(
        default=None, description="bearer token of the population database"
    )
    trust_url: str = Field(default="http://127.0.0.1:8103", description="time stamps, OCSP and CRL")
    smtp_host: str = Field(default="127.0.0.1", description="server that takes e-mail")
    smtp_port: int = Field(default=8125, description="its port; default: the stand-in's")
    smtp_user: str = Field(default="", description="user there; empty: no sign-in")
    smtp_password: SecretStr | None = Field(default=None, description="password there")
    smtp_starttls: bool = Field(default=False, description="speak TLS to it (STARTTLS)")
    mail_from: str = Field(default="khong-tra-loi@tinhso.localhost", description="sender of notices")
    sms_url: str = Field(default="http://127.0.0.1:8104", description="SMS gateway")
    sms_token: SecretStr | None = Field(default=None, description="bearer token of the SMS gateway")
    sms_unaccented: bool = Field(default=True, description="160 places a message instead of 70")
    idempotency_hours: int = Field(default=24, ge=1, description="how long a repeated request is recognised")
    clamd: str | None = Field(default=None, description="host:port or socket path of ClamAV; absent: no scan")
    designer_two_persons: bool = Field(
        default=True, description="whoever proposes a procedure may not publish it; see docs/designer.md"
    )
    province: str = Field(
        default="quang-ninh", description="folder of packs/ that holds the province's own law"
    )
    facts_engine: Literal["duckdb", "spark"] = Field(
        default="duckdb", description="what counts facts; spark needs the extra of that name and Java 17"
    )
    spark_master: str = Field(
        default="local[2]", description="where Spark runs, as it names it, e.g. spark://host:7077"
    )

    @model_validator(mode="after")
    def _refuse_the_demonstration(self) -> Self:
        """In production nothing may still point at a stand-in, nor travel in the open."""
        if self.mode != "production":
            return self
        fields = type(self).model_fields
        wrong = [name for name in STAND_INS if getattr(self, name) == fields[name].default]
        if wrong:
            names = ", ".join(f"TINHSO_{name.upper()}" for name in wrong)
            raise ValueError(f"{names}: still the stand-in's. Set it to the real system.")
        if not self.base_url.startswith("https://"):
            raise ValueError("TINHSO_BASE_URL must begin with https:// in production.")
        return self


env = Environment()  # raises with every wrong name at once
