"""One order of difficulty for yes/no answers: the Rasch model, fitted by marginal maximum likelihood.

A city at θ meets a criterion of difficulty b with probability 1 ÷ (1 + e^(b − θ)), whatever else it meets; the cities
are a sample from a normal population with mean 0. Missing answers are left out of a city's likelihood. (Bock and Aitkin
1981; the standard errors are those of the observed information, by Louis' formula.)

No maintained small library fits it: girth's last release is from 2021 and brings numba. The numbers are held against
Rizopoulos (2006), who prints those of the R package ltm for the LSAT data of Bock and Lieberman.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit

Reals = NDArray[np.float64]

_NODES = np.linspace(-6, 6, 61)
"""Where the population is looked at, in standard deviations: closer together than any city's place is known."""
_LOG_WEIGHTS = -(_NODES**2) / 2 - np.log(np.exp(-(_NODES**2) / 2).sum())
_SMALL = 250_000  # multiplications in one product of matrices
_ROUNDS = 30
_NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class Rasch:
    """Items (criteria) and persons (cities) on one scale, in logits; the population's mean is 0 and its spread `sigma`.

    `difficulty`, `error` (standard error), `infit` and `outfit` (mean squares, 1 is expected) per item: NaN where all
    answers are the same. `ability`, `ability_error` per person (Warm's weighted likelihood); NaN without an answer.
    `reliability`: the share of the spread of abilities that is not error.
    """

    difficulty: Reals
    error: Reals
    infit: Reals
    outfit: Reals
    ability: Reals
    ability_error: Reals
    sigma: float
    reliability: float
    log_likelihood: float


def fit(answers: Reals, *, sigma: float | None = None) -> Rasch:
    """Fit persons × items (1, 0, NaN = no answer). `sigma` fixes the spread of the population."""
    usable = _varied(answers)
    kept = answers[:, usable]
    model = _Marginal(kept)
    difficulty, spread, likelihood = model.solved(sigma)
    ability, ability_error = abilities(kept, difficulty)
    infit, outfit = _fit_of_items(kept, ability, difficulty)
    error = model.errors(difficulty, spread, free=sigma is None)
    return Rasch(
        difficulty=_spread_out(difficulty, usable),
        error=_spread_out(error, usable),
        infit=_spread_out(infit, usable),
        outfit=_spread_out(outfit, usable),
        ability=ability,
        ability_error=ability_error,
        sigma=spread,
        reliability=_reliability(ability, ability_error),
        log_likelihood=likelihood,
    )


def abilities(answers: Reals, difficulty: Reals) -> tuple[Reals, Reals]:
    """Where each person stands given the items, with its standard error: Warm's weighted likelihood estimate (1989).

    Unlike the plain likelihood it is finite for those who meet all or nothing.
    """
    known = ~np.isnan(answers)
    met = np.where(known, answers, 0).sum(axis=1)
    place = np.zeros(len(answers))
    for _ in range(_ROUNDS):
        chance = expit(place[:, None] - difficulty) * known
        spread = chance * (1 - chance)
        information = np.maximum(spread.sum(axis=1), 1e-9)
        lean = (spread * (1 - 2 * chance)).sum(axis=1)
        step = np.clip((met - chance.sum(axis=1) + lean / (2 * information)) / information, -1, 1)
        place = place + step
        if np.abs(step).max(initial=0) < _NEARLY:
            break
    said = known.any(axis=1)
    return np.where(said, place, np.nan), np.where(said, 1 / np.sqrt(information), np.nan)


