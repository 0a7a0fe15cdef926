"""Write ``VERSIONS.toml``: what is vendored or compiled, of which version, with which SHA-256."""

import hashlib
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
WEB = HERE.parent / "src" / "tinhso" / "web"
TARGET = WEB / "static" / "vendor" / "VERSIONS.toml"
FILES = {
    "static/css/portal.css": ("govuk-frontend", "MIT"),
    "static/css/desk.css": ("own", "Apache-2.0"),
    "static/css/designer.css": ("own", "Apache-2.0"),
    "static/css/hall.css": ("own", "Apache-2.0"),
    "static/css/map.css": ("own", "Apache-2.0"),
    "static/css/plans.css": ("own", "Apache-2.0"),
    "static/css/operations.css": ("own", "Apache-2.0"),
    "static/css/reports.css": ("own", "Apache-2.0"),
    "static/css/tokens.css": ("own", "Apache-2.0"),
    "static/css/gallery.css": ("own", "Apache-2.0"),
    "static/fonts/public-sans-latin.woff2": ("@fontsource-variable/public-sans", "OFL-1.1"),
    "static/fonts/public-sans-vietnamese.woff2": ("@fontsource-variable/public-sans", "OFL-1.1"),
    "static/vendor/htmx.min.js": ("htmx.org", "0BSD"),
    "static/vendor/leaflet.js": ("leaflet", "BSD-2-Clause"),
    "icons/tabler.json": ("@tabler/icons", "MIT"),
}


def main() -> None:
    wanted = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    lines = ["# Written by assets/build_versions.py. Paths are relative to src/tinhso/web/."]
    for path, (source, licence) in FILES.items():
        digest = hashlib.sha256((WEB / path).read_bytes()).hexdigest()
        lines += ["", "[[file]]", f'path = "{path}"', f'source = "{source}"']
        lines += [f'version = "{wanted[source]}"'] if source in wanted else []
        lines += [f'licence = "{licence}"', f'sha256 = "{digest}"']
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
