"""`export`: from the shell what the page Export does."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qs

import typer

from pipelines.briefing import BriefError, refuse_unknown
from pipelines.console import DATABASE, Database, one_sentence

if TYPE_CHECKING:
    from lib.exports.formats import Format
    from lib.exports.table import Export

_ORIGIN = "http://localhost:8501"


class ExportError(Exception):
    """A file that cannot be written as asked; one sentence."""


def export_table(
    out: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="Where to write; .csv .jsonl .json .parquet .arrow .xlsx .duckdb .zip."),
    ],
    *,
    select: Annotated[
        str, typer.Option(metavar="PARAMETERS", help="As in the page's address: 'cycle=2025&table=cities'.")
    ] = "",
    table: Annotated[str, typer.Option(help="Which table, e.g. responses.")] = "",
    shape: Annotated[str, typer.Option(help="long, or wide: a column for each criterion or area.")] = "",
    columns: Annotated[str, typer.Option(metavar="NAMES", help="Some of the columns, with commas between.")] = "",
    format_: Annotated[
        str, typer.Option("--format", help="What a .zip holds: csv, csv-excel, jsonl, package, sav, dta.")
    ] = "",
    origin: Annotated[
        str, typer.Option(metavar="URL", help="Where the dashboard runs, for the link inside.")
    ] = _ORIGIN,
    database: Database = DATABASE,
) -> None:
    """Write a table of a selection to a file, as the page Export does; big tables need little memory."""
    from lib.warehouse import WarehouseError  # noqa: PLC0415 - only this command reads as the application does

    given = {"table": table, "shape": shape, "columns": columns, "format": format_}
    asked = parse_qs(select.removeprefix("?"), keep_blank_values=True)
    asked |= {key: [value] for key, value in given.items() if value}
    with one_sentence(ExportError, BriefError, WarehouseError, OSError):
        form = _form(out.suffix.lower(), asked.pop("format", [""])[0])
        export = _gathered(asked, database, origin)
        _write(form.pieces(export), out)
    facts = dict(export.receipt.facts)
    typer.echo(f"{out}: {facts['rows']} rows; {facts['selection']}")


def _form(ending: str, asked: str) -> "Format":
    """The format: plain for an ending of its own, else one of those that come as a zip."""
    from lib.exports.formats import FORMATS, PLAIN  # noqa: PLC0415

    plain = {f".{form.ending}": form for id_, form in {**FORMATS, **PLAIN}.items() if id_ != "csv-excel"}
    zips = {id_: form for id_, form in FORMATS.items() if form.ending == "zip"}
    if ending == ".csv" and asked == "csv-excel":
        return PLAIN[asked]
    if ending == ".zip" and (asked or "csv") in zips:
        return zips[asked or "csv"]
    if ending in plain and ending != ".zip" and asked in ("", ending[1:]):
        return plain[ending]
    known = ", ".join(sorted(plain.keys() - {".zip"}))
    raise ExportError(
        f"{asked or ending or 'no ending'} is no format of a file: use {known}, or .zip with {', '.join(zips)}"
    )


def _gathered(asked: dict[str, list[str]], database: Path, origin: str) -> "Export":
    from lib.exports.gather import columns_of, gather  # noqa: PLC0415
    from lib.exports.request import KEYS, Request, faults  # noqa: PLC0415
    from lib.queries.choices import read_choices  # noqa: PLC0415
    from lib.queries.figures import cohort_size  # noqa: PLC0415
    from lib.queries.standards import read_standard  # noqa: PLC0415
    from lib.selection import Selection  # noqa: PLC0415
    from lib.warehouse import open_current  # noqa: PLC0415

    warehouse = open_current(database)
    choices = read_choices(warehouse)
    selection = Selection.from_params(asked, choices)
    refuse_unknown({key: values for key, values in asked.items() if key not in KEYS}, selection, choices)
    standard = read_standard(warehouse, selection.standard)
    request = Request.from_params(asked, standard)
    whole = replace(request, columns=(), limit=None, offset=0)
    known = columns_of(whole, warehouse=warehouse, selection=selection, standard=standard)
    for fault in faults(asked, standard, tuple(known)):
        raise ExportError(f"{fault.key}={fault.value} is not one of {', '.join(fault.allowed)}")
    return gather(
        request,
        warehouse=warehouse,
        selection=selection,
        choices=choices,
        standard=standard,
        cities=cohort_size(warehouse, selection)[0],
        origin=origin,
    )


def _write(pieces: Iterable[bytes], out: Path) -> None:
    """Beside it first: a file of that name is whole, or the one that was there before."""
    from lib.exports.workbook import TooManyRowsError  # noqa: PLC0415

    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as file:
            file.writelines(pieces)
        part.replace(out)
    except TooManyRowsError as fault:
        raise ExportError(str(fault)) from fault
    finally:
        part.unlink(missing_ok=True)
