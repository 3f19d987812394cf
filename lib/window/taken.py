"""An answer of the query window as a file, with the receipt that says which statement gave it on which data."""

from collections.abc import Iterator
from functools import partial

import pandas as pd
import pyarrow as pa

from lib.exports.codebook import COLUMNS, in_view
from lib.exports.formats import FORMATS, whole
from lib.exports.receipt import EXPORTS_VERSION, SYNTHETIC, VIEWS
from lib.exports.table import Export, Receipt, type_word
from lib.exports.taken import STATEMENT
from lib.queries import about
from lib.warehouse import Warehouse
from lib.window.running import TAKEN, Answer, answered

OFFERED = ("csv", "parquet")
NAME = STATEMENT
_UNKNOWN = "Made by the statement"


def file_of(sql: str, warehouse: Warehouse, form: str) -> bytes:
    """The statement's answer in a format of OFFERED, at most TAKEN rows. Raises Refused."""
    return whole(FORMATS[form], export_of(sql, answered(sql, warehouse, TAKEN), warehouse))


def export_of(sql: str, answer: Answer, warehouse: Warehouse) -> Export:
    """The answer with its codebook and receipt."""
    built = about.publication(warehouse).iloc[0]
    complete = f"the first {TAKEN:,} of more" if answer.more else f"{answer.rows.num_rows:,}, all of them"
    facts = (
        *([("data", SYNTHETIC)] if built.synthetic else []),
        ("statement", sql.strip()),
        ("rows", complete),
        ("date", f"{built.built_at:%Y-%m-%d %H:%M} UTC, when the database was built"),
        ("database version", warehouse.version),
        ("pipeline version", str(built.pipeline_version)),
        ("code version", f"exports {EXPORTS_VERSION}, pyarrow {pa.__version__}, duckdb {built.duckdb_version}"),
        ("view", VIEWS.get(warehouse.viewer.role, warehouse.viewer.role)),
    )
    receipt = Receipt("An answer of the query window", facts, (), built.built_at.to_pydatetime(), bool(built.synthetic))
    words = _codebook(answer.rows.schema, in_view(about.codebook(warehouse), warehouse.viewer.role))
    return Export(NAME, answer.rows.schema, partial(_once, answer.rows), words, receipt, sql)


def _once(rows: pa.Table) -> Iterator[pa.Table]:
    return iter([rows])


def _codebook(schema: pa.Schema, comments: pd.DataFrame) -> pd.DataFrame:
    """What the database says of a column with this name, where it says one thing only."""
    known = comments.dropna(subset="comment").groupby("column")["comment"].agg(["nunique", "first"])
    told = known.loc[known["nunique"] == 1, "first"].to_dict()
    rows = [(field.name, type_word(field.type), told.get(field.name, _UNKNOWN), "") for field in schema]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
