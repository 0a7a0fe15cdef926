"""
The table of settings in docs/operations.md, written from the types that the program starts with.

    python -m scripts.settings_table
"""

import re
from collections.abc import Iterable
from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from tinhso.settings.env import ROOT, Environment

PAGE = ROOT / "docs" / "operations.md"
PLACE = re.compile(r"(?<=<!-- settings -->\n).*?(?=<!-- /settings -->)", re.DOTALL)


def table() -> str:
    """Return one row for each setting."""
    rows = (_row(name, field) for name, field in Environment.model_fields.items())
    return "\n".join(["| name | default | meaning |", "|---|---|---|", *rows, ""])


def lacking_meaning(fields: Iterable[tuple[str, FieldInfo]]) -> list[str]:
    """Return the settings that nobody explained."""
    return [name for name, field in fields if not field.description]


def _row(name: str, field: FieldInfo) -> str:
    return f"| `TINHSO_{name.upper()}` | {_shown(field.default)} | {field.description} |"


def _shown(default: object) -> str:
    if isinstance(default, Path):
        return f"`{default.relative_to(ROOT)}/`"
    if isinstance(default, SecretStr):
        return "the stand-in's"
    return "–" if default is None or default == "" else f"`{default}`"


if __name__ == "__main__":
    PAGE.write_text(PLACE.sub(lambda _old: table(), PAGE.read_text("utf-8")), "utf-8")
