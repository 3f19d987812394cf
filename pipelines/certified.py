"""The command that gives the database a list of published certifications."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from lib.standard import STANDARDS, load_standards
from pipelines.building import built, publish_built
from pipelines.console import DATABASE, Database, Wait, bar, one_sentence, print_lines
from pipelines.difference import sentence
from pipelines.history import MOST
from pipelines.load import LoadError, Report, published_manifest, told, with_fingerprint
from pipelines.progress import Say, silent
from pipelines.publish import locked, published_version
from pipelines.sources import Certified, Manifest, keep, store_of
from pipelines.status import noun_of, read_status
from pipelines.telling import status_lines
from pipelines.workshop import Work


def certify_cities(
    *,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV, XLSX or Parquet: city, cycle, level, and perhaps the date.")
    ],
    standard: Annotated[
        str | None, typer.Option(help="Where the database holds several: the one of the levels.")
    ] = None,
    standards: Annotated[Path, typer.Option(help="The folder of the standards' files.")] = STANDARDS,
    wait: Wait = 0,
    database: Database = DATABASE,
) -> None:
    """Publish who was certified, as announced: a fact of its own, which no answer makes and none takes away."""
    with one_sentence(LoadError), bar() as say:
        report = certify_published(file, database, standard, say, standards, wait=wait)
    if report.difference:
        typer.echo(sentence(report.difference.as_json(MOST), noun_of(database)))
    if not report.changed:
        typer.echo("Nothing has changed: this was the last list that was given.")
    print_lines(status_lines(report.status or read_status(database)))


def certify_published(
    file: Path,
    database: Path,
    standard: str | None = None,
    say: Say = silent,
    standards: Path = STANDARDS,
    *,
    wait: float = 0,
) -> Report:
    """Publish the database with one more list of certifications. Raises LoadError; then nothing has changed."""
    with told(database), locked(database, wait):
        before = published_manifest(database)
        if before is None:
            raise LoadError(f"{database.name}: nothing is published yet; load the answers first")
        given = Certified(keep(file, store_of(database)), _standard(before, standard))
        known = load_standards(standards)
        manifest = with_fingerprint(before.with_certified(given), known)
        work = Work(manifest, known, published_version(database), before, (file.name,), "certified")
        if not work.changed:
            return Report(work.base or "", changed=False, started_afresh=False)
        with built(work, database, say) as finished:
            publish_built(finished.path, finished.manifest, finished.event, database)
        status = replace(finished.status, database=str(database))
        return Report(
            finished.event.version,
            changed=True,
            started_afresh=False,
            difference=finished.difference,
            status=status,
        )


def _standard(before: Manifest, told: str | None) -> str:
    """The standard whose levels are meant: the one that is told, else the only one."""
    used = list(dict.fromkeys(source.standard for source in before.sources))
    if told is None and len(used) > 1:
        raise LoadError(f"the database holds several standards; say --standard {' or '.join(used)}")
    if told is not None and told not in used:
        raise LoadError(f"{told}: no answers of this standard are published, only of {', '.join(used)}")
    return told or used[0]
