"""What a sheet may be, and the sentences that say no."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict, Invalid

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_UNPACKED = 400 * 1024**2
MOST_CELL = 4000
MOST_FILES = 60_000
MOST_FILES_UNPACKED = 4 * 1024**3
KEPT = timedelta(days=30)  # the sheet itself, after the last thing that was done with it


class SheetUnreadable(Invalid):
    code = "sheet-unreadable"
    message = _(
        "Không đọc được tệp này. Hãy lưu bảng ở dạng Excel (.xlsx), hoặc CSV mã hóa UTF-8, rồi tải lên lại."
    )


class SheetEmpty(Invalid):
    code = "sheet-empty"
    message = _("Tệp không có dòng nào dưới dòng tiêu đề. Dòng đầu phải là tên các cột.")


class SheetTooLong(Invalid):
    code = "sheet-too-long"
    message = _("Tệp có hơn %(rows)s dòng hoặc hơn %(columns)s cột. Hãy chia thành nhiều tệp.")


class ColumnsMissing(Invalid):
    code = "columns-missing"
    message = _("Chưa cột nào được chọn cho: %(missing)s. Không có cột này thì không nộp được dòng nào.")


class ColumnTwice(Invalid):
    code = "column-twice"
    message = _("«%(target)s» được chọn cho hai cột. Hãy giữ một cột, cột kia chọn «Bỏ qua cột này».")


class DeclarationMissing(Invalid):
    code = "import-declaration-missing"
    message = _("Hãy xác nhận từng người nộp đã ký cam đoan trên bản giấy, và bản giấy được lưu tại quầy.")


class SheetPaperMissing(Invalid):
    code = "sheet-paper-missing"
    message = _("Còn thiếu tệp cho «%(paper)s». Thủ tục này không nhận hồ sơ nếu không có giấy tờ đó.")


class NotNow(Conflict):
    code = "import-not-now"
    message = _("Việc nhập này không còn ở bước đó. Hãy tải lại trang để xem nó đang ở đâu.")


class ArchiveMissing(Invalid):
    code = "import-archive-missing"
    message = _("Có cột ghi tên tệp, nhưng chưa có tệp ZIP chứa các tệp đó. Hãy chọn tệp ZIP.")


class ArchiveUnreadable(Invalid):
    code = "import-archive-unreadable"
    message = _("Không đọc được tệp ZIP, hoặc tệp có mật khẩu. Hãy nén lại không đặt mật khẩu.")


class ArchiveTooLarge(Invalid):
    code = "import-archive-too-large"
    message = _(
        "Tệp ZIP có hơn %(files)s tệp hoặc giải nén ra hơn %(size)s GB. Hãy chia bảng làm nhiều phần."
    )


class SheetFileWrong(Invalid):
    code = "import-file-wrong"
    message = _("%(said)s")


class NotImportable(Invalid):
    code = "not-importable"
    message = _("Thủ tục này không nhận hồ sơ tại quầy, nên không nhập được từ bảng.")
