"""`amana keys`: exchange the keys of what is sealed, put an escrowed key back, hold keys the office does not.

`custody make` and `custody show` need no office: their owner runs them on a machine of her own.
"""

from __future__ import annotations

import click

from amana.cli.keys.custody import custody_group
from amana.cli.keys.rotate import lock_command, reopen_command, rotate_command


@click.group("keys")
def command() -> None:
    """Keys of what is sealed, and who holds them."""


for each in (rotate_command, lock_command, reopen_command, custody_group):
    command.add_command(each)
