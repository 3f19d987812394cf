"""The commands for what has been published: its history, the way back, and what was set aside."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from lib.standard import STANDARDS, StandardError, load_standards
from pipelines.console import DATABASE, Database, Wait, one_sentence, print_lines
from pipelines.history import read_history, told
from pipelines.layouts import LayoutError
from pipelines.locking import BusyError
from pipelines.mapping import MappingError
from pipelines.publish import published_version
from pipelines.rejects import Rejected, read_rejected, write_csv
from pipelines.repairs import RepairError
from pipelines.returning import RollbackError, rollback
from pipelines.sources import manifest_path, read_manifest, store_of
from pipelines.status import StatusError, noun_of
from pipelines.taking import rules_of
from pipelines.telling import rejected_lines

FAULTS = (LayoutError, MappingError, OSError, RepairError, StandardError, StatusError)


def tell_history(database: Database = DATABASE) -> None:
    """Tell every publish: who, when, which files, how much there was then, and what it changed."""
    published = published_version(database)
    events = read_history(database, published)
    noun = noun_of(database)
    now = max((place for place, event in enumerate(events) if event.version == published), default=None)
    for place, event in enumerate(events):
        typer.echo(told(event, noun) + ("\n    published now" if place == now else ""))


def roll_back(
    to: Annotated[str | None, typer.Option(metavar="VERSION", help="Otherwise the version before.")] = None,
    wait: Wait = 0,
    database: Database = DATABASE,
) -> None:
    """Publish an earlier version again; what is loaded later builds on it."""
    with one_sentence(RollbackError, BusyError):
        event = rollback(database, to, wait)
    typer.echo(told(event, noun_of(database)))


def tell_rejects(
    *,
    xlsx: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Each source as a workbook, bad cells marked.")
    ] = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="The list as a table.")] = None,
    source: Annotated[int | None, typer.Option(metavar="NUMBER", help="One source, by its number in status.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    standards: Annotated[Path, typer.Option(help="The folder of the standards' files.")] = STANDARDS,
    database: Database = DATABASE,
) -> None:
    """Tell what was set aside: row, column, value, what was expected, and a suggestion where something looks alike."""
    with one_sentence(*FAULTS):
        found = read_rejected(database, None if source is None else [source])
        if csv:
            write_csv(found, csv)
        written = _write_workbooks(found, xlsx, database, standards) if xlsx else {}
    if as_json:
        workbooks = [{"source": x.source_id, "file": x.file, "written": str(path)} for path, x in written.items()]
        typer.echo(json.dumps({"places": [asdict(one) for one in found] if not xlsx else [], "workbooks": workbooks}))
        return
    for path in written:
        typer.echo(f"{path}: correct the marked cells, and load it")
    if not (xlsx or csv):
        print_lines(rejected_lines(found))


def _write_workbooks(found: Sequence[Rejected], target: Path, database: Path, standards: Path) -> dict[Path, Rejected]:
    """One workbook per source, with the first place in it; of several each has the source's number in its name."""
    from pipelines.marking import Original, write_marked  # noqa: PLC0415 - openpyxl only where it is needed

    store, known = store_of(database), load_standards(standards)
    sources = read_manifest(manifest_path(store, published_version(database) or "")).sources
    by_source = [(number, list(group)) for number, group in groupby(found, lambda one: one.source_id)]
    written = {}
    for number, rejected in by_source:
        source = sources[number - 1]
        rules = rules_of(source, lambda stored: store / stored.stored_name if stored else None)
        path = target if len(by_source) == 1 else target.with_stem(f"{target.stem}-{number}")
        original = Original(source, store / source.file.stored_name, known[source.standard], rules.reading)
        write_marked(original, rejected, path)
        written[path] = rejected[0]
    return written
