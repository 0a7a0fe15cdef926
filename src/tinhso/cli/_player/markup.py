"""Just enough reading of HTML to press the buttons of our own pages."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Form:
    """
    A form of a page.

    :param values: field name → values it would send as it stands
    :param buttons: names and values of its named submit buttons
    :param names: every field name, filled or not
    """

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    choices: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Markup:
    """What was found on a page: forms, links, texts by their ``data-play`` marks, the title."""

    forms: list[Form] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Markup()
        self.form: Form | None = None
        self.select = ""
        self.area = ""
        self.first_option: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "data-play" in given:
            self.found.marks[given["data-play"]] = given.get("data-value", given.get("href", ""))
        if tag == "a" and "href" in given:
            self.found.links.append(given["href"])
        if tag == "form":
            self.form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.found.forms.append(self.form)
        elif self.form is not None:
            self._field(self.form, tag, given)

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag in {"input", "select", "textarea"} and name:
            form.names.add(name)
        if tag == "button" and name:
            form.buttons.append((name, given.get("value", "")))
        elif tag == "input" and name:
            self._input(form, name, given)
        elif tag == "select":
            self.select, self.first_option = name, None
        elif tag == "option" and self.select:
            value = given.get("value", "")
            form.choices.setdefault(self.select, []).append(value)
            if "selected" in given:
                form.values[self.select] = [value]
        elif tag == "textarea":
            self.area = name
            form.values[name] = [""]

    def _input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.values.setdefault(name, []).append(given.get("value", "on"))
        elif kind == "submit":
            form.buttons.append((name, given.get("value", "")))
        elif kind != "file":
            form.values.setdefault(name, []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area and self.form is not None:
            self.form.values[self.area][0] += data
        self.found.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""


def read(html: str) -> Markup:
    """Return the forms, links and marks of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.found
