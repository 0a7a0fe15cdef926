"""What people say for what the law calls otherwise: ``packs/vietnam/everyday-words.yaml``."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from tinhso.definitions.packs import COUNTRY
from tinhso.definitions.roles import whole
from tinhso.definitions.types import Strict

FILE = Path(COUNTRY) / "everyday-words.yaml"
Phrase = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Code = Annotated[str, StringConstraints(pattern=r"^\d\.\d{6}(\.[A-Z0-9.]+)?$")]


class Saying(Strict):
    """
    Ways to say one thing.

    :param say: as people type it, with marks
    :param means: the words the law has for it; they are looked up in its place
    :param codes: the procedures it means, the likeliest first
    """

    say: tuple[Phrase, ...] = Field(min_length=1)
    means: str = ""
    codes: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "Saying":
        if not self.means and not self.codes:
            raise ValueError("a saying needs means or codes")
        return self


class EverydayWords(Strict):
    """
    :param empty: lines of words that tell procedures apart the least; they need not be found
    """

    empty: tuple[str, ...] = ()
    sayings: tuple[Saying, ...] = ()


def everyday_words(packs: Path) -> EverydayWords:
    """Return the file, or nothing where there is none. :raises BrokenPack: the file is wrong"""
    path = packs / FILE
    try:
        stat = path.stat()
    except FileNotFoundError:
        return EverydayWords()
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> EverydayWords:
    return whole(path, EverydayWords)
