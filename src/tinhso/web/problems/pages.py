"""What a problem of the API means. For anybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.web.problems.page_objects import entry_of, shelves


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List every problem type by status."""
    return render(request, "problems/index.html", {"shelves": shelves()})


@require_safe
def problem(request: HttpRequest, code: str) -> HttpResponse:
    """Explain one type. :raises Http404: nothing refuses with this code"""
    entry = entry_of(code)
    if entry is None:
        raise Http404
    return render(request, "problems/problem.html", {"page": entry})
