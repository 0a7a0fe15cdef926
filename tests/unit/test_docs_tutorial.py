"""The tutorial shows what really happens when its author mistypes a name."""

import re
import shutil
from pathlib import Path

from tinhso.definitions.check import check_packs

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs" / "tutorial"
PAGE = (ROOT / "docs" / "tutorial-one-file.md").read_text(encoding="utf-8")
SHOWN = re.compile(r"^    …/(?P<file>\S+?):(?P<line>\d+):(?P<column>\d+): Lỗi: (?P<words>.+)$", re.MULTILINE)


def test_the_mistake_the_tutorial_shows_is_the_one_that_is_reported(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "packs", tmp_path / "packs")
    for folder in ("procedures", "templates"):
        shutil.copytree(TUTORIAL / folder, tmp_path / "packs" / "vietnam" / folder, dirs_exist_ok=True)
    shown = SHOWN.search(PAGE)
    assert shown is not None
    file = tmp_path / "packs" / "vietnam" / "procedures" / shown["file"]
    source = file.read_text(encoding="utf-8")
    assert source.count("8000 * copies") == 1
    file.write_text(source.replace("8000 * copies", "8000 * copy"), encoding="utf-8")

    (mistake,) = check_packs(tmp_path / "packs").errors

    assert Path(mistake.file).name == shown["file"]
    assert (str(mistake.line), str(mistake.column)) == (shown["line"], shown["column"])
    assert f"{mistake.problem} → {mistake.remedy}" == shown["words"]


def test_the_commands_of_the_tutorial_name_files_that_exist() -> None:
    copied = re.findall(r"^    cp (\S+) (\S+)$", PAGE, re.MULTILINE)
    assert len(copied) == 2
    for source, target in copied:
        assert (ROOT / source).is_file(), source
        assert (ROOT / target).is_dir(), target
