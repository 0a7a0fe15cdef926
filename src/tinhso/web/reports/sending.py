"""A report's file as an answer."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from tinhso.reports.files import File


def sent(file: File) -> HttpResponse:
    """Return the file to be kept, never to be cached by anybody."""
    answer = HttpResponse(file.content, content_type=file.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    answer["Cache-Control"] = "no-store, private"
    return answer
