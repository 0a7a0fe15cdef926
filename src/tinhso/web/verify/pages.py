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
from tinhso.web.verify.page_objects import FileVerdict, file_verdict, record_view

BOX = "tep"


class NoFile(Refusal):
    code = "no-file"
    message = _("Hãy chọn tệp PDF cần kiểm tra.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_file(request: HttpRequest) -> HttpResponse:
    """Check a PDF signature by signature, and against our record. The file is not kept."""
    if request.method != "POST":
        return render(request, "verify/file.html")
    if not within(request, VERIFY):
        return too_many(request)
    try:
        verdict = _verdict_of(request.FILES.get(BOX))
    except Refusal as refusal:
        context = {"errors": errors_of(refusal, field_name=BOX)}
        return render(request, "verify/file.html", context, status=status_of(refusal))
    return render(request, "verify/file.html", {"verdict": verdict})


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


def _verdict_of(upload: "UploadedFile[bytes] | None") -> FileVerdict:
    """:raises NoFile, TooBigToVerify, NotReadable, UnderPassword: as their sentences say"""
    if upload is None or not upload.size:
        raise NoFile
    if upload.size > MAX_BYTES:
        raise TooBigToVerify(limit=MAX_BYTES // (1024 * 1024))
    content = upload.read()
    reports = verify_pdf(content)
    matched = queries.match_file(content, at=clock.now())
    return file_verdict(reports, matched, name=upload.name or "", language=language())