class _Marginal:
    """The likelihood of the items with the persons integrated out.

    What a person's answers tell about its place is in its score and in which items it answered, so persons with both in
    common count as one kind: `known` (parts × kinds × items), with `score` and how `many` they are (parts × kinds).
    Parts are so small that the linear algebra does not start threads, whose waiting would cost more than they help.
    """

    def __init__(self, answers: Reals) -> None:
        met = np.nan_to_num(answers)
        rows = np.column_stack([~np.isnan(answers), met.sum(axis=1)]).astype(np.float64)
        kinds, many = np.unique(rows, axis=0, return_counts=True)
        items = answers.shape[1]
        size = max(1, _SMALL // (items * max(items, len(_NODES))))
        padded = np.pad(np.column_stack([kinds, many]), ((0, -len(kinds) % size), (0, 0))).reshape(-1, size, items + 2)
        self.known = np.ascontiguousarray(padded[:, :, :-2])
        self.score, self.many = padded[:, :, -2], padded[:, :, -1]
        self.items, self.asked = met.sum(axis=0), (~np.isnan(answers)).sum(axis=0)

    def solved(self, sigma: float | None) -> tuple[Reals, float, float]:
        """Difficulties, spread, and the logarithm of the likelihood."""
        start = np.append(-1.3 * logit(self.items / self.asked), np.log(sigma or 1.0))
        free = slice(None) if sigma is None else slice(None, -1)

        def worse(values: Reals) -> tuple[float, Reals]:
            whole = start.copy()
            whole[free] = values
            likelihood, slope = self._likelihood(whole[:-1], float(np.exp(whole[-1])))
            return -likelihood, -slope[free]

        # Not L-BFGS-B: SciPy's starts threads of its linear algebra, whose waiting took ten times as long as the fit.
        found = minimize(worse, start[free], jac=True, method="BFGS", options={"gtol": 1e-4})
        spread = float(np.exp(found.x[-1])) if sigma is None else sigma
        return found.x[: len(self.items)], spread, float(-found.fun)

    def errors(self, difficulty: Reals, sigma: float, *, free: bool) -> Reals:
        """Standard errors of the difficulties: the observed information, that is what the answers would tell of known
        places less what is lost because the places are not known (Louis 1982). `free`: sigma was estimated too.
        """
        chance, posterior, _ = self._posterior(difficulty, sigma)
        there = posterior * self.many[..., None]
        spread = (self._by_item(there) * chance * (1 - chance)).sum(axis=1)
        mean = (posterior @ chance.T) * self.known
        lost = -_crossed(mean * self.many[..., None], mean)
        for node in range(len(_NODES)):
            yes = self.known * chance[:, node]
            lost += _crossed(yes * there[..., node, None], yes)
        information = np.diag(spread) - lost
        if free:
            information = self._with_sigma(information, difficulty, sigma)
        return np.asarray(np.sqrt(np.diag(np.linalg.inv(information)))[: len(difficulty)])

    def _likelihood(self, difficulty: Reals, sigma: float) -> tuple[float, Reals]:
        """The logarithm of the likelihood, and its slope by difficulties and the logarithm of sigma."""
        chance, posterior, marginal = self._posterior(difficulty, sigma)
        there = posterior * self.many[..., None]
        expected = self._by_item(there) * chance  # items × nodes: persons expected there that answered with yes
        reached = (self.score[..., None] * there).sum(axis=(0, 1))
        by_sigma = sigma * (_NODES * (reached - expected.sum(axis=0))).sum()
        likelihood = float((marginal * self.many).sum() - (self.items * difficulty).sum())
        return likelihood, np.append(expected.sum(axis=1) - self.items, by_sigma)

    def _posterior(self, difficulty: Reals, sigma: float) -> tuple[Reals, Reals, Reals]:
        """Chances (items × nodes), where each kind may stand (… × nodes), and its marginal likelihood's logarithm."""
        places = sigma * _NODES
        gaps = places - difficulty[:, None]
        joint = self.score[..., None] * places - self.known @ np.logaddexp(0, gaps) + _LOG_WEIGHTS
        top = joint.max(axis=-1, keepdims=True)
        posterior = np.exp(joint - top)
        total = posterior.sum(axis=-1, keepdims=True)
        return expit(gaps), posterior / total, (top + np.log(total))[..., 0]

    def _by_item(self, there: Reals) -> Reals:
        """Persons at each node that answered each item: items × nodes."""
        return _crossed(self.known, there)

    def _with_sigma(self, information: Reals, difficulty: Reals, sigma: float) -> Reals:
        """The information with a row and a column for the logarithm of sigma, by differences of the slope."""
        step = 1e-4
        _, above = self._likelihood(difficulty, sigma * np.exp(step))
        _, below = self._likelihood(difficulty, sigma * np.exp(-step))
        edge = -(above - below) / (2 * step)
        return np.block([[information, edge[:-1, None]], [edge[None, :-1], edge[-1:, None]]])


def _crossed(left: Reals, right: Reals) -> Reals:
    """The sum over parts and rows of the products of their columns."""
    return np.asarray((left.transpose(0, 2, 1) @ right).sum(axis=0))


def _varied(answers: Reals) -> NDArray[np.bool_]:
    """Items that some answered with yes and some with no."""
    return np.asarray((answers == 1).any(axis=0) & (answers == 0).any(axis=0))


def _fit_of_items(answers: Reals, ability: Reals, difficulty: Reals) -> tuple[Reals, Reals]:
    """Mean squares of the residuals, weighted by information (infit) and not (outfit)."""
    chance = expit(ability[:, None] - difficulty)
    spread = np.where(np.isnan(answers), np.nan, chance * (1 - chance))
    squares = (answers - chance) ** 2
    return np.nansum(squares, axis=0) / np.nansum(spread, axis=0), np.nanmean(squares / spread, axis=0)


def _reliability(ability: Reals, error: Reals) -> float:
    spread = float(np.nanvar(ability, ddof=1)) if np.count_nonzero(~np.isnan(ability)) > 1 else 0.0
    return max(0.0, 1 - float(np.nanmean(error**2)) / spread) if spread > 0 else 0.0


def _spread_out(values: Reals, usable: NDArray[np.bool_]) -> Reals:
    whole = np.full(len(usable), np.nan)
    whole[usable] = values
    return whole
