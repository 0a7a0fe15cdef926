"""Is this paper real? By the code printed on it, or by the file itself. For anybody, signed in or not."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.edge.limits import VERIFY, within
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal
from tinhso.papers import queries
from tinhso.papers.types import Validity
from tinhso.papers.verifying import MAX_BYTES, TooBigToVerify, verify_pdf
from tinhso.web.errors import too_many
from tinhso.web.portal.language import language
from tinhso.web.refusing import errors_of, status_of
from tinhso.web.verify.page_objects import file_verdict, record_view
from tinhso.web.verify.receipts import is_xml, receipt_verdict

BOX = "tep"


class NoFile(Refusal):
    code = "no-file"
    message = _("Hãy chọn tệp PDF hoặc XML cần kiểm tra.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_file(request: HttpRequest) -> HttpResponse:
    """Check a PDF or the XML of a receipt, its signatures and our record of it. The file is not kept."""
    if request.method != "POST":
        return render(request, "verify/file.html")
    if not within(request, VERIFY):
        return too_many(request)
    try:
        context: dict[str, object] = _judged(request.FILES.get(BOX))
    except Refusal as refusal:
        context = {"errors": errors_of(refusal, field_name=BOX)}
        return render(request, "verify/file.html", context, status=status_of(refusal))
    return render(request, "verify/file.html", context)


@never_cache
@require_safe
def record(request: HttpRequest, token: str) -> HttpResponse:
    """Show the public record behind the QR code of a paper."""
    found = queries.verify_token(token, at=clock.now())
    page = record_view(found)
    status = 404 if found.validity is Validity.UNKNOWN else 200
    return render(request, "verify/record.html", {"page": page}, status=status)


@never_cache
@require_safe
def without_slash(_request: HttpRequest, token: str) -> HttpResponse:
    """The QR codes of papers carry the shorter address."""
    return redirect("verify", token=token, permanent=True)


def _judged(upload: "UploadedFile[bytes] | None") -> dict[str, object]:
    """:raises NoFile, TooBigToVerify, NotReadable, UnderPassword, XmlTooBig, XmlNotReadable, XmlHasDtd: so"""
    if upload is None or not upload.size:
        raise NoFile
    if upload.size > MAX_BYTES:
        raise TooBigToVerify(limit=MAX_BYTES // (1024 * 1024))
    content = upload.read()
    name = upload.name or ""
    if is_xml(content, name=name):
        return {"receipt": receipt_verdict(content, name=name)}
    reports = verify_pdf(content)
    matched = queries.match_file(content, at=clock.now())
    return {"verdict": file_verdict(reports, matched, name=name, language=language())}
