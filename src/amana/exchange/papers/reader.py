"""The throw-away reader of papers: `python -m amana.exchange.papers.reader clean KIND < FILE` writes a line
of JSON and the clean file; `preview KIND` writes a PNG of the first page, or nothing.

Before opening anything it does its whole work once on a sample of its own, so that every module is loaded,
and then gives up memory, time, network and the right to open files.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from amana.core.papers import MOST_BYTES, UnfitPaper
from amana.exchange.papers import pdfs, pictures, texts
from amana.exchange.papers.found import Cleaned
from amana.exchange.throw_away import confine

MOST_CLEAN = 3 * MOST_BYTES

CLEANERS: dict[str, Callable[[bytes], Cleaned]] = {
    "pdf": pdfs.clean,
    "jpeg": pictures.clean,
    "png": pictures.clean,
    "tiff": pictures.clean,
    "text": texts.clean,
}
PREVIEWS: dict[str, Callable[[bytes], bytes]] = {
    "pdf": pdfs.preview,
    "jpeg": pictures.preview,
    "png": pictures.preview,
    "tiff": pictures.preview,
}


def main(what: str, kind: str) -> int:
    """Read standard input, write standard output; 0 also when the file is refused."""
    _rehearse(kind)
    confine()
    content = sys.stdin.buffer.read(MOST_CLEAN + 1)
    out = sys.stdout.buffer
    try:
        if what == "preview":
            out.write(PREVIEWS[kind](content))
        else:
            cleaned = CLEANERS[kind](content)
            head = {"kind": kind, "pages": cleaned.pages, "removed": sorted(cleaned.removed)}
            out.write(json.dumps(head).encode() + b"\n" + cleaned.content)
    except UnfitPaper as refused:
        _refuse(refused.code)
    except MemoryError:
        return 1
    except Exception:
        # Whatever a damaged file provokes in a parser is one refusal; its text may hold personal data, so it
        # is dropped.
        _refuse("damaged")
    out.flush()
    return 0


def _refuse(code: str) -> None:
    sys.stdout.buffer.write(json.dumps({"refused": code}).encode() + b"\n")


def _rehearse(kind: str) -> None:
    """Load all that the work needs: nothing can be opened afterwards."""
    sample = {"pdf": pdfs.sample, "text": texts.sample}.get(kind) or (lambda: pictures.sample(kind))
    cleaned = CLEANERS[kind](sample())
    if kind in PREVIEWS:
        PREVIEWS[kind](cleaned.content)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
