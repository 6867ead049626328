"""Files of facts as people write them: every form of a date, codes in and outside the domain, blanks."""

from __future__ import annotations

from random import Random

BIRTHS = (
    *("2014", "2014-05~", "2010-02-29", "2016-02-29", "201X", "../2000-03-01", "2010-01-01/..", "yesterday"),
    *("", " 2014-02-15 ", "2014-13", "XXXX", "2013/2014", "[2013..2014]", "2030", "2003-02-15", "2014-02-16"),
)
DAYS = (
    *("2014-02-15", "2014-02-16", "", "20140216", "2014-W07-7", "x", " 2003-02-15", "2000-02-29"),
    *("2030-01-01", "0001-01-01", "9999-12-31", "10000-01-01"),
)
SEXES = ("male", "female", "", "boy", "male;female", " male", "Male", "male+female", "female;")
NATIONS = (
    *("IRQ", "TUR", "IRQ;UZB", "IRQ+UZB", "UZB + IRQ", "", "XXX", "irq", ";", "PSE;IRQ", "\u00a0TUR"),
    *("TUR;TUR", "+", "IRQ+TUR;UZB"),
)
MOTHERS = ("true", "false", "TRUE", "False", "", "yes", " true ", "1")
AS_OF = ("2018-01-15", "2017-06-30", "2018-02-15", "", "soon", "20180215", "2016-02-29", " 2018-03-01")
REFS = ("r{}", "r{}", "r{}", '"r,{}"', '"r""{}"', " r{} ", "r{} x", "é{}", "#{}", '"r\n{}"', "-{}", "'{}")


def a_file(random: Random) -> str:
    """Some messy rows, with blank lines, empty cells past the last and either form of a birth."""
    births = ["birth"] if random.random() < 0.5 else ["birth_earliest", "birth_latest"]
    columns = ["ref", *births, "sex", "note", "nationality", "mother_present", "day"]
    lines = [",".join(columns)]
    for number in range(random.randrange(80)):
        cells = {
            "ref": random.choice(REFS).format(number), "birth": quoted(random.choice(BIRTHS)),
            "birth_earliest": random.choice(DAYS), "birth_latest": random.choice(DAYS),
            "sex": random.choice(SEXES), "nationality": random.choice(NATIONS),
            "mother_present": random.choice(MOTHERS), "day": random.choice(AS_OF),
            "note": random.choice(["", "x", '"a, b"', '"a", "b"' if random.random() < 0.02 else "y"]),
        }  # fmt: skip
        line = [cells[column] for column in columns]
        lines.append(",".join([*line, *[""] * random.randrange(1, 3)] if random.random() < 0.05 else line))
        if random.random() < 0.05:
            lines.append(random.choice(["", ",,", "  "]))
    return random.choice(["\n", "\r\n"]).join([*lines, ""])


def quoted(text: str) -> str:
    return f'"{text}"' if "," in text else text
