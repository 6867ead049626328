"""The shipped packs hold, and a broken copy of one is refused with file, id, reason and mend."""

from __future__ import annotations

import csv
import json
import re
import shutil
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from amana.apps.decisions import packs
from amana.apps.decisions.packs import SHIPPED, find_pack, read_pack_files, shipped_packs
from amana.cli.packs import command
from amana.core.errors import Fault, PackFaults
from amana.exchange.pack_check import check_pack

MINIMUM_CASES = 60
STANDINGS = {"verified", "reported", "unknown"}


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., list[Fault]]:
    """`broken(file, old, new)` changes a copy of iraq_2018 and gives the faults found in it."""

    def change(file: str, old: str, new: str) -> list[Fault]:
        copy = tmp_path / "iraq_2018"
        if not copy.exists():
            shutil.copytree(SHIPPED / "iraq_2018", copy)
        text = (copy / file).read_text(encoding="utf-8") if old else ""
        assert old in text, f"{file} no longer holds the text this test changes"
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return list(check_pack(copy, ["python"]).faults)

    return change


def assert_refused(faults: list[Fault], file: str, *words: str) -> None:
    said = [str(fault).lower() for fault in faults if fault.file == file]
    assert said, f"nothing said of {file}: {faults}"
    assert any(all(word.lower() in text for word in words) for text in said), said
    assert all(fault.id and fault.reason and fault.mend for fault in faults)


def test_shipped_packs_are_found_by_name():
    assert {"international", "iraq_2018"} <= set(shipped_packs())


@pytest.mark.parametrize("name", ["international", "iraq_2018"])
def test_a_shipped_pack_has_no_fault_and_its_cases_agree_in_python_and_sqlite(name):
    checked = check_pack(name, ["python", "sqlite"])
    assert checked.faults == ()


