"""Telephone numbers as they are compared: the last nine digits, whatever stands before them and between them.

A number is told with and without the code of its country, with `+`, `00` or `0`, in Latin, Arabic or Persian
digits. Numbers of fewer than seven digits are none.
"""

from __future__ import annotations

from typing import Final
from unicodedata import decimal

COMPARED: Final = 9
FEWEST: Final = 7


def normal_phone(text: str) -> str:
    """The digits by which a number is known again; empty where it holds too few.

    >>> normal_phone("+964 770 123 4567") == normal_phone("0770-1234567") == normal_phone("٠٧٧٠ ١٢٣٤٥٦٧")
    True
    >>> normal_phone("room 12")
    ''
    """
    digits = "".join(str(decimal(sign)) for sign in text if sign.isdecimal())
    return digits[-COMPARED:] if len(digits) >= FEWEST else ""
