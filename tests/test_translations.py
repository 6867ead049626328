"""Every string a person sees has its Arabic, complete and with the same placeholders."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import ngettext

PACKAGE = Path(__file__).parents[1] / "src" / "amana"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale="ar")


def arabic() -> list[Message]:
    return [message for message in catalogue(PACKAGE / "locale/ar/LC_MESSAGES/django.po") if message.id]


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [""])


def names(text: str) -> set[str]:
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def named(message: Message) -> str:
    """The string with its context: one word of English may be several of Arabic."""
    return f"{message.context or ''}|{message.id}"


def extracted(workplace: Path) -> Catalog:
    """What GNU gettext finds in a copy of the sources, so that the test never writes into the tree."""
    copy = workplace / "amana"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("*.po", "*.mo", "vendor", "__pycache__"))
    (copy / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "ar"]
    command += ["--extension", "html,txt,py", "--no-location"]
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=copy, check=True, capture_output=True, env=environment)
    return catalogue(copy / "locale/ar/LC_MESSAGES/django.po")


def test_every_string_on_screen_has_an_arabic_entry(tmp_path: Path) -> None:
    if shutil.which("xgettext") is None:
        message = "GNU gettext is missing, so new strings could not be looked for: apt-get install gettext"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    wanted = {named(message) for message in extracted(tmp_path) if message.id}
    have = {named(message) for message in arabic()}
    assert not wanted - have, "without Arabic: " + "\n".join(sorted(wanted - have))
    assert not have - wanted, "no longer used: " + "\n".join(sorted(have - wanted))


def test_no_arabic_entry_is_empty_or_fuzzy() -> None:
    open_ends = [str(m.id) for m in arabic() if m.fuzzy or not all(forms(m.string))]
    assert open_ends == []


def test_arabic_entries_keep_the_placeholders_of_the_english() -> None:
    for message in arabic():
        wanted = set().union(*(names(form) for form in forms(message.id)))
        for form in forms(message.string):
            spoken = names(form)
            assert spoken <= wanted, f"{message.id!r}: unknown placeholder in {form!r}"
        assert names(forms(message.string)[-1]) == wanted, f"{message.id!r}: a placeholder is lost"


def test_arabic_counts_in_its_six_forms() -> None:
    with translation.override("ar"):
        told = [ngettext("%(n)s person", "%(n)s people", n) for n in (1, 2, 3, 10, 11, 99, 100, 102, 103)]
    one, two, few, many, other = "شخص واحد", "شخصان", "%(n)s أشخاص", "%(n)s شخصاً", "%(n)s شخص"
    assert told == [one, two, few, few, many, many, other, other, few]
    assert all(len(forms(m.string)) == 6 for m in arabic() if m.pluralizable)


def test_digits_are_latin_and_days_with_hyphens_cannot_turn_round() -> None:
    for message in arabic():
        for form in forms(message.string):
            assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", form), form
            assert not re.search("(?<![\u2066\\d-])\\d+-\\d", form), form
