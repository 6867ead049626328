"""`amana export`: files of people through the export gate: asked for, approved, taken once, traced.

Acts as the signed-in account, or as the operator of the demonstration; what its role may take out it may ask
for. Nothing here goes round an approval.
"""

from __future__ import annotations

import click

from amana.cli.export.answers import approve_command, refuse_command
from amana.cli.export.ask import ask_command
from amana.cli.export.listed import list_command
from amana.cli.export.taking import take_command
from amana.cli.export.trace import trace_command


@click.group("export")
def command() -> None:
    """Files of people: asked for, approved by others, taken once, traced where one turns up."""


for each in (list_command, ask_command, approve_command, refuse_command, take_command, trace_command):
    command.add_command(each)
