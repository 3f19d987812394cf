"""The command line: `python -m pipelines --help`. Exit code 0 means that the database is published as asked."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from lib.standard import STANDARDS
from pipelines.layouts import LayoutError
from pipelines.load import LoadError, Options, Report, load
from pipelines.progress import Say, silent
from pipelines.status import Status, StatusError, read_status

DATABASE = Path(__file__).parent.parent / "data" / "cohort.duckdb"
NOUNS = {
    "city": ("city", "cities"),
    "assessment": ("assessment", "assessments"),
    "response": ("response", "responses"),
    "rejected": ("rejected answer", "rejected answers"),
}
app = typer.Typer(
    help="From survey exports as received to the published cohort database.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Database = Annotated[Path, typer.Option("--database", help="The published database; a link to its latest version.")]


class Stage(StrEnum):
    """The stages an answer can have."""

    self_reported = "self_reported"
    validated = "validated"


@app.command()
def demo(
    cities: Annotated[int, typer.Option(min=1, help="How many cities.")] = 250,
    cycles: Annotated[int, typer.Option(min=1, help="How many yearly cycles.")] = 5,
    seed: Annotated[int, typer.Option(help="Another seed is another cohort; the same seed gives the same.")] = 7,
    database: Database = DATABASE,
) -> None:
    """Publish a synthetic cohort with invented cities, marked as such on every page and in every file."""
    from pipelines.demo import DemoError, build  # noqa: PLC0415 - numpy only where it is needed

    with _one_sentence(DemoError, LoadError), _bar() as say:
        report = build(database, cities, cycles, seed, say)
    _tell(report, read_status(database))


@app.command("load")
def load_files(
    *,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Survey exports (CSV, XLSX, Parquet), or folders of them.")
    ],
    standard: Annotated[str, typer.Option(help="What the files answer: the id of a file in data/standards.")],
    cycle: Annotated[str | None, typer.Option(help="The cycle, where the file does not say it.")] = None,
    stage: Annotated[Stage | None, typer.Option(help="The stage, where the file does not say it.")] = None,
    cities: Annotated[
        Path | None, typer.Option(help="The cities and their attributes; a city outside it is set aside.")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML that tells which column is what.")] = None,
    aliases: Annotated[Path | None, typer.Option(help="CSV: kind, from, to, reason; what a spelling means.")] = None,
    fixes: Annotated[
        Path | None, typer.Option(help="CSV: file, row, column, from, to, reason; how one cell is to be read.")
    ] = None,
    standards: Annotated[Path, typer.Option(help="The folder of the standards' files.")] = STANDARDS,
    database: Database = DATABASE,
) -> None:
    """Load survey exports, rebuild the database from everything loaded so far, check it and publish it."""
    options = Options(standard, cycle, stage.value if stage else None, cities, mapping, aliases, fixes)
    with _one_sentence(LoadError), _bar() as say:
        report = load(paths, options, database, say, standards)
    _tell(report, read_status(database))


@app.command()
def new_standard(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A wide export: a column for each criterion.")],
) -> None:
    """Print the draft of a standard from the header of a wide export, for you to finish and keep in data/standards."""
    from pipelines.draft import draft_standard  # noqa: PLC0415 - only this command drafts

    with _one_sentence(LayoutError):
        typer.echo(draft_standard(file))


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    database: Database = DATABASE,
) -> None:
    """Tell what is loaded: every file with what became of its answers, and how much there is."""
    with _one_sentence(StatusError):
        found = read_status(database)
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2, default=_isoformat))
    else:
        _print_status(found)


def _isoformat(moment: datetime) -> str:
    return moment.isoformat()


@contextmanager
def _one_sentence(*expected: type[Exception]) -> Iterator[None]:
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
def _bar() -> Iterator[Say]:
    """A progress bar on stderr, where that is a terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    with typer.progressbar(length=1000, file=sys.stderr, show_eta=False) as bar:

        def say(step: str, done: float | None = None, /) -> None:
            bar.label = step.ljust(32)[:48]
            bar.update(0 if done is None else int(done * 1000) - bar.pos)

        yield say
        say("published", 1.0)


def _tell(report: Report, found: Status) -> None:
    """What a load did, in a few lines."""
    if report.started_afresh:
        typer.echo("The synthetic cohort that was here is gone: real data never mix with it.")
    for line in report.notes:
        typer.echo(line)
    if not report.changed:
        typer.echo("Nothing has changed: the same files were loaded before, by the same rules.")
    _print_status(found)


def _print_status(found: Status) -> None:
    """One line per file, then the repairs, then the whole. Of many files only those that lost something are told."""
    told = [source for source in found.sources if len(found.sources) <= MANY or source["rejected"]]
    for source in told:
        typer.echo(_source_line(source))
    if len(told) < len(found.sources):
        typer.echo(f"{len(found.sources) - len(told):,} files more, without a rejected answer")
    for repair in found.repairs:
        typer.echo(
            f"{repair['kind']} {repair['from']!r} read as {repair['to']!r} ({repair['reason']}): {repair['fired']:,} times"
        )
    kind = "synthetic, " if found.synthetic else ""
    counts = ", ".join(f"{number:,} {NOUNS[table][number != 1]}" for table, number in found.counts.items())
    typer.echo(
        f"{found.database}: {kind}{counts}; {', '.join(found.standards)}; built {found.built_at:%Y-%m-%d %H:%M} UTC"
    )


def _source_line(source: Mapping[str, Any]) -> str:
    reasons = ", ".join(f"{number:,} {reason}" for reason, number in source["reasons"].items())
    return (
        f"{source['source_id']}. {source['file']} ({source['layout']}, sha256 {source['sha256'][:12]}): "
        f"{source['rows']:,} rows, {source['answers']:,} answers: {source['accepted']:,} accepted, "
        f"{source['superseded']:,} superseded, {source['rejected']:,} rejected{f' ({reasons})' if reasons else ''}"
    )
