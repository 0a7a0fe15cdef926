"""
What the portal does: take a dossier from a citizen, deliver it to the province, write down what it is told.

Written apart from the product on purpose: signatures and field names come from the contract a second time.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any

from sandbox.national_portal.book import Book

MOST_ATTEMPTS, SLOWEST_RETRY, SESSION_SECONDS = 12, 60.0, 3600.0
VIETNAM = timezone(timedelta(hours=7))
STATUSES = frozenset(str(number) for number in range(1, 11))
# What a dossier cannot be without, as a province sends it.
NEEDED = (
    "MaHoSo",
    "MaTTHC",
    "TenTTHC",
    "KenhThucHien",
    "ChuHoSo",
    "LoaiDoiTuong",
    "TrangThaiHoSo",
    "DonViXuLy",
)
PROGRESS_NEEDED = ("MaHoSo", "NguoiXuLy", "ThoiDiemXuLy", "NoiDungXuLy", "TrangThai")

# Sends bytes with headers to a path of the province; returns HTTP status and text, or raises OSError.
Post = Callable[[str, bytes, Mapping[str, str]], tuple[int, str]]


class Refused(Exception):  # noqa: N818  (an answer, not an error)
    """The portal says no; the text says why."""


@dataclass(frozen=True)
class Behaviour:
    """
    What goes wrong with the next filings; what stands last stays until it is changed.

    :param times: for how many filings
    :param duplicate: how often it is delivered beyond once
    :param out_of_order: an update of the dossier is delivered before the dossier itself
    :param delay: seconds before the delivery
    :param forged: signed with a guessed key
    :param lost_files: the addresses of its files lead nowhere
    :param newer: fields the contract does not have yet
    :param away: what the province sends is not answered
    :param refuse: what the province sends is refused
    """

    times: int = 0
    duplicate: int = 0
    out_of_order: bool = False
    delay: float = 0.0
    forged: bool = False
    lost_files: bool = False
    newer: bool = False
    away: bool = False
    refuse: bool = False


class Portal:
    """The portal with one province."""

    def __init__(
        self,
        *,
        book: Book,
        user: str,
        password: Callable[[], str],
        key: Callable[[], bytes],
        post: Post,
        now: Callable[[], float],
        url: str,
    ) -> None:
        self.behaviour = Behaviour()
        self.book, self.url = book, url
        self._user, self._password, self._key, self._post, self._now = user, password, key, post, now

    def keep_file(self, name: str, media: str, content: bytes) -> str:
        """Keep a file a citizen uploads; return its id."""
        number = secrets.token_hex(12)
        with self.book.writing() as db:
            db.execute("INSERT INTO file VALUES (?, ?, ?, ?)", (number, name, media, content))
        return number

    def file(self, number: str) -> tuple[str, str, bytes] | None:
        """Return name, type and content of a file."""
        rows = self.book.rows("SELECT * FROM file WHERE id = ?", number)
        return (rows[0]["name"], rows[0]["media"], rows[0]["content"]) if rows else None

    def submit(self, said: Mapping[str, Any], files: Sequence[tuple[str, str]] = ()) -> str:
        """
        File a dossier for a citizen and put its delivery down; return its national code.

        :param said: fields of the contract; what is left out is filled in
        :param files: id of a kept file, and the code of the part it belongs to
        """
        told = self._behaviour_once()
        code = str(said.get("MaHoSo") or self._next_code())
        body = {**self._blank(code), **said, "MaHoSo": code, "TaiLieuNop": self._papers(files, told)}
        if told.newer:
            body |= {"PhienBanHopDong": "2027.1", "MaCanCuoc": {"KieuMoi": True}}
        with self.book.writing() as db:
            db.execute(
                "INSERT INTO dossier (code, at, body, ours) VALUES (?, ?, ?, 1)",
                (code, self._now(), json.dumps(body)),
            )
        spoil = "forged" if told.forged else ""
        if told.out_of_order:
            self._put(code, {**body, "GhiChu": "Bổ sung thông tin liên hệ"}, True, 0, spoil)
        for _copy in range(1 + told.duplicate):
            self._put(code, body, False, told.delay + (0.5 if told.out_of_order else 0), spoil)
        return code

    def update(self, code: str, changes: Mapping[str, Any], files: Sequence[tuple[str, str]] = ()) -> None:
        """Deliver a dossier again with changes, as when its citizen withdraws or supplements it."""
        body = self.dossier(code)
        if body is None:
            raise Refused("Không có hồ sơ này.")
        body |= {**changes, "TaiLieuNop": [*body["TaiLieuNop"], *self._papers(files, Behaviour())]}
        with self.book.writing() as db:
            db.execute("UPDATE dossier SET body = ? WHERE code = ?", (json.dumps(body), code))
        self._put(code, body, True, 0, "")

    def dossier(self, code: str) -> dict[str, Any] | None:
        """Return a dossier as it is known here."""
        rows = self.book.rows("SELECT body FROM dossier WHERE code = ?", code)
        found: dict[str, Any] | None = json.loads(rows[0]["body"]) if rows else None
        return found

    def log_in(self, said: Mapping[str, Any]) -> str:
        """Return a session. :raises Refused: wrong user or password"""
        right = hmac.compare_digest(str(said.get("password", "")).encode(), self._password().encode())
        if said.get("username") != self._user or not right:
            raise Refused("Sai tài khoản hoặc mật khẩu.")
        session = secrets.token_urlsafe(24)
        with self.book.writing() as db:
            db.execute("INSERT INTO session VALUES (?, ?)", (session, self._now()))
        return session

    def call(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a province. :raises Refused: no session, an unknown service, or a part is missing"""
        self._require_session(str(said.get("session", "")))
        if self.behaviour.refuse:
            raise Refused("Dữ liệu không hợp lệ (tình huống thử).")
        service, data = said.get("service"), said.get("data")
        if service == "TraCuuHoSo":
            found = self.dossier(str(said.get("mahoso", "")))
            return {"result": [found] if found else []}
        if not isinstance(data, list) or not data:
            raise Refused("Thiếu data.")
        for one in data:
            self._take(str(service), one, str(said.get("isUpdating", "")))
        return {}

    def told(self, code: str) -> list[dict[str, Any]]:
        """Return what the province told of a dossier, in order."""
        return [dict(row) for row in self.book.rows("SELECT * FROM told WHERE code = ? ORDER BY id", code)]

    def deliver_due(self) -> int:
        """Make every delivery whose time has come, in order; return how many were tried."""
        due = self.book.rows(
            "SELECT * FROM delivery WHERE state = 'waiting' AND due <= ? ORDER BY due, id", self._now()
        )
        for row in due:
            self._deliver(dict(row))
        return len(due)

    def _take(self, service: str, one: Mapping[str, Any], updating: str) -> None:
        if service == "DongBoHoSoMC":
            self._require(one, NEEDED)
            status, known = str(one["TrangThaiHoSo"]), self.dossier(str(one["MaHoSo"]))
            if (known is None) == (updating == "True"):
                raise Refused("isUpdating không khớp: hồ sơ đã có hoặc chưa có.")
        elif service == "CapNhatTienDoHoSoMC":
            self._require(one, PROGRESS_NEEDED)
            status = str(one["TrangThai"])
        else:
            raise Refused(f"Không có dịch vụ {service}.")
        if status not in STATUSES:
            raise Refused(f"Không có trạng thái {status}.")
        self._write(service, one, updating, status)

    def _write(self, service: str, one: Mapping[str, Any], updating: str, status: str) -> None:
        code, body = str(one["MaHoSo"]), json.dumps(one)
        with self.book.writing() as db:
            db.execute(
                "INSERT INTO told (code, at, service, updating, status, body) VALUES (?, ?, ?, ?, ?, ?)",
                (code, self._now(), service, updating, status, body),
            )
            if service == "DongBoHoSoMC":
                db.execute(
                    "INSERT INTO dossier (code, at, body, status, ours) VALUES (?, ?, ?, ?, 0)"
                    " ON CONFLICT (code) DO UPDATE SET status = excluded.status",
                    (code, self._now(), body, status),
                )
            db.execute("UPDATE dossier SET status = ? WHERE code = ?", (status, code))

    def _require(self, one: object, names: Sequence[str]) -> None:
        lacking = [name for name in names if not isinstance(one, dict) or name not in one]
        if lacking:
            raise Refused(f"Thiếu {', '.join(lacking)}.")

    def _require_session(self, session: str) -> None:
        rows = self.book.rows("SELECT at FROM session WHERE id = ?", session)
        if not rows or self._now() - rows[0]["at"] > SESSION_SECONDS:
            raise Refused("Phiên không hợp lệ.")

    def _put(self, code: str, body: Mapping[str, Any], updating: bool, delay: float, spoil: str) -> None:
        with self.book.writing() as db:
            db.execute(
                "INSERT INTO delivery (code, due, body, updating, spoil) VALUES (?, ?, ?, ?, ?)",
                (code, self._now() + delay, json.dumps(body), int(updating), spoil),
            )

    def _deliver(self, row: dict[str, Any]) -> None:
        body = json.dumps(
            {
                "service": "DongBoHoSoMC",
                "isUpdating": "True" if row["updating"] else "False",
                "data": [json.loads(row["body"])],
            }
        ).encode()
        key = b"guessed" if "forged" in row["spoil"] else self._key()
        stamp = str(int(self._now()))
        mac = hmac.new(key, f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        headers = {"X-Portal-Timestamp": stamp, "X-Portal-Signature": mac}
        try:
            status, text = self._post("/api/callbacks/national-portal", body, headers)
        except OSError as problem:
            status, text = 0, type(problem).__name__
        attempts, state = row["attempts"] + 1, "waiting"
        if status == 200:
            state = "delivered"
        elif 400 <= status < 500:
            state = "refused"
        elif attempts >= MOST_ATTEMPTS:
            state = "given_up"
        due = self._now() + min(2.0 ** (attempts - 1), SLOWEST_RETRY)
        with self.book.writing() as db:
            db.execute(
                "UPDATE delivery SET attempts = ?, state = ?, due = ?, answer = ? WHERE id = ?",
                (attempts, state, due, f"{status} {text[:300]}", row["id"]),
            )

    def _papers(self, files: Sequence[tuple[str, str]], told: Behaviour) -> list[dict[str, str]]:
        kept = []
        for number, part in files:
            found = self.file(number)
            if found is None:
                raise Refused("Không có tệp này.")
            gone = "/gone" if told.lost_files else ""
            kept.append(
                {
                    "TepDinhKemId": number,
                    "TenTepDinhKem": found[0],
                    "IsDeleted": "0",
                    "MaThanhPhanHoSo": part,
                    "DuongDanTaiTepTin": f"{self.url}/files{gone}/{number}",
                    "DuocSoHoa": "1",
                    "DuocTaiSuDung": "0",
                    "DuocLayTuKhoDMQG": "0",
                    "MaKetQuaThayThe": "",
                }
            )
        return kept

    def _blank(self, code: str) -> dict[str, Any]:
        return {
            "MaHoSo": code,
            "KenhThucHien": "2",
            "LoaiDoiTuong": "1",
            "TrangThaiHoSo": "1",
            "NgayNopHoSo": datetime.fromtimestamp(self._now(), tz=VIETNAM).strftime("%Y%m%d%H%M%S"),
            "TaiKhoanDuocXacThucVoiVNeID": "1",
            "DanhSachLePhi": [],
            "DanhSachTepDinhKemKhac": [],
            "DanhSachHoSoBoSung": [],
            "DanhSachGiayToKetQua": [],
        }

    def _next_code(self) -> str:
        day = datetime.fromtimestamp(self._now(), tz=VIETNAM).strftime("%Y%m%d")
        return f"G22.99-{day}-{secrets.randbelow(10_000_000):07d}"

    def _behaviour_once(self) -> Behaviour:
        told = self.behaviour
        if told.times < 1:
            return Behaviour()
        self.behaviour = replace(told, times=told.times - 1)
        return told
