"""The tutorial's promise: a seventh procedure, two files and no Python, runs from draft to signed result."""

import shutil
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytest_django import Settings

from tests import dossiers_kit as kit
from tests.fixtures_trust import Trust, trust
from tinhso.definitions import catalogue
from tinhso.definitions.check import check_packs
from tinhso.dossiers import queries
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.advance import advance_step
from tinhso.dossiers.actions.sign_result import sign_result
from tinhso.dossiers.statuses import Status
from tinhso.forms import boxes
from tinhso.kernel import files
from tinhso.papers.verifying import verify_pdf
from tinhso.payments import queries as payments

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs" / "tutorial"
CODE = "2.000635"


@pytest.fixture
def packs(settings: Settings, trust: Trust, tmp_path: Path) -> Path:
    """The province's packs, copied, as they are before somebody follows the tutorial."""
    copy = tmp_path / "packs"
    shutil.copytree(ROOT / "packs", copy)
    settings.TINHSO = settings.TINHSO.model_copy(update={"packs": copy})
    return copy


def follow_the_tutorial(packs: Path) -> None:
    """Do what the tutorial says: put two files into the packs."""
    for folder in ("procedures", "templates"):
        for file in (TUTORIAL / folder).iterdir():
            shutil.copy(file, packs / "vietnam" / folder)


def found_by_the_examiner() -> dict[str, list[str]]:
    """Return what the officer fills in, by HTML name, from the file's own example."""
    procedure = kit.procedure(CODE)
    findings = procedure.examples[0].findings
    asked = [question for question in procedure.step("examine").ask if question.id in findings]
    data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in asked]}
    for question in asked:
        data |= boxes.render(question, question.id, findings[question.id])
    return data


def with_one_byte_flipped(pdf: bytes) -> bytes:
    spoilt = bytearray(pdf)
    spoilt[pdf.index(b"stream\n") + 20] ^= 1
    return bytes(spoilt)


def test_before_the_two_files_there_is_only_the_standard_form(packs: Path, trust: Trust) -> None:
    kit.found(trust)
    before, count = catalogue.current(CODE), len(catalogue.all_current())
    assert before.procedure.result.template.startswith("standard-")

    follow_the_tutorial(packs)
    catalogue.publish_packs(at=trust.now)

    assert catalogue.current(CODE).procedure.result.template == "register-extract.typ"
    assert len(catalogue.all_current()) == count
    assert catalogue.of_version(before.version_id).procedure == before.procedure


def test_the_packs_with_the_two_files_pass_the_check(packs: Path) -> None:
    before = check_packs(packs)

    follow_the_tutorial(packs)

    after = check_packs(packs)
    assert after.errors == ()
    assert after.procedures == before.procedures, "the whole file replaces the facts of its code"


def test_the_new_service_appears_without_a_restart(packs: Path, trust: Trust) -> None:
    province = kit.found(trust)

    follow_the_tutorial(packs)
    published = catalogue.publish_packs(at=province.later(minutes=1))

    assert [catalogue.of_version(version).procedure.code for version in published] == [CODE]


def test_a_seventh_procedure_runs_from_draft_to_signed_and_verified_result(packs: Path, trust: Trust) -> None:
    follow_the_tutorial(packs)
    province = kit.found(trust)
    citizen = province.citizen()

    filed = kit.filed(province, citizen, CODE)
    assert filed.bill_id is not None
    assert payments.access_bill(actor=citizen, bill_id=filed.bill_id).total == 16_000
    kit.pay_cash(province, filed)
    accepted = accept_dossier(actor=province.officer("one_stop"), at=province.at, dossier_id=filed.dossier_id)
    advance_step(
        actor=province.officer("civil_status_officer"),
        at=province.at,
        dossier_id=filed.dossier_id,
        found=found_by_the_examiner(),
    )
    signed = sign_result(actor=province.officer("chairperson"), at=province.at, dossier_id=filed.dossier_id)

    assert accepted.due_at - province.at < timedelta(days=14)
    assert signed.number.startswith("01/")
    dossier = queries.access_dossier(actor=citizen, dossier_id=filed.dossier_id)
    assert dossier.state is Status.RETURNED
    pdf = files.open_file(dossier.result.document.file_id).read()
    reports = [report for report in verify_pdf(pdf) if report.kind == "signature"]
    assert [report.valid for report in reports] == [True, True]
    assert not any(report.valid for report in verify_pdf(with_one_byte_flipped(pdf)))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    for words in ("TRÍCH LỤC HỘ TỊCH", "LÝ GIA BẢO", "Khai sinh", "04/09/2021", "41/2021", "10/09/2021"):
        assert words in text
