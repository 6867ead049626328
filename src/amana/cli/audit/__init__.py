"""`amana audit`: the trail of who changed and who saw what, verified, anchored, taken out and asked.

`verify --from` needs no office: a monitor runs them on a machine of her own.
"""

from __future__ import annotations

import click

from amana.cli.audit.anchor import anchor_command
from amana.cli.audit.erase import confirm_command, erase_command, refuse_command
from amana.cli.audit.export import export_command
from amana.cli.audit.verify import verify_command
from amana.cli.audit.who_saw import who_saw_command


@click.group("audit")
def command() -> None:
    """The trail of who changed and who saw what."""


for each in (verify_command, anchor_command, export_command, who_saw_command):
    command.add_command(each)
for each in (erase_command, confirm_command, refuse_command):
    command.add_command(each)
