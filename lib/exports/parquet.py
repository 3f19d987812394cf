"""Parquet and Arrow: the table with its receipt and codebook in the file's metadata, each column's meaning in its own.

Both leave in pieces. Parquet keeps its metadata at the end of the file, so they can hold the digest of what has left:
`sha256`, of all bytes before them. (The digest of the table as CSV, which the other formats tell, would cost as much
again as writing the file.) An Arrow file keeps its metadata at the beginning: for the digest the rows are read twice.
"""

import hashlib
import io
import json
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from lib.exports.delimited import digest_of
from lib.exports.table import Export, Receipt, described, regrouped

ROW_GROUP = 100_000


class Sink(io.RawIOBase):
    """A file that is given away while it is written."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: object) -> int:
        """Keep a piece until it is taken."""
        piece = bytes(data)  # type: ignore[call-overload]  # any buffer
        self._pieces.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def parquet_pieces(export: Export) -> Iterator[bytes]:
    """The rows. In the metadata: `receipt` and `codebook` (JSON), `synthetic`, `sha256`; of a column: its meaning."""
    sink, digest = Sink(), hashlib.sha256()
    schema = _told(export).with_metadata(metadata(export, export.receipt))
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for group in regrouped(export.blocks(), ROW_GROUP):
            writer.write_table(group.cast(schema), row_group_size=ROW_GROUP)
            piece = sink.taken()
            digest.update(piece)
            yield piece
        piece = sink.taken()
        digest.update(piece)
        yield piece
        writer.add_key_value_metadata({"sha256": digest.hexdigest()})
    yield sink.taken()


def arrow_pieces(export: Export) -> Iterator[bytes]:
    """An Arrow IPC file (Feather, version 2) with the same metadata in its schema."""
    about = metadata(export, export.receipt.sealed(digest_of(export)))
    sink, schema = Sink(), _told(export).with_metadata(about)
    with pa.ipc.new_file(sink, schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        for group in regrouped(export.blocks(), ROW_GROUP):
            writer.write_table(group.cast(schema).combine_chunks())
            yield sink.taken()
    yield sink.taken()


def is_sound(content: bytes) -> bool:
    """Has a Parquet file the bytes that its own `sha256` tells?"""
    length = int.from_bytes(content[-8:-4], "little")
    told = pq.read_metadata(io.BytesIO(content)).metadata.get(b"sha256", b"").decode()
    return bool(hashlib.sha256(content[: -8 - length]).hexdigest() == told)


def metadata(export: Export, receipt: Receipt) -> dict[str, str]:
    """What a file says about itself, as texts by name."""
    return {
        "receipt": json.dumps(dict(receipt.lines()), ensure_ascii=False),
        "codebook": json.dumps(export.codebook.to_dict("records"), ensure_ascii=False),
        "synthetic": str(receipt.synthetic).lower(),
    }


def _told(export: Export) -> pa.Schema:
    """The schema with what each column means."""
    meaning = described(export)
    return pa.schema([field.with_metadata({"description": meaning[field.name]}) for field in export.schema])
