"""A pack broken in one place, in every way an author may break it: refused with file, id, reason and mend,
and status 1; never a traceback.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from amana.apps.decisions.packs import SHIPPED
from amana.cli.packs import command
from amana.exchange.pack_check import check_pack

ADULT = "rules/adult.yaml"
OUTCOME = "outcome: not_a_child"
EXTENDS = "extends: [international]"
MAJORITY = "majority:\n  value: 18"
FOREIGN = 'in_force: {from: "event:amend-1980"}'
WHEN = "when: age >= :majority"
CHANGED = {
    "a key mistyped": (ADULT, "modality", "modalty", "modality"),
    "a tab": (ADULT, OUTCOME, "\toutcome: not_a_child", "line 6, column 1: A tab"),
    "a line too far in": (
        ADULT,
        OUTCOME,
        "  outcome: not_a_child",
        "line 6, column 3: This line is indented",
    ),
    "a line too far out": (ADULT, "  ar:", " ar:", "line 9, column 2: This line is indented by 1"),
    "a colon within a text": (ADULT, "  en: The", "  en: See: The", "Put the whole value in quotes"),
    "a key without a colon": (ADULT, OUTCOME, "outcome not_a_child", "line 6: This line has no “: ”"),
    "a day written in another order": (
        ADULT,
        OUTCOME,
        f"{OUTCOME}\nin_force: {{from: 01.01.2020}}",
        "neither a",
    ),
    "an anchor": (ADULT, OUTCOME, "outcome: &x not_a_child", "anchor"),
    "a merge key": (ADULT, OUTCOME, "<<: {outcome: not_a_child}", "line 6"),
    "a tag": (ADULT, OUTCOME, "outcome: !!int abc", "tag"),
    "a tag of Python": (ADULT, OUTCOME, "outcome: !!python/name:os.system x", "tag"),
    "a number with thousands of digits": (ADULT, OUTCOME, "outcome: " + "9" * 5000, "no outcome"),
    "text of one language only": (ADULT, "  ar:", "  fr:", "“ar”"),
    "an id that is a list": (ADULT, "id: adult", "id: [adult]", "“id”"),
    "an id that an answer uses": (ADULT, "id: adult", "id: default", "answers use"),
    "an id with a separator": (ADULT, "id: adult", "id: adult;b", "letters"),
    "an exception to itself": (ADULT, OUTCOME, f"{OUTCOME}\nexception_to: [adult]", "circle"),
    "an exception that is no list": (ADULT, OUTCOME, f"{OUTCOME}\nexception_to: adolescent", "list of names"),
    "a comment in a condition": (ADULT, WHEN, f"{WHEN} -- AND sex = 'male'", "comment"),
    "Arabic digits in a condition": (ADULT, WHEN, "when: age >= ١٨", "position 8"),
    "a condition that is a list": (ADULT, WHEN, "when: [age]", "must be a text"),
    "a number as text": ("parameters.yaml", MAJORITY, 'majority:\n  value: "18"', ""),
    "a number with a fraction": ("parameters.yaml", MAJORITY, "majority:\n  value: 18.0", "whole number"),
    "a number that YAML reads in sixties": ("parameters.yaml", MAJORITY, "majority:\n  value: 1:30", ""),
    "a parameter without value": ("parameters.yaml", MAJORITY, "majority:\n  value:", "missing"),
    "a first value with a day": ("parameters.yaml", MAJORITY, f"{MAJORITY}\n  from: 2018-01-01", "no dates"),
    "a change without a day": (
        "parameters.yaml",
        MAJORITY,
        f"{MAJORITY}\n  changes: [{{value: 21}}]",
        "“from”",
    ),
    "a change with an uncertain day": (
        "parameters.yaml",
        MAJORITY,
        f"{MAJORITY}\n  changes: [{{from: 2018, value: 21}}]",
        "no certain day",
    ),
    "a change with no event": (
        "parameters.yaml",
        MAJORITY,
        f'{MAJORITY}\n  changes: [{{from: "event:x", value: 21}}]',
        "names no event",
    ),
    "a change of another kind": (
        "parameters.yaml",
        MAJORITY,
        f"{MAJORITY}\n  changes: [{{from: 2019-01-01, value: IRQ}}]",
        "another kind",
    ),
    "changes that are no list": (
        "parameters.yaml",
        MAJORITY,
        f"{MAJORITY}\n  changes: {{from: 2019-01-01, value: 21}}",
        "list",
    ),
    "a rule withdrawn that is not inherited": (
        "pack.yaml",
        EXTENDS,
        f"{EXTENDS}\nwithdraws: {{rules: [adult]}}",
        "does not inherit",
    ),
    "a conflict withdrawn": (
        "pack.yaml",
        EXTENDS,
        f"{EXTENDS}\nwithdraws: {{conflicts: [K2]}}",
        "“conflicts”",
    ),
    "withdraws as text": ("pack.yaml", EXTENDS, f"{EXTENDS}\nwithdraws: adult", "mapping"),
    "an outcome of custody": ("pack.yaml", "place: with_mother", "place: detention", "detention"),
    "a code that is none": ("parameters.yaml", "[IRQ, PSE]", "[IRQ, PSX]", ""),
    "years as text": ("pack.yaml", "approximate_years: 1", 'approximate_years: "1"', "whole number"),
    "years below nought": ("pack.yaml", "approximate_years: 1", "approximate_years: -1", "whole number"),
    "a leap day mistyped": ("pack.yaml", "mar-01", "mar-1", "feb-28"),
    "one pack beneath, not in a list": ("pack.yaml", EXTENDS, "extends: international", "list of names"),
    "a number for the packs beneath": ("pack.yaml", EXTENDS, "extends: 5", "list of names"),
    "a pack beneath that is not there": ("pack.yaml", EXTENDS, "extends: [../../etc]", "neither beside"),
    "yes for true": ("pack.yaml", "harsh: false", "harsh: no", "true or false"),
    "an outcome that an answer uses": (
        "pack.yaml",
        "      not_a_child:\n",
        "      invalid: {en: a, ar: b}\n      not_a_child:\n",
        "answers use",
    ),
    "a handling of no outcome": ("pack.yaml", "any: [with_mother]", "any: [with_father]", "no outcome"),
    "a day of no calendar": ("sources.yaml", "2017-07/2018-01", "2018-13", "no such day"),
    "an event after itself": ("sources.yaml", "2017-07/2018-01", "2018\n    after: amend-1980", "circle"),
    "a standing mistyped": ("sources.yaml", "standing: reported", "standing: seen", "verified"),
    "a text in force never": (
        "rules/state-home-foreign.yaml",
        FOREIGN,
        FOREIGN[:-1] + ', until: "event:amend-1980"}',
        "never",
    ),
    "a text in force on no day": (
        "rules/state-home-foreign.yaml",
        FOREIGN,
        "in_force: {from: 2018-02-30}",
        "no such day",
    ),
    "a text in force as text": (
        "rules/state-home-foreign.yaml",
        FOREIGN,
        "in_force: event:amend-1980",
        "mapping",
    ),
    "a type of fact mistyped": ("facts.yaml", "type: boolean", "type: bool", "boolean"),
    "a fact of a reserved name": ("facts.yaml", "mother_present:", "age:", "answers use"),
    "a fact twice": ("facts.yaml", "mother_present:", "sex:", "twice"),
    "codes without texts": ("facts.yaml", "male: {en: male, ar: ذكر}", "male: x", "“ar”"),
}
ADDED = {
    "a second document": (ADULT, b"id: a\n---\nid: b\n", "document"),
    "nothing": (ADULT, b"", "holds nothing"),
    "a comment alone": (ADULT, b"# nothing\n", "holds nothing"),
    "brackets without end": (ADULT, b"[" * 5000, "nested too deep"),
    "a control character": (ADULT, b"id: a\x07b", "YAML"),
    "another encoding": (ADULT, "id: a".encode("utf-16"), "UTF-8"),
    "a head that is a list": ("pack.yaml", b"- a\n", "mapping"),
    "an empty head": ("pack.yaml", b"", ""),
    "an ending that is not read": ("rules/more.yml", b"id: a\n", "no file that a pack reads"),
    "a file of no meaning": ("notes.yaml", b"a: b\n", "no file of this name"),
    "a table without rows": ("cases/more.csv", b"ref,on,outcome\n", "holds nothing"),
    "a table with one column twice": ("cases/more.csv", b"ref,on,on,outcome\na,b,c,d\n", "twice"),
    "a table with semicolons": ("cases/more.csv", b"ref;on;outcome\na;2018-01-01;state_home\n", "by commas"),
    "a cell without end": ("cases/more.csv", b"ref,on\n" + b"a" * 200_000 + b",b\n", "can't be read"),
    "a day written otherwise": ("cases/more.csv", b"ref,on,outcome\na,20180101,state_home\n", "no day"),
    "columns of a case beside facts": ("cases/more.csv", b"ref,on,out\na,x,b\n", "ref, rule, sex, why"),
    "an outcome of no decision": ("cases/more.csv", b"ref,on,outcome\na,2018-01-01,home\n", "no outcome"),
    "questions that are no list": ("questions.yaml", b"id: q\n", "list"),
    "a question about nothing": (
        "questions.yaml",
        "[{id: q, text: {en: a, ar: ب}, about: [nobody]}]".encode(),
        "nobody",
    ),
    "a safeguard that is a word": ("safeguards/more.yaml", b"[a]", "mapping"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED / "iraq_2018", tmp_path / "iraq_2018"))


def assert_refused(pack: Path, file: str, word: str) -> None:
    faults = check_pack(pack, ["python"]).faults
    assert faults
    assert all(fault.file and fault.id and fault.reason and fault.mend for fault in faults)
    if word:
        assert any(word in str(fault) for fault in faults if fault.file == file), faults[:3]


@pytest.mark.parametrize("how", CHANGED)
def test_a_pack_with_one_place_changed_is_refused(copy: Path, how: str) -> None:
    file, old, new, word = CHANGED[how]
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text, f"{file} no longer holds what this test changes"
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert_refused(copy, file, word)


@pytest.mark.parametrize("how", ADDED)
def test_a_pack_with_one_file_put_in_is_refused(copy: Path, how: str) -> None:
    file, content, word = ADDED[how]
    (copy / file).parent.mkdir(exist_ok=True)
    (copy / file).write_bytes(content)
    assert_refused(copy, file, word)


@pytest.mark.parametrize("file", [ADULT, "gaps.yaml", "cases/ages.csv", "conflicts.yaml"])
def test_two_entries_of_one_id_are_refused(copy: Path, file: str) -> None:
    if file == "conflicts.yaml":
        shutil.copy(SHIPPED / "international" / file, copy / file)
        (copy / file).write_text((copy / file).read_text(encoding="utf-8") * 2, encoding="utf-8")
    elif file == "gaps.yaml":
        (copy / file).write_text((copy / file).read_text(encoding="utf-8") * 2, encoding="utf-8")
    else:
        shutil.copy(copy / file, (copy / file).with_stem("again"))
    assert any("There is another" in fault.reason for fault in check_pack(copy, ["python"]).faults)


@pytest.mark.parametrize("hide", [Path.unlink, lambda file: (file.unlink(), file.mkdir())])
def test_a_rule_that_is_named_but_not_there_is_refused(copy: Path, hide: Callable[[Path], object]) -> None:
    hide(copy / ADULT)
    assert check_pack(copy, ["python"]).faults


def test_a_rule_that_links_to_nothing_is_refused(copy: Path) -> None:
    (copy / ADULT).unlink()
    (copy / ADULT).symlink_to(copy / "gone.yaml")
    assert_refused(copy, ADULT, "no file")


def test_two_packs_that_extend_each_other_are_refused(copy: Path) -> None:
    other = copy.parent / "other"
    other.mkdir()
    (other / "pack.yaml").write_text("id: other\nextends: [iraq_2018]\n", encoding="utf-8")
    head = (copy / "pack.yaml").read_text(encoding="utf-8")
    (copy / "pack.yaml").write_text(head.replace("[international]", "[other]"), encoding="utf-8")
    assert_refused(copy, "pack.yaml", "extends itself")


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf%s", b"%s"])
def test_a_byte_order_mark_and_other_line_ends_are_no_fault(copy: Path, content: bytes) -> None:
    lines = (copy / ADULT).read_bytes().replace(b"\n", b"\r\n")
    (copy / ADULT).write_bytes(content % lines)
    assert not check_pack(copy, ["python"]).faults


def test_the_command_says_it_with_status_1_and_no_traceback(copy: Path) -> None:
    (copy / ADULT).write_bytes(b"[" * 5000)
    told = CliRunner().invoke(command, ["check", str(copy)])
    assert told.exit_code == 1
    assert isinstance(told.exception, SystemExit)
    assert f"iraq_2018/{ADULT}: file: " in told.stderr
