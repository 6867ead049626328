"""Acts that would clear a finding: none is offered that tells a country while its gate is shut."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from small_family import settle

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from moved import place, planned

from amana.apps.decisions.office_pack import office_pack
from amana.core.safeguards import DISCLOSING, Occasion
from amana.web.case.remedies import acts
from amana.wording.findings import act_in_words


@pytest.mark.parametrize(("gate", "told"), [(False, False), (None, False), (True, True)])
def test_a_consulate_is_offered_only_where_the_record_says_that_its_gate_is_open(
    cast: SimpleNamespace, gate: bool | None, told: bool
) -> None:
    child = settle(cast.registrar).safiya
    plan = planned(child, place("state_home", cast.registrar), cast.caseworker)
    remedies = office_pack().safeguards["S09"].remedy
    assert DISCLOSING & {each.act for each in remedies}
    occasion = Occasion("separation", child, f"plan:{plan}", {"gate_open": gate})
    offered = {each.words: each.address for each in acts(cast.caseworker, remedies, occasion)}
    for act in DISCLOSING & {each.act for each in remedies}:
        assert (act_in_words(act) in offered) == told
        assert not offered.get(act_in_words(act)), "never a link"
