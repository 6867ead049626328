"""The values that rules name, in words: how an open text was read, and which value counts since when.

A value that changes is told with every period it had; a condition says which of them counted, and by which
text.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from amana.core.policy import InForce, Pack, Parameter
from amana.core.policy.model import ParameterValue
from amana.wording.conditions import Counting
from amana.wording.languages import as_written, listed, pick
from amana.wording.law import citation_in_words, in_force_in_words


def reading_in_words(reading: Parameter) -> str:
    """How an open text was read, with the value that follows; each value with its period where it changes."""
    return f"{pick(reading.label)}: {values_in_words(reading)}. {pick(reading.reading)}".strip()


def values_in_words(reading: Parameter) -> str:
    """The value, or every value with the period in which it is in force."""
    if not reading.changes:
        return _value(reading.value)
    return listed(
        _("%(condition)s (%(when)s)") % {"condition": _value(value), "when": _period(period)}
        for period, value in reading.periods
    )


def counting_in_words(counting: Counting, pack: Pack) -> str:
    """Which value counted or may count, since when, and by which text."""
    name, start, end = counting
    parameter = pack.parameters[name]
    grounds = [parameter.source, *(change.source or parameter.source for change in parameter.changes)]
    for (period, value), source in zip(parameter.periods, grounds, strict=True):
        if period.ends == (start, end):
            told = f"{pick(parameter.label)}: {listed([_value(value), _period(period)])}"
            return f"{told} — {citation_in_words(pack.source(source))}" if source else told
    return ""


def countings_in_words(counting: tuple[Counting, ...], pack: Pack) -> Iterator[str]:
    """Each of them that is a value of its own parameter."""
    return filter(None, (counting_in_words(each, pack) for each in counting))


def _value(value: ParameterValue) -> str:
    values = value if isinstance(value, tuple) else (value,)
    return listed(as_written(str(each)) for each in values)


def _period(period: InForce) -> str:
    return in_force_in_words(*period.ends)
