"""Filling forms in Chromium as a person would: folds are opened, choices ticked, texts typed."""

from __future__ import annotations

from typing import Any

from chromium import press


def fill(page: Any, form: dict[str, Any]) -> None:
    """Type the form: field name -> a text, a code, or several codes. What is empty is left as it stands."""
    for name, typed in form.items():
        for value in typed if isinstance(typed, list) else [typed] if typed else []:
            box = page.locator(f"[name='{name}']").first
            kind = box.evaluate("e => e.type")
            if kind in ("radio", "checkbox"):
                unfold(page, f"[name='{name}'][value='{value}']")
                page.check(f"[name='{name}'][value='{value}']")
            elif kind == "select-one":
                page.select_option(f"[name='{name}']", value)
            else:
                box.fill(value)


def unfold(page: Any, choice: str) -> None:
    """Open what a choice is folded into."""
    fold = page.locator(f"details:has({choice}):not([open])")
    if fold.count():
        fold.locator("summary").click()


def send(page: Any) -> None:
    """Send the form of the page by its main button."""
    press(page, "main form button.bt-p")
