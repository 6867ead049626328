"""The acts that safeguards may ask for, and whom they may tell: short closed lists, so that a pack can't ask
for what nobody knows how to do. Their words stand in `wording.findings`.
"""

from __future__ import annotations

GATE = "country_gate"
"""What must be open before anything is disclosed to a country of origin."""

DISCLOSING = frozenset({"consult_consulate", "disclose_to_country"})
"""Acts that tell a country of origin of a person: never a remedy unless the country's gate is open."""

ACTS = (
    "establish_fact",
    "assess",
    "make_determination",
    "seek_judge",
    "review_placement",
    "give_reasons",
    "hear_child",
    "identify_care",
    "ask_mother_about_consulate",
    "consult_consulate",
    "consider_family_care",
    "find_family_care",
    "reunite_with_mother",
    "reunite_siblings",
    "move_out_of_custody",
    "restore_care",
    "review_admission",
    "appoint_guardian",
    "settle_age_in_favour",
    "remove_label",
    "correct_grounds",
    "record_reason",
    "tell_monitor",
    "tell_guardian",
    "review_urgent_move",
    "end_urgent_move",
    "remove_column",
    "contact_visit",
    "trace_family",
    "enrol_school",
    "health_care",
    "register_birth",
    "open_nationality_path",
    "protect_data",
    "open_investigation",
    "medical_exam",
    "exclude_evidence",
    "bring_before_judge",
    "review_charge",
    "appoint_counsel",
    "disclose_to_country",
)

TOLD = (
    "registrar",
    "caseworker",
    "supervisor",
    "monitor",
    "rules_editor",
    "policy_approver",
    "administrator",
    "operator",
)
"""The roles of an office that a safeguard may tell."""
