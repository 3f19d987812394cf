"""Findings and titles about the usual next step and the order of difficulty, at the edges."""

import pandas as pd
import pytest

from lib.standard import Area, Criterion, Standard
from lib.twins.next_step import case_share, left_out, order_caption, order_title, steps_finding, steps_title, supported

AREAS = (Area("A", "Air", tuple(Criterion(f"C{n}", f"Name {n}", "?") for n in range(1, 11))),)
COUNTING = Standard("s", "S", "1", "tests", "count", AREAS, ())


def steps(*rows: tuple[str, int, int], starts: int = 20, latest: int = 5, gone: int = 2) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["short_name", "met", "answered"])
    rate = (frame["met"] / frame["answered"]).where(frame["answered"] >= 5)
    return frame.assign(pass_rate=rate, low=rate - 0.1, high=rate + 0.1, starts=starts, latest=latest, gone=gone)


@pytest.mark.parametrize(
    ("data", "start", "sentence"),
    [
        (steps(("Zest", 1, 4)), "", "So far not enough cities came back to say what they met next."),
        (steps(), "from Gold", "Starting from Gold, not enough cities came back to say what they met next."),
        (
            steps(("Zest", 5, 10), ("Zone", 2, 10)),
            "",
            "Cities that did not meet “Zest” most often met it next: in 5 of 10 cases (50 %; 40 % to 60 %).",
        ),
        (
            steps(("Zest", 5, 10), ("Zone", 5, 10)),
            "from Silver",
            "Starting from Silver, cities that did not meet “Zest” and “Zone” most often met them next: "
            "in 5 of 10 cases (50 %; 40 % to 60 %) each.",
        ),
        (steps(("Zest", 0, 10)), "", "No criterion that was missing was met by the next assessment."),
    ],
)
def test_steps(data: pd.DataFrame, start: str, sentence: str) -> None:
    assert steps_finding(data, COUNTING, start=start) == sentence


def test_steps_title_and_what_is_left_out() -> None:
    assert steps_title(steps(("Zest", 1, 4))) == "No criterion has 5 cases"
    assert steps_title(steps(("A", 5, 10), ("B", 0, 10))) == (
        "Met by the next assessment: 0 % to 50 % of the cases, by criterion"
    )
    assert left_out(steps(("A", 5, 10)), "cities") == (
        "Of 20 assessments, 7 had no later one and are left out: 5 of the latest cycle, "
        "2 of cities that did not come back"
    )
    assert left_out(steps(("A", 5, 10), starts=0), "cities") == "Nothing to follow"
    assert case_share(steps(("A", 1, 1)).iloc[0]) == "1 of 1 case"


def order(reliability: float, *infits: float, cities: int = 60) -> pd.DataFrame:
    criteria = [{"kind": "criterion", "id": f"C{n}", "place": n, "infit": infit} for n, infit in enumerate(infits, 1)]
    nowhere = [{"kind": "criterion", "id": "C9", "place": float("nan")}, {"kind": "city", "id": "a", "place": 0.0}]
    return pd.DataFrame([*criteria, *nowhere]).assign(cities=cities, reliability=reliability)


def test_an_order_is_claimed_only_where_it_holds() -> None:
    good, apart, vague = order(0.9, 1, 1, 1, 1, 1.4), order(0.9, 1, 1.4, 1.5), order(0.6, 1, 1, 1)
    assert [supported(data) for data in (good, apart, vague)] == [True, False, False]
    assert order_title(good, COUNTING) == (
        "The answers of 60 cities support one order of difficulty: 4 of 5 criteria fit it, reliability 0.90"
    )
    assert order_title(apart, COUNTING).startswith("The answers of 60 cities do not support one order of difficulty")
    assert order_caption(good, COUNTING, cities=900).startswith(
        "A sample of 60 of 900 cities. 1 criterion has no place: all meet it, or nobody."
    )
