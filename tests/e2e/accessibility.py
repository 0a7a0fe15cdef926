"""axe in a page, asked only for what it has not judged yet: it takes most of the time of a test of pages."""

from collections.abc import Iterable

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# One number for what axe judges an element by but its words: itself, where it stands, whether it has a name,
# and, where it holds words, the colours of ink and ground.
_NUMBERED = """
  const grounds = new Map();
  const ground = el => {
    if (!el) return "";
    if (!grounds.has(el)) {
      const {backgroundColor, backgroundImage, opacity} = getComputedStyle(el);
      const own = [backgroundColor, backgroundImage, opacity].join();
      const bare = /^(rgba\\(.*, 0\\)|transparent),none,1$/.test(own);
      grounds.set(el, bare ? ground(el.parentElement) : own + (opacity < 1 ? ground(el.parentElement) : ""));
    }
    return grounds.get(el);
  };
  const ink = el => {
    if (![...el.childNodes].some(one => one.nodeType === 3 && one.data.trim())) return "";
    const {color, fontSize, fontWeight} = getComputedStyle(el);
    return [color, fontSize, fontWeight, ground(el)].join();
  };
  const own = el => [el.tagName, el.getAttribute("class"), el.getAttribute("role")].join();
  const number = el => {
    const traits = [
      own(el), el.parentElement && own(el.parentElement), el.getAttribute("type"), el.getAttribute("lang"),
      el.getAttributeNames().sort(), el.labels?.length > 0, el.textContent.trim() !== "",
      el.checkVisibility(), el.id === "" || document.getElementById(el.id) === el, ink(el),
    ].join("|");
    return [...traits].reduce((sum, one) => (sum * 31 + one.codePointAt(0)) % 9007199254, 7);
  };
  const all = [...document.querySelectorAll(":not(svg *)")];
"""
_PARTS = f"() => {{ {_NUMBERED} return [...new Set(all.map(number))] }}"
# What a rule finds is as grave as the rule says; those that say less than serious need not run. A rule is
# asked of the wanted parts alone: a part included in axe's own way has all that stands in it judged again.
_FAULTS = f"""async numbers => {{
  {_NUMBERED}
  const wanted = new Set(numbers);
  const parts = new Set(all.filter(el => !wanted.size || wanted.has(number(el))));
  const mild = axe._audit.rules.filter(rule => ["minor", "moderate"].includes(rule.impact));
  const rules = Object.fromEntries(mild.map(rule => [rule.id, {{enabled: false}}]));
  for (const rule of axe._audit.rules) {{
    const {{gather, excludeHidden}} = rule;
    rule.excludeHidden = false;
    rule.gather = context => gather.call(rule, context)
      .filter(({{actualNode}}) => parts.has(actualNode.closest(":not(svg *)")))
      .filter(part => !excludeHidden || axe.commons.dom.isVisibleToScreenReaders(part));
  }}
  const told = {{resultTypes: ["violations"], preload: false, selectors: false, rules}};
  const found = await axe.run(document, told);
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
