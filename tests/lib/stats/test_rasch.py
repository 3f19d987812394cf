"""The Rasch model against published numbers, against its own simulation, and at its edges."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import expit

from lib.stats.rasch import abilities, fit

# Section 6 of the Law School Admission Test: 1,000 people, 5 questions (Bock and Lieberman 1970).
LSAT = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4,
    "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15, "10000": 10, "10001": 29,
    "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15, "10111": 80, "11000": 16, "11001": 56,
    "11010": 21, "11011": 173, "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip


@pytest.fixture(scope="module")
def lsat() -> np.ndarray:
    return np.array([[float(sign) for sign in pattern] for pattern, many in LSAT.items() for _ in range(many)])


def test_the_published_fit_of_unit_spread(lsat: np.ndarray) -> None:
    """Rizopoulos (2006), Journal of Statistical Software 17(5): ltm's rasch() with discrimination 1."""
    model = fit(lsat, sigma=1.0)
    assert model.log_likelihood == pytest.approx(-2473.054, abs=5e-4)
    assert model.difficulty == pytest.approx([-2.8720, -1.0630, -0.2576, -1.3881, -2.2188], abs=1e-4)
    assert model.error == pytest.approx([0.1287, 0.0821, 0.0766, 0.0865, 0.1048], abs=1e-4)


def test_the_published_fit_with_its_spread(lsat: np.ndarray) -> None:
    """The same paper, discrimination free: it is our spread, and its difficulties are ours in units of it."""
    model = fit(lsat)
    assert model.log_likelihood == pytest.approx(-2466.938, abs=5e-4)
    assert model.sigma == pytest.approx(0.7551, abs=1e-4)
    assert model.difficulty / model.sigma == pytest.approx([-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], abs=1e-4)


def simulated(cities: int, *, seed: int = 1, blank: float = 0.05) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    difficulty, ability = np.linspace(-2.5, 2.5, 43), random.normal(0, 1.3, cities)
    answers = (random.random((cities, 43)) < expit(ability[:, None] - difficulty)).astype(float)
    answers[random.random(answers.shape) < blank] = np.nan
    return answers, difficulty, ability


def test_what_was_simulated_is_found_again() -> None:
    answers, difficulty, ability = simulated(400)
    model = fit(answers)
    assert np.abs((model.difficulty - difficulty) / model.error).max() < 4
    assert np.mean(((model.difficulty - difficulty) / model.error) ** 2) == pytest.approx(1, abs=0.5)
    assert model.sigma == pytest.approx(1.3, abs=0.15)
    assert np.corrcoef(model.ability, ability)[0, 1] ** 2 == pytest.approx(model.reliability, abs=0.03)
    assert model.infit == pytest.approx(1, abs=0.15)


def test_a_criterion_that_follows_no_order_does_not_fit() -> None:
    answers, _, ability = simulated(300)
    against = np.column_stack([answers, np.random.default_rng(2).random(300) < 0.5, ability < 0])
    model = fit(against.astype(float))
    assert model.infit[-1] > 1.5  # met by the weak only
    assert model.infit[-2] > 1.2  # met by chance
    assert model.infit[:-2].max() < 1.2


def test_blanks_are_left_out_not_counted_as_no() -> None:
    answers, difficulty, _ = simulated(400, blank=0.4)
    model = fit(answers)
    assert np.abs((model.difficulty - difficulty) / model.error).max() < 4


def test_what_all_meet_or_nobody_has_no_place() -> None:
    answers, _, _ = simulated(60)
    answers[:, 0], answers[:, 1], answers[:, 2] = 1, 0, np.nan
    model = fit(answers)
    for values in (model.difficulty, model.error, model.infit, model.outfit):
        assert np.isnan(values[:3]).all()
        assert np.isfinite(values[3:]).all()


def test_those_who_meet_all_or_nothing_have_a_place_and_the_silent_none() -> None:
    difficulty = np.array([-1.0, 0.0, 1.0])
    place, error = abilities(np.array([[1, 1, 1], [0, 0, 0], [np.nan] * 3]), difficulty)
    assert place[0] == pytest.approx(-place[1])
    assert np.isfinite(place[:2]).all()
    assert np.isnan(place[2])
    assert np.isnan(error[2])


@pytest.mark.parametrize("answers", [[1, 0, 0], [1, 1, 0], [1, np.nan, 0], [1, 1, 1]])
def test_a_place_solves_warms_equation(answers: list[float]) -> None:
    difficulty = np.array([-0.7, 0.2, 1.1])
    known = ~np.isnan(answers)

    def equation(place: float) -> float:
        chance = expit(place - difficulty[known])
        spread = chance * (1 - chance)
        return float(np.nansum(answers) - chance.sum() + (spread * (1 - 2 * chance)).sum() / (2 * spread.sum()))

    place, _ = abilities(np.array([answers]), difficulty)
    assert place[0] == pytest.approx(brentq(equation, -9, 9), abs=1e-4)
