"""
Check the ledger of a province yourself.

  python -m tinhso_verify proof FILE --key KEY            the acts of your own dossier
  python -m tinhso_verify consistency OLD --log LOG       nothing was changed since the checkpoint you kept
  python -m tinhso_verify log LOG --key KEY               the whole public log
  python -m tinhso_verify acts FILE --log LOG --key KEY   a list of acts given to an auditor

Exit status 0: it holds. 1: something was changed. 2: it cannot be checked.
"""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tinhso_verify import checks
from tinhso_verify.files import reader
from tinhso_verify.notes import read_key
from tinhso_verify.stamps import read_roots
from tinhso_verify.words import Unreadable, Wrong, say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one check and return the exit status."""
    chosen = _parser().parse_args(arguments)
    tell = partial(_tell, chosen.lang)
    try:
        _run(chosen, tell)
    except Wrong as problem:
        tell(problem.code, **problem.facts, failed=True)
        return 1
    except Unreadable as problem:
        tell(problem.code, **problem.facts, failed=True)
        return 2
    return 0


def _run(chosen: argparse.Namespace, tell: checks.Say) -> None:
    keys = [read_key(one) for text in chosen.key for one in _text(text).splitlines() if one.strip()]
    trust = checks.Trust(keys, read_roots(chosen.tsa_root) if chosen.tsa_root else ())
    if chosen.what == "proof":
        checks.check_proof(chosen.file, trust, tell)
    elif chosen.what == "acts":
        checks.check_acts(chosen.file, reader(chosen.log), trust, tell)
    elif chosen.what == "log":
        checks.check_log(reader(chosen.log), trust, tell)
    else:
        new = _bytes(chosen.new) if chosen.new else None
        checks.check_consistency(_bytes(chosen.old), reader(chosen.log), trust, tell, new)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tinhso_verify", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--key", action="append", required=True, help="public key, or a file of them")
    common.add_argument("--tsa-root", help="PEM file: whom you trust to stamp the time")
    common.add_argument("--lang", choices=("vi", "en"), default="vi")
    kinds = parser.add_subparsers(dest="what", required=True)
    proof = kinds.add_parser("proof", parents=[common])
    proof.add_argument("file")
    acts = kinds.add_parser("acts", parents=[common])
    acts.add_argument("file")
    acts.add_argument("--log", required=True)
    log = kinds.add_parser("log", parents=[common])
    log.add_argument("log")
    consistency = kinds.add_parser("consistency", parents=[common])
    consistency.add_argument("old")
    consistency.add_argument("new", nargs="?")
    consistency.add_argument("--log", required=True)
    return parser


def _tell(language: str, code: str, failed: bool = False, **facts: object) -> None:
    stream = sys.stderr if failed else sys.stdout
    stream.write(f"{say(code, language, **facts)}\n")


def _text(key: str) -> str:
    """A key itself, or the name of a file with keys."""
    file = Path(key)
    try:
        return file.read_text("utf-8") if file.is_file() else key
    except OSError:
        return key


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as problem:
        raise Unreadable("not-reachable", file=path, why=problem) from None


if __name__ == "__main__":
    sys.exit(main())
