"""Everything that belongs in a file about one table of the selection, gathered from one published database."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

import pyarrow as pa

from lib.exports.codebook import codebook
from lib.exports.receipt import address, write_receipt
from lib.exports.request import Request, groupings, source
from lib.exports.table import Export, plain
from lib.queries import about
from lib.queries.extract import LONG, Extract
from lib.selection import Choices, Selection
from lib.standard import Standard
from lib.warehouse import Warehouse

PREVIEW_ROWS = 100
ORIGIN = "http://localhost:8501"
"""Where the app runs when nobody says otherwise."""


def gather(
    request: Request,
    *,
    warehouse: Warehouse,
    selection: Selection,
    choices: Choices,
    standard: Standard,
    cities: int,
    origin: str = ORIGIN,
) -> Export:
    """What was asked for, with its codebook and receipt; the rows are read when somebody asks for them.

    `cities` is the size of the cohort, `origin` where the app runs, for the link. Columns that the table does not have
    are left out; when none is left, it is all of them. They come in the table's order. The receipt counts the rows of
    the whole table, whatever the limit.
    """
    request = replace(request, by=_grouping(request, warehouse, selection, choices))
    table = source(request.table, warehouse.viewer.role)
    extract = Extract(selection, standard, table, request.shape, (), request.limit, request.offset, request.by)
    known = extract.schema(warehouse).names
    request = replace(request, columns=tuple(name for name in known if name in request.columns))
    if len(request.columns) == len(known):
        request = replace(request, columns=())
    extract = replace(extract, columns=request.columns)
    schema = plain(extract.schema(warehouse).empty_table()).schema
    receipt = write_receipt(
        request,
        rows=extract.count(warehouse),
        cities=cities,
        selection=selection,
        choices=choices,
        standard=standard,
        publication=about.publication(warehouse),
        sources=about.sources(warehouse),
        view=warehouse.viewer.role,
        minimum=warehouse.minimum_n,
    )
    words = codebook(request.name, schema, about.codebook(warehouse), standard, warehouse.viewer.role)
    told = address(request, selection, choices)
    return Export(
        request.name,
        schema,
        partial(_blocks, extract, warehouse),
        words,
        receipt,
        extract.sql(warehouse),
        f"{origin}/api/v1/{request.table}.csv?{urlencode({**told, 'table': []}, doseq=True)}",
    )


def _grouping(request: Request, warehouse: Warehouse, selection: Selection, choices: Choices) -> str:
    """What the rates are grouped by; nothing where that cannot be had, see `groupings`."""
    return request.by if request.by in groupings(selection, choices, warehouse.viewer.role) else ""


def preview(export: Export, rows: int = PREVIEW_ROWS) -> pa.Table:
    """The first rows, for those who have asked for no more."""
    return next(export.blocks()).slice(0, rows)


def columns_of(request: Request, *, warehouse: Warehouse, selection: Selection, standard: Standard) -> list[str]:
    """The names of all columns that the table has in this shape."""
    table = source(request.table, warehouse.viewer.role)
    names: list[str] = Extract(selection, standard, table, request.shape, by=request.by).schema(warehouse).names
    return names


def file_stem(request: Request, selection: Selection, version: str, *, synthetic: bool) -> str:
    """A file name that says what is inside: standard, table, cycle, stage, database version, and if it is invented."""
    table = f"{request.table}-wide" if request.shape != LONG else request.table
    table = f"{table}-by-{request.by}" if request.by else table
    parts = (selection.standard, table, selection.cycle, selection.stage, version)
    return "_".join((*parts, *(["demonstration-data"] if synthetic else []))).replace("/", "-")


def _blocks(extract: Extract, warehouse: Warehouse) -> Iterator[pa.Table]:
    yield from map(plain, extract.blocks(warehouse))  # which keeps no block while it waits for the next
