"""The codebook: what each column of a file means, from the comments that the pipeline wrote into the database."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd
import pyarrow as pa

from lib.exports.empties import STATUSES, WORDS, when_empty
from lib.exports.table import type_word
from lib.queries.wide import MEASURES
from lib.standard import Area, Family, Standard
from lib.viewer import PROGRAMME, RESEARCHER

# Where a file's column has a better name than the database's: the table and column that it comes from.
_RENAMED = {"city": ("city", "name"), "area": ("area", "name"), "family": ("family", "name")}

# The tables that a file's columns come from, the one that gives its rows first.
_TABLES = {
    "responses": ("response", "criterion", "assessment", "city"),
    "area_scores": ("area_score", "area", "assessment", "city"),
    "family_scores": ("family_score", "family", "assessment", "city"),
    "city_scores": ("city_score", "assessment", "level", "city"),
    "criterion_rates": ("criterion_rate", "criterion"),
    "criterion_rates_by": ("criterion_rate", "criterion"),
    "cities": ("city", "assessment"),
    "panel_changes": ("criterion", "assessment"),
}
_SEGMENT = "The segments compared that it is in, as they are named in the link, joined by '; '; empty when in none"
_WORDS = ", ".join(f"{word} ({meaning})" for word, meaning in WORDS.items())
_STATUS = dict.fromkeys(STATUSES, f"Why the figure is empty: {_WORDS}")
_BOUNDS = {
    "met_low": "The fewest that may meet it: none and one, and all and all but one, are not told apart",
    "met_high": "The most that may meet it",
}
_RATES = {"pass_rate": "Met divided by answered, 0 to 1; empty under the minimum number of answers"}
_GROUPED = {
    "grouped_by": "What the groups are made by: an attribute's id, level or participation",
    "group_name": "The value that all of the group have, as a segment would ask for it; Unknown where it is not known",
}
_KEYED = {
    "city_id": "The city's key, made from its id with a secret: the same in every research file, and in no other",
    "city": "A name made up from the key",
}
_PANEL = {
    "versus": "The earlier cycle that it is compared with",
    "panel": "How many answered the criterion in both cycles",
    "kept": "How many of the panel meet it in both cycles; empty under the minimum number",
    "gained": "How many of the panel came to meet it",
    "lost": "How many of the panel no longer meet it",
    "rate_before": "Met in the earlier cycle divided by panel, 0 to 1; empty under the minimum number",
    "rate_now": "Met in this cycle divided by panel, 0 to 1",
    "change": "rate_now less rate_before; 0.1 is ten percentage points",
    "low": "Lower end of the 95 % interval of the change (Newcombe's method 10 for pairs)",
    "high": "Upper end of the 95 % interval of the change",
    "p_value": "Exact McNemar probability of so uneven a gain and loss; not adjusted for many tests",
}


def codebook(
    name: str, schema: pa.Schema, comments: pd.DataFrame, standard: Standard, role: str = PROGRAMME
) -> pd.DataFrame:
    """One row per column of the table `name`, in any shape: column, type, description, when_empty.

    `comments` has one row per column of the viewer's database: table, column, comment. `when_empty` says what an empty
    cell means, and nothing of a column that has none.
    """
    known = dict(zip(zip(comments["table"], comments["column"], strict=True), comments["comment"], strict=True))
    told = {**_own(name, known, standard), **_columns(name, known), **(_KEYED if role == RESEARCHER else {})}
    told = {column: _in_words_of(standard, text) for column, text in told.items()}
    attributes = [column for table, column in known if table == "city" and column not in _CITY]
    empty = when_empty(name, schema.names, attributes, role, levels=bool(standard.levels))
    words = [(*_described(field, told), empty.get(field.name, "")) for field in schema]
    return pd.DataFrame(words, columns=list(COLUMNS), dtype="str")


def in_view(comments: pd.DataFrame, role: str) -> pd.DataFrame:
    """The database's words about its columns (one row each), true of this viewer's database."""
    if role != RESEARCHER:
        return comments
    named = {("city", "name"): _KEYED["city"]}
    words = [
        _KEYED["city_id"] if row.column == "city_id" else named.get((row.table, row.column), row.comment)
        for row in comments.itertuples(index=False)
    ]
    return comments.assign(comment=words)


def _in_words_of(standard: Standard, text: str) -> str:
    """The database's words are of cities; a standard may assess something else."""
    return re.sub(r"\b[Cc]it(?:y|ies)\b(?! file)", lambda said: _noun(standard, said[0]), text)


def _noun(standard: Standard, said: str) -> str:
    noun = standard.noun if said.endswith("y") else standard.noun_plural
    return noun.capitalize() if said[0].isupper() else noun


def _described(field: pa.Field, told: Mapping[str, str]) -> tuple[str, str, str]:
    return field.name, type_word(field.type), told.get(field.name, _UNKNOWN)


ADDED: Mapping[str, str] = {"segment": _SEGMENT, **_GROUPED, **_STATUS, **_BOUNDS, **_PANEL}
"""The columns that files have and the database has not."""
COLUMNS = ("column", "type", "description", "when_empty")
_UNKNOWN = "Not described in the database."
_CITY = ("city_id", "name")


def _columns(name: str, known: dict[tuple[str, str], str]) -> dict[str, str]:
    """What the database says about the columns of a long table."""
    told = {column: known[place] for column, place in _RENAMED.items() if place in known}
    for table in reversed(_TABLES[name]):
        told |= {column: text for (owner, column), text in known.items() if owner == table and column not in _RENAMED}
    own = {"panel_changes": _PANEL, "criterion_rates": _RATES, "criterion_rates_by": _RATES}.get(name, {})
    added = {column: text for column, text in ADDED.items() if column not in _PANEL}
    return told | added | own


def _own(name: str, known: dict[tuple[str, str], str], standard: Standard) -> dict[str, str]:
    """The columns of a wide table: one per criterion, or some per area or family."""
    if name == "responses":
        status = known.get(("response", "status"), "")
        return {criterion.id: f"{criterion.text} Status: {status}" for criterion in standard.criteria}
    parts: dict[str, Sequence[Area | Family]] = {"area_scores": standard.areas, "family_scores": standard.families}
    words = {measure: known.get((_TABLES[name][0], measure), _STATUS.get(measure, "")) for measure in MEASURES}
    return {
        f"{part.id}_{measure}": f"{part.name}: {text}"
        for part in parts.get(name, ())
        for measure, text in words.items()
    }
