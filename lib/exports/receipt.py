"""The receipt in every file: what was selected, how much it is, what the figures mean and where they come from."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pandas as pd
import pyarrow as pa

from lib.exports.request import Request, groupings, title
from lib.exports.table import Receipt
from lib.selection import MINIMUM_N, NO_COMPARISON, PARTICIPATION, STAGES, Choices, Selection
from lib.standard import Standard
from lib.words import counted, number

EXPORTS_VERSION = "5"
"""Another one where the same rows would give other bytes."""
SYNTHETIC = "Synthetic demonstration data: invented names, computed answers. Not about any real place."

_DEFINITIONS = {
    "not answered": "left out of every rate and never counted as zero; a missing value",
    "empty cells": "a column whose name ends in status says why, else the codebook (when_empty)",
    "pass rate": "met ÷ answered",
    "coverage": "answered ÷ asked",
    "share": "met ÷ asked, partial credit and weights counted where the standard has them",
    "interval": "low and high are the 95 % Wilson interval of a pass rate",
}
WHOLE = "programme"
VIEWS = {
    WHOLE: "the whole database",
    "researcher": "the research view: no names, only bands, only what many share",
    "city": "the view of one city: its own answers, and of others only what is public",
    "public": "the public view",
}
_COUNTS = "a rate from fewer than {} answers is left empty; its counts stay"
_GROUPS = (
    "a group of fewer than {} answers is left empty with its counts, and so are others from which it would follow; "
    "outside the programme's own view also a group all or none of whom meet the criterion"
)
COMPARED = ("panel_changes",)
"""The tables that hold the compared cycle too."""


def write_receipt(
    asked: Request,
    *,
    rows: int,
    cities: int,
    selection: Selection,
    choices: Choices,
    standard: Standard,
    publication: pd.DataFrame,
    sources: pd.DataFrame,
    view: str = WHOLE,
    minimum: int = MINIMUM_N,
) -> Receipt:
    """The receipt of what was asked of the selection: `rows` rows about `cities` cities.

    `publication` has one row, `sources` one row per file loaded. `view` is what the viewer may know of the database.
    """
    built = publication.iloc[0]
    shown = selection if asked.table in COMPARED else replace(selection, versus=None)
    grouped = groupings(selection, choices, view).get(asked.by, "")
    by = f" by {grouped.lower()}" if grouped else ""
    named = f"{title(asked.table, standard)}{by}, {standard.name} {standard.version}"
    facts = [
        *([("data", SYNTHETIC)] if built.synthetic else []),
        ("selection", shown.describe(choices, cities)),
        ("address", f"?{urlencode(address(asked, selection, choices), doseq=True)}"),
        ("table", f"{asked.name}, {asked.shape}"),
        ("columns", ", ".join(asked.columns) or "all"),
        ("rows", f"{rows:,}"),
        (standard.noun_plural, f"{cities:,}"),
        *_standard(standard),
        *_database(built),
        ("view", VIEWS.get(view, view)),
        *_DEFINITIONS.items(),
        ("minimum number", (_GROUPS if asked.by else _COUNTS).format(minimum)),
        *_files(sources, standard.id),
    ]
    return Receipt(
        named, tuple(facts), tuple(_filters(shown, choices)), built.built_at.to_pydatetime(), bool(built.synthetic)
    )


def address(asked: Request, selection: Selection, choices: Choices) -> dict[str, list[str] | str]:
    """The URL's parameters that ask for the same file, in a database whose newest cycle is another one too."""
    usual = Selection.from_params({"standard": selection.standard, "cycle": selection.cycle}, choices)
    kept = {"standard": selection.standard, "cycle": selection.cycle, "stage": STAGES[selection.stage]}
    if asked.table in COMPARED:
        kept["versus"] = selection.versus or NO_COMPARISON
    elif selection.versus != usual.versus:
        selection = replace(selection, versus=usual.versus)
    return {**selection.to_params(choices), **kept, **asked.to_params()}


def _filters(selection: Selection, choices: Choices) -> Iterator[tuple[str, str]]:
    """Every choice that decides which rows there are, also those left at "all"."""
    yield "standard", selection.standard
    yield "cycle", selection.cycle
    yield "stage", STAGES.get(selection.stage, selection.stage)
    if selection.versus:
        yield "versus", selection.versus
    wanted = dict(selection.attributes)
    for attribute in choices.attributes:
        yield attribute.name, ", ".join(wanted.get(attribute.id, ())) or "all"
    yield "level", ", ".join(selection.levels) or "all"
    yield "participation", ", ".join(PARTICIPATION[id_] for id_ in selection.participation) or "all"


def _standard(standard: Standard) -> Iterator[tuple[str, str]]:
    yield "standard", f"{standard.id}: {standard.name}, version {standard.version}"
    yield "source of the standard", standard.source
    yield "level", _levels(standard)


def _database(built: pd.Series) -> Iterator[tuple[str, str]]:
    yield "date", f"{built.built_at:%Y-%m-%d %H:%M} UTC, when the database was built"
    yield "database version", str(built.version)
    yield "pipeline version", str(built.pipeline_version)
    yield "code version", f"exports {EXPORTS_VERSION}, pyarrow {pa.__version__}, duckdb {built.duckdb_version}"


def _levels(standard: Standard) -> str:
    if not standard.levels:
        return "this standard has no levels"
    unit = "mean of area percentages" if standard.aggregation == "mean_of_areas" else "criteria met"
    steps = ", ".join(f"{level.name} from {number(level.minimum)}" for level in standard.levels)
    return f"{steps} ({unit}, of {number(standard.score_max)}); indicative where answers are self-reported"


def _files(sources: pd.DataFrame, standard: str) -> Iterator[tuple[str, str]]:
    for source in sources[sources["standard_id"] == standard].itertuples():
        answers = counted(source.accepted, "answer")
        yield f"source {source.source_id}", f"{source.file} (SHA-256 {source.sha256}), {answers} accepted"
