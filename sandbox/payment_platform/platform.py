"""
What the platform does: begin a payment, take it, tell the merchant, answer questions, pass the money on.

Written apart from the product on purpose: its checksums are computed here a second time, from the contract.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any

from sandbox.payment_platform.book import Book

MOST_ATTEMPTS = 12
SLOWEST_RETRY = 60.0
VIETNAM = timezone(timedelta(hours=7))

# Sends JSON to a path of the merchant; returns the HTTP status and the answer's text, or raises OSError.
Post = Callable[[str, Mapping[str, Any]], tuple[int, str]]


class Refused(Exception):  # noqa: N818  (an answer, not an error)
    """The platform says no; the text says why."""


@dataclass(frozen=True)
class Behaviour:
    """
    What goes wrong with the next payments.

    :param times: for how many payments
    :param duplicate: extra callbacks
    :param delay: seconds before the callback
    :param short: đồng taken too little; negative: too much. A query says what was taken
    :param wrong_sum: the callback tells, and signs, another sum than was asked for
    :param forged: the callback is signed with a guessed key
    :param drop: no callback at all; only a query finds the payment
    :param deny: the callback says «paid», and a query says «not paid»
    :param away: create and query do not answer; stays until changed
    """

    times: int = 0
    duplicate: int = 0
    delay: float = 0.0
    short: int = 0
    wrong_sum: bool = False
    forged: bool = False
    drop: bool = False
    deny: bool = False
    away: bool = False


class Platform:
    """The portal's payment platform with one merchant."""

    def __init__(
        self,
        *,
        client_id: str,
        keys: Callable[[], tuple[bytes, bytes]],
        book: Book,
        post: Post,
        now: Callable[[], float],
        url: str,
    ) -> None:
        self.behaviour = Behaviour()
        self.book = book
        self.url = url
        self._client_id, self._keys, self._post, self._now = client_id, keys, post, now

    def create(self, body: Mapping[str, Any]) -> str:
        """Begin a payment; return where to pay. :raises Refused: with the reason"""
        self._check_merchant(body)
        if not hmac.compare_digest(self._payment_sum(body, key=self._keys()[0]), str(body.get("check_sum"))):
            raise Refused("check_sum không đúng.")
        amount = int(body["trans_amount"])
        if amount < 1 or sum(int(line["SoTien"]) for line in body["bill_info"]["PhiLePhi"]) != amount:
            raise Refused("Tổng PhiLePhi khác trans_amount.")
        self._note(str(body["transaction_id"]), body, amount)
        return f"{self.url}/pay/{body['transaction_id']}"

    def look_up(self, code: str) -> str | None:
        """Ask the merchant what a dossier owes; return the number it is paid under, None: nothing due."""
        asked = {"client_id": self._client_id, "MaHoSo": code}
        text = f"{asked['client_id']}|{code}"
        status, answer = self._post(
            "/api/callbacks/platform/lookup", {**asked, "check_sum": self._mac(self._keys()[1], text)}
        )
        said = json.loads(answer)
        if status != 200 or said["error_code"] == -1:
            raise Refused(str(said.get("msg", status)))
        if said["error_code"] == 0:
            return None
        number = str(said.pop("MaTraCuuTT"))
        values = {
            "client_id": self._client_id,
            "transaction_id": number,
            "command": "PAY",
            "version": "1.0",
            "addition_fee": "0",
            "trans_amount": str(said["SoTien"]),
        }
        self._note(number, {**values, "bill_info": said, "return_url": ""}, int(said["SoTien"]))
        return number

    def query(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Say what became of a payment. :raises Refused: with the reason"""
        self._check_merchant(body)
        text = "|".join(str(body[name]) for name in ("client_id", "command", "transaction_id"))
        if not hmac.compare_digest(self._mac(self._keys()[0], text), str(body.get("check_sum"))):
            raise Refused("check_sum không đúng.")
        row = self.payment(str(body["transaction_id"]))
        if row["paid"] is None or self._denied(row["transaction_id"]):
            return {"error": "0", "msg": "", "transaction_id": row["transaction_id"], "status": "1"}
        return {
            "error": "0",
            "msg": "",
            "transaction_id": row["transaction_id"],
            "status": "0",
            "trans_amount": str(row["paid"]),
        }

    def pay(self, transaction_id: str) -> dict[str, Any]:
        """Take the money, once, and note what the merchant is to be told. :raises Refused: no such payment"""
        row = self.payment(transaction_id)
        if row["paid"] is not None:
            return row
        told = self._behaviour_once()
        paid = max(1, row["amount"] - told.short)
        spoil = ",".join(name for name in ("wrong_sum", "forged", "deny") if getattr(told, name))
        with self.book.writing() as db:
            db.execute(
                "UPDATE payment SET paid = ?, paid_at = ? WHERE transaction_id = ?",
                (paid, self._now(), transaction_id),
            )
            for _copy in range(0 if told.drop else 1 + told.duplicate):
                db.execute(
                    "INSERT INTO callback (payment, due, spoil) VALUES (?, ?, ?)",
                    (transaction_id, self._now() + told.delay, spoil),
                )
        return self.payment(transaction_id)

    def payment(self, transaction_id: str) -> dict[str, Any]:
        """Return one payment. :raises Refused: there is none"""
        rows = self.book.rows("SELECT * FROM payment WHERE transaction_id = ?", transaction_id)
        if not rows:
            raise Refused("Không có giao dịch này.")
        return dict(rows[0])

    def deliver_due(self) -> int:
        """Send every callback whose time has come; return how many were sent."""
        due = self.book.rows(
            "SELECT c.id AS callback, c.attempts, c.spoil, p.* FROM callback c"
            " JOIN payment p ON p.transaction_id = c.payment"
            " WHERE c.state = 'waiting' AND c.due <= ? ORDER BY c.due, c.id",
            self._now(),
        )
        for row in due:
            self._deliver(dict(row))
        return len(due)

    def settle(self) -> list[dict[str, Any]]:
        """Pass everything paid and not passed on yet to the beneficiaries: one credit for each account."""
        rows = self.book.rows("SELECT * FROM payment WHERE paid IS NOT NULL AND settled_on IS NULL")
        day = datetime.fromtimestamp(self._now(), tz=VIETNAM).date().isoformat()
        sums: dict[tuple[str, str], int] = {}
        for row in rows:
            info = json.loads(row["body"])["bill_info"]
            account = (str(info["MaNHThuHuong"]), str(info["TKThuHuong"]))
            sums[account] = sums.get(account, 0) + int(row["paid"])
        with self.book.writing() as db:
            for row in rows:
                db.execute(
                    "UPDATE payment SET settled_on = ? WHERE transaction_id = ?", (day, row["transaction_id"])
                )
        return [
            {"bin": bank, "account": account, "amount": amount, "purpose": f"DVCQG quyet toan ngay {day}"}
            for (bank, account), amount in sums.items()
        ]

    def _note(self, transaction_id: str, body: Mapping[str, Any], amount: int) -> None:
        with self.book.writing() as db:
            db.execute(
                "INSERT INTO payment (transaction_id, at, body, amount) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (transaction_id) DO NOTHING",
                (transaction_id, self._now(), json.dumps(body), amount),
            )

    def _check_merchant(self, body: Mapping[str, Any]) -> None:
        if body.get("client_id") != self._client_id:
            raise Refused("client_id không đúng.")

    def _denied(self, transaction_id: str) -> bool:
        rows = self.book.rows("SELECT spoil FROM callback WHERE payment = ?", transaction_id)
        return any("deny" in row["spoil"] for row in rows)

    def _behaviour_once(self) -> Behaviour:
        told = self.behaviour
        if told.times < 1:
            return Behaviour()
        self.behaviour = replace(told, times=told.times - 1)
        return told

    def _deliver(self, row: dict[str, Any]) -> None:
        try:
            status, text = self._post("/api/callbacks/platform", self._report(row))
        except OSError as problem:
            status, text = 0, type(problem).__name__
        attempts = row["attempts"] + 1
        state = "waiting"
        if status == 200:
            state = "told"
        elif 400 <= status < 500:
            state = "refused"
        elif attempts >= MOST_ATTEMPTS:
            state = "given_up"
        due = self._now() + min(2.0 ** (attempts - 1), SLOWEST_RETRY)
        with self.book.writing() as db:
            db.execute(
                "UPDATE callback SET attempts = ?, state = ?, due = ?, answer = ? WHERE id = ?",
                (attempts, state, due, f"{status} {text[:300]}", row["callback"]),
            )

    def _report(self, row: dict[str, Any]) -> dict[str, Any]:
        body = json.loads(row["body"])
        names = ("client_id", "transaction_id", "command", "version", "trans_amount", "addition_fee")
        values = {name: body[name] for name in names}
        if "wrong_sum" in row["spoil"]:
            values["trans_amount"] = str(int(values["trans_amount"]) + 1_000)
        key = b"guessed" if "forged" in row["spoil"] else self._keys()[1]
        return {**values, "status": "0", "check_sum": self._payment_sum(values, key=key)}

    def _payment_sum(self, body: Mapping[str, Any], *, key: bytes) -> str:
        names = ("addition_fee", "client_id", "command", "trans_amount", "transaction_id", "version")
        return self._mac(key, "|".join(str(body[name]) for name in names))

    @staticmethod
    def _mac(key: bytes, text: str) -> str:
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
