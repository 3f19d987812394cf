"""Which validated assessments the programme announced: most of those that reach a level, at the end of their year."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from lib.standard import Standard
from pipelines.demo.answers import YES, Answers
from pipelines.demo.cohort import Cohort

ANNOUNCED = 0.8  # the share of assessments with a level that were made public
DAYS = ("12-03", "12-10", "12-17")  # announcements come in batches, after the reviewers are done

Line = tuple[str, str, str, str, str]


def certified_lines(
    cohort: Cohort, answers: Answers, standard: Standard, cycles: Sequence[str], random: np.random.Generator
) -> Iterator[Line]:
    """City id, name, cycle, level, date: one for each announced certification, cycle by cycle."""
    if standard.aggregation != "count":
        return
    reached = _reached(answers, standard)
    public = random.random(reached.shape) < ANNOUNCED
    day = random.integers(len(DAYS), size=reached.shape)
    for cycle, label in enumerate(cycles):
        for city in np.flatnonzero(public[:, cycle] & (reached[:, cycle] > 0)):
            level = standard.levels[reached[city, cycle] - 1]
            date = f"{label}-{DAYS[day[city, cycle]]}"
            yield cohort.city_id[city], cohort.name[city], label, level.name, date


def _reached(answers: Answers, standard: Standard) -> NDArray[np.intp]:
    """Cities × cycles: how many of the levels, lowest first, the validated answers reach; 0 where nobody validated."""
    weights = np.array([criterion.weight for criterion in standard.criteria])
    score = (answers.validated == YES) @ weights
    minimums = np.array([level.minimum for level in standard.levels])
    return np.asarray(np.where(answers.reviewed, (score[:, :, None] >= minimums).sum(axis=2), 0))
