"""
Cut the pictures of the guides out of those that the walk through every page leaves behind.

    export TINHSO_PICTURES=FOLDER TINHSO_EVERY_READER=1 TINHSO_READERS="phone-vi screen-vi"
    pytest tests/e2e/test_every_page_*
    python -m scripts.guide_pictures FOLDER

Which picture shows which page, and how much of it, stands in ``src/tinhso/web/guides/pictures.toml``.
"""

import sys
import tomllib
from pathlib import Path

from PIL import Image

WEB = Path(__file__).parents[1] / "src" / "tinhso" / "web"
TABLE = WEB / "guides" / "pictures.toml"
FOLDER = WEB / "static" / "guides"
WIDEST = 960


def main(taken: Path) -> None:
    FOLDER.mkdir(exist_ok=True)
    pictures = tomllib.loads(TABLE.read_text())
    missing = [name for name, one in pictures.items() if not (taken / f"{one['page']}.png").is_file()]
    if missing:
        sys.exit(f"No picture was taken for: {', '.join(missing)}")
    for name, one in pictures.items():
        with Image.open(taken / f"{one['page']}.png") as page:
            cut = page.convert("RGB").crop((0, one.get("top", 0), page.width, _bottom(page, one)))
        cut.thumbnail((WIDEST, cut.height))
        cut.save(FOLDER / f"{name}.webp", quality=82, method=6)


def _bottom(page: Image.Image, one: dict[str, int]) -> int:
    tallest = 900 if page.width < 600 else 800
    return min(page.height, one.get("top", 0) + one.get("height", tallest))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
