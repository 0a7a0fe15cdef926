"""What happened to a dossier, as its applicant may know it: agencies are named, officers are not."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from tinhso.definitions.types import Procedure
from tinhso.dossiers.models import Dossier, Result, ResultChange, StepRun
from tinhso.dossiers.statuses import FINAL, Status
from tinhso.payments.types import BillView
from tinhso.web.parts import Happening
from tinhso.web.portal.words import agency_name


def history(
    *, dossier: Dossier, procedure: Procedure, bills: Iterable[BillView], language: str
) -> tuple[Happening, ...]:
    """Return the happenings, the newest first; of a dossier as ``access_dossier`` gives it."""
    happenings = [
        *_beginning(dossier, language),
        *_steps(dossier, procedure, language),
        *_supplements(dossier, language),
        *_opinions(dossier, language),
        *_money(bills),
        *_ending(dossier),
    ]
    in_order = sorted(happenings, key=lambda entry: (entry.is_open, entry.at))
    return tuple(in_order[::-1])


def _beginning(dossier: Dossier, language: str) -> Iterator[Happening]:
    counter = agency_name(dossier.receiving_agency, language)
    yield Happening(_("Đã nộp hồ sơ"), dossier.filed_at, who=counter)
    if dossier.accepted_at is not None:
        yield Happening(_("Đã tiếp nhận"), dossier.accepted_at, who=counter)


def _steps(dossier: Dossier, procedure: Procedure, language: str) -> Iterator[Happening]:
    for run in dossier.steps.all():
        name, agency = procedure.step(run.step).name.into(language), agency_name(run.agency, language)
        if run.closed_at is None:
            yield Happening(_("Đang ở bước: %(step)s") % {"step": name}, run.opened_at, agency, is_open=True)
        elif run.outcome == StepRun.Outcome.RETURNED:
            yield Happening(_("Xem lại bước trước: %(step)s") % {"step": name}, run.closed_at, agency)
        elif run.outcome == StepRun.Outcome.DONE and run.step != procedure.steps[0].id:
            yield Happening(_("Xong bước: %(step)s") % {"step": name}, run.closed_at, agency)


def _supplements(dossier: Dossier, language: str) -> Iterator[Happening]:
    for request in dossier.supplements.all():
        asked = "\n".join(item["text"] for item in request.items)
        yield Happening(
            _("Được yêu cầu bổ sung"), request.asked_at, agency_name(dossier.agency, language), note=asked
        )
        if request.answered_at is not None:
            yield Happening(_("Bạn đã bổ sung"), request.answered_at, note=_("Thời hạn tính lại từ đầu."))


def _opinions(dossier: Dossier, language: str) -> Iterator[Happening]:
    for asked in dossier.consultations.all():
        if asked.is_ad_hoc:
            continue
        agency = agency_name(asked.agency, language)
        yield Happening(_("Hỏi ý kiến cơ quan khác"), asked.asked_at, agency)
        if asked.answered_at is not None:
            yield Happening(_("Cơ quan được hỏi đã trả lời"), asked.answered_at, agency)


def _money(bills: Iterable[BillView]) -> Iterator[Happening]:
    for bill in bills:
        if bill.paid_at is not None:
            yield Happening(
                _("Đã nộp phí"),
                bill.paid_at,
                note=_("Mã khoản thu %(reference)s") % {"reference": bill.reference},
            )


def _changes(result: Result) -> Iterator[Happening]:
    words = {
        ResultChange.Kind.CORRECTED: _("Kết quả được đính chính"),
        ResultChange.Kind.REISSUED: _("Kết quả được cấp lại"),
        ResultChange.Kind.REVOKED: _("Kết quả bị thu hồi"),
    }
    for change in result.changes.all():
        yield Happening(words[ResultChange.Kind(change.kind)], change.changed_at, note=change.reason)


def _ending(dossier: Dossier) -> Iterator[Happening]:
    extension = getattr(dossier, "extension", None)
    if extension is not None:
        yield Happening(
            _("Cơ quan xin lỗi và hẹn lại ngày trả"), extension.extended_at, note=extension.reason
        )
    result = getattr(dossier, "result", None)
    if result is not None:
        words = _("Đã ký kết quả") if result.granted else _("Đã ký văn bản từ chối")
        yield Happening(words, result.signed_at, note=result.reason)
        yield from _changes(result)
    if dossier.returned_at is not None:
        yield Happening(_("Đã trả kết quả"), dossier.returned_at)
    elif dossier.finished_at is not None and dossier.state in FINAL - {Status.RETURNED}:
        yield Happening(str(dossier.state.label), dossier.finished_at)
