"""The demonstration office's list: invented families, written down as an office would write them.

Three steps, each a pure function of a seed: `population.invent` makes families that agree with
`nationality-mix.csv`, `cells` writes each fact in one of the habits met in real lists, `workbook.write_list`
lays the rows out with title lines, blank family cells, totals and a few mistakes. The file then takes the
same way into the register as any other list. Nobody in it exists.
"""

from amana.exchange.demonstration.population import (
    LISTED_ON,
    STANDS_ON,
    Family,
    Member,
    invent,
    nationality_mix,
)
from amana.exchange.demonstration.workbook import WrittenList, write_list

__all__ = [
    "LISTED_ON",
    "STANDS_ON",
    "Family",
    "Member",
    "WrittenList",
    "invent",
    "nationality_mix",
    "write_list",
]
