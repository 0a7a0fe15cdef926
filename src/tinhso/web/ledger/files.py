"""The public files of the log, as a plain web server or any cache would give them out."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from tinhso.kernel.tree import tiles

FOR_EVER = 365 * 24 * 3600
# A checkpoint is new every few seconds, a key hardly ever.
FRESH_SECONDS = {tiles.CHECKPOINT: 5, tiles.STAMPED: 60, tiles.STAMPED + tiles.STAMP: 60, tiles.KEYS: 300}
TEXTS = (tiles.CHECKPOINT, tiles.STAMPED, tiles.KEYS)


@require_safe
def show(_request: HttpRequest, name: str) -> HttpResponse:
    """Send the file. A tile or an old checkpoint never changes; a partial tile goes when it is full."""
    try:
        content = (tiles.folder() / name).read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise Http404 from None
    response = HttpResponse(content, content_type=_media_type(name))
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    fresh = FRESH_SECONDS.get(name)
    if fresh is None:
        patch_cache_control(response, public=True, max_age=FOR_EVER, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=fresh)
    if settings.SESSION_COOKIE_NAME in response.cookies:
        del response.cookies[settings.SESSION_COOKIE_NAME]
    return response


def _media_type(name: str) -> str:
    if name.endswith(tiles.STAMP):
        return "application/timestamp-reply"
    if name in TEXTS or name.startswith(tiles.CHECKPOINTS):
        return "text/plain; charset=utf-8"
    return "application/octet-stream"
