"""JSON: a row per line, or the same rows as one array. Arrow writes whole columns at a time, as for spreadsheets."""

import json
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from lib.exports.delimited import Digest, moments
from lib.exports.table import Export

_MOST = 50_000  # rows joined into one text: Arrow's texts hold 2 GB


def jsonl_pieces(export: Export, digest: Digest | None = None) -> Iterator[bytes]:
    """One object per line; what is missing is null. A `digest` reads along."""
    blocks = digest.beside(export.blocks()) if digest else export.blocks()
    for block in blocks:
        yield from (_text(batch, "\n") + b"\n" for batch in block.to_batches(max_chunksize=_MOST) if batch.num_rows)


def json_pieces(export: Export) -> Iterator[bytes]:
    """An array of objects."""
    before = b"["
    for block in export.blocks():
        for batch in block.to_batches(max_chunksize=_MOST):
            if batch.num_rows:
                yield before + _text(batch, ",\n")
                before = b",\n"
    yield b"]\n" if before != b"[" else b"[]\n"


def _text(batch: pa.RecordBatch, between: str) -> bytes:
    parts: list[str | pa.Array] = []
    for place, (name, column) in enumerate(zip(batch.schema.names, batch.columns, strict=True)):
        parts += [f"{',' if place else '{'}{json.dumps(name, ensure_ascii=False)}:", _values(column)]
    rows = pc.binary_join_element_wise(*parts, "}", "")
    whole = pa.ListArray.from_arrays(pa.array([0, len(rows)], pa.int32()), rows)
    joined: str = pc.binary_join(whole, between)[0].as_py()
    return joined.encode()


def _values(column: pa.Array) -> pa.Array:
    if pa.types.is_timestamp(column.type):
        column = moments(column)
    if pa.types.is_string(column.type):
        coded = column.dictionary_encode()
        told = pa.array([json.dumps(text, ensure_ascii=False) for text in coded.dictionary.to_pylist()], pa.string())
        return pc.fill_null(told.take(coded.indices), "null")
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_finite(column), column, None)
    return pc.fill_null(column.cast(pa.string()), "null")
