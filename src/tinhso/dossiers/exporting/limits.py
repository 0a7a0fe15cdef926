"""What an export may be, and the sentences that say no."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.exporting.record_selection import RecordSelection
from tinhso.dossiers.models.dossier import oversees, seeing_agencies
from tinhso.dossiers.selecting import Selection
from tinhso.kernel.refusals import Conflict, Invalid, NotAllowed
from tinhso.people.types import Actor

KEPT = timedelta(hours=24)
MOST_ROWS = 1_000_000  # a sheet of Excel has 1,048,576
MOST_RECORDS = 5_000_000  # in several sheets of one book
MOST_PAPERS_OF = 1_000  # dossiers in one archive
MOST_BYTES = 2 * 1024**3
MOST_UNDER_WAY = 3
EVERYWHERE = "*"


class NothingToExport(NotAllowed):
    code = "nothing-to-export"
    message = _("Vị trí của bạn không xem hồ sơ nào nên không xuất được danh sách.")


class TooManyExports(Conflict):
    code = "too-many-exports"
    message = _("Bạn đang có %(most)s lần xuất chưa xong. Hãy đợi một lần xong, hoặc dừng bớt.")


class TooManyRows(Invalid):
    code = "too-many-rows"
    message = _("Danh sách có %(count)s hồ sơ, nhiều hơn %(most)s. Hãy thu hẹp ngày nộp hoặc bộ lọc.")


class TooManyRecords(Invalid):
    code = "too-many-records"
    message = _("Danh sách có %(count)s bản ghi, nhiều hơn %(most)s. Hãy thu hẹp theo địa bàn hoặc bộ lọc.")


class TooManyPapers(Invalid):
    code = "too-many-papers"
    message = _(
        "Gói giấy tờ chứa nhiều nhất %(most)s hồ sơ, danh sách này có %(count)s. "
        "Hãy thu hẹp bộ lọc, hoặc chỉ xuất danh sách."
    )


class ArchiveTooLarge(Invalid):
    code = "archive-too-large"
    message = _("Giấy tờ của danh sách này vượt %(most)s GB. Hãy thu hẹp bộ lọc rồi xuất từng phần.")


class ExportNotReady(Conflict):
    code = "export-not-ready"
    message = _("Tệp này chưa có, đã bị dừng hoặc đã hết hạn tải. Hãy xem lại trang xuất danh sách.")


class ScopeChanged(NotAllowed):
    code = "export-scope-changed"
    message = _("Từ khi tệp được lập, phạm vi bạn xem được đã hẹp lại nên không tải được nữa. Hãy xuất lại.")


def require_right(actor: Actor, selection: Selection | RecordSelection) -> None:
    """:raises NothingToExport, NotListed: the actor sees nothing of what is to be written out"""
    if isinstance(selection, RecordSelection):
        selection.require_right(actor)
    else:
        require_exporter(actor)


def require_exporter(actor: Actor) -> None:
    """:raises NothingToExport: the actor is no officer who sees dossiers"""
    if not actor.is_officer or not (oversees(actor) or seeing_agencies(actor)):
        raise NothingToExport


def scope_of(actor: Actor) -> list[str]:
    """Return whose dossiers the officer sees now, as an export keeps it."""
    return [EVERYWHERE] if oversees(actor) else sorted(str(one) for one in seeing_agencies(actor))


def require_scope(actor: Actor, selection: Selection | RecordSelection, seen: list[str]) -> None:
    """:raises ScopeChanged: the officer does not see any more all that was seen when the file was written"""
    if isinstance(selection, RecordSelection):
        if not set(seen) <= set(selection.scope(actor)):
            raise ScopeChanged
    elif not oversees(actor) and not set(seen) <= set(scope_of(actor)):
        raise ScopeChanged
