"""SPSS and Stata: categories as numbers with value labels, columns with their meaning as labels, in a zip.

Neither format has a place for a receipt, so it lies beside the file. Words that stand for an answer that is not there
(not answered, not asked, blocked) are negative numbers; SPSS is told that they are missing.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pyarrow as pa

from lib.exports.delimited import digest_of
from lib.exports.paperwork import paperwork
from lib.exports.table import Export
from lib.exports.zipped import whole, zip_pieces

STATUSES: Mapping[str, int] = {
    "not_met": 0,
    "met": 1,
    "partly_met": 2,
    "not_answered": -1,
    "not_applicable": -2,
    "blocked": -3,
}
_MISSING = {"lo": -3, "hi": -1}
_CATEGORIES = ("stage", "participation", "level", "next_level", "area_id", "family_id")
_LONGEST_NAME, _LONGEST_LABEL, _LONGEST_VALUE = 32, 80, 120
_LONGEST_TEXT = 2000  # bytes: what a cell holds in every version of Stata
_RESERVED = {"byte", "double", "float", "if", "in", "int", "long", "str", "strL", "using", "with", "by", "to", "all"}


@dataclass(frozen=True, slots=True)
class Coded:
    """A table as these programs hold it; `labels` has the words of each column of numbers that stand for words."""

    frame: pd.DataFrame
    meaning: dict[str, str | None]
    labels: dict[str, dict[int | float, str]]


def sav_pieces(export: Export) -> Iterator[bytes]:
    """A zip with `<name>.sav` for SPSS, the codebook and the receipt."""
    import pyreadstat  # noqa: PLC0415 - most readers never ask for it

    def write(coded: Coded, path: Path) -> None:
        missing: dict[str, list[Any]] = {name: [_MISSING] for name in coded.labels if _holds_statuses(coded, name)}
        pyreadstat.write_sav(
            coded.frame,
            path,
            file_label=_label(export),
            column_labels=coded.meaning,
            variable_value_labels=coded.labels,
            missing_ranges=missing,
        )

    return _zipped(export, "sav", write)


def dta_pieces(export: Export) -> Iterator[bytes]:
    """A zip with `<name>.dta` for Stata 14 and newer, the codebook and the receipt."""
    import pyreadstat  # noqa: PLC0415

    def write(coded: Coded, path: Path) -> None:
        pyreadstat.write_dta(
            coded.frame,
            path,
            file_label=_label(export),
            column_labels={name: (text or "")[:_LONGEST_LABEL] for name, text in coded.meaning.items()},
            variable_value_labels=coded.labels,
            version=14,
        )

    return _zipped(export, "dta", write)


def coded(export: Export) -> Coded:
    """The rows with names that SPSS and Stata allow, and numbers for the words of categories."""
    rows = export.rows
    names = _names(rows.column_names)
    columns: dict[str, Any] = {}
    labels: dict[str, dict[int | float, str]] = {}
    for name, original in zip(names, rows.column_names, strict=True):
        columns[name], words = _column(original, rows[original])
        if words:
            labels[name] = {code: word[:_LONGEST_VALUE] for word, code in words.items()}
    meaning = dict(zip(names, export.codebook["description"], strict=True))
    return Coded(pd.DataFrame(columns), meaning, labels)


def _column(name: str, column: pa.ChunkedArray) -> tuple[Any, Mapping[str, int]]:
    if not pa.types.is_string(column.type):
        if pa.types.is_timestamp(column.type):
            return column.cast(pa.timestamp("us")).to_pandas(), {}
        return column.cast(pa.float64()).to_numpy(), {}
    words = _codes(name, column)
    if words:
        known = column.combine_chunks().dictionary_encode()
        codes = pa.array([words.get(word) for word in known.dictionary.to_pylist()], pa.float64())
        return codes.take(known.indices).to_numpy(zero_copy_only=False), words
    texts = [None if text is None else _short(text) for text in column.to_pylist()]
    return pd.Series(texts, dtype="object"), {}


def _codes(name: str, column: pa.ChunkedArray) -> Mapping[str, int]:
    seen = column.unique().drop_null().to_pylist()
    if seen and set(seen) <= STATUSES.keys():
        return STATUSES
    return {word: place for place, word in enumerate(sorted(seen), 1)} if name in _CATEGORIES else {}


def _holds_statuses(coded: Coded, name: str) -> bool:
    return coded.labels[name].get(STATUSES["not_answered"]) == "not_answered"


def _short(text: str) -> str:
    return text.encode()[:_LONGEST_TEXT].decode(errors="ignore")


def _names(names: Sequence[str]) -> list[str]:
    """Letters, digits and underscores, at most 32 of them, no two alike whatever their capitals."""
    taken: list[str] = []
    for name in names:
        plain = re.sub(r"\W", "_", name, flags=re.ASCII)[: _LONGEST_NAME - 3]
        plain = plain if re.match(r"[A-Za-z]", plain) and plain.lower() not in _RESERVED else f"v_{plain}"
        known = {other.lower() for other in taken}
        again = (f"{plain}_{n}" for n in range(2, 1000))
        taken.append(plain if plain.lower() not in known else next(x for x in again if x.lower() not in known))
    return taken


def _label(export: Export) -> str:
    return export.receipt.title.encode("ascii", "replace").decode()[:_LONGEST_LABEL]


def _zipped(export: Export, ending: str, write: Callable[[Coded, Path], None]) -> Iterator[bytes]:
    receipt = export.receipt.sealed(digest_of(export))
    with TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder) / f"{export.name}.{ending}"
        write(coded(export), path)
        yield from zip_pieces(whole({path.name: path.read_bytes(), **paperwork(export, receipt)}), receipt.built_at)
