"""What the cities answer: a logistic model of ability and difficulty, with growth, luck and generosity."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.standard import Standard
from pipelines.demo.cohort import Cohort, settings

NO, YES, BLANK = 0, 1, 2
GROWTH = 0.28  # logits gained with each earlier assessment: coaching and the roadmap
KEPT = 0.72  # the chance that an answer's luck is the last cycle's; the rest is drawn anew (regression to the mean)
MODESTY = 0.01  # the chance that a city reports no where a reviewer would say yes
CLARIFIED = 0.25  # the share of blanks that a reviewer asks about

Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class Answers:
    """Codes NO, YES or BLANK, cities × cycles × criteria; `reviewed` (cities × cycles) has validated answers."""

    self_reported: Codes
    validated: Codes
    reviewed: NDArray[np.bool_]


def answer(cohort: Cohort, standard: Standard, random: np.random.Generator) -> Answers:
    """Every city's answers in every cycle, taken part in or not: the export leaves the absent out."""
    strength = _strength(cohort, random)
    met = _met(strength, standard, random)
    generous = random.beta(2, 13, len(met))[:, None, None]
    claimed = np.where(met, random.random(met.shape) > MODESTY, random.random(met.shape) < generous)
    skipped = _skipped(strength, standard, random)
    clarified = random.random(met.shape) < CLARIFIED
    reviewed = cohort.present & (random.random(strength.shape) < _logistic(0.75 + 0.7 * strength))
    return Answers(_codes(claimed, skipped), _codes(met, skipped & ~clarified), reviewed)


def difficulties(standard: Standard, random: np.random.Generator) -> NDArray[np.float64]:
    """The criteria's difficulty in logits, in the standard's order; unknown areas and criteria are drawn."""
    known = settings("difficulty")
    drawn = []
    for area in standard.areas:
        mean, spread = random.normal(0.4, 0.7), random.normal(0, 0.35, len(area.criteria))
        mean = known["area"].get(area.id, mean)
        drawn += [mean + known["criterion"].get(c.id, extra) for c, extra in zip(area.criteria, spread, strict=True)]
    return np.array(drawn)


def area_of(standard: Standard) -> NDArray[np.intp]:
    """The position of each criterion's area, one item per criterion."""
    return np.repeat(np.arange(len(standard.areas)), [len(area.criteria) for area in standard.areas])


def _strength(cohort: Cohort, random: np.random.Generator) -> NDArray[np.float64]:
    """Cities × cycles, in logits: ability, what earlier assessments taught, and the year's luck."""
    earlier = (cohort.present.cumsum(axis=1) - 1).clip(min=0)
    pace = random.gamma(2.0, GROWTH / 2, len(earlier))[:, None]
    return np.asarray(cohort.ability[:, None] + pace * earlier + random.normal(0, 0.25, earlier.shape))


def _met(strength: NDArray[np.float64], standard: Standard, random: np.random.Generator) -> NDArray[np.bool_]:
    """Cities × cycles × criteria: is it met? Cities have strong and weak areas, and answers that last."""
    hard, area = difficulties(standard, random), area_of(standard)
    leaning = random.normal(0, 0.5, (len(strength), len(standard.areas)))[:, area]
    chance = _logistic(strength[:, :, None] + leaning[:, None, :] - hard)
    return _luck(chance.shape, random) < chance


def _luck(shape: tuple[int, ...], random: np.random.Generator) -> NDArray[np.float64]:
    """Uniform draws, cities × cycles × criteria, of which KEPT are the draw of the cycle before."""
    luck = random.random(shape)
    kept = random.random(shape) < KEPT
    for cycle in range(1, shape[1]):
        luck[:, cycle] = np.where(kept[:, cycle], luck[:, cycle - 1], luck[:, cycle])
    return luck


def _skipped(strength: NDArray[np.float64], standard: Standard, random: np.random.Generator) -> NDArray[np.bool_]:
    """Cities × cycles × criteria left blank: single items and whole areas, more often by weaker cities."""
    area = area_of(standard)
    weak = np.exp(-0.5 * strength).clip(0.3, 4)
    items = random.random((*strength.shape, len(area))) < 0.017 * weak[:, :, None]
    areas = random.random((*strength.shape, len(standard.areas))) < 0.008 * weak[:, :, None]
    return np.asarray(items | areas[:, :, area])


def _codes(met: NDArray[np.bool_], skipped: NDArray[np.bool_]) -> Codes:
    return np.where(skipped, BLANK, np.where(met, YES, NO)).astype(np.uint8)


def _logistic(value: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-value)))