def test_cases_agree_in_postgresql(postgres_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    assert check_pack("iraq_2018", ["postgresql"]).faults == ()


def test_there_are_enough_worked_cases_and_every_kind_of_answer_among_them():
    pack = find_pack("iraq_2018")
    outcomes = {case.outcome for case in pack.cases}
    assert len(pack.cases) >= MINIMUM_CASES
    assert outcomes == {*pack.decisions["placement"].outcomes, "undetermined", "invalid"}


def test_no_text_is_called_verified_before_a_lawyer_has_seen_it():
    for name in shipped_packs():
        for source in find_pack(name).sources.values():
            assert source.standing in STANDINGS - {"verified"}


def test_every_text_for_people_is_written_in_both_languages():
    def walk(value, path):
        if isinstance(value, dict):
            if "en" in value or "ar" in value:
                assert value.get("en") and value.get("ar"), path
            for key, inner in value.items():
                walk(inner, f"{path}/{key}")
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                walk(inner, f"{path}/{index}")

    for name in shipped_packs():
        for file, content in read_pack_files(name).items():
            walk(content, f"{name}/{file}")


def test_a_pack_is_built_once_and_anew_when_a_byte_changes(tmp_path):
    copy = tmp_path / "iraq_2018"
    shutil.copytree(SHIPPED / "iraq_2018", copy)
    first = find_pack(copy)
    assert find_pack(copy) is first
    rule = copy / "rules" / "adult.yaml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("The person has", "They have"), encoding="utf-8")
    assert find_pack(copy).hash != first.hash


def test_a_pack_that_was_read_is_known_by_its_bytes_and_not_parsed_again(tmp_path, monkeypatch):
    copy = shutil.copytree(SHIPPED / "iraq_2018", tmp_path / "iraq_2018")
    first, parsed = find_pack(copy), []
    monkeypatch.setattr(packs, "read_pack_files", parsed.append)
    assert (find_pack(copy), parsed) == (first, [])


def test_a_file_that_is_gone_from_under_its_name_is_told_of_a_pack_that_was_read(tmp_path):
    copy = shutil.copytree(SHIPPED / "iraq_2018", tmp_path / "iraq_2018")
    find_pack(copy)
    (copy / "parameters.yaml").unlink()
    (copy / "parameters.yaml").symlink_to("nowhere.yaml")
    with pytest.raises(PackFaults, match=r"parameters\.yaml"):
        find_pack(copy)


def test_a_shipped_name_never_means_a_folder_of_the_working_directory(tmp_path, monkeypatch):
    shutil.copytree(SHIPPED / "international", tmp_path / "iraq_2018")
    monkeypatch.chdir(tmp_path)
    assert find_pack("iraq_2018").id == "iraq_2018"
    assert find_pack("./iraq_2018").id == "international"


def test_a_pack_that_extends_itself_is_refused(tmp_path):
    copy = tmp_path / "circle"
    shutil.copytree(SHIPPED / "international", copy)
    (copy / "pack.yaml").write_text("id: circle\nextends: [circle]\n", encoding="utf-8")
    with pytest.raises(PackFaults, match="extends itself"):
        find_pack(copy)


def test_an_unknown_pack_is_refused_with_the_names_there_are():
    done = CliRunner().invoke(command, ["check", "atlantis"])
    assert done.exit_code == 1
    assert "iraq_2018" in str(done.exception)


def test_malformed_yaml_is_refused_with_its_line(broken):
    assert_refused(
        broken("gaps.yaml", "- id: girls-of-15-to-17", "- id: [girls"), "gaps.yaml", "line", "YAML"
    )


def test_a_key_written_twice_is_refused(broken):
    faults = broken("rules/adult.yaml", "outcome: not_a_child", "outcome: not_a_child\noutcome: state_home")
    assert_refused(faults, "rules/adult.yaml", "line 7", "outcome", "twice")


def test_yaml_that_repeats_itself_by_aliases_is_refused(broken):
    faults = broken("gaps.yaml", "accepted_by: null", "accepted_by: &who null\n  route: *who")
    assert_refused(faults, "gaps.yaml", "alias")


def test_a_case_with_a_cell_too_many_is_refused_with_its_line(broken):
    faults = broken("cases/ages.csv", "born on the as-of date", "born on the day, as of")
    assert_refused(faults, "cases/ages.csv", "line 2", "12 cells")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    copy = tmp_path / "iraq_2018"
    shutil.copytree(SHIPPED / "iraq_2018", copy)
    (copy / "gaps.yaml").write_bytes("- id: فجوة".encode("cp1256"))
    with pytest.raises(PackFaults, match="not UTF-8"):
        read_pack_files(copy)


def test_a_field_that_no_pack_has_is_refused(broken):
    faults = broken("rules/adult.yaml", "modality: must", "modality: must\nseverity: high")
    assert_refused(faults, "rules/adult.yaml", "adult", "severity")


def test_an_expression_outside_the_whitelist_is_refused(broken):
    faults = broken("rules/adult.yaml", "age >= :majority", "AGE(birth) >= :majority")
    assert_refused(faults, "rules/adult.yaml", "adult", "AGE")


def test_a_fact_of_a_person_is_never_asked_whether_it_is_known(broken):
    faults = broken("rules/adult.yaml", "age >= :majority", "sex IS KNOWN AND age >= :majority")
    assert_refused(faults, "rules/adult.yaml", "adult", "KNOWN")


def test_two_rules_in_conflict_are_refused_and_both_named(broken):
    second = (
        "id: girls-too\ndecision: placement\nmodality: may\nsource: iq-protocol-2018/adolescents\n"
        "when: age BETWEEN 14 AND 17\noutcome: reported_detention_possible\n"
        "reason: {en: A second rule., ar: قاعدة ثانية.}\n"
    )
    faults = broken("rules/girls-too.yaml", "", second)
    said = " ".join(str(fault) for fault in faults)
    assert "girls-too" in said
    assert "state-home-foreign" in said


def test_a_new_legal_gap_is_refused(broken):
    faults = broken("parameters.yaml", "state_home_max:\n  value: 14", "state_home_max:\n  value: 13")
    assert any("gap" in str(fault).lower() for fault in faults), faults


def test_a_gap_that_no_longer_exists_is_refused(broken):
    faults = broken(
        "gaps.yaml",
        "when: age BETWEEN :adolescent_min AND :adolescent_max AND sex = 'female'",
        "when: age >= 40 AND sex = 'female'",
    )
    assert any(fault.file == "gaps.yaml" or "gap" in str(fault).lower() for fault in faults), faults


def test_a_source_without_standing_is_refused(broken):
    faults = broken("sources.yaml", "    standing: reported\n", "")
    assert_refused(faults, "sources.yaml", "iq-protocol-2018", "standing")


def test_a_rule_whose_source_is_not_listed_is_refused(broken):
    faults = broken("rules/adult.yaml", "iq-jwl-76-1983/art-3", "iq-law-of-nowhere/1")
    assert_refused(faults, "rules/adult.yaml", "adult", "iq-law-of-nowhere")


def test_an_uncertain_date_in_a_rule_is_refused_in_favour_of_an_event(broken):
    faults = broken("rules/state-home-foreign.yaml", '"event:amend-1980"', '"2017-07/2018-01"')
    assert_refused(faults, "rules/state-home-foreign.yaml", "state-home-foreign", "event")


def test_a_worked_case_that_is_answered_otherwise_is_refused(broken):
    faults = broken(
        "cases/ages.csv", "with_mother,infant-with-mother,with_mother", "state_home,adult,state_home"
    )
    assert_refused(faults, "cases/ages.csv", "age-newborn", "with_mother")


def test_the_check_command_names_every_fault_and_ends_with_status_1(broken, tmp_path):
    broken("sources.yaml", "    standing: reported\n", "")
    folder = str(tmp_path / "iraq_2018")
    told = CliRunner().invoke(command, ["check", folder])
    assert told.exit_code == 1
    assert "iraq_2018/sources.yaml: " in told.stderr
    listed = CliRunner().invoke(command, ["check", folder, "--json"])
    assert listed.exit_code == 1
    faults = json.loads(listed.stdout)["packs"][0]["faults"]
    assert {"file", "id", "reason", "mend"} == set(faults[0])


def test_the_guide_to_adding_a_rule_is_true(broken):
    guide = (Path(__file__).parents[1] / "docs/how-to/add-a-rule.md").read_text(encoding="utf-8")
    rule, cases = (
        textwrap.dedent(re.search(rf"```{kind}\n(.*?)^ *```", guide, re.DOTALL | re.MULTILINE).group(1))
        for kind in ("yaml", "csv")
    )
    broken("rules/sisters-stay.yaml", "", rule)
    assert not broken("cases/sisters.csv", "", cases)
    always = re.sub(r"in_force:.*\n", "", rule)
    assert always != rule
    faults = broken("rules/sisters-stay.yaml", rule, always)
    assert {fault.file.split("/")[0] for fault in faults} == {"cases"}, (
        "older cases are named without its day"
    )
    assert "cases/sisters.csv" not in {fault.file for fault in faults}


def test_a_glossary_names_each_term_once_and_in_every_language():
    text = (SHIPPED / "international" / "glossary.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    assert len({row["term_en"] for row in rows}) == len(rows) > 50
    assert all(all(row.values()) and set(row) == set(rows[0]) for row in rows)


def test_a_glossary_changes_no_answer_and_not_the_hash_of_the_law(tmp_path):
    bare = tmp_path / "international"
    shutil.copytree(SHIPPED / "international", bare)
    (bare / "glossary.csv").unlink()
    assert find_pack(bare).hash == find_pack("international").hash
