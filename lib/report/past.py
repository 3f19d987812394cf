"""The city's own cycles: its score in each, with the level that may be said of it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lib.report.asked import Asked
from lib.report.parts import CycleRow, History
from lib.report.telling import better, known, level_words
from lib.selection import STAGES
from lib.twins.titles import history_title
from lib.words import count_of, signed

SHOWN = 6
"""So many cycles, the latest first, have room on a page."""


def history_part(asked: Asked, history: pd.DataFrame) -> History:
    """The cycles up to the card's, in its stage of answers. `history`: city_history."""
    cycles = asked.choices.cycles(asked.selection.standard)
    until = cycles[: cycles.index(asked.selection.cycle) + 1]
    same = history[(history["stage"] == asked.selection.stage) & history["cycle"].isin(until)]
    one, many = asked.standard.score_unit
    unit = one if len(same) == 1 and same["score"].eq(1).all() else many
    words = f"{unit} met" if one == "criterion" else unit
    rows = same.assign(change=same["score"].diff()).to_dict("records")
    shown = tuple(_row(asked, row) for row in reversed(rows[-SHOWN:]))
    left = f" The latest {SHOWN} of {len(rows)} cycles." if len(rows) > SHOWN else ""
    return History(
        title=history_title(same, unit=words),
        caption=f"Score in each cycle, {STAGES[asked.selection.stage].lower()} answers; change since the cycle below."
        f"{left}",
        alt=f"Strips: the score in each cycle. {'; '.join(f'{row.cycle}: {row.score}' for row in shown)}.",
        rows=shown,
    )


def _row(asked: Asked, row: Mapping[Any, Any]) -> CycleRow:
    most, score, cycle = asked.standard.score_max, known(row["score"]), str(row["cycle"])
    level = level_words(str(row["level"]), asked.certified.get(cycle, ""), indicative=asked.indicative)
    change = known(row["change"])
    return CycleRow(
        cycle=cycle,
        score="–" if score is None else count_of(score, most),
        share=None if score is None else score / most,
        level=level if asked.standard.levels else "",
        change="–" if change is None else signed(change, *asked.standard.score_unit),
        better=better(change),
        now=cycle == asked.selection.cycle,
    )
