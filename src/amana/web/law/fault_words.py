"""What the engine finds wrong with a change, in words of the desk: labels for ids, and mends that can be
followed in the form.

The engine speaks to whoever writes files. Its commonest faults are told anew here; another one keeps its
own words, without what only a file can mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from amana.core.policy import Pack
from amana.core.policy.editing.checks import OLDEST
from amana.wording.languages import as_written, day_in_words, listed, one_of, pick, state_in_words
from amana.wording.law import event_in_words, outcome_in_words

Told = tuple[str, str]
"""What is wrong, and how to mend it."""


def age_wanted() -> str:
    """The message for an age that nobody has."""
    return _("Write an age from 0 to %(most)s.") % {"most": OLDEST}


def refusal_in_words(reason: str, mend: str) -> str:
    """Why a part of a condition is refused, and what would be right."""
    for pattern, told in _REFUSALS:
        if found := pattern.fullmatch(reason):
            return told(found.groups(), without_files(mend))
    return _("%(reason)s %(mend)s") % {"reason": reason, "mend": without_files(mend)}


def fault_in_words(reason: str, mend: str, pack: Pack, rule: str = "") -> Told:
    """A fault of an edit or a finding of the changed pack; `rule` is the one it was found at."""
    for pattern, told in _FAULTS:
        if found := pattern.fullmatch(reason):
            return told(found.groups(), pack, rule)
    if found := _POSITION.fullmatch(reason):
        at, refused = found.groups()
        told_position = _("Position %(position)s: %(reason)s")
        return told_position % {"position": at, "reason": refusal_in_words(refused, mend)}, ""
    return _FILE.sub("", reason), without_files(mend)


def without_files(mend: str) -> str:
    """A mend without what only a file can hold."""
    for wrong, right in _ONLY_FILES:
        mend = wrong.sub(right, mend)
    return mend


def people_in_words(where: str, pack: Pack) -> str:
    """Those a finding names, by the facts that rules read: “age 3, female, mother here, …”."""
    named = where.removesuffix(" and for others")
    told = listed(_people(part, pack) for part in named.split(", "))
    return _("%(people)s, and others") % {"people": told} if named != where else told


def _people(part: str, pack: Pack) -> str:
    if found := _AGE.fullmatch(part):
        return _age(*found.groups())
    if found := _HAPPENED.fullmatch(part):
        event, never = found.groups()
        told = {"event": event_in_words(event, pack)}
        return _("before: %(event)s") % told if never else _("after: %(event)s") % told
    bare = part.removeprefix("NOT ")
    if bare in pack.facts:
        label = pick(pack.facts[bare].label)
        return label if bare == part else _("not: %(fact)s") % {"fact": label}
    if part.removeprefix("other ") in pack.facts:
        return _("another %(fact)s") % {"fact": pick(pack.facts[part.removeprefix("other ")].label)}
    return listed(_code(code, pack) for code in re.split(r"\||\ and ", part))


def _age(youngest: str, oldest: str | None, more: str | None) -> str:
    if more:
        return _("age %(years)s or more") % {"years": youngest}
    if oldest:
        return _("age %(least)s to %(most)s") % {"least": youngest, "most": oldest}
    return _("age %(years)s") % {"years": youngest}


def _code(code: str, pack: Pack) -> str:
    known = (fact.values[code] for fact in pack.facts.values() if code in fact.values)
    name = pick(next(known, None)) or (state_in_words(code) if len(code) == 3 and code.isupper() else "")
    return name or as_written(code)


def _gap(found: tuple[str, ...], pack: Pack, rule: str) -> Told:
    on, where = found
    told = _("From %(day)s no rule speaks of: %(people)s.")
    return told % {"day": day_in_words(date.fromisoformat(on)), "people": people_in_words(where, pack)}, _(
        "Describe the gap under “It opens a gap in the law: describe it”, or have a rule speak of them."
    )


def _conflict(found: tuple[str, ...], pack: Pack, rule: str) -> Told:
    other, on, where, one_gives, other_gives = found
    told = _(
        "On %(day)s two rules speak of: %(people)s. %(one)s gives “%(first)s”, %(other)s gives “%(second)s”."
    ) % {
        "day": day_in_words(date.fromisoformat(on)),
        "people": people_in_words(where, pack),
        "one": _rule(rule, pack),
        "other": _rule(other, pack),
        "first": _outcome(one_gives, pack),
        "second": _outcome(other_gives, pack),
    }
    return told, _("Narrow “When it holds” of one, begin it later, or tick the other under “Exception to”.")


def _idle_gap(found: tuple[str, ...], pack: Pack, rule: str) -> Told:
    return _("The gap described takes in nobody: some rule speaks of each of them."), _(
        "Correct its condition, or leave it out."
    )


def _no_ground(found: tuple[str, ...], pack: Pack, rule: str) -> Told:
    return _("The list is empty: then no decision could be shown to rest on any ground."), _(
        "Name at least one ground."
    )


def _for_many(found: tuple[str, ...], pack: Pack, rule: str) -> Told:
    told = _("These fall on many at once and never speak of one person: %(codes)s.")
    return told % {"codes": found[0]}, _("Take them out of this list.")


def _off_the_list(found: tuple[str, ...], pack: Pack, rule: str) -> Told:
    told = _("These would no longer count as grounds that fall on many at once: %(codes)s.")
    return told % {"codes": found[0]}, _("Put them back; others may be added.")


def _gap_reads(found: tuple[str, ...], pack: Pack, rule: str) -> Told:
    fact = pack.facts[found[0]].label if found[0] in pack.facts else {}
    return _("The gap speaks of “%(fact)s”, which no rule asks about.") % {"fact": pick(fact) or found[0]}, _(
        "Describe it by what the rules ask about."
    )


def _ended(found: tuple[str, ...], pack: Pack, rule: str) -> Told:
    told = _("This rule already ends: %(when)s.") % {"when": _when(found[0], pack)}
    return told, _("Correct that day, or replace the rule that follows this one.")


def _begins(found: tuple[str, ...], pack: Pack, rule: str) -> Told:
    begins, day = found
    return _("This rule begins: %(when)s. That is not before %(day)s.") % {
        "when": _when(begins, pack), "day": as_written(day),
    }, _("Give a later day.")  # fmt: skip


def _changes(found: tuple[str, ...], pack: Pack, rule: str) -> Told:
    bound, day = found
    return _("The value changes already: %(when)s. %(day)s is not after that.") % {
        "when": _when(bound, pack), "day": as_written(day),
    }, _("Give a later day.")  # fmt: skip


def _interim(found: tuple[str, ...], pack: Pack, rule: str) -> Told:
    told = one_of(_outcome(each, pack) for each in re.findall(r"“(\w+)”", found[0]))
    return _("Nothing says how to treat people meanwhile whose answer is: %(outcomes)s.") % {
        "outcomes": told
    }, _("Have rules that leave nobody between these answers, or ask whoever keeps the pack.")


def _no_fact(found: tuple[str, ...], mend: str) -> str:
    hint = mend if mend.startswith(("Did you mean", "If the code")) else ""
    told = _(
        "There is no fact “%(name)s”. Those that can be named stand under “How a condition is written”."
    ) % {"name": found[0]}
    return f"{told} {hint}".strip()


def _no_parameter(found: tuple[str, ...], mend: str) -> str:
    return _(
        "There is no threshold “%(name)s”. Those that can be named stand under “How a condition is written”."
    ) % {"name": found[0]}


def _malformed(found: tuple[str, ...], mend: str) -> str:
    return _("The condition is incomplete or malformed. See “How a condition is written”.")


def _open(found: tuple[str, ...], mend: str) -> str:
    return _("A quote or a bracket is not closed. Close it.")


def _no_code(found: tuple[str, ...], mend: str) -> str:
    told = _("“%(code)s” is no value of “%(fact)s”.") % {"code": found[0], "fact": found[1]}
    return f"{told} {mend}"


def _not_allowed(found: tuple[str, ...], mend: str) -> str:
    told = _("“%(part)s” can't stand in a condition. See “How a condition is written”.")
    return told % {"part": found[0]}


def _rule(ident: str, pack: Pack) -> str:
    known = pack.rules.get(ident)
    return pick(known.title) or as_written(ident) if known else as_written(ident)


def _outcome(ident: str, pack: Pack) -> str:
    owner = next((id for id, each in pack.decisions.items() if ident in each.outcomes), None)
    return outcome_in_words(ident, pack, owner) if owner else ident


def _when(bound: str, pack: Pack) -> str:
    return event_in_words(bound, pack) if bound.startswith("event:") else as_written(bound)


_AGE: Final = re.compile(r"age (\d+)(?: to (\d+)|( or more))?")
_HAPPENED: Final = re.compile(r"([\w-]+) has (not )?happened")
_POSITION: Final = re.compile(r"when, position (\d+): (.*)", re.DOTALL)
_FILE: Final = re.compile(r" ?\([\w/.-]+\.yaml\)")
_ONLY_FILES: Final = (
    (re.compile(r";? ?(?:or )?declare it in facts\.yaml"), ""),
    (re.compile(r"In parameters\.yaml: "), ""),
    (re.compile(r"Take it out \(withdraws, if it is inherited\), or correct its when and in_force\."), ""),
    (re.compile(r"^Declare \w+ as a date in facts\.yaml\.$"), ""),
)
_FAULTS: Final[tuple[tuple[re.Pattern[str], Callable[[tuple[str, ...], Pack, str], Told]], ...]] = (
    (re.compile(r"No rule speaks as of (\S+) for (.*), and no gap says so\."), _gap),
    (
        re.compile(
            r"It conflicts with “(.*?)” \(.*?\): as of (\S+), for (.*), one gives (\w+), the other (\w+)\."
        ),
        _conflict,
    ),
    (re.compile(r"It covers nothing: .*"), _idle_gap),
    (re.compile(r"It reads “(\w+)”, which no rule of .*"), _gap_reads),
    (re.compile(r"The rule ends with (\S+) already\."), _ended),
    (re.compile(r"The rule begins with (\S+), which is not before (\S+)\."), _begins),
    (re.compile(r"The text changes with (\S+) already; (\S+) is not after it\."), _changes),
    (re.compile(r"(.*) has no interim handling\."), _interim),
    (re.compile(r"The list of grounds is empty\."), _no_ground),
    (re.compile(r"Grounds that fall on many at once: (.*)\."), _for_many),
    (re.compile(r"Grounds taken off the list: (.*)\."), _off_the_list),
)
_REFUSALS: Final[tuple[tuple[re.Pattern[str], Callable[[tuple[str, ...], str], str]], ...]] = (
    (re.compile(r"There is no fact “(.*)”\."), _no_fact),
    (re.compile(r"There is no parameter “(.*)”\."), _no_parameter),
    (re.compile(r"The condition is incomplete or malformed\."), _malformed),
    (re.compile(r"A quote or a bracket of the condition is not closed\."), _open),
    (re.compile(r"“(.*)” is no value of “(.*)”\."), _no_code),
    (re.compile(r"“(.*)” is not allowed (?:in a condition|here)\."), _not_allowed),
)
