"""Kinds of options that several commands share; a file here that begins with `_` is no command."""

from __future__ import annotations

from datetime import date

import click


class Day(click.ParamType):
    """A day as year-month-day; the command gets a `date`."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or wrong usage with an example of what is right."""
        if isinstance(value, date):
            return value
        text = str(value).strip()
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fail(f"“{text}” is no date. Write year-month-day, for example 2018-02-15.", param, ctx)


DAY = Day()
