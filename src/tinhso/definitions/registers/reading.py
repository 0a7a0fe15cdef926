"""The registers of this installation, read from its packs; a changed file counts at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from time import monotonic

from django.utils.translation import gettext_lazy as _

from tinhso.definitions.loading import load
from tinhso.definitions.packs import packs_folder
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.refusals import NotFound

FOLDER = "registers"
LOOKS_EVERY = 1.0  # seconds
Stamps = tuple[tuple[Path, int], ...]


@dataclass(slots=True)
class _Looked:
    """What this process found last, and when."""

    packs: Path | None = None
    registers: Mapping[str, RegisterDefinition] = field(default_factory=dict)
    at: float = float("-inf")


_looked = _Looked()


class RegisterMissing(NotFound):
    """No file of the packs has the id, or the file has a mistake."""

    code = "register-missing"
    message = _("Không có sổ đăng ký «%(register)s». Hãy chọn lại trong danh sách các sổ.")


def register_files(packs: Path) -> tuple[Path, ...]:
    """Return the files of registers in a folder of packs."""
    return tuple(sorted(packs.glob(f"*/{FOLDER}/*.yaml")))


def registers() -> Mapping[str, RegisterDefinition]:
    """Return the registers by id; a file with a mistake is left out, ``tinhso check`` names it."""
    return _read(tuple((file, file.stat().st_mtime_ns) for file in register_files(packs_folder())))


def registers_lately() -> Mapping[str, RegisterDefinition]:
    """Return the registers as they were at most a second ago, for what every page asks."""
    packs, now = packs_folder(), monotonic()
    if packs != _looked.packs or now - _looked.at > LOOKS_EVERY:
        _looked.registers, _looked.packs, _looked.at = registers(), packs, now
    return _looked.registers


def register(register_id: str) -> RegisterDefinition:
    """Return the register. :raises RegisterMissing: there is none"""
    try:
        return registers()[register_id]
    except KeyError:
        raise RegisterMissing(register=register_id) from None


@lru_cache(maxsize=4)
def _read(files: Stamps) -> Mapping[str, RegisterDefinition]:
    found = (_one(file, stamp) for file, stamp in files)
    return {one.id: one for one in found if one is not None}


@lru_cache(maxsize=256)
def _one(file: Path, _stamp: int) -> RegisterDefinition | None:
    return load(file, RegisterDefinition).value
