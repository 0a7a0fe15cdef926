"""Persons and households, and every change of them in order; one SQLite file."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.bank.book import Book as Base
from sandbox.identity.citizens import Citizen

SCHEMA = """
CREATE TABLE IF NOT EXISTS change (
    place INTEGER PRIMARY KEY AUTOINCREMENT, feed TEXT NOT NULL, id TEXT NOT NULL, event TEXT NOT NULL,
    number INTEGER NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS change_of ON change (feed, id, number);
"""
PERSONS, HOUSEHOLDS = "cong-dan", "ho-gia-dinh"
MOODS = ("well", "down", "again", "backwards", "broken")


class Book(Base):
    """One file, one writer at a time."""

    schema = SCHEMA


@dataclass(frozen=True, slots=True)
class Behaviour:
    """
    :param mood: ``down`` answers nothing; ``again`` sends everything from the beginning; ``backwards`` sends
        newer before older; ``broken`` sends a person without a name between the others
    """

    mood: str = "well"


class Database:
    """
    What the stand-in knows.

    :param now: the time, as ISO 8601
    """

    def __init__(self, *, book: Book, token: Callable[[], str], now: Callable[[], str]) -> None:
        self._book, self.token, self._now = book, token, now
        self.behaviour = Behaviour()

    def settle(self, citizens: Iterable[Citizen]) -> None:
        """Let these people live here, unless somebody does already."""
        if self._book.rows("SELECT 1 FROM change LIMIT 1"):
            return
        for number, one in enumerate(citizens, 1):
            household = f"HGD{number:06}"
            self.write(PERSONS, f"THU-{one.personal_id}", _person(one, household))
            self.write(HOUSEHOLDS, f"THU-{household}", _household(one, household))

    def write(self, feed: str, record_id: str, body: dict[str, Any], *, cancel: bool = False) -> int:
        """Note a change; return its number, from 1 for each record."""
        with self._book.writing() as db:
            row = db.execute(
                "SELECT max(number) FROM change WHERE feed = ? AND id = ?", (feed, record_id)
            ).fetchone()
            number = (row[0] or 0) + 1
            event = "CANCEL" if cancel else "NEW" if number == 1 else "UPDATE"
            db.execute(
                "INSERT INTO change (feed, id, event, number, at, body) VALUES (?, ?, ?, ?, ?, ?)",
                (feed, record_id, event, number, self._now(), json.dumps(body, ensure_ascii=False)),
            )
        return int(number)

    def changes(self, feed: str, *, after: int, limit: int) -> tuple[list[dict[str, Any]], int]:
        """Return changes behind a place as envelopes, and the place of the last."""
        after = 0 if self.behaviour.mood == "again" else after
        rows = self._book.rows(
            "SELECT * FROM change WHERE feed = ? AND place > ? ORDER BY place LIMIT ?", feed, after, limit
        )
        found = [_envelope(row["id"], row["event"], row["number"], row["at"], row["body"]) for row in rows]
        if self.behaviour.mood == "backwards":
            found.reverse()
        if self.behaviour.mood == "broken" and found:
            spoilt = {**found[0]["DuLieu"]}
            spoilt.pop("HoVaTen", None)
            found.insert(1, {**found[0], "IdBanGhi": "THU-HONG", "DuLieu": spoilt})
        return found, rows[-1]["place"] if rows else after

    def standing(self, feed: str) -> list[dict[str, Any]]:
        """Return the newest state of each record."""
        rows = self._book.rows(
            "SELECT id, event, max(number) AS number, at, body FROM change WHERE feed = ? GROUP BY id", feed
        )
        return [_envelope(row["id"], row["event"], row["number"], row["at"], row["body"]) for row in rows]


def _envelope(record_id: str, event: str, number: int, at: str, body: str) -> dict[str, Any]:
    return {
        "IdBanGhi": record_id,
        "SuKien": event,
        "PhienBan": number,
        "ThoiGianCapNhat": at,
        "DuLieu": json.loads(body),
    }


def _person(one: Citizen, household: str) -> dict[str, Any]:
    return {
        "SoDinhDanh": one.personal_id,
        "HoVaTen": one.full_name,
        "NgayThangNamSinh": one.born_on,
        "GioiTinh": one.sex,
        "QuocTich": "Việt Nam",
        "ThuongTru": {"MaXa": one.commune, "DiaChi": one.detail},
        "MaHo": household,
        "QuanHeVoiChuHo": "Chủ hộ",
    }


def _household(one: Citizen, household: str) -> dict[str, Any]:
    return {
        "MaHo": household,
        "ThuongTru": {"MaXa": one.commune, "DiaChi": one.detail},
        "ChuHo": {"HoVaTen": one.full_name, "SoDinhDanh": one.personal_id},
        "SoNhanKhau": 1,
    }
