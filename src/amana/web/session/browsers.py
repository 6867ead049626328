"""The browser at the other end: a few words for its owner's list of sessions, its address for the brake."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

BROWSER_COOKIE = "amana_browser"

# The first that is named tells; the order matters, as most browsers name others as well.
BROWSERS = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("Chromium/", "Chromium"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_in_words(agent: str) -> str:
    """Such as *Firefox, Windows*; empty where nothing is recognised. Versions are not kept."""
    found = [next((name for sign, name in known if sign in agent), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name)


def caller(request: HttpRequest) -> str:
    """The network address a request came from. Behind a proxy of the office's own it is the last one that the
    proxy added; what a caller wrote before it counts for nothing.
    """
    if settings.BEHIND_PROXY:
        told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
        if told:
            return told[:64]
    return str(request.META.get("REMOTE_ADDR", ""))
