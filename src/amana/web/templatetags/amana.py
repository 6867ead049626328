"""Small pieces of markup that every page needs: icons, statuses, left-to-right runs, texts by language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from amana.web.clock import office_of
from amana.web.drawings import MIRRORED, PATHS, STATUS_ICONS
from amana.web.frame import Frame, frame_of
from amana.wording import languages
from amana.wording.withheld import withheld_in_words

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an inline drawing of `drawings.PATHS`, hidden from screen readers: words stand beside it."""
    return format_html(
        '<svg class="ic{}" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>',
        " flip" if name in MIRRORED else "",
        PATHS[name],
    )


@register.simple_tag
def status(kind: str, text: Any, drawn: str = "") -> SafeString:
    """Return a status badge, icon and words. Kinds: breach, due, ok, acc, unk, or empty for neither."""
    return format_html(
        '<span class="st{}">{}<span>{}</span></span>',
        f" st-{kind}" if kind else "",
        icon(drawn or STATUS_ICONS[kind]),
        text,
    )


@register.simple_tag
def remark(kind: str, text: Any, drawn: str = "") -> SafeString:
    """Return the same as `status` without a box, for use inside lists."""
    return format_html(
        '<span class="tx{}">{}<span>{}</span></span>',
        f" tx-{kind}" if kind else "",
        icon(drawn or STATUS_ICONS[kind]),
        text,
    )


@register.simple_tag
def withheld() -> SafeString:
    """Return what stands in place of a value that the reader's role is not shown."""
    return remark("", withheld_in_words(), "shield")


@register.simple_tag
def ltr(text: Any, wrap: bool = False) -> SafeString:
    """Return a reference, date, EDTF text or article number that reads left to right in every language."""
    if text is None or text == "":
        return SafeString("")
    return format_html('<span class="ltr{}" dir="ltr">{}</span>', " wrap" if wrap else "", text)


@register.simple_tag(takes_context=True)
def office_day(context: template.Context, at: datetime | None) -> SafeString:
    """Return the day of the office on which this was recorded (`OfficeView.day_of`), left to right. Every
    page tells an instant by it; only History tells the machine's clock, and says so.
    """
    if at is None:
        return SafeString("")
    # An include with `only` keeps the request of the context but not its key.
    request = context.get("request") or getattr(context, "request", None)
    return ltr(office_of(request).day_of(at).isoformat())


@register.simple_tag
def pick(texts: Mapping[str, str] | None) -> str:
    """Return a pack's text in the reader's language; the other language rather than nothing."""
    return languages.pick(texts)


@register.simple_tag(takes_context=True)
def frame(context: template.Context) -> Frame:
    """Return what the frame round every page shows; it is worked out once a request."""
    return frame_of(context.get("request"))


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> SafeString:
    """Return the page's own query string with some keys changed; an empty value takes its key away."""
    request: HttpRequest = context["request"]
    pairs = {key: request.GET.getlist(key) for key in request.GET}
    for key, value in changes.items():
        pairs[key] = [] if value in (None, "") else [str(value)]
    query = urlencode({key: values for key, values in pairs.items() if values}, doseq=True)
    # urlencode has already escaped everything but the ampersand.
    return mark_safe("?" + query.replace("&", "&amp;"))  # noqa: S308 - escaped above
