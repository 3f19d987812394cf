"""From an address to an answer that only has to be written: its rows, its tag and its headers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlencode

import numpy as np
import pyarrow as pa
from starlette.datastructures import Headers

from lib.api.asking import Asked, cursor_at, understood
from lib.api.encodings import accepted, encoded
from lib.api.spool import Pieces
from lib.api.tags import tag_of
from lib.api.turns import Turn
from lib.exports.asking import Given
from lib.exports.formats import PLAIN, Format
from lib.exports.gather import file_stem, gather
from lib.exports.receipt import address
from lib.exports.request import Request
from lib.exports.table import Export
from lib.queries.about import publication
from lib.queries.figures import cohort_size
from lib.warehouse import Warehouse

_PACKED = ("parquet",)
_GROUPED = ("parquet", "arrow")
ROWS = 20_000
"""Rows written at a time."""
_KEPT = 100


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer not yet written. `pieces` writes it; two with the same `tag` have the same bytes.

    `heavy`: many rows are held between two turns, because the format keeps them together.
    """

    tag: str
    media_type: str
    encoding: str
    headers: dict[str, str]
    pieces: Pieces
    heavy: bool


def ready(warehouse: Warehouse, *, table: str, form: str, given: Given, headers: Headers) -> Ready:
    """The answer to what the address asks for. Raises Problem."""
    asked = understood(warehouse, table, form, given)
    encoding, written = accepted(headers, packed=form in _PACKED), PLAIN[form]
    cities, _ = cohort_size(warehouse, asked.selection)
    export = gather(
        asked.request,
        warehouse=warehouse,
        selection=asked.selection,
        choices=asked.choices,
        standard=asked.standard,
        cities=cities,
    )
    rows = int(dict(export.receipt.facts)["rows"].replace(",", ""))
    return Ready(
        tag=tag_of(asked, warehouse.version, encoding),
        media_type=written.media_type,
        encoding=encoding,
        headers=_told(warehouse, asked, rows, export.receipt.synthetic),
        pieces=partial(_pieces, export, written, encoding, _given(asked.request, rows)),
        heavy=form in _GROUPED and rows > ROWS,
    )


def _given(request: Request, rows: int) -> int:
    """How many of all rows are given."""
    after = max(rows - request.offset, 0)
    return after if request.limit is None else min(after, request.limit)


def _pieces(export: Export, written: Format, encoding: str, rows: int, turn: Turn) -> Iterator[bytes]:
    in_turns = replace(export, blocks=partial(_slices, export.blocks, rows, turn))
    return encoded(written.pieces(in_turns), encoding)


def _slices(blocks: Callable[[], Iterator[pa.Table]], rows: int, turn: Turn) -> Iterator[pa.Table]:
    """The same rows in small cuts: some of what writes them lets no other thread of the process work meanwhile.

    The last cut of a block is tiny and has memory of its own: more is not held by an answer that waits for its turn.
    """
    source = blocks()
    while (block := next(source, None)) is not None:
        rows -= block.num_rows
        kept = min(_KEPT, block.num_rows) if rows > 0 else 0
        for at in range(0, max(block.num_rows - kept, 1), ROWS):
            yield block.slice(at, min(ROWS, block.num_rows - kept - at))
            turn.pause()
        if kept:
            cut = block.slice(block.num_rows - kept).take(np.arange(kept))
            del block
            turn.resting = True
            yield cut


def _told(warehouse: Warehouse, asked: Asked, rows: int, synthetic: bool) -> dict[str, str]:
    version = str(publication(warehouse)["version"].iloc[0])
    stem = file_stem(asked.request, asked.selection, version, synthetic=synthetic)
    name = "".join(sign if sign.isalnum() and sign.isascii() else "-._"["-._".find(sign)] for sign in stem)
    return {
        "Content-Disposition": f'attachment; filename="{name}.{PLAIN[asked.form].ending}"',
        "X-Data-Version": warehouse.version,
        "X-Rows-Total": str(rows),
        "Link": ", ".join([*_pages(warehouse, asked, rows), '</api/v1/openapi.json>; rel="service-desc"']),
    }


def _pages(warehouse: Warehouse, asked: Asked, rows: int) -> list[str]:
    """The first and the next page, where the answer is one of several."""
    request = asked.request
    if request.limit is None or not request.limit:
        return []
    after = request.offset + request.limit
    places = {"first": 0} | ({"next": after} if after < rows else {})
    return [f'<{_address(warehouse, asked, place)}>; rel="{name}"' for name, place in places.items()]


def _address(warehouse: Warehouse, asked: Asked, offset: int) -> str:
    told = address(replace(asked.request, offset=0), asked.selection, asked.choices)
    told.pop("table", None)
    told |= {"cursor": cursor_at(offset, warehouse.version)} if offset else {}
    return f"/api/v1/{asked.request.table}.{asked.form}?{urlencode(told, doseq=True)}"
