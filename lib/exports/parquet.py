"""Parquet: the table with its receipt in the file's metadata and each column's meaning in the column's."""

import json
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq

from lib.exports.table import Export


def parquet_bytes(export: Export) -> bytes:
    """The rows. The file's metadata: `receipt` and `codebook` (JSON), `synthetic`; a column's: `description`."""
    described = export.rows.cast(_described(export))
    written = BytesIO()
    pq.write_table(described, written, compression="zstd")
    return written.getvalue()


def _described(export: Export) -> pa.Schema:
    meaning = dict(zip(export.codebook["column"], export.codebook["description"], strict=True))
    fields = [field.with_metadata({"description": meaning[field.name]}) for field in export.rows.schema]
    about = {
        "receipt": json.dumps(dict(export.receipt.lines()), ensure_ascii=False),
        "codebook": json.dumps(export.codebook.to_dict("records"), ensure_ascii=False),
        "synthetic": str(export.receipt.synthetic).lower(),
    }
    return pa.schema(fields, metadata=about)
