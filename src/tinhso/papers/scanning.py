"""ClamAV by its INSTREAM protocol (clamd(8)): length-prefixed chunks, one line of answer."""

import socket
import struct
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

from tinhso.papers.types import ScanState

CHUNK = 64 * 1024
TIMEOUT_SECONDS = 30.0
MAX_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class Scan:
    """
    What the scanner said.

    :param signature: name of what was found; empty when nothing was
    """

    state: ScanState
    signature: str = ""

    @property
    def is_infected(self) -> bool:
        return bool(self.signature)


def scan(content: BinaryIO) -> Scan:
    """
    Ask the configured daemon about the whole stream.

    ``not_scanned``: none is configured; ``error``: it does not answer properly. Never silently «clean».
    """
    address: str | None = settings.TINHSO.clamd
    if not address:
        return Scan(ScanState.NOT_SCANNED)
    content.seek(0)
    try:
        with closing(_connect(address)) as connection:
            answer = _converse(connection, content)
    except OSError:
        return Scan(ScanState.ERROR)
    return _read_answer(answer)


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(TIMEOUT_SECONDS)
        connection.connect(address)
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=TIMEOUT_SECONDS)


def _converse(connection: socket.socket, content: BinaryIO) -> bytes:
    connection.sendall(b"zINSTREAM\0")
    while chunk := content.read(CHUNK):
        connection.sendall(struct.pack("!I", len(chunk)) + chunk)
    connection.sendall(struct.pack("!I", 0))
    answer = b""
    while len(answer) < MAX_ANSWER and b"\0" not in answer and (part := connection.recv(CHUNK)):
        answer += part
    return answer.rstrip(b"\0\n")


def _read_answer(answer: bytes) -> Scan:
    text = answer.decode("utf-8", "replace")
    if text == "stream: OK":
        return Scan(ScanState.CLEAN)
    if text.startswith("stream: ") and text.endswith(" FOUND"):
        return Scan(ScanState.ERROR, signature=text.removeprefix("stream: ").removesuffix(" FOUND"))
    return Scan(ScanState.ERROR)
