"""Where the law as data lies."""

from pathlib import Path

from django.conf import settings

COUNTRY = "vietnam"
FOLDER = "procedures"


def packs_folder() -> Path:
    """Return the folder of packs of this installation."""
    folder: Path = settings.TINHSO.packs
    return folder


def province() -> str:
    """Return the folder name of the province's own law, e.g. ``quang-ninh``."""
    name: str = settings.TINHSO.province
    return name


def procedure_files(packs: Path) -> tuple[Path, ...]:
    """Return every file below a folder ``procedures``, at any depth, sorted."""
    if packs.is_file():
        return (packs,)
    inside = FOLDER in {packs.absolute().name, packs.absolute().parent.name}
    return tuple(
        sorted(
            path for path in packs.rglob("*.yaml") if inside or FOLDER in path.relative_to(packs).parts[:-1]
        )
    )


def template_folders(procedure_file: Path) -> tuple[Path, Path]:
    """Return where the templates of a procedure may lie: beside it, then beside the folder of procedures."""
    return procedure_file.parent / "templates", procedure_file.parent.parent / "templates"


def find_template(procedure_file: Path, name: str) -> Path | None:
    """Return the Typst file a procedure names, None if it is absent or leaves the folder."""
    if Path(name).name != name:
        return None
    return next(
        (path for folder in template_folders(procedure_file) if (path := folder / name).is_file()), None
    )
