"""The commands for what has been published: its history, the way back, and what was set aside."""

from typing import Annotated

import typer

from pipelines.console import DATABASE, Database, Wait, one_sentence
from pipelines.history import read_history, told
from pipelines.locking import BusyError
from pipelines.publish import published_version
from pipelines.returning import RollbackError, rollback


def tell_history(database: Database = DATABASE) -> None:
    """Tell every publish: who, when, which files, how much there was then, and what it changed."""
    published = published_version(database)
    for event in read_history(database, published):
        typer.echo(told(event) + ("\n    published now" if event.version == published else ""))


def roll_back(
    to: Annotated[str | None, typer.Option(metavar="VERSION", help="Otherwise the version before.")] = None,
    wait: Wait = 0,
    database: Database = DATABASE,
) -> None:
    """Publish an earlier version again; what is loaded later builds on it."""
    with one_sentence(RollbackError, BusyError):
        event = rollback(database, to, wait)
    typer.echo(told(event))
