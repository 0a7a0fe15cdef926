"""What is agreed with the population database: ``packs/vietnam/population.yaml``; its envelopes."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from tinhso.definitions.packs import packs_folder
from tinhso.definitions.roles import whole
from tinhso.definitions.types import Strict
from tinhso.registers.types import Envelope

FILE = "vietnam/population.yaml"


class Part(Strict):
    """:param at: where the value stands, parts joined by dots; ``values``: their word → ours"""

    at: str = Field(min_length=1)
    values: Mapping[str, str] = {}


class Feed(Strict):
    """:param path: behind the address of the database; ``fields``: field of the register → where it stands"""

    register_id: str = Field(alias="register")
    path: str = Field(pattern="^/")
    fields: Mapping[str, Part]


class Agreement(Strict):
    source: str
    feeds: tuple[Feed, ...]


class Told(BaseModel):
    """One envelope as it comes."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    IdBanGhi: str = Field(min_length=1, max_length=80)
    SuKien: str
    PhienBan: int
    ThoiGianCapNhat: AwareDatetime
    DuLieu: dict[str, JsonValue] = {}

    def envelope(self, feed: Feed) -> Envelope:
        """Return it as registers take it in."""
        read = {name: _read(part, self.DuLieu) for name, part in feed.fields.items()}
        moment: datetime = self.ThoiGianCapNhat
        return Envelope(
            outside_id=self.IdBanGhi,
            event=self.SuKien,
            number=self.PhienBan,
            updated_at=moment,
            values={name: value for name, value in read.items() if value not in (None, "")},
        )


class Answer(BaseModel):
    """A page of changes. :param Sau: what to ask behind next time"""

    model_config = ConfigDict(frozen=True, extra="ignore")

    BanGhi: tuple[dict[str, JsonValue], ...]
    Sau: int


def agreement() -> Agreement:
    """Return what is agreed. :raises BrokenPack: the file is wrong"""
    path = packs_folder() / FILE
    return _agreement(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _agreement(path: Path, _stamp: int) -> Agreement:
    return whole(path, Agreement)


def _read(part: Part, data: Mapping[str, JsonValue]) -> JsonValue:
    value: JsonValue = dict(data)
    for name in part.at.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return part.values.get(str(value), value) if part.values else value
