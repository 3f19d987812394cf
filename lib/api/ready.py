"""From an address to an answer that only has to be written: its rows, its tag and its headers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlencode

import pyarrow as pa
from starlette.datastructures import Headers

from lib.api.asking import Asked, Given, cursor_at, understood
from lib.api.encodings import accepted, encoded
from lib.api.tags import tag_of
from lib.exports.formats import PLAIN
from lib.exports.gather import file_stem, gather
from lib.exports.receipt import address
from lib.queries.about import publication
from lib.queries.figures import cohort_size
from lib.warehouse import Warehouse

_PACKED = ("parquet",)
ROWS = 20_000
"""Rows written at a time."""


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer not yet written. `pieces` writes it; two with the same `tag` have the same bytes."""

    tag: str
    media_type: str
    encoding: str
    headers: dict[str, str]
    pieces: Callable[[], Iterator[bytes]]


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
    export = replace(export, blocks=partial(_slices, export.blocks))
    rows = int(dict(export.receipt.facts)["rows"].replace(",", ""))
    return Ready(
        tag=tag_of(asked, warehouse.version, encoding),
        media_type=written.media_type,
        encoding=encoding,
        headers=_told(warehouse, asked, rows, export.receipt.synthetic),
        pieces=encoded(partial(written.pieces, export), encoding),
    )


def _slices(blocks: Callable[[], Iterator[pa.Table]]) -> Iterator[pa.Table]:
    """The same rows in small cuts: some of what writes them lets no other thread of the process work meanwhile."""
    for block in blocks():
        yield from (block.slice(at, ROWS) for at in range(0, max(block.num_rows, 1), ROWS))


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
