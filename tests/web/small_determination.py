"""What is typed into the forms of an assessment, a determination and the records of others, complete."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

CANARY = "zahra-canary-4419"
"""Stands in every free text."""

VIEWS = {
    "child_heard": "heard",
    "child_text": f"Wants to stay where her mother is. {CANARY}",
    "mother_heard": "heard",
    "mother_text": f"Asks to keep her. {CANARY}",
    "father_heard": "unknown",
    "father_text": "",
}
ASSESSMENT = {
    "kind": "first",
    "done_on": "2018-02-14",
    **VIEWS,
    "findings": f"She sleeps badly and eats well. {CANARY}",
    "option_stays_with_mother": f"The bond is close. {CANARY}",
    "option_kinship": f"An aunt was looked for. {CANARY}",
    "recommendation": f"She stays; a doctor sees her. {CANARY}",
    "review_on": "2018-05-14",
}
DETERMINATION = {
    "decides": "stays_with_mother",
    "place_kind": "",
    "decided_on": "2018-02-14",
    "panel_0_function": "child_protection",
    "panel_0_name": "Nour Saleh",
    "panel_1_function": "psychology",
    "panel_1_name": "Omar Faris",
    **VIEWS,
    "option_stays_with_mother": f"The bond is close. {CANARY}",
    "option_state_home": f"Far from the mother. {CANARY}",
    "evidence": f"Visit of 3 February {CANARY}\nClinic card of 9 February",
    "grounds": ["best_interests"],
    "reasons": f"Her mother cares for her well. {CANARY}",
    "citations": ["crc/3", "crc/9"],
    "care_identified": "yes",
    "consulate": "mother_refused",
    "exception_until": "",
    "appeal_route": f"The juvenile court. {CANARY}",
    "appeal_until": "2018-03-14",
    "review_on": "2018-05-14",
}
SEPARATION = {**DETERMINATION, "decides": "separation", "place_kind": "state_home", "grounds": ["safety"]}
COURT = {
    "kind": "guardian",
    "court": f"Juvenile court of Baghdad {CANARY}",
    "number": "12/2018",
    "decided_on": "2018-02-10",
    "summary": f"Her aunt is appointed guardian. {CANARY}",
    "source": f"copy of the paper {CANARY}",
    "review_available": "yes",
}
REPORTED = {
    "body": f"the committee of the site {CANARY}",
    "source": f"told by the site on 2 February {CANARY}",
    "decided_on": "2018-01-30",
    "decides": "separation",
    "effect": "adverse",
    "place_kind": "state_home",
    "grounds": ["age_threshold"],
    "reasons": "",
    "child_heard": "",
    "label_used": "suspect",
    "care_identified": "",
}


def at(person: str, more: str = "") -> str:
    """The address of the tab, or of a page below it."""
    return f"/people/{person}/determinations/{more}"


def hidden(client: Client, address: str) -> dict[str, str]:
    """What the form at an address holds out of sight: its token, the state of the case, a stance."""
    page = client.get(address).content.decode()
    found = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def send(client: Client, address: str, told: dict[str, Any], **more: Any) -> Any:
    """Open the form, fill it in and send it; `store="yes"` records it."""
    return client.post(address, {**hidden(client, address), **told, **more})


def made(answer: Any) -> str:
    """The reference of what was recorded, from the page it leads to."""
    assert answer.status_code == 302, re.findall(r'class="ferr"[^>]*>([^<]*)', answer.content.decode())
    found = re.search(r"[DJ]-\w{6}", answer.headers["Location"])
    assert found
    return found[0]
