"""axe in a page, asked only for what it has not judged yet: it takes most of the time of a test of pages."""

from collections.abc import Iterable

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# One number for what axe judges an element by but its words: itself, where it stands, whether it has a name.
_NUMBER = """el => {
  const own = el => [el.tagName, el.getAttribute("class"), el.getAttribute("role")].join();
  const traits = [
    own(el), el.parentElement && own(el.parentElement), el.getAttribute("type"), el.getAttribute("lang"),
    el.getAttributeNames().sort(), el.labels?.length > 0, el.textContent.trim() !== "", el.checkVisibility(),
    el.id === "" || document.getElementById(el.id) === el,
  ].join("|");
  return [...traits].reduce((sum, one) => (sum * 31 + one.codePointAt(0)) % 9007199254, 7);
}"""
_PARTS = f"""() => [...new Set([...document.querySelectorAll(":not(svg *)")].map({_NUMBER}))]"""
# What a rule finds is as grave as the rule says; those that say less than serious need not run.
_FAULTS = f"""async numbers => {{
  const wanted = new Set(numbers);
  const parts = [...document.querySelectorAll(":not(svg *)")].filter(el => wanted.has(({_NUMBER})(el)));
  const where = parts.length ? {{include: parts}} : document;
  const mild = axe._audit.rules.filter(rule => ["minor", "moderate"].includes(rule.impact));
  const rules = Object.fromEntries(mild.map(rule => [rule.id, {{enabled: false}}]));
  const told = {{resultTypes: ["violations"], preload: false, selectors: false, rules}};
  const found = await axe.run(where, told);
  return found.violations
    .filter(fault => ["serious", "critical"].includes(fault.impact))
    .map(({{id, help, nodes}}) => `${{id}}: ${{help}}: ${{nodes.slice(0, 3).map(node => node.html)}}`);
}}"""


def parts(page: Page) -> set[int]:
    """Return one number for each kind of element the page holds."""
    return set(page.evaluate(_PARTS))


def faults(page: Page, parts: Iterable[int]) -> list[str]:
    """
    Return what axe finds serious or critical.

    :param parts: numbers of the elements to judge; the whole page when there are none
    """
    # add_script_tag would be stopped by our own policy; evaluate is not.
    page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_FAULTS, list(parts))
    return found
