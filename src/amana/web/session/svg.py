"""A drawing as an address, so that a page can show it without any script or style of its own."""

from __future__ import annotations

import base64


def as_address(svg: str) -> str:
    """The SVG as a `data:` address for an `img`."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
