"""What the bank does: pay, tell the payee, list, give back. Time and the network are given to it."""

import csv
import hashlib
import hmac
import io
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sandbox.bank.book import Book
from sandbox.bank.qr import Order

MOST_ATTEMPTS = 12
SLOWEST_RETRY = 60.0
CLOCK_WINDOW = 300

# Sends a body with headers; returns the HTTP status and the answer's text, or raises OSError.
Post = Callable[[bytes, Mapping[str, str]], tuple[int, str]]


@dataclass(frozen=True)
class Behaviour:
    """
    What goes wrong with the next payments.

    :param times: for how many payments
    :param duplicate: extra callbacks
    :param delay: seconds before the callback
    :param short: đồng that are paid too little; negative: too much
    :param drop: send no callback; only the statement knows
    :param refund: ``make``, ``refuse`` or ``fail``; stays until changed
    """

    times: int = 0
    duplicate: int = 0
    delay: float = 0.0
    short: int = 0
    wrong_signature: bool = False
    drop: bool = False
    refund: str = "make"


class Refused(Exception):  # noqa: N818  (an answer, not an error)
    """The bank says no; the text says why."""


class Bank:
    """One bank that keeps collecting accounts."""

    def __init__(
        self, *, id: str, secret: Callable[[], bytes], book: Book, post: Post, now: Callable[[], float]
    ) -> None:
        self.id = id
        self.behaviour = Behaviour()
        self.book = book
        self._secret, self._post, self._now = secret, post, now

    def pay(self, order: Order, *, payer: str, amount: int | None = None) -> dict[str, Any]:
        """
        Move the money and note what the payee is to be told.

        :param amount: only where the code leaves it open
        :raises Refused: no amount, or less than a đồng
        """
        asked = order.amount if order.amount is not None else amount
        if not asked or asked < 1:
            raise Refused("Hãy nhập số tiền từ 1 đồng.")
        behaviour = self._behaviour_once()
        paid = max(1, asked - behaviour.short)
        number = f"FT{datetime.fromtimestamp(self._now(), tz=UTC):%y%j}{secrets.token_hex(5).upper()}"
        with self.book.writing() as db:
            db.execute(
                "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, self._now(), order.bin, order.account, paid, order.purpose, payer),
            )
            for _copy in range(0 if behaviour.drop else 1 + behaviour.duplicate):
                db.execute(
                    "INSERT INTO callback (entry, due, wrong_signature) VALUES (?, ?, ?)",
                    (number, self._now() + behaviour.delay, behaviour.wrong_signature),
                )
        return {"transaction_id": number, "account": order.account, "amount": paid, "purpose": order.purpose}

    def deliver_due(self) -> int:
        """Send every callback whose time has come; return how many were sent."""
        due = self.book.rows(
            "SELECT c.id AS callback, c.attempts, c.wrong_signature, e.*"
            " FROM callback c JOIN entry e ON e.id = c.entry"
            " WHERE c.state = 'waiting' AND c.due <= ? ORDER BY c.due, c.id",
            self._now(),
        )
        for row in due:
            self._deliver(dict(row))
        return len(due)

    def statement(self, *, account: str, since: datetime, until: datetime) -> str:
        """Return the account's credits and debits between two moments as CSV."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(["transaction_id", "received_at", "account", "amount", "purpose", "other_party"])
        for row in self.book.rows(
            "SELECT * FROM entry WHERE account = ? AND at >= ? AND at < ? ORDER BY at, id",
            account,
            since.timestamp(),
            until.timestamp(),
        ):
            writer.writerow(
                [row["id"], _iso(row["at"]), account, row["amount"], row["purpose"], row["other_party"]]
            )
        return out.getvalue()

    def refund(self, *, refund_id: str, transaction_id: str, amount: int) -> str:
        """
        Send money of a credit back, once for a ``refund_id``; return the bank's number for it.

        :raises Refused: unknown credit, more than it brought, or told to refuse
        """
        if self.behaviour.refund == "refuse":
            raise Refused("Tài khoản của người nhận đã đóng.")
        with self.book.writing() as db:
            known = db.execute("SELECT * FROM refund WHERE refund_id = ?", (refund_id,)).fetchone()
            if known:
                if (known["entry"], known["amount"]) != (transaction_id, amount):
                    raise Refused("Mã hoàn tiền này đã dùng cho một khoản khác.")
                return str(known["bank_refund_id"])
            entry = db.execute("SELECT * FROM entry WHERE id = ?", (transaction_id,)).fetchone()
            if entry is None or amount < 1:
                raise Refused("Không có giao dịch này.")
            (returned,) = db.execute(
                "SELECT coalesce(sum(amount), 0) FROM refund WHERE entry = ?", (transaction_id,)
            ).fetchone()
            if returned + amount > entry["amount"]:
                raise Refused("Số tiền hoàn lớn hơn số tiền đã nhận.")
            number = f"RF{secrets.token_hex(6).upper()}"
            db.execute("INSERT INTO refund VALUES (?, ?, ?, ?)", (refund_id, transaction_id, number, amount))
            db.execute(
                "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    self._now(),
                    entry["bin"],
                    entry["account"],
                    -amount,
                    f"Hoan tien {transaction_id}",
                    entry["other_party"],
                ),
            )
            return number

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Say whether the payee signed the message within the last minutes."""
        timestamp, nonce = headers.get("x-timestamp", ""), headers.get("x-nonce", "")
        if headers.get("x-bank-id") != self.id or not (timestamp.isascii() and timestamp.isdigit()):
            return False
        if abs(self._now() - int(timestamp)) > CLOCK_WINDOW:
            return False
        return hmac.compare_digest(
            self._mac(timestamp, nonce, body).encode(), headers.get("x-signature", "").encode()
        )

    def _behaviour_once(self) -> Behaviour:
        told = self.behaviour
        if told.times < 1:
            return Behaviour()
        self.behaviour = replace(told, times=told.times - 1)
        return told

    def _deliver(self, row: dict[str, Any]) -> None:
        body = json.dumps(
            {
                "transaction_id": row["id"],
                "bin": row["bin"],
                "account": row["account"],
                "amount": row["amount"],
                "purpose": row["purpose"],
                "paid_at": _iso(row["at"]),
            }
        ).encode()
        try:
            status, text = self._post(body, self._headers(body, wrong=bool(row["wrong_signature"])))
        except OSError as problem:
            status, text = 0, type(problem).__name__
        self._note(row, status, text)

    def _note(self, row: dict[str, Any], status: int, text: str) -> None:
        attempts = row["attempts"] + 1
        state = "waiting"
        if 200 <= status < 300:
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

    def _headers(self, body: bytes, *, wrong: bool) -> dict[str, str]:
        timestamp, nonce = str(int(self._now())), secrets.token_hex(16)
        signature = self._mac(timestamp, nonce, body)
        return {
            "Content-Type": "application/json",
            "X-Bank-Id": self.id,
            "X-Timestamp": timestamp,
            "X-Nonce": nonce,
            "X-Signature": "0" * len(signature) if wrong else signature,
        }

    def _mac(self, timestamp: str, nonce: str, body: bytes) -> str:
        return hmac.new(self._secret(), f"{timestamp}.{nonce}.".encode() + body, hashlib.sha256).hexdigest()


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, tz=UTC).isoformat()
