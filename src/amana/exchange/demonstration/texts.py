"""What the demonstration's assessments, determinations and reports say, in both languages of the office.
Every word of it is invented.
"""

from __future__ import annotations

from typing import Any

from amana.casework.determine import Option, PanelMember, View, Views


def both(english: str, arabic: str, between: str = "\n") -> str:
    """A text as somebody writes it who wants every colleague to read it, marked as invented."""
    return f"{english} (demonstration){between}{arabic} (تجريبي)"


_PANEL = (
    PanelMember("child_protection", "Hanan K. (demonstration)"),
    PanelMember("psychology", "Zaynab R. (demonstration)"),
    PanelMember("law", "Yusuf M. (demonstration)"),
)
_INFANT = View(given=False, reason="infant")
_MOTHER = View(
    given=True,
    text=both(
        "She wants to keep the child with her and can care for it.",
        "تريد أن يبقى الطفل معها وهي قادرة على رعايته.",
    ),
)
_NO_FATHER = View(given=False, reason="unknown")
_OPTIONS = (
    Option(
        "stays_with_mother",
        both("A close bond; she cares for the child daily.", "صلة وثيقة؛ وهي ترعى الطفل كل يوم."),
    ),
    Option(
        "kinship",
        both(
            "A grandmother abroad is named; she has not been reached.",
            "ذُكرت جدة في الخارج؛ ولم يتيسر الوصول إليها.",
        ),
    ),
)

ASSESSED: dict[str, Any] = {
    "options": _OPTIONS,
    "views": Views(_INFANT, _MOTHER, _NO_FATHER),
    "findings": both(
        "The child is well attached and growing; the room is crowded.",
        "الطفل متعلق بأمه وينمو؛ والغرفة مكتظة.",
    ),
    "recommendation": both(
        "Together; more time outdoors; seek an alternative to detention.",
        "البقاء معاً؛ وقت أطول في الهواء الطلق؛ والبحث عن بديل عن الاحتجاز.",
    ),
}
"""A first assessment of a small child."""

DETERMINED: dict[str, Any] = {
    "decides": "stays_with_mother",
    "panel": _PANEL,
    "options": _OPTIONS,
    "child_view": _INFANT,
    "mother_view": _MOTHER,
    "father_view": _NO_FATHER,
    "evidence": (both("Note of the visit", "محضر الزيارة", " · "),),
    "grounds": ("best_interests",),
    "reasons": both(
        "No care outside is known that would serve the child as well as the mother's.",
        "لا تُعرف رعاية خارجها تنفع الطفل كرعاية أمه.",
    ),
    "citations": ("crc/3", "bangkok-rules/49"),
    "appeal_route": both("Juvenile court", "محكمة الأحداث", " · "),
    "care_identified": True,
}
"""A determination that a child stays with the mother."""

REPORTED: dict[str, dict[str, Any]] = {
    "refused": {
        "body": both("State home", "دار الدولة", " · "),
        "decides": "care_refused",
        "grounds": ("nationality",),
        "reasons": both("Only for nationals.", "للمواطنين فقط."),
    },
    "label": {
        "body": both("Site command", "إدارة الموقع", " · "),
        "effect": "adverse",
        "grounds": ("suspicion",),
        "label_used": "suspect",
    },
    "kinship": {
        "body": both("Site command", "إدارة الموقع", " · "),
        "effect": "adverse",
        "grounds": ("family_tie",),
        "reasons": both("Because of the father.", "بسبب الأب."),
    },
}
"""Decisions of other bodies, by what is wrong with them."""
