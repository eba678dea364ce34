"""What is looked at on an open page: the rules of WCAG 2.2 AA, names, 320 pixels, 200 % text."""

from collections.abc import Callable, Sequence
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from tests.factories import PASSWORD

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
# Contrast takes axe as long as all its other rules. It follows from the colours, the backgrounds beneath, and the size
# and weight of a text: one text of each kind is looked at, and not each cell of a table, nor the same again on the next
# page.
KINDS_OF_TEXT = """(known) => {
    const beneath = new Map();
    const background = (part) => {
        if (!part) return "";
        if (!beneath.has(part)) {
            const { backgroundColor: colour, backgroundImage: image, opacity } = getComputedStyle(part);
            const own = [colour, image, opacity].join("/");
            beneath.set(part, own === "rgba(0, 0, 0, 0)/none/1" ? background(part.parentElement)
                : `${own} ${background(part.parentElement)}`);
        }
        return beneath.get(part);
    };
    const written = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const parts = new Set(document.querySelectorAll("input, select, textarea"));
    while (written.nextNode()) if (written.currentNode.data.trim()) parts.add(written.currentNode.parentElement);
    const kinds = new Set(), before = new Set(known);
    for (const part of parts) {
        if (!part.checkVisibility() || part.closest(".visually-hidden")) continue;
        const { color, fontSize, fontWeight, textShadow } = getComputedStyle(part);
        const exempt = Boolean(part.closest(":disabled, [aria-disabled]"));
        const kind = [part.localName, color, fontSize, fontWeight, textShadow, exempt, background(part)].join("|");
        if (!kinds.has(kind) && !before.has(kind)) part.dataset.kind = "";
        kinds.add(kind);
    }
    return [...kinds];
}"""
# A link in a text has to be told by more than its colour: what axe would let pass for its colour takes it long to find.
VIOLATIONS = """async () => {
    const stricter = { id: "link-in-text-block", any: ["link-in-text-block-style"] };
    axe.configure({ noHtml: true, rules: [{ id: "color-contrast", selector: "[data-kind]" }, stricter] });
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const asked = { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"], elementRef: true };
    const said = (id, node) => `${id}: ${node.element.outerHTML.slice(0, 160)}`;
    const found = await axe.run(asked);
    return found.violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => said(id, node)));
}"""
# What is out of sight at the side of the page, or cut off in it; tables scroll within their own region.
SIDEWAYS = """() => {
    const wide = document.documentElement.scrollWidth > innerWidth;
    const aside = ".visually-hidden, caption, .cards thead, svg, .plot";
    const out = [...document.querySelectorAll(wide ? "body *" : "none")].filter((part) => {
        const box = part.getBoundingClientRect();
        return box.width && box.right > innerWidth + 1 && !part.closest(`.scroll, ${aside}`);
    });
    const cut = [...document.querySelectorAll("main *, header *, footer *")].filter((part) => {
        const overflows = part.scrollWidth > part.clientWidth + 1;
        return overflows && ["hidden", "clip"].includes(getComputedStyle(part).overflowX) && !part.closest(aside);
    });
    const found = wide && !out.length ? [document.body, ...cut] : [...out, ...cut];
    return found.slice(0, 3).map((part) => part.outerHTML.slice(0, 120));
}"""
# What a screen reader would have no name for: charts, tables, and the regions in which they scroll.
NAMELESS = """() => {
    const all = (place) => [...document.querySelectorAll(place)];
    const named = (part) => part.ariaLabel?.trim() || part.ariaLabelledByElements?.length;
    const headed = (part) => part.caption && part.caption.textContent.trim() && !part.querySelector("th:not([scope])");
    const reached = (part) => part.tabIndex === 0 && part.getAttribute("role") === "region" && named(part);
    const found = [
        ...all("[data-fig], [role=img]").filter((part) => part.getAttribute("role") !== "img" || !named(part)),
        ...all("main table").filter((part) => !headed(part)),
        ...all("main .scroll").filter((part) => part.querySelector("table") && !reached(part)),
    ];
    return found.map((part) => part.outerHTML.slice(0, 160));
}"""
OPEN_ALL = "document.querySelectorAll('details').forEach((part) => { part.open = true; })"
# What is wrong at 200 % text, and what has no name, in one go: each question to the browser takes several processes.
LARGE_AND_NAMELESS = f"""() => {{
    {OPEN_ALL};
    document.documentElement.style.fontSize = "200%";
    const large = ({SIDEWAYS})();
    document.documentElement.style.fontSize = "";
    return [large, ({NAMELESS})()];
}}"""
CLOSE_TABLES = "document.querySelectorAll('.chart details').forEach((part) => { part.open = false; })"
_looked_at: set[str] = set()  # kinds of text, on any page


def wrong_with(page: Page, *, narrow: bool = True) -> list[str]:
    """Everything that is wrong with the open page: sideways scroll at 320 pixels and at 200 % text, names, rules."""
    found = []
    if narrow:
        large, nameless = page.evaluate(LARGE_AND_NAMELESS)
        page.set_viewport_size({"width": 320, "height": 640})
        found += [f"320 px: {part}" for part in page.evaluate(SIDEWAYS)]
        found += [f"200 %: {part}" for part in large] + [f"no name: {part}" for part in nameless]
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate(CLOSE_TABLES)  # the rules take seconds for long tables; those of the dark pages stay open
    else:
        page.evaluate(OPEN_ALL)
    page.add_script_tag(url=f"/static/{AXE.name}")
    kinds = page.evaluate(KINDS_OF_TEXT, sorted(_looked_at))
    assert kinds
    _looked_at.update(kinds)
    return [*found, *page.evaluate(VIOLATIONS)]


def wrong_in(
    page: Page, opened: Callable[[str], int], addresses: Sequence[str], state: str, *, narrow: bool = True
) -> dict[str, list[str]]:
    """What is wrong with each of these pages, by state and address; pages with nothing wrong are left out."""
    wrong = {}
    for address in addresses:
        assert opened(address) < 500, address
        if found := wrong_with(page, narrow=narrow):
            wrong[f"{state} {address}"] = found
    return wrong


def sign_in(page: Page, opened: Callable[[str], int]) -> None:
    opened("/accounts/login/")
    page.fill("[name=login]", "data.manager@example.org")
    page.fill("[name=password]", PASSWORD)
    page.press("main button[type=submit]", "Enter")
    page.wait_for_url("**/")
