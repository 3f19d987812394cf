"""The lines of an export: who answered what when, with the second thoughts and slips that real files have."""

import numpy as np
from numpy.typing import NDArray

from lib.standard import Standard
from pipelines.demo.answers import BLANK, NO, YES, Answers, area_of
from pipelines.demo.cohort import Cohort

WORDS = ["No", "Yes", "", "see attachment"]  # indexed by NO, YES, BLANK and ODD
ODD = 3  # an answer that no vocabulary knows: the loader must set it aside
SLIPS = 0.0004  # the share of answers that are odd
SECOND_THOUGHTS = 0.03  # the share of self-reports of which one area is sent again two weeks later
REPORTING, REVIEWING = (55, 175), (215, 330)  # days of the year, first and last
DAY = 24 * 60

Lines = dict[str, NDArray[np.generic]]
"""Parallel arrays, one item per line: city, criterion (positions), word (of WORDS), proof (which sort of evidence),
minute (since 1 January), validated, position (in the file)."""


def cycle_lines(cohort: Cohort, answers: Answers, standard: Standard, cycle: int, random: np.random.Generator) -> Lines:
    """One cycle's file: what cities report, what some of them send again, what reviewers validate."""
    reported = _stage(cohort.present[:, cycle], answers.self_reported[:, cycle], REPORTING, standard, random)
    validated = _stage(answers.reviewed[:, cycle], answers.validated[:, cycle], REVIEWING, standard, random)
    first, again = _second_thoughts(reported, standard, random)
    parts = [first, again, validated]
    stages = np.repeat([False, False, True], [len(part["city"]) for part in parts])
    lines = {name: np.concatenate([part[name] for part in parts]) for name in reported}
    return lines | {"validated": stages, "position": np.arange(len(stages))}


def _stage(
    taking_part: NDArray[np.bool_],
    codes: NDArray[np.uint8],
    days: tuple[int, int],
    standard: Standard,
    random: np.random.Generator,
) -> Lines:
    """Every answer of the cities that take part, city by city in the standard's order."""
    cities = np.flatnonzero(taking_part)
    shape = (len(cities), codes.shape[1])
    words = codes[cities]
    opened = random.integers(*days, len(cities))[:, None] * DAY + random.integers(8 * 60, 15 * 60, shape[0])[:, None]
    minutes = opened + area_of(standard) * 25 + random.integers(0, 20, shape)
    slips = (random.random(shape) < SLIPS) & (words != BLANK)
    return {
        "city": np.repeat(cities, shape[1]),
        "criterion": np.tile(np.arange(shape[1]), shape[0]),
        "word": np.where(slips, ODD, words).astype(np.uint8).ravel(),
        "proof": _proof(words, random).ravel(),
        "minute": minutes.ravel(),
    }


def _proof(words: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """0 none, 1 a link, 2 or 3 a remark: a yes needs proof, a no seldom has any."""
    sort = random.choice(np.array([1, 1, 1, 2, 3], dtype=np.uint8), words.shape)
    return np.where(random.random(words.shape) < np.where(words == YES, 0.9, 0.06), sort, 0).astype(np.uint8)


def _second_thoughts(lines: Lines, standard: Standard, random: np.random.Generator) -> tuple[Lines, Lines]:
    """The lines as first sent, and those sent again: of some cities one area, whose first answers were all no."""
    unsure = np.flatnonzero(random.random(int(lines["city"].max(initial=0)) + 1) < SECOND_THOUGHTS)
    area = random.integers(0, len(standard.areas), len(unsure))
    chosen = np.full(int(lines["city"].max(initial=0)) + 1, -1)
    chosen[unsure] = area
    repeated = chosen[lines["city"]] == area_of(standard)[lines["criterion"]]
    again = {name: values[repeated] for name, values in lines.items()} | {
        "minute": lines["minute"][repeated] + 14 * DAY
    }
    return lines | {"word": np.where(repeated, NO, lines["word"]).astype(np.uint8)}, again
