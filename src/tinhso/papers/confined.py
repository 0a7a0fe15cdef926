"""
Typesetting under limits, for templates that an officer wrote: a template is a program.

A process of its own compiles it with limits of time, memory and size, sees an empty environment and the files
laid out for it, and has nowhere to send anything: whoever fetches a package meets a proxy that is not there.
"""

import base64
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

SECONDS = 10  # of the clock; the longest result of the packs takes half a second
PROCESSOR_SECONDS = 6
MEMORY = 1_500_000_000  # bytes of addresses; the compiler itself takes a third of it
LARGEST_OUTPUT = 20_000_000
OPEN_FILES = 64
WORKER = Path(__file__).with_name("confined_worker.py")
_NOWHERE = "http://127.0.0.1:9"
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_ENVIRONMENT = dict.fromkeys(_PROXIES, _NOWHERE)

Format = Literal["pdf", "png"]


class Overrun(Exception):  # noqa: N818  (a fault of the template)
    """The template took too long, too much memory, or gave too much."""


class CompileProblem(Exception):  # noqa: N818
    """What the compiler says is wrong with the template."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """
    :param pages: the PDF alone, or a picture of each page
    :param places: what the template says of its places, as the compiler gives it
    """

    pages: tuple[bytes, ...]
    places: tuple[dict[str, Any], ...]


def compile_confined(
    root: Path, *, main: str, fonts: Path, at: datetime | None, kind: Format, label: str, standard: str
) -> Compiled:
    """
    Compile the file below the folder.

    :raises CompileProblem: the compiler refuses it
    :raises Overrun: a limit was passed
    """
    order = {
        "root": str(root),
        "main": main,
        "fonts": str(fonts),
        "at": int(at.timestamp()) if at else None,
        "kind": kind,
        "label": label,
        "standard": standard,
        "limits": [PROCESSOR_SECONDS, MEMORY, LARGEST_OUTPUT, OPEN_FILES],
        "most_output": LARGEST_OUTPUT,
    }
    try:
        finished = subprocess.run(  # noqa: S603  (our own interpreter and file, no shell)
            [sys.executable, "-I", str(WORKER)],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=SECONDS,
            env=_ENVIRONMENT,
            cwd=root,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Overrun from late
    if finished.returncode != 0:
        raise Overrun(finished.stderr[-400:].decode(errors="replace"))
    answer = json.loads(finished.stdout)
    if "problem" in answer:
        raise CompileProblem(answer["problem"])
    return Compiled(tuple(base64.b64decode(page) for page in answer["pages"]), tuple(answer["places"]))
