"""The shortest road to a score: which criteria, met on top of those already met, reach it with the least effort.

Every criterion adds a fixed number of points to the score, whether the score counts criteria, weighs them or is a mean
of areas, because weights, areas and what was not asked stay as they are. So the road is a knapsack turned round, with
prerequisites between its items, and is solved exactly: by sorting where all add the same, else as an integer programme.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from lib.stats.attendance import Reals

Bools = NDArray[np.bool_]
Places = NDArray[np.intp]
_HAIR = 1e-7
_DIGITS = 9  # as the database rounds its scores


@dataclass(frozen=True, slots=True)
class Standing:
    """One city's answers as numbers, all arrays one value per criterion in the standard's order.

    `worth`: points that the score gains by the criterion in full, 0 where it was not asked. `credit`: the part of it
    that the city's answer earns, were its prerequisites met. `held`: what requires it is not in its way (met, also if
    blocked itself, or not applicable). `said`: there is an answer. `areas`: its area's place. `needs`: criterion ×
    criterion, true where the row requires the column, directly or through others. `whole`: there is no score until
    every area that was asked has an answer.
    """

    worth: Reals
    credit: Reals
    held: Bools
    said: Bools
    areas: Places
    needs: Bools
    whole: bool

    def score(self, ticks: Bools) -> float:
        """The score with these criteria met on top; NaN where there is none."""
        if self.whole and self.silent(ticks).size:
            return float("nan")
        earned = np.where(ticks, 1.0, self.credit) * ~self.waiting(ticks)
        return round(float(self.worth @ earned), _DIGITS)

    def waiting(self, ticks: Bools) -> Bools:
        """Which criteria earn nothing because one that they require is not met."""
        return np.asarray((self.needs & ~(self.held | ticks)).any(axis=1))

    def silent(self, ticks: Bools) -> Places:
        """Areas that were asked and have no answer."""
        asked = self.worth > 0
        return np.setdiff1d(self.areas[asked], self.areas[asked & (self.said | ticks)])

    @property
    def open(self) -> Bools:
        """Which criteria can be ticked: asked, not met in full. A blocked answer is given and needs no tick."""
        return np.asarray((self.worth > 0) & (self.credit < 1))


def closed(needs: Bools) -> Bools:
    """What each criterion requires, also through others; `needs`: directly. A criterion never requires itself."""
    found = needs.copy()
    for middle in range(len(found)):
        found |= found[:, middle, None] & found[None, middle, :]
    np.fill_diagonal(found, val=False)
    return found


def shortest(standing: Standing, least: float, effort: Reals, favour: Reals) -> Bools | None:
    """The criteria to meet so that the score is at least `least`; None where no set reaches it.

    Least effort in all (each above 0); of equals the fewest criteria, of these the most favoured together. What the
    chosen ones require is among them.
    """
    nothing = np.zeros(len(effort), dtype=bool)
    if standing.score(nothing) >= least:
        return nothing
    if not standing.score(standing.open) >= least:
        return None
    step = np.unique(np.round(standing.worth * (1 - standing.credit), _DIGITS)[standing.open])
    free = not (standing.needs & ~standing.held).any()
    if free and len(step) == 1 and not (standing.whole and standing.silent(nothing).size):
        return _cheapest(standing.open, ceil((least - standing.score(nothing)) / step[0] - _HAIR), effort, favour)
    return _solved(standing, least, effort, favour)


def _cheapest(among: Bools, many: int, effort: Reals, favour: Reals) -> Bools:
    """All add the same, so it takes so many, whichever they are: those of least effort, most favoured first."""
    order = np.lexsort((-favour, effort, ~among))
    chosen = np.zeros(len(among), dtype=bool)
    chosen[order[:many]] = True
    return chosen


def _solved(standing: Standing, least: float, effort: Reals, favour: Reals) -> Bools | None:
    """The same as an integer programme: the least effort, then the fewest, then the most favoured of what is left.

    Two variables for each criterion: it is ticked, and what it earned before the tick counts (is not blocked).
    """
    many = len(effort)
    rules, floors = _rules(standing, least)
    upper = np.concatenate([standing.open, np.ones(many)]).astype(np.float64)
    found = None
    for aim in (effort, np.ones(many), -favour):
        costs = np.concatenate([aim, np.zeros(many)])
        solved = milp(
            costs,
            constraints=LinearConstraint(rules, lb=floors),
            integrality=np.concatenate([np.ones(many), np.zeros(many)]),
            bounds=Bounds(0, upper),
            options={"mip_rel_gap": 0},
        )
        if solved.x is None:
            return found
        found = solved.x[:many] > 0.5  # noqa: PLR2004  (whole numbers, but for a hair)
        rules, floors = np.vstack([rules, -costs]), np.append(floors, -float(aim @ found) - _HAIR)
    return found


def _rules(standing: Standing, least: float) -> tuple[Reals, Reals]:
    """Rows of coefficients and what each must at least amount to."""
    many = len(standing.worth)
    here, before = np.eye(many), np.eye(many)
    ticked = standing.worth * np.where(standing.open, 1 - standing.credit, 0)
    rows = [np.concatenate([ticked, standing.worth * standing.credit])[None, :]]
    floors = [np.array([least - _HAIR])]
    for criterion, required in np.argwhere(standing.needs & ~standing.held[None, :]):
        rows += [
            np.concatenate([here[required] - here[criterion], np.zeros(many)])[None, :],
            np.concatenate([here[required], -before[criterion]])[None, :],
        ]
        floors += [np.zeros(2)]
    if standing.whole:
        for area in standing.silent(np.zeros(many, dtype=bool)):
            rows.append(np.concatenate([standing.areas == area, np.zeros(many)])[None, :].astype(np.float64))
            floors.append(np.ones(1))
    return np.vstack(rows), np.concatenate(floors)
