"""Reading a list as an office sends it: pure, from a workbook of typed cells to rows with messages."""

from amana.casework.listing.columns import FIELDS, REFUSAL, BadMapping, ColumnGuess, column_letter
from amana.casework.listing.messages import SENTENCES, WEIGHT, Message
from amana.casework.listing.reading import ListRead, NoListFound, read_list
from amana.casework.listing.rows import RowRead
from amana.casework.listing.vocabulary import Vocabulary
from amana.casework.listing.workbook import Cell, Row, Sheet, Workbook

__all__ = [
    "FIELDS",
    "REFUSAL",
    "SENTENCES",
    "WEIGHT",
    "BadMapping",
    "Cell",
    "ColumnGuess",
    "ListRead",
    "Message",
    "NoListFound",
    "Row",
    "RowRead",
    "Sheet",
    "Vocabulary",
    "Workbook",
    "column_letter",
    "read_list",
]
