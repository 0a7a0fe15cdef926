"""The gallery: every component in every state, for whoever builds a page and for the tests that scan it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tinhso.web.gallery.examples import components, draw


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show all components in the reader's language."""
    language = (get_language() or "vi")[:2]
    shown = [
        {
            "name": name.replace("_", "-"),
            "title": component.name.into(language),
            "purpose": component.purpose.into(language),
            "arguments": [
                {"name": a.name, "type": a.type, "default": a.default, "meaning": a.meaning.into(language)}
                for a in component.arguments
            ],
            "examples": [draw(example, request=request, language=language) for example in component.examples],
        }
        for name, component in components().items()
    ]
    return render(request, "gallery/gallery.html", {"components": shown})
