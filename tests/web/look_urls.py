"""The product's addresses, and some that go wrong."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from tinhso.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from tinhso.web import urls

REFUSALS = {"absent": NotFound, "forbidden": NotAllowed, "taken": Conflict, "nonsense": Invalid}


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    raise REFUSALS[kind]()


def fail(request: HttpRequest) -> HttpResponse:
    raise ValueError("a fault of ours")


handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
urlpatterns = [*urls.urlpatterns, path("refuse/<kind>", refuse), path("fail", fail)]
