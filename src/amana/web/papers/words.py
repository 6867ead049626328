"""Papers in words: what they go with, what they are, what was taken out, and why one is refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amana.apps.attachments import codes
from amana.apps.attachments.queries import PaperView
from amana.casework.papers import PaperRefused, Target
from amana.core.papers import MOST_BYTES, UnfitPaper
from amana.web.case.forms import attribute_words
from amana.wording.reasons import say_why

MEGABYTE = 1024 * 1024


def about_words() -> Mapping[str, str]:
    """What a paper about the person herself tells, by class."""
    return {
        "C1": _("who the person is: an identity paper, a photograph"),
        "C2": _("where the person is or was: a transfer or a stay"),
        "C3": _("nationality: a passport, a letter of nationality"),
        "C4": _("family: a birth or marriage certificate, a guardianship"),
        "C5": _("protection: what happened to the person, a statement"),
        "C7": _("health: a medical or psychosocial report"),
        "C8": _("court: a charge, a judgment, a release order"),
        "C9": _("school: a school report, a programme"),
    }


def target_words(target: Target) -> str:
    """A record that a paper may go with."""
    if target.record == codes.PERSON:
        return about_words()[target.cls]
    return _record(target.record, target.ref, target.told)


def record_words(paper: PaperView) -> str:
    """What a paper goes with."""
    if paper.record == codes.PERSON:
        return about_words()[paper.cls]
    return _record(paper.record, paper.record_ref)


def _record(record: str, ref: str, told: str = "") -> str:
    said = {
        codes.CLAIM: _("what is stated of the person"),
        codes.DETERMINATION: _("assessment or determination"),
        codes.JUDICIAL: _("court decision"),
        codes.MOVE: _("move"),
        codes.CONSENT: _("answer about a country"),
    }[record]
    if record == codes.CLAIM:
        return f"{said}: {attribute_words().get(told, _('name'))}" if told else said
    return f"{said} {told or ('' if record == codes.CONSENT else ref)}".strip()


def kind_words() -> Mapping[str, str]:
    """What kind of file it is."""
    return {
        "pdf": _("PDF"),
        "jpeg": _("picture (JPEG)"),
        "png": _("picture (PNG)"),
        "tiff": _("scan (TIFF)"),
        "text": _("plain text"),
    }


def size_words(size: int) -> str:
    """A size for people."""
    if size >= MEGABYTE:
        return _("%(size)s MB") % {"size": f"{size / MEGABYTE:.1f}"}
    return _("%(size)s kB") % {"size": max(1, round(size / 1024))}


def pages_words(pages: int) -> str:
    """How many pages."""
    return ngettext("%(count)s page", "%(count)s pages", pages) % {"count": pages}


def removed_words(removed: tuple[str, ...]) -> tuple[str, ...]:
    """What the copy that opens lacks."""
    said = {
        "place": _("the place where the picture was taken"),
        "camera": _("the camera or telephone it was taken with"),
        "metadata": _("who made the file, when and with what"),
        "scripts": _("scripts and actions"),
        "files": _("files hidden inside"),
        "links": _("links that lead elsewhere"),
        "signs": _("signs that turn or hide letters"),
    }
    return tuple(said[code] for code in removed)


def ground_words() -> Mapping[str, str]:
    """Why an original is opened."""
    return {
        "court": _("a court asks for it"),
        "genuine": _("to see whether it is genuine"),
        "harm": _("to bear out harm that was done to the person"),
        "owner": _("the person, or who stands by her, asks for it back"),
        "spoiled": _("the copy can't be read"),
    }


def refusal_words(refused: PaperRefused | UnfitPaper) -> str:
    """What is wrong, and what would be right."""
    return _unfit(refused.code) if isinstance(refused, UnfitPaper) else _refused(refused.code)


def _refused(code: str) -> str:
    return {
        "missing": _("Say what it is."),
        "not_in_words": say_why(),
        "too_long": _("It is too long. Say it in one or two sentences."),
        "hidden_characters": _("It holds characters that can't be seen. Type it anew."),
        "no_such_record": _("Choose what the paper goes with, of what is offered."),
        "unknown_code": _("Choose one of those offered."),
        "withdrawn": _("The paper was withdrawn already."),
    }[code]


def _unfit(code: str) -> str:
    most = {"most": MOST_BYTES // MEGABYTE}
    return {
        "empty": _("The file is empty. Choose another."),
        "too_big": _("The file is larger than %(most)s MB. Scan it in grey, or in parts.") % most,
        "cut_off": _("The file ends before it says anything. It was cut off on its way: send it again."),
        "wrong_type": _(
            "The file is no PDF, picture (JPEG, PNG, TIFF) or plain text, whatever its name says. "
            "Print an office document to PDF and send that."
        ),
        "damaged": _("The file is damaged or incomplete. Scan or save it again and send that."),
        "password": _("The file asks for a password. Save it without one and send it again."),
        "too_many_pixels": _("The picture has more points than can be opened. Make it smaller."),
        "too_many_pages": _("The file has too many pages. Send it in parts."),
        "inflated_too_big": _(
            "The file unpacks to far more than its size, as files made to do harm do. Print it to PDF anew."
        ),
        "too_slow": _("Opening the file took longer than 30 seconds. Print it to PDF anew, or in parts."),
        "too_much_memory": _("Opening the file took too much memory. Print it to PDF anew, or in parts."),
    }[code]
