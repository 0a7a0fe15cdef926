"""The product's addresses, and some at which something is wrong."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from tinhso.web import urls
from tinhso.web.errors import too_many

handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler429, handler500 = urls.handler429, urls.handler500
RAISED = {400: SuspiciousOperation, 403: PermissionDenied, 413: RequestDataTooBig, 500: RuntimeError}


def raising(_request: HttpRequest, status: int) -> HttpResponse:
    raise RAISED[status]


@require_POST
def taking(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    *(path(f"loi/{status}/", raising, {"status": status}, name=f"trouble-{status}") for status in RAISED),
    path("loi/405/", taking, name="trouble-405"),
    path("loi/429/", too_many, name="trouble-429"),
    path("", include(urls)),
]
