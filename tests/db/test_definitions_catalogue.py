"""The catalogue follows the files of the packs, and old versions stay."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tinhso.definitions import catalogue
from tinhso.definitions.models import CurrentProcedure, ProcedureVersion
from tinhso.kernel.models import LedgerEntry

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
CODE = "1.000001"
SAMPLE = Path(__file__).resolve().parents[1] / "packs"
LISTS = Path(__file__).resolve().parents[2] / "packs"


class Packs:
    """A folder of packs that can be edited; every edit has its own moment on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.file = root / "vietnam" / "procedures" / "sample.yaml"
        self.template = root / "vietnam" / "templates" / "sample.typ"
        self.moment = 1_000_000_000

    def write(self, path: Path, change: Callable[[str], str]) -> None:
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        self.moment += 1
        os.utime(path, (self.moment, self.moment))


@pytest.fixture
def packs(tmp_path: Path, settings: Any) -> Packs:
    shutil.copytree(SAMPLE, tmp_path / "vietnam", ignore=shutil.ignore_patterns("children.*"))
    for name in ("roles.yaml", "agency-kinds.yaml", "life-events.yaml"):
        shutil.copy(LISTS / "vietnam" / name, tmp_path / "vietnam" / name)
    (tmp_path / "quang-ninh").mkdir()
    shutil.copy(LISTS / "quang-ninh" / "agencies.yaml", tmp_path / "quang-ninh")
    settings.TINHSO = settings.TINHSO.model_copy(update={"packs": tmp_path})
    CurrentProcedure.objects.all().delete()
    catalogue.forget()
    return Packs(tmp_path)


def renamed(text: str) -> str:
    return text.replace("Xác nhận mẫu", "Xác nhận mới")


def published() -> int:
    return LedgerEntry.objects.filter(kind="procedure.published", payload__code=CODE).count()


def versions() -> int:
    return ProcedureVersion.objects.filter(code=CODE).count()


def test_a_sound_file_is_offered_with_its_templates(packs: Packs) -> None:
    offered = catalogue.current(CODE)
    assert offered.procedure.name.vi == "Xác nhận mẫu"
    assert set(offered.templates) == {"sample.typ", "part.typ"}
    assert [one.version_id for one in catalogue.all_current()] == [offered.version_id]
    assert catalogue.problems() == ()
    assert published() == 1


def test_publishing_twice_changes_nothing(packs: Packs) -> None:
    assert len(catalogue.publish_packs(at=AT)) == 1
    assert catalogue.publish_packs(at=AT) == ()
    assert versions() == published() == 1


def test_a_changed_file_becomes_a_new_version_and_the_old_one_stays(packs: Packs) -> None:
    old = catalogue.current(CODE)
    packs.write(packs.file, renamed)
    new = catalogue.current(CODE)
    assert new.version_id != old.version_id
    assert new.procedure.name.vi == "Xác nhận mới"
    assert catalogue.of_version(old.version_id).procedure.name.vi == "Xác nhận mẫu"


def test_a_changed_template_is_a_new_version_too(packs: Packs) -> None:
    old = catalogue.current(CODE)
    packs.write(packs.template, lambda text: text + "\nThêm một dòng.\n")
    assert catalogue.current(CODE).version_id != old.version_id
    assert "Thêm" not in catalogue.of_version(old.version_id).templates["sample.typ"]


def test_a_file_that_returns_to_its_old_content_makes_the_old_version_current(packs: Packs) -> None:
    before = packs.file.read_text(encoding="utf-8")
    old = catalogue.current(CODE)
    packs.write(packs.file, renamed)
    catalogue.current(CODE)
    packs.write(packs.file, lambda _: before)
    assert catalogue.current(CODE).version_id == old.version_id
    assert (versions(), published()) == (2, 3)


@pytest.mark.parametrize("broken", ["code: [", "nothing: here", "", "code: '1.000001'"])
def test_a_broken_file_keeps_the_version_before_it(packs: Packs, broken: str) -> None:
    old = catalogue.current(CODE)
    packs.write(packs.file, lambda _: broken)
    assert catalogue.current(CODE).version_id == old.version_id
    assert catalogue.problems()
    assert (versions(), published()) == (1, 1)


def test_a_mended_file_is_published(packs: Packs) -> None:
    before = packs.file.read_text(encoding="utf-8")
    catalogue.current(CODE)
    packs.write(packs.file, lambda _: "code: [")
    catalogue.current(CODE)
    packs.write(packs.file, lambda _: renamed(before))
    assert catalogue.current(CODE).procedure.name.vi == "Xác nhận mới"
    assert catalogue.problems() == ()


def test_a_file_that_is_gone_is_withdrawn_and_its_dossiers_keep_their_version(packs: Packs) -> None:
    old = catalogue.current(CODE)
    packs.file.unlink()
    with pytest.raises(catalogue.ProcedureMissing):
        catalogue.current(CODE)
    assert catalogue.of_version(old.version_id).procedure.code == CODE
    assert LedgerEntry.objects.filter(kind="procedure.withdrawn", payload__code=CODE).count() == 1
    assert not CurrentProcedure.objects.exists()


def test_a_renamed_file_is_the_same_version(packs: Packs) -> None:
    old = catalogue.current(CODE)
    packs.file.rename(packs.file.with_name("other.yaml"))
    assert catalogue.current(CODE).version_id == old.version_id
    assert published() == 1


def test_an_unknown_version_is_not_found(packs: Packs) -> None:
    with pytest.raises(catalogue.ProcedureMissing):
        catalogue.of_version(ProcedureVersion().id)


def test_a_committed_publication_is_looked_at_once_a_second(
    packs: Packs, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    now = [0.0]
    monkeypatch.setattr(catalogue, "monotonic", lambda: now[0])
    with django_capture_on_commit_callbacks(execute=True):
        catalogue.current(CODE)
    packs.write(packs.file, renamed)
    assert catalogue.current(CODE).procedure.name.vi == "Xác nhận mẫu"
    now[0] = 1.0
    assert catalogue.current(CODE).procedure.name.vi == "Xác nhận mới"


def test_a_publication_that_is_rolled_back_is_made_again(packs: Packs) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        catalogue.current(CODE)
        raise ZeroDivisionError
    assert not CurrentProcedure.objects.exists()
    assert catalogue.current(CODE).procedure.code == CODE
