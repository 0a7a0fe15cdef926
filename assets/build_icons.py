"""Gather the icons named in ``icons.txt`` into one file: name → the shapes inside the 24 × 24 drawing."""

import json
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
TARGET = HERE.parent / "src" / "tinhso" / "web" / "icons" / "tabler.json"
FRAME = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def main() -> None:
    names = (HERE / "icons.txt").read_text(encoding="utf-8").split()
    icons = {name: _shapes(SOURCE / f"{name}.svg") for name in sorted(names)}
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(icons, indent=0) + "\n", encoding="utf-8")


def _shapes(path: Path) -> str:
    match = SHAPES.search(path.read_text(encoding="utf-8"))
    if match is None:
        raise SystemExit(f"{path.name}: no drawing found. Is node_modules complete? Run npm ci.")
    shapes = match.group(1).replace(FRAME, "").replace(" />", "/>")
    return re.sub(r"\s*\n\s*", "", shapes).strip()


if __name__ == "__main__":
    main()
