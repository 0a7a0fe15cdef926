"""A receipt's XML on the public page: who signed it and when, whether it is ours, what came of it since."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.bookkeeping import queries
from tinhso.bookkeeping.types import FeeReceiptView, ReceiptKind
from tinhso.kernel.clock import local
from tinhso.kernel.money import format_dong
from tinhso.kernel.refusals import Refusal
from tinhso.papers.masking import mask_name
from tinhso.papers.xml_checking import MAX_BYTES, Fault, XmlVerdict, verify_xml
from tinhso.people import queries as people
from tinhso.web.verify.page_objects import Verdict

MARKS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")


class XmlTooBig(Refusal):
    code = "xml-too-big"
    message = gettext_lazy(
        "Tệp XML lớn hơn %(limit)s MB nên không phải biên lai điện tử. Hãy chọn đúng tệp XML đã nhận."
    )


class XmlNotReadable(Refusal):
    code = "xml-not-readable"
    message = gettext_lazy(
        "Tệp XML bị hỏng hoặc thiếu một phần nên không kiểm tra được. Hãy tải lại tệp từ nơi đã gửi."
    )


class XmlHasDtd(Refusal):
    code = "xml-has-dtd"
    message = gettext_lazy(
        "Tệp XML có khai báo DTD, là chỗ giấu được nội dung lạ, nên không được đọc. "
        "Biên lai thật không có khai báo này."
    )


# The file cannot be judged at all; the others can, and badly.
UNREADABLE: dict[Fault, type[Refusal]] = {
    Fault.TOO_BIG: XmlTooBig,
    Fault.NO_XML: XmlNotReadable,
    Fault.HAS_DTD: XmlHasDtd,
}


@dataclass(frozen=True, slots=True)
class ReceiptVerdict:
    """
    :param is_good: the signature is of these very bytes and its certificate is trusted
    :param sentence: what was found about the signature
    :param facts: of our record of exactly this file, label and value; none for another's
    :param since: what was issued about it afterwards, one sentence each
    :param record_url: the public page of the printed receipt
    """

    name: str
    verdict: Verdict
    has_signature: bool
    is_good: bool
    signer: str
    organisation: str
    signed_at: datetime | None
    is_test: bool
    sentence: str
    facts: tuple[tuple[str, str], ...] = ()
    since: tuple[str, ...] = ()
    record_url: str = ""


def is_xml(content: bytes, *, name: str) -> bool:
    """Tell whether to read the file as XML; a PDF is one whatever it is called."""
    if b"%PDF-" in content[:1024]:
        return False
    return name.lower().endswith(".xml") or content.lstrip().startswith(MARKS)


def receipt_verdict(content: bytes, *, name: str) -> ReceiptVerdict:
    """
    Judge an XML file by its signature and by our record of it.

    :raises XmlTooBig, XmlNotReadable, XmlHasDtd: as their sentences say
    """
    found = verify_xml(content)
    if found.fault in UNREADABLE:
        raise UNREADABLE[found.fault](limit=MAX_BYTES // 1_000_000)
    ours = queries.match_xml(sha256(content).hexdigest())
    later = queries.followers_of(ours.id) if ours else ()
    return ReceiptVerdict(
        name=name,
        verdict=_judged(found, ours, later),
        has_signature=found.fault is not Fault.NO_SIGNATURE,
        is_good=found.intact and found.trusted,
        signer=found.signer,
        organisation=found.organisation if found.organisation != found.signer else "",
        signed_at=found.signed_at,
        is_test=found.is_test,
        sentence=_of_signature(found),
        facts=_facts(ours) if ours else (),
        since=tuple(_since(one) for one in later),
        record_url=ours.verify_url if ours else "",
    )


def _judged(found: XmlVerdict, ours: FeeReceiptView | None, later: tuple[FeeReceiptView, ...]) -> Verdict:
    if found.fault is Fault.NO_SIGNATURE:
        text = _("Không thể biết ai đã lập tệp và nội dung có bị sửa hay không.")
        return Verdict("warning", _("Tệp này không có chữ ký số"), text)
    if not found.intact:
        text = _("Nội dung đã bị sửa sau khi ký, hoặc chữ ký bị thay. Hãy xin lại tệp từ cơ quan thu.")
        return Verdict("danger", _("Đừng dùng tệp này: chữ ký không hợp lệ"), text)
    if ours is not None:
        return _of_ours(ours, later)
    if not found.trusted:
        text = _("Ai cũng tự làm được chứng thư như thế. Đừng tin tên người ký ghi trong tệp.")
        return Verdict("danger", _("Không biết người ký là ai"), text)
    return Verdict(
        "info",
        _("Chữ ký hợp lệ, nhưng không phải biên lai của hệ thống này"),
        _("Nội dung không bị sửa sau khi ký. Hãy xem người ký ở dưới có đúng là cơ quan đã thu tiền không."),
    )


def _of_ours(ours: FeeReceiptView, later: tuple[FeeReceiptView, ...]) -> Verdict:
    """Our newest word counts: taken back whole, replaced, lessened, or as it was."""
    lessened = sum(one.total for one in later if one.kind is ReceiptKind.ADJUSTMENT)
    if ours.state == "replaced":
        text = _("Đừng dùng bản này nữa: đã có biên lai khác thay, ghi ở dưới.")
        return Verdict("warning", _("Biên lai đã được thay thế"), text)
    if lessened and ours.total + lessened <= 0:
        text = _("Chúng tôi đã lập biên lai này, rồi hủy toàn bộ số tiền. Nó không còn giá trị thanh toán.")
        return Verdict("danger", _("Biên lai đã bị hủy"), text)
    if lessened:
        text = _("Số tiền còn lại là %(left)s. Các lần điều chỉnh ghi ở dưới.")
        left = format_dong(ours.total + lessened)
        return Verdict("warning", _("Biên lai đã được điều chỉnh"), text % {"left": left})
    text = _("Tệp trùng từng byte với bản lưu và biên lai chưa bị hủy, thay thế hay điều chỉnh.")
    return Verdict("success", _("Đúng là biên lai chúng tôi đã lập"), text)


def _of_signature(found: XmlVerdict) -> str:
    if found.fault is Fault.NO_SIGNATURE:
        return ""
    if not found.intact:
        return _("Nội dung đã bị thay đổi sau khi ký.")
    if not found.trusted:
        return _("Nội dung không bị sửa, nhưng chứng thư số không dẫn đến tổ chức nào được tin cậy lúc này.")
    return _("Nội dung không bị sửa sau khi ký; chứng thư số được tin cậy.")


def _facts(ours: FeeReceiptView) -> tuple[tuple[str, str], ...]:
    about = {
        ReceiptKind.REPLACEMENT: _("Thay thế biên lai số %(number)s"),
        ReceiptKind.ADJUSTMENT: _("Điều chỉnh biên lai số %(number)s"),
    }
    told = (
        (_("Biên lai"), ours.title),
        (_("Loại"), about[ours.kind] % {"number": ours.about_number} if ours.kind in about else ""),
        (_("Cơ quan thu"), people.agency(ours.agency_id).name),
        (_("Người nộp tiền"), mask_name(ours.payer)),
        (_("Số tiền"), format_dong(ours.total)),
        (_("Ngày lập"), f"{local(ours.issued_at):%d/%m/%Y}"),
    )
    return tuple((label, value) for label, value in told if value)


def _since(later: FeeReceiptView) -> str:
    facts = {
        "receipt": later.title,
        "on": f"{local(later.issued_at):%d/%m/%Y}",
        "sum": format_dong(-later.total),
    }
    if later.kind is ReceiptKind.REPLACEMENT:
        return _("Ngày %(on)s: biên lai %(receipt)s thay thế.") % facts
    return _("Ngày %(on)s: biên lai %(receipt)s giảm %(sum)s.") % facts
