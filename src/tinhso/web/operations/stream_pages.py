"""The address of the live counters."""

import time

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_safe

from tinhso.kernel import clock
from tinhso.operations.live import live, pulse
from tinhso.operations.reading import tab
from tinhso.operations.types import Tab
from tinhso.web.desk.guard import officers_only
from tinhso.web.operations.room import counter_tiles
from tinhso.web.operations.streaming import LASTS, Places, Stream

KIND = "text/event-stream"
PLACES = Places()


@require_safe
@officers_only
def stream(request: HttpRequest) -> HttpResponseBase:
    """Send the counters whenever the ledger moved; 503 when all places are taken. :raises TabMissing"""
    shown, language = tab(request.GET.get("muc", "")), translation.get_language()
    place = PLACES.take(now=time.monotonic())
    if place is None:
        full = HttpResponse(status=503, headers={"Retry-After": str(int(LASTS))}, content_type=KIND)
        # It is an answer, and nothing that needs mending: the log of errors is not for it.
        full._has_been_logged = True  # type: ignore[attr-defined]
        return full

    def message() -> dict[str, str]:
        # Drawn while the answer goes out, when the request's language is no longer set.
        with translation.override(language):
            return message_of(shown)

    events = Stream(PLACES, place, lambda: pulse().position, message, time.monotonic, time.sleep)
    # No proxy may keep it back; it is nobody's to store.
    headers = {"Cache-Control": "no-store, private", "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(events, content_type=KIND, headers=headers)


def message_of(shown: Tab) -> dict[str, str]:
    """Return each counter as it is shown."""
    return {one.id: one.shown for one in counter_tiles(live(at=clock.now(), field=shown.field), shown)}
