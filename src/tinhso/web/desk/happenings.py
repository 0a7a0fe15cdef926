"""What happened to a dossier so far, in the order of time, for officers."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.definitions.types import Procedure
from tinhso.dossiers.models import Dossier, StepRun
from tinhso.dossiers.models.dossier import Channel
from tinhso.dossiers.timeline import SENTENCES
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.prepared import Prepared
from tinhso.web.parts import Happening
from tinhso.web.templatetags.look import moment

# Events that no row of the case tells already.
ONLY_IN_LEDGER = (
    "dossier.step_claimed",
    "dossier.step_handed_over",
    "dossier.step_released",
    "dossier.payment_awaited",
    "dossier.payment_settled",
    "dossier.moved_to_version",
    "dossier.silence_taken_for_consent",
    "dossier.opinion_chased",
    "dossier.deadline_warned",
    "dossier.advice_asked",
    "dossier.advice_withdrawn",
    "dossier.payment_asked",
    "dossier.payment_asked_back",
    "dossier.result_corrected",
    "dossier.result_reissued",
    "dossier.result_revoked",
)


def happenings(
    *, dossier: Dossier, procedure: Procedure, entries: Iterable[LedgerEntry] = ()
) -> tuple[Happening, ...]:
    """
    Return the case's story, the open step last.

    :param entries: of the ledger, see :func:`ledger_of`; left out where there is little room
    """
    names = _names(dossier)
    told = [
        _filed(dossier),
        *_steps(dossier, procedure),
        *_supplements(dossier),
        *_extension(dossier),
        *_opinions(dossier),
        *(_entry(entry, names) for entry in entries),
    ]
    return tuple(sorted(told, key=lambda item: (item.is_open, item.at)))


def ledger_of(dossier: Dossier) -> tuple[LedgerEntry, ...]:
    """Return the entries worth telling; the caller has checked that its actor may see the dossier."""
    return tuple(_ENTRIES(subject_id=dossier.pk))


def _entries(subject_id: UUID) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(subject_id=subject_id, kind__in=ONLY_IN_LEDGER).order_by("position")


_ENTRIES = Prepared(_entries)


def _filed(dossier: Dossier) -> Happening:
    words = {
        Channel.ONLINE: _("Đã nộp trực tuyến"),
        Channel.COUNTER: _("Nộp tại bộ phận một cửa"),
        Channel.POST: _("Nộp qua bưu chính"),
    }
    return Happening(words[Channel(dossier.channel)], dossier.filed_at, dossier.applicant.full_name)


def _steps(dossier: Dossier, procedure: Procedure) -> Iterator[Happening]:
    language = (get_language() or "vi")[:2]
    for run in dossier.steps.all():
        name = procedure.step(run.step).name.into(language)
        if run.closed_at is None:
            who = run.holder.get_full_name() if run.holder else _("chưa giao")
            yield Happening(_("%(step)s – đang chờ") % {"step": name}, run.opened_at, who, is_open=True)
        else:
            who = run.closed_by.get_full_name() if run.closed_by else ""
            yield Happening(_outcome(run) % {"step": name}, run.closed_at, who, run.note)


def _outcome(run: StepRun) -> str:
    return {
        StepRun.Outcome.DONE: _("%(step)s – xong"),
        StepRun.Outcome.RETURNED: _("%(step)s – trả lại bước trước"),
        StepRun.Outcome.ENDED: _("%(step)s – kết thúc hồ sơ"),
    }[StepRun.Outcome(run.outcome)]


def _supplements(dossier: Dossier) -> Iterator[Happening]:
    for asked in dossier.supplements.all():
        items = "; ".join(item["text"] for item in asked.items)
        yield Happening(_("Yêu cầu bổ sung"), asked.asked_at, note=items)
        if asked.answered_at is not None:
            yield Happening(_("Người nộp đã bổ sung"), asked.answered_at, dossier.applicant.full_name)


def _extension(dossier: Dossier) -> Iterator[Happening]:
    extension = getattr(dossier, "extension", None)
    if extension is not None:
        words = _("Xin lỗi và hẹn lại %(due)s") % {"due": moment(extension.new_due_at)}
        yield Happening(words, extension.extended_at, note=extension.reason)


def _opinions(dossier: Dossier) -> Iterator[Happening]:
    for row in dossier.consultations.all():
        if row.answered_at is not None:
            who = row.answered_by.get_full_name() if row.answered_by else ""
            words = _("Ý kiến của %(agency)s") % {"agency": row.agency.name}
            yield Happening(words, row.answered_at, who, row.text)


def _entry(entry: LedgerEntry, names: dict[str, str]) -> Happening:
    words = {
        "dossier.step_claimed": _("Nhận việc"),
        "dossier.step_handed_over": _("Bàn giao cho %(name)s"),
        "dossier.step_released": _("Trả về hàng chờ vì người giữ thôi vị trí"),
        "dossier.payment_awaited": _("Chờ nộp phí, lệ phí"),
        "dossier.payment_settled": _("Đã nộp đủ phí, lệ phí"),
        "dossier.moved_to_version": _("Chuyển sang bản quy trình mới"),
    }
    said = words.get(entry.kind) or str(SENTENCES[entry.kind])
    to_name = names.get(str(entry.payload.get("to_account_id", "")), _("đồng nghiệp"))
    return Happening(said % {"name": to_name}, entry.at, names.get(entry.actor_id, ""))


def _names(dossier: Dossier) -> dict[str, str]:
    """Return the names of the officers the case knows, by account."""
    people = [person for run in dossier.steps.all() for person in (run.holder, run.closed_by) if person]
    known: dict[UUID, str] = {person.pk: person.get_full_name() for person in people}
    return {str(pk): name for pk, name in known.items()}
