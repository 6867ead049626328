"""Law as dated data: packs, verdicts that answer "undetermined" instead of guessing, explanations, and the
same in SQL.
"""

from amana.core.policy.answer import check_cases, decide
from amana.core.policy.contrast import Contrast, RuleContrast, contrast
from amana.core.policy.domains import domain, parse_codes, write_codes
from amana.core.policy.explain import explain
from amana.core.policy.expression import BIRTH
from amana.core.policy.loading.pack import build_pack
from amana.core.policy.model import (
    DEFAULT_RULE,
    INVALID,
    UNDETERMINED,
    Bound,
    Case,
    Conflict,
    CounselQuestion,
    Decision,
    Event,
    FactDef,
    Gap,
    InForce,
    Instrument,
    Interim,
    OutcomeDef,
    Pack,
    Parameter,
    ParameterChange,
    Rule,
    SourceRef,
    Texts,
)
from amana.core.policy.sql import NotInSql, to_sql
from amana.core.policy.values import read_fact, read_row
from amana.core.policy.views import (
    Change,
    ConditionView,
    Explanation,
    FactView,
    FirstQuestion,
    InterimView,
    Measured,
    Question,
    RuleView,
    Verdict,
)

__all__ = [
    "BIRTH",
    "DEFAULT_RULE",
    "INVALID",
    "UNDETERMINED",
    "Bound",
    "Case",
    "Change",
    "ConditionView",
    "Conflict",
    "Contrast",
    "CounselQuestion",
    "Decision",
    "Event",
    "Explanation",
    "FactDef",
    "FactView",
    "FirstQuestion",
    "Gap",
    "InForce",
    "Instrument",
    "Interim",
    "InterimView",
    "Measured",
    "NotInSql",
    "OutcomeDef",
    "Pack",
    "Parameter",
    "ParameterChange",
    "Question",
    "Rule",
    "RuleContrast",
    "RuleView",
    "SourceRef",
    "Texts",
    "Verdict",
    "build_pack",
    "check_cases",
    "contrast",
    "decide",
    "domain",
    "explain",
    "parse_codes",
    "read_fact",
    "read_row",
    "to_sql",
    "write_codes",
]
