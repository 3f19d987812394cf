"""Everybody assessed in one cycle and stage, once per version: what a city's peers are chosen from, whoever asks."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.queries.cohort import ask
from lib.queries.peers_known import Known, read_known
from lib.selection import Selection
from lib.warehouse import Warehouse

# By their codes: an id for each of thousands, of whom at most a few are shown, takes most of the time.
_ASSESSED = """
select
    enum_code(city_score.city_id) as code,
    assessment.participation,
    coalesce(city_score.level, $no_level) as level,
    coalesce(city_score.level_position, 0) as level_position,
    city_score.score
from assessment
join city_score using (standard_id, city_id, cycle, stage)
where assessment.standard_id = try_cast($standard as standard_id)
    and assessment.stage = try_cast($stage as stage)
    and assessment.cycle = try_cast($cycle as cycle_label)
"""


@dataclass(frozen=True, slots=True)
class Assessed:
    """Row for row, by name: `rows`, where each stands in what is known of cities (`Known`), and what came of its
    assessment. Texts as Python's own; `score` NaN = none."""

    rows: NDArray[np.intp]
    participation: NDArray[np.object_]
    level: NDArray[np.object_]
    level_position: NDArray[np.int64]
    score: NDArray[np.float64]


def read_assessed(warehouse: Warehouse, selection: Selection) -> Assessed:
    """Everybody assessed in the selected cycle and stage, so that a city's distances do not depend on who else is
    selected."""
    return warehouse.once(_assessed, Selection(selection.standard, selection.cycle, selection.stage))


def scores_before(warehouse: Warehouse, selection: Selection, known: Known) -> NDArray[np.float64]:
    """The score of each city known in the compared cycle; NaN where it has none, or nothing is compared."""
    scores = np.full(len(known.ids), np.nan)
    if selection.versus:
        earlier = warehouse.once(_assessed, Selection(selection.standard, selection.versus, selection.stage))
        scores[earlier.rows] = earlier.score
    return scores


def _assessed(warehouse: Warehouse, whole: Selection) -> Assessed:
    found, known = ask(warehouse, whole, _ASSESSED), read_known(warehouse)
    rows = known.rows[found["code"].to_numpy(np.intp)]
    order = np.argsort(known.by_name[rows])
    found = found.iloc[order]
    return Assessed(
        rows=rows[order],
        participation=_texts(found["participation"]),
        level=_texts(found["level"]),
        level_position=found["level_position"].to_numpy(np.int64),
        score=found["score"].to_numpy(np.float64),
    )


def _texts(column: pd.Series) -> NDArray[np.object_]:
    """Each text once in memory, however many cities have it."""
    places, words = pd.factorize(column, use_na_sentinel=False)
    texts: NDArray[np.object_] = np.array(words, dtype=object)[places]
    return texts
