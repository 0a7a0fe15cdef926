"""
The process that compiles one template under limits; see :mod:`tinhso.papers.confined`.

Reads an order as JSON and answers as JSON. Imports nothing of the product: it has no settings, no database.
"""

import base64
import json
import resource
import sys
from typing import Any

import typst

PREVIEW_DPI = 110.0


def main() -> None:
    order = json.load(sys.stdin)
    _limit(*order["limits"])
    json.dump(_answer(order), sys.stdout)


def _answer(order: dict[str, Any]) -> dict[str, Any]:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[order["fonts"]])
    compiler = typst.Compiler(
        f"{order['root']}/{order['main']}",
        root=order["root"],
        font_paths=fonts,
        ignore_system_fonts=True,
        package_path=order["root"],
    )
    try:
        pages = _pages(compiler, order)
        places = json.loads(compiler.query(order["label"], field="value")) if order["label"] else []
    except typst.TypstError as problem:
        return {"problem": problem.message}
    if sum(map(len, pages)) > order["most_output"]:
        sys.exit(3)
    return {"pages": [base64.b64encode(page).decode() for page in pages], "places": places}


def _pages(compiler: Any, order: dict[str, Any]) -> list[bytes]:
    if order["kind"] == "png":
        made = compiler.compile(format="png", ppi=PREVIEW_DPI)
        return list(made) if isinstance(made, list) else [made]
    return [compiler.compile(format="pdf", pdf_standards=[order["standard"]], timestamp=order["at"])]


def _limit(seconds: int, memory: int, output: int, files: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
