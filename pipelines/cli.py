"""The command line: `python -m pipelines --help`. Exit code 0 means that the database is published as asked."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from lib.standard import STANDARDS
from pipelines.aftercare import roll_back, tell_history, tell_rejects
from pipelines.briefing import write_brief
from pipelines.certified import certify_cities
from pipelines.console import DATABASE, Database, Wait, bar, one_sentence, print_lines
from pipelines.exporting import export_table
from pipelines.inspecting import Stage, inspect_files
from pipelines.layouts import LayoutError
from pipelines.load import LoadError, Options, Report, load
from pipelines.reporting import report_cards
from pipelines.status import Status, StatusError, read_status
from pipelines.telling import status_lines
from pipelines.uploading import confirm_proposal, discard_proposal, propose_files, suggest
from pipelines.verifying import tell_dictionary, verify_file

app = typer.Typer(
    help="From survey exports as received to the published cohort database.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("brief")(write_brief)
app.command("certified")(certify_cities)
app.command("report")(report_cards)
app.command("history")(tell_history)
app.command("rollback")(roll_back)
app.command("inspect")(inspect_files)
app.command("propose")(propose_files)
app.command("confirm")(confirm_proposal)
app.command("dictionary")(tell_dictionary)
app.command("discard")(discard_proposal)
app.command("export")(export_table)
app.command("suggest")(suggest)
app.command("rejects")(tell_rejects)
app.command("verify")(verify_file)


@app.command()
def demo(
    cities: Annotated[int, typer.Option(min=1, help="How many cities.")] = 250,
    cycles: Annotated[int, typer.Option(min=1, help="How many yearly cycles.")] = 5,
    seed: Annotated[int, typer.Option(help="Another seed is another cohort; the same seed gives the same.")] = 7,
    database: Database = DATABASE,
) -> None:
    """Publish a synthetic cohort with invented cities, marked as such on every page and in every file."""
    from pipelines.demo import DemoError, build  # noqa: PLC0415 - numpy only where it is needed

    with one_sentence(DemoError, LoadError), bar() as say:
        report = build(database, cities, cycles, seed, say)
    _tell(report, report.status or read_status(database))


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
    wait: Wait = 0,
    database: Database = DATABASE,
) -> None:
    """Load survey exports: add them to everything loaded so far, check the whole and publish it."""
    options = Options(standard, cycle, stage.value if stage else None, cities, mapping, aliases, fixes)
    with one_sentence(LoadError), bar() as say:
        report = load(paths, options, database, say, standards, wait=wait)
    _tell(report, report.status or read_status(database))


@app.command()
def new_standard(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A wide export: a column for each criterion.")],
) -> None:
    """Print the draft of a standard from the header of a wide export, for you to finish and keep in data/standards."""
    from pipelines.draft import draft_standard  # noqa: PLC0415 - only this command drafts

    with one_sentence(LayoutError):
        typer.echo(draft_standard(file))


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    database: Database = DATABASE,
) -> None:
    """Tell what is loaded: every file with what became of its answers, and how much there is."""
    with one_sentence(StatusError):
        found = read_status(database)
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2, default=_isoformat))
    else:
        print_lines(status_lines(found))


def _isoformat(moment: datetime) -> str:
    return moment.isoformat()


def _tell(report: Report, found: Status) -> None:
    """What a load did, in a few lines."""
    if report.started_afresh:
        typer.echo("The synthetic cohort that was here is gone: real data never mix with it.")
    for line in report.notes:
        typer.echo(line)
    if not report.changed:
        typer.echo("Nothing has changed: the same files were loaded before, by the same rules.")
    print_lines(status_lines(found))
