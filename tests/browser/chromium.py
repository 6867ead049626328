"""Chromium for the tests: where it is, how it is started, and what every page is held to.

`check_page` opens an address in one language and width and asks: no sideways scrolling, no axe violation
(WCAG 2.0 to 2.2 A/AA and best practice), nothing in the console, no CSP violation. Pictures go to `shots/`:
of pages with a fault always, of every page where AMANA_PICTURES=1, as taking them is a fifth of the walk.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

HERE = Path(__file__).parent
SHOTS = HERE / "shots"
EVERY_PICTURE = os.environ.get("AMANA_PICTURES") == "1"
AXE = HERE / "vendor" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LANGUAGES = ("en", "ar")
WIDTHS = (1280, 375)
PICTURED = {"en": 1280, "ar": 375}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def find_chromium() -> str | None:
    """Return the path of the system's Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def press(page: object, selector: str) -> None:
    """Click what leads to another page, and wait until that is whole: a check that begins on the page before
    is torn away in its middle.
    """
    with page.expect_navigation(wait_until="load"):
        page.click(selector)


@dataclass
class Visit:
    """A page of Playwright with what it complained about since the last check."""

    page: object
    base: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"not loaded: {request.url}"))

    def _heard(self, message: object) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console {message.type}: {message.text}")

    def sign_in(self, email: str, password: str) -> None:
        """Sign in through the form, as a person would."""
        self.page.goto(f"{self.base}/session/in/")
        self.page.fill("#id_email", email)
        self.page.fill("#id_password", password)
        self.press("main form button.bt-p")

    def press(self, selector: str) -> None:
        """Click what leads to another page, and wait until that is whole."""
        press(self.page, selector)

    def say_why(self) -> None:
        """Give a reason where the page asks for one before it shows protection notes."""
        if self.page.locator("main [name=why_read]").count():
            self.page.fill("main [name=why_read]", "Her counsel asks what holds the file.")
            self.press("main form button.bt-p")

    def check_page(self, path: str, lang: str, width: int, name: str | None = None) -> None:
        """Open `path` and hold it to every rule; raises AssertionError that lists each fault."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.complaints.clear()
        answer = self.page.goto(with_language(self.base + path, lang), wait_until="load")
        assert answer.status == 200, f"{path}: {answer.status}"
        self.check_here(lang, width, name or path.strip("/").replace("/", "-") or "today")

    def check_widths(self, lang: str, name: str) -> None:
        """Hold the page as it stands to every rule in both widths; one picture, wide in English, narrow in
        Arabic.
        """
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.check_here(lang, width, name, picture=PICTURED[lang] == width)

    def check_here(self, lang: str, width: int, name: str, *, picture: bool = True) -> None:
        """Hold the page as it stands now to every rule, and keep its picture where one is wanted or helps."""
        self.page.evaluate("document.fonts.ready.then(() => true)")
        if picture and EVERY_PICTURE:
            self.keep_picture(lang, width, name)
        faults = self.sideways(width) + self.axe() + self.wrong_language(lang) + self.complaints
        if faults:
            self.keep_picture(lang, width, name)
        assert not faults, f"{name} {lang} {width}:\n" + "\n".join(faults)

    def keep_picture(self, lang: str, width: int, name: str) -> None:
        """Write the whole page, as it stands, to `shots/`."""
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.{lang}.{width}.png", full_page=True)

    def sideways(self, width: int) -> list[str]:
        """Return what makes the page wider than the window."""
        real = self.page.evaluate("document.documentElement.scrollWidth")
        if real <= width:
            return []
        culprits = self.page.evaluate(
            """width => [...document.querySelectorAll('main *, header *, footer *')]
                .map(e => [e, e.getBoundingClientRect()])
                .filter(([e, b]) => b.width && (b.right > width + 1 || b.left < -1))
                .slice(0, 6)
                .map(([e]) => e.tagName + '.' + e.className + ': ' + e.textContent.slice(0, 40))""",
            width,
        )
        return [f"{real} px wide in {width}: {culprits}"]

    def wrong_language(self, lang: str) -> list[str]:
        """Return a fault when the page does not say its language and direction."""
        said = self.page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
        wanted = [lang, "rtl" if lang == "ar" else "ltr"]
        return [] if said == wanted else [f"lang and dir are {said}, not {wanted}"]

    def axe(self) -> list[str]:
        """Return axe's violations, one line each, with the first places."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        only = {"type": "tag", "values": AXE_TAGS}
        options = json.dumps({"runOnly": only, "resultTypes": ["violations"]})
        found = self.page.evaluate(f"axe.run(document, {options}).then(r => r.violations)")
        return [
            f"axe {item['id']} ({item['impact']}): {item['help']} at "
            + "; ".join(f"{node['target']} {node['html'][:140]}" for node in item["nodes"][:3])
            for item in found
        ]


def with_language(address: str, lang: str) -> str:
    """Return the address with `lang` in its query."""
    parts = urlsplit(address)
    query = "&".join(part for part in (parts.query, urlencode({"lang": lang})) if part)
    return urlunsplit(parts._replace(query=query))
