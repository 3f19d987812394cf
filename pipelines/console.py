"""What the commands have in common: where the database is, how a fault is told, and how a long step shows."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from pipelines.progress import Say, silent

DATABASE = Path(__file__).parent.parent / "data" / "cohort.duckdb"
Database = Annotated[Path, typer.Option("--database", help="The published database; a link to its latest version.")]
Wait = Annotated[float, typer.Option(min=0, metavar="SECONDS", help="How long to wait for another load to end.")]


@contextmanager
def one_sentence(*expected: type[Exception]) -> Iterator[None]:
    """Say an expected fault in its own sentence on stderr, and end with exit code 1."""
    try:
        yield
    except expected as fault:
        typer.echo(f"Error: {fault}", err=True)
        if proposal := getattr(fault, "proposal", ""):
            typer.echo(
                f"\nA mapping that would settle it, if it is right; give it with --mapping:\n\n{proposal}", err=True
            )
        raise typer.Exit(1) from fault


@contextmanager
def bar(done: str = "published") -> Iterator[Say]:
    """A progress bar on stderr, where that is a terminal; `done` stands beside it at the end."""
    if not sys.stderr.isatty():
        yield silent
        return
    with typer.progressbar(length=1000, file=sys.stderr, show_eta=False) as bar:

        def say(step: str, done: float | None = None, /) -> None:
            bar.label = step.ljust(32)[:48]
            bar.update(0 if done is None else int(done * 1000) - bar.pos)

        yield say
        say(done, 1.0)


def print_lines(lines: Iterable[str]) -> None:
    """Print each."""
    for line in lines:
        typer.echo(line)
