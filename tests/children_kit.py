"""Packs with the sample procedure «Hỗ trợ nuôi con mẫu», which asks for files inside a group."""

import shutil
from pathlib import Path

from pytest_django import Settings

ROOT = Path(__file__).resolve().parents[1]
CHILDREN = "1.000002"
PAGE, PHOTO_PAGE = "family", "family_photo"


def offer_children(settings: Settings, folder: Path) -> Path:
    """Copy the packs, put the sample procedure beside the real ones, and return the copy."""
    packs = folder / "packs"
    shutil.copytree(ROOT / "packs", packs)
    shutil.copy(ROOT / "tests/packs/procedures/children.yaml", packs / "vietnam/procedures")
    shutil.copy(ROOT / "tests/packs/templates/children.typ", packs / "vietnam/templates")
    settings.TINHSO = settings.TINHSO.model_copy(update={"packs": packs})
    return packs


def proof(number: int, name: str = "birth_proof") -> str:
    """Return the part of the dossier that is a file of the child whose entry bears the number."""
    return f"children[{number}].{name}"


def family(*children: tuple[int, str], adopted: str = "no", **buttons: str) -> dict[str, object]:
    """Return what the page of the children sends: their numbers and names, and the buttons pressed."""
    data: dict[str, object] = {
        "asked": ["children", "note"],
        "children-count": str(len(children)),
        "note": "",
    }
    for index, (number, name) in enumerate(children):
        data |= {f"children-{index}-full_name": name, f"children-{index}-adopted": adopted}
        data |= {f"children-{index}-entry": str(number)}
    return data | {name.replace("_", "-"): value for name, value in buttons.items()}
