"""A file that was taken away, read again: its rows with the types they had, and its receipt."""

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv

from lib.exports.cells import CUT, fitting
from lib.exports.parquet import is_sound
from lib.exports.statistical import LETTERS
from lib.exports.table import SHA256

_GUARDED = r"^'('*[=+\-@\t\r])"
_FAULTS = (ValueError, KeyError, StopIteration, zipfile.BadZipFile, duckdb.Error, pa.ArrowException, OSError)
"""Of the libraries, with a file that is damaged or somebody else's. The bytes are there, so an OSError is Arrow's."""
_ESCAPED = re.compile(r"_x005F_(x[0-9A-Fa-f]{4}_)")


STATEMENT = "query"
"""How the table of a file from the query window is called."""


class UnreadableError(Exception):
    """A file that cannot be verified; the message says why."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file's `receipt` (fact → value), the digest it tells, and its rows as texts: one list per column, "" = missing.

    A statistical program's file has `coded` rows instead: as that program holds them. `sound`: the file has the bytes
    that it tells itself. `held`: what its format keeps of a column of texts, where it cannot keep all of them.
    """

    receipt: Mapping[str, str]
    digest: str
    rows: Mapping[str, pa.ChunkedArray]
    coded: pd.DataFrame | None = None
    sound: bool = False
    held: Callable[[pa.Array], pa.Array] | None = None

    def cut(self) -> bool:
        """Are the rows less than those of the digest, as the format cannot keep them, or keeps codes instead?"""
        gone = f"\ufffd|{re.escape(CUT)}$"
        if self.coded is not None or not self.held:
            return self.coded is not None
        return any(pc.any(pc.match_substring_regex(column, gone)).as_py() for column in self.rows.values())


def read_taken(path: Path) -> Taken:
    """The file. Raises UnreadableError, and OSError where there is none."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableError(f"{path.name} is none of the files that carry a receipt: {', '.join(_READERS)}")
    content = path.read_bytes()
    try:
        return reader(content)
    except _FAULTS as fault:
        raise UnreadableError(
            f"{path.name} carries no receipt that can be read, so nothing can be said of it"
        ) from fault


def texts(rows: pa.Table) -> dict[str, pa.ChunkedArray]:
    """Each column as texts, however a format writes them: dates to the second, missing as an empty text."""
    return {name: _text(rows[name]) for name in rows.column_names}


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_timestamp(column.type):
        column = pc.strftime(column.cast(pa.timestamp("s"), safe=False), format="%Y-%m-%dT%H:%M:%S")
    return pc.fill_null(column.cast(pa.string()), "")


def _zip(content: bytes) -> Taken:
    with zipfile.ZipFile(BytesIO(content)) as package:
        if package.testzip():
            raise zipfile.BadZipFile
        receipt = _facts(package.read("receipt.json"))
        table = _table_of(receipt)
        name = next(name for name in package.namelist() if Path(name).stem == table)
        data = package.read(name)
    if name.endswith((".sav", ".dta")):
        return Taken(receipt, _digest(receipt), {}, _coded(name, data))
    return Taken(receipt, _digest(receipt), _csv(data) if name.endswith(".csv") else _jsonl(data))


def _csv(content: bytes) -> dict[str, pa.ChunkedArray]:
    names = csv.read_csv(BytesIO(content), csv.ReadOptions(autogenerate_column_names=True)).num_columns
    kinds = {f"f{place}": pa.string() for place in range(names)}
    rows = csv.read_csv(
        BytesIO(content),
        csv.ReadOptions(autogenerate_column_names=True),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(column_types=kinds, strings_can_be_null=False),
    )
    back = [pc.replace_substring_regex(column, _GUARDED, r"\1") for column in rows.columns]
    return {str(column[0].as_py()): column.slice(1) for column in back}


def _jsonl(content: bytes) -> dict[str, pa.ChunkedArray]:
    return _columns([json.loads(line) for line in content.decode().split("\n") if line])


def _columns(rows: list[dict[str, Any]]) -> dict[str, pa.ChunkedArray]:
    names = list(rows[0]) if rows else []
    return {name: pa.chunked_array([pa.array([_told(row[name]) for row in rows], pa.string())]) for name in names}


def _told(value: object) -> str:
    """A value of Python as Arrow writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(pa.scalar(value).cast(pa.string()).as_py())
    return value.replace(microsecond=0).isoformat() if isinstance(value, datetime) else str(value)


def _xlsx(content: bytes) -> Taken:
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    receipt = dict(_pairs(book["about"].iter_rows(min_row=2, values_only=True)))
    header, *rows = book["data"].iter_rows(values_only=True)
    given = [{str(name): _unescaped(value) for name, value in zip(header, row, strict=True)} for row in rows]
    return Taken(receipt, _digest(receipt), _columns(given), held=fitting)


def _unescaped(value: object) -> object:
    return _ESCAPED.sub(r"_\1", value) if isinstance(value, str) else value


def _parquet(content: bytes) -> Taken:
    receipt = _facts(pq.read_metadata(BytesIO(content)).metadata[b"receipt"])
    return Taken(receipt, "", texts(pq.read_table(BytesIO(content))), sound=is_sound(content))


def _arrow(content: bytes) -> Taken:
    rows = pa.ipc.open_file(BytesIO(content)).read_all()
    receipt = _facts(rows.schema.metadata[b"receipt"])
    return Taken(receipt, _digest(receipt), texts(rows))


def _duckdb(content: bytes) -> Taken:
    with TemporaryDirectory(prefix="verify-") as folder:
        path = Path(folder) / "file.duckdb"
        path.write_bytes(content)
        with duckdb.connect(str(path), read_only=True, config={"enable_external_access": False}) as connection:
            receipt = dict(_pairs(connection.table("receipt").fetchall()))
            rows = connection.table(_table_of(receipt)).to_arrow_table()
    return Taken(receipt, _digest(receipt), texts(rows))


def _coded(name: str, content: bytes) -> pd.DataFrame:
    import pyreadstat  # noqa: PLC0415 - only these files need it

    with TemporaryDirectory(prefix="verify-") as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(content)
        if name.endswith(".sav"):
            return pyreadstat.read_sav(path, user_missing=True)[0]
        frame, about = pyreadstat.read_dta(path, user_missing=True)
        codes = {letter: code for code, letter in LETTERS.items()}
        return frame.assign(**{name: frame[name].replace(codes) for name in about.missing_user_values})


def _facts(text: bytes) -> dict[str, str]:
    told = json.loads(text)
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise ValueError
    return told


def _pairs(rows: Iterable[Any]) -> Iterable[tuple[str, str]]:
    yield from ((str(fact), str(value)) for fact, value in rows)


def _table_of(receipt: Mapping[str, str]) -> str:
    return receipt["table"].partition(",")[0] if "table" in receipt else STATEMENT


def _digest(receipt: Mapping[str, str]) -> str:
    return receipt[SHA256].partition(" ")[0]


_READERS: Mapping[str, Callable[[bytes], Taken]] = {
    ".zip": _zip,
    ".xlsx": _xlsx,
    ".parquet": _parquet,
    ".arrow": _arrow,
    ".duckdb": _duckdb,
}
