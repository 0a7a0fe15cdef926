"""Pages that explain and ask for nothing: how to use the portal, one's rights, and who can use it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show how to file, pay, follow and verify."""
    return render(request, "portal/guide.html")


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """Show what one may ask about one's own data, and whom (Law 91/2025/QH15, Decree 356/2025/NĐ-CP)."""
    return render(request, "portal/rights.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show what the portal does for people with disabilities, and what it does not do yet."""
    return render(request, "portal/accessibility.html")
