"""SPSS and Stata: categories as numbers with value labels, columns with their meaning as labels, in a zip.

Neither format has a place for a receipt, so it lies beside the file. Words that stand for an answer that is not there
(not answered, not asked, blocked, suppressed) are missing values with labels: numbers that SPSS is told are missing,
.a to .d in Stata. A figure that is empty for a reason that the table tells has the same.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.exports.delimited import digest_of
from lib.exports.empties import GIVEN, explained_by
from lib.exports.empties import STATUSES as FIGURE_STATUSES
from lib.exports.paperwork import paperwork
from lib.exports.table import Export, described
from lib.exports.zipped import whole, zip_pieces

STATUSES: Mapping[str, int] = {
    "not_met": 0,
    "met": 1,
    "partly_met": 2,
    "not_answered": -99,
    "not_applicable": -98,
    "blocked": -97,
    "suppressed": -96,
}
LETTERS: Mapping[int | float, str] = {-99: "a", -98: "b", -97: "c", -96: "d"}
"""How Stata calls what is missing: .a for a code of -99."""
_RANGE = {"lo": -99, "hi": -96}
_MISSING: dict[int | float, str] = {code: word for word, code in STATUSES.items() if code in LETTERS}
_GIVEN = {GIVEN: 1, "not_answered": -99, "not_applicable": -98, "suppressed": -96}
_CATEGORIES = ("stage", "participation", "level", "next_level", "area_id", "family_id")
_LONGEST_NAME, _LONGEST_LABEL, _LONGEST_VALUE = 32, 80, 120
_LONGEST_TEXT = 2000  # bytes: what a cell holds in every version of Stata
_RESERVED = {"byte", "double", "float", "if", "in", "int", "long", "str", "strL", "using", "with", "by", "to", "all"}


@dataclass(frozen=True, slots=True)
class Coded:
    """A table as these programs hold it; `labels` has the words of each column of numbers that stand for words.

    In the columns `missing` the codes of LETTERS are missing values.
    """

    frame: pd.DataFrame
    meaning: Mapping[str, str]
    labels: dict[str, dict[int | float, str]]
    missing: tuple[str, ...]


def sav_pieces(export: Export) -> Iterator[bytes]:
    """A zip with `<name>.sav` for SPSS, the codebook and the receipt."""
    import pyreadstat  # noqa: PLC0415 - most readers never ask for it

    def write(coded: Coded, path: Path) -> None:
        missing: dict[str, list[Any]] = {name: [_RANGE] for name in coded.missing}
        pyreadstat.write_sav(
            coded.frame,
            path,
            file_label=_label(export),
            column_labels=dict(coded.meaning),
            variable_value_labels=dict.fromkeys(coded.missing, _MISSING) | coded.labels,
            missing_ranges=missing,
        )

    return _zipped(export, "sav", write)


def dta_pieces(export: Export) -> Iterator[bytes]:
    """A zip with `<name>.dta` for Stata 14 and newer, the codebook and the receipt."""
    import pyreadstat  # noqa: PLC0415

    def write(coded: Coded, path: Path) -> None:
        frame, labels = _lettered(coded)
        pyreadstat.write_dta(
            frame,
            path,
            file_label=_label(export),
            column_labels={name: text[:_LONGEST_LABEL] for name, text in coded.meaning.items()},
            variable_value_labels=labels,
            missing_user_values={name: list(LETTERS.values()) for name in coded.missing},
            version=14,
        )

    return _zipped(export, "dta", write)


def coded(export: Export) -> Coded:
    """The rows with names that SPSS and Stata allow, and numbers for the words of categories."""
    rows = export.rows
    names = _names(rows.column_names)
    columns: dict[str, Any] = {}
    labels: dict[str, dict[int | float, str]] = {}
    reasons = explained_by(export.name, rows.column_names)
    missing = []
    for name, original in zip(names, rows.column_names, strict=True):
        columns[name], words = _column(original, rows[original])
        if words:
            labels[name] = {code: word[:_LONGEST_VALUE] for word, code in words.items()}
        if words is STATUSES:
            missing.append(name)
        if reasons.get(original) in rows.column_names:
            columns[name] = np.where(np.isnan(columns[name]), _codes_of(rows[reasons[original]]), columns[name])
            missing.append(name)
    meaning = dict(zip(names, described(export).values(), strict=True))
    return Coded(pd.DataFrame(columns), meaning, labels, tuple(missing))


def _codes_of(reasons: pa.ChunkedArray) -> "pd.Series[float]":
    """The code of each reason why a figure is empty; none where it is given."""
    codes = {word: code for code, word in _MISSING.items()}
    return reasons.to_pandas().map(codes).astype("float64")


def _lettered(coded: Coded) -> tuple[pd.DataFrame, dict[str, dict[Any, str]]]:
    """The rows and the labels as Stata has them. A figure has no labels there: pandas would take it for a category."""
    told = {name: coded.frame[name].astype("object").replace(LETTERS) for name in coded.missing}
    labels = {
        name: {LETTERS.get(code, code) if name in coded.missing else code: word for code, word in words.items()}
        for name, words in coded.labels.items()
    }
    return coded.frame.assign(**told), labels


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
    if name.endswith(FIGURE_STATUSES):
        return _GIVEN
    if seen and set(seen) <= STATUSES.keys():
        return STATUSES
    return {word: place for place, word in enumerate(sorted(seen), 1)} if name in _CATEGORIES else {}


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
