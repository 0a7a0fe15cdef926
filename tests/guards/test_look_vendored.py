"""What we carry of others is what we say it is, and nothing we do not use."""

import hashlib
import re
import tomllib
from pathlib import Path

from tinhso.web.icons import shapes

WEB = Path(__file__).resolve().parents[2] / "src" / "tinhso" / "web"
VERSIONS = WEB / "static" / "vendor" / "VERSIONS.toml"
OWN_SCRIPTS = WEB / "static" / "js"
ASKED = re.compile(r"""{% icon "([a-z0-9-]+)"|<c-[^>]* icon="([a-z0-9-]+)\"""")


def vendored() -> list[dict[str, str]]:
    files: list[dict[str, str]] = tomllib.loads(VERSIONS.read_text(encoding="utf-8"))["file"]
    return files


def test_every_vendored_file_has_the_hash_that_is_written() -> None:
    wrong = [
        file["path"]
        for file in vendored()
        if hashlib.sha256((WEB / file["path"]).read_bytes()).hexdigest() != file["sha256"]
    ]
    assert wrong == []


def test_every_static_file_is_ours_or_written_down() -> None:
    written = {file["path"] for file in vendored()} | {"static/vendor/VERSIONS.toml"}
    found = {path.relative_to(WEB).as_posix() for path in (WEB / "static").rglob("*") if path.is_file()}
    # Scripts are written here; the guides' pictures are cut from our own pages (test_guides.py).
    ours = (OWN_SCRIPTS, WEB / "static" / "guides")
    unknown = {path for path in found - written if not any((WEB / path).is_relative_to(one) for one in ours)}
    assert unknown == set()


def test_no_file_names_a_source_map() -> None:
    # collectstatic would look for it and fail.
    named = [
        path.name
        for path in (WEB / "static").rglob("*")
        if path.suffix in (".js", ".css") and "sourceMappingURL" in path.read_text(encoding="utf-8")
    ]
    assert named == []


def test_the_stylesheet_carries_no_foreign_brand() -> None:
    css = (WEB / "static" / "css" / "portal.css").read_text(encoding="utf-8")
    assert "GDS Transport" not in css
    assert "crown" not in css
    assert '"Public Sans"' in css


def test_headings_leave_room_for_stacked_marks() -> None:
    css = (WEB / "static" / "css" / "portal.css").read_text(encoding="utf-8")
    rules = re.findall(
        r"\.govuk-heading-(?:xl|l|m|s)\{[^}]*?font-size:\s*([\d.]+)rem;line-height:\s*([\d.]+)", css
    )
    heights = [float(height) for _size, height in rules]
    assert heights
    assert min(heights) >= 1.28


def test_every_icon_a_template_asks_for_is_carried() -> None:
    asked = {
        name
        for path in WEB.rglob("*.html")
        for found in ASKED.findall(path.read_text(encoding="utf-8"))
        for name in found
        if name
    }
    assert len(asked) > 10
    assert asked - set(shapes()) == set()
