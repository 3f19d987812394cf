"""`export`: from the shell what the page Export does."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qs

import typer

from pipelines.console import DATABASE, Database, one_sentence

if TYPE_CHECKING:
    from lib.exports.formats import Format
    from lib.exports.table import Export

_ORIGIN = "http://localhost:8501"
_SHOWN = 20
"""Allowed values that a refusal lists."""


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
    by: Annotated[
        str,
        typer.Option(metavar="ATTRIBUTE", help="Criterion rates of its groups: an attribute, level, participation."),
    ] = "",
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

    given = {"table": table, "shape": shape, "by": by, "columns": columns, "format": format_}
    asked = parse_qs(select.removeprefix("?"), keep_blank_values=True)
    with one_sentence(ExportError, WarehouseError, OSError):
        for key, value in given.items():
            asked[key] = _one_of(key, asked.get(key, []), value)
        asked = {key: values for key, values in asked.items() if values}
        form = _form(out.suffix.lower(), asked.pop("format", [""])[0])
        export = _gathered(asked, database, origin)
        _write(form.pieces(export), out)
    facts = dict(export.receipt.facts)
    typer.echo(f"{out}: {facts['rows']} rows; {facts['selection']}")


def _one_of(key: str, selected: list[str], value: str) -> list[str]:
    """What --select says and what the option says, where they are not two things."""
    if value and selected not in ([], [value]):
        raise ExportError(f"{key} is said twice: {', '.join(selected)} in --select, and {value}")
    if key == "format" and (len(selected) > 1 or selected == [""]):
        raise ExportError(f"{key}: one value, please")
    return [value] if value else selected


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
    from lib.exports.asking import RefusedError, understood  # noqa: PLC0415
    from lib.exports.gather import gather  # noqa: PLC0415
    from lib.exports.request import KEYS  # noqa: PLC0415
    from lib.queries.figures import cohort_size  # noqa: PLC0415
    from lib.warehouse import open_current  # noqa: PLC0415

    warehouse = open_current(database)
    try:
        told = understood(warehouse, asked, KEYS)
    except RefusedError as refused:
        raise ExportError(_said(str(refused), refused.fault.allowed)) from refused
    return gather(
        told.request,
        warehouse=warehouse,
        selection=told.selection,
        choices=told.choices,
        standard=told.standard,
        cities=cohort_size(warehouse, told.selection)[0],
        origin=origin,
    )


def _said(told: str, allowed: Sequence[str]) -> str:
    """The refusal with the first of what there is."""
    more = f", … ({len(allowed)})" if len(allowed) > _SHOWN else ""
    return f"{told} There is: {', '.join(allowed[:_SHOWN])}{more}" if allowed else told


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
