"""A browser without JavaScript: it keeps cookies, follows redirects, fills forms and presses buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpx
from django.utils.translation import gettext_lazy as _

from tinhso.cli._player.markup import Form, Markup, read
from tinhso.kernel.refusals import Refusal


class PageFailed(Refusal):
    code = "page-failed"
    message = _("Trang %(url)s trả lời %(status)s: %(said)s")


class NobodyAnswers(Refusal):
    code = "nobody-answers"
    message = _("%(url)s không trả lời. Hãy chạy make demo trước, ở một cửa sổ khác.")


class FormMissing(Refusal):
    code = "form-missing"
    message = _("Trang %(url)s không có biểu mẫu gửi tới «%(action)s».")


@dataclass(frozen=True, slots=True)
class Page:
    url: str
    html: str
    content: bytes
    markup: Markup

    @property
    def path(self) -> str:
        """The address without its query."""
        return self.url.split("?")[0]

    def form(self, action: str) -> Form:
        """Return the form whose address ends so; ``""`` is the one that posts back to this page."""
        for form in self.markup.forms:
            address = urljoin(self.url, form.action).split("?")[0]
            if form.method == "post" and (address.endswith(action) if action else address == self.path):
                return form
        raise FormMissing(url=self.url, action=action)


class Browser:
    """One person's browser."""

    def __init__(self, base_url: str) -> None:
        self.client = httpx.Client(base_url=base_url, follow_redirects=True, timeout=60)

    def open(self, path: str) -> Page:
        """Follow a link. :raises PageFailed: the page did not come"""
        return self._page(self._ask("GET", path))

    def submit(
        self,
        page: Page,
        form: Form,
        data: Mapping[str, str | Sequence[str]] | None = None,
        *,
        button: tuple[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> Page:
        """Fill the form, press its button and return the page that follows."""
        values: dict[str, str | list[str]] = {name: list(given) for name, given in form.values.items()}
        values |= {
            name: given if isinstance(given, str) else list(given) for name, given in (data or {}).items()
        }
        if button:
            values[button[0]] = button[1]
        address = urljoin(page.url, form.action)
        headers = {"Referer": page.url}
        return self._page(self._ask("POST", address, data=values, files=files, headers=headers))

    def _ask(self, method: str, address: str, **more: Any) -> httpx.Response:
        try:
            return self.client.request(method, address, **more)
        except httpx.TransportError as problem:
            raise NobodyAnswers(url=urljoin(str(self.client.base_url), address)) from problem

    def _page(self, answer: httpx.Response) -> Page:
        html = answer.text if "html" in answer.headers.get("content-type", "") else ""
        if answer.status_code >= 400:
            said = " ".join(read(html).text.split())[:300]
            raise PageFailed(url=str(answer.url), status=answer.status_code, said=said)
        return Page(str(answer.url), html, answer.content, read(html))
