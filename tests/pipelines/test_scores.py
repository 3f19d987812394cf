"""Scores, levels and rates against slow, plain Python, on cohorts that nobody would think of."""

import math
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.pipelines.loads import ask, load_text

WORDS = {"yes": 1.0, "partly": 0.5, "mostly": 0.75, "no": 0.0, "": None, "n/a": None}
STANDARD = """
id = "{id}"
name = "Test"
version = "1"
source = "the tests"
aggregation = "{aggregation}"
grade = [{{ name = "Partly", credit = 0.5 }}, {{ name = "Mostly", credit = 0.75 }}]
level = [{{ name = "Bronze", minimum = {low} }}, {{ name = "Silver", minimum = {high} }}]
boundary = [{{ score = {low}, note = "contested" }}]
prerequisite = [{{ criterion = "A2", requires = "A1" }}, {{ criterion = "B1", requires = "A2" }}]
family = [{{ id = "across", name = "Across", description = "Of both areas", criteria = ["A1", "A3", "B2"] }}]
area = [
    {{ id = "A", name = "Alpha", criterion = [{a}] }},
    {{ id = "B", name = "Beta", criterion = [{b}] }},
]
"""
FAMILY = ("A1", "A3", "B2")
WEIGHTS = {"A1": 1.0, "A2": 0.1, "A3": 0.2, "B1": 2.0, "B2": 0.3}
REQUIRED = {"A2": ("A1",), "B1": ("A2", "A1")}
LIMITS = {"count": (0.3, 3.3), "mean_of_areas": (40.0, 75.0)}


class Key(NamedTuple):
    city: str
    cycle: str
    stage: str


def write_standard(folder: Path, aggregation: str) -> None:
    criteria = {
        name: f'{{ id = "{name}", short_name = "{name}", text = "{name}?", weight = {WEIGHTS[name]} }}'
        for name in WEIGHTS
    }
    low, high = LIMITS[aggregation]
    text = STANDARD.format(
        id=aggregation,
        aggregation=aggregation,
        low=low,
        high=high,
        a=", ".join(criteria[name] for name in WEIGHTS if name[0] == "A"),
        b=", ".join(criteria[name] for name in WEIGHTS if name[0] == "B"),
    )
    (folder / f"{aggregation}.toml").write_text(text, encoding="utf-8")


rows = st.lists(
    st.tuples(
        st.sampled_from(["Ash", "Birch", "Cedar"]),
        st.sampled_from(["2024", "2025"]),
        st.sampled_from(["self_reported", "validated"]),
        st.sampled_from(sorted(WEIGHTS)),
        st.sampled_from(sorted(WORDS)),
    ),
    min_size=1,
    max_size=60,
)


def earned(answers: dict[str, str]) -> dict[str, float | None]:
    """Criterion → credit of one assessment, with prerequisites applied."""
    credit = {name: WORDS[word] for name, word in answers.items()}
    for name, required in REQUIRED.items():
        if credit.get(name) and any(answers.get(base) not in {"yes", "n/a"} for base in required):
            credit[name] = 0.0
    return credit


def area_share(area: str, answers: dict[str, str], credit: dict[str, float | None]) -> float | None:
    return share_of([name for name in WEIGHTS if name[0] == area], answers, credit)


def share_of(names: Sequence[str], answers: dict[str, str], credit: dict[str, float | None]) -> float | None:
    asked = [name for name in names if answers.get(name) != "n/a"]
    answered = [name for name in asked if credit.get(name) is not None]
    if not answered:
        return None
    return sum(WEIGHTS[name] * (credit[name] or 0) for name in answered) / sum(WEIGHTS[name] for name in asked)


def score(aggregation: str, answers: dict[str, str]) -> float | None:
    credit = earned(answers)
    if aggregation == "count":
        return sum(WEIGHTS[name] * (credit[name] or 0) for name in credit)
    asked = [area for area in "AB" if any(answers.get(name) != "n/a" for name in WEIGHTS if name[0] == area)]
    shares = [area_share(area, answers, credit) for area in asked]
    known = [share for share in shares if share is not None]
    return 100 * sum(known) / len(known) if len(known) == len(asked) else None


def level(aggregation: str, value: float | None) -> str | None:
    low, high = LIMITS[aggregation]
    if value is None or round(value, 9) < low:
        return None
    return "Silver" if round(value, 9) >= high else "Bronze"


def same(one: float | None, other: float | None) -> bool:
    return one is other or (one is not None and other is not None and math.isclose(one, other, abs_tol=1e-8))


@settings(max_examples=15)
@example(  # 2.3 - 2.0 is less than 0.3: the share of all that was asked exceeded 1, and the load was refused
    rows=[("Ash", "2024", "validated", "B1", "n/a"), ("Ash", "2024", "validated", "B2", "yes")], aggregation="count"
)
@given(rows=rows, aggregation=st.sampled_from(sorted(LIMITS)))
def test_the_database_agrees_with_plain_python(rows: list[tuple[str, str, str, str, str]], aggregation: str) -> None:
    answers: dict[Key, dict[str, str]] = defaultdict(dict)
    for city, cycle, stage, criterion, word in [*rows, ("Always", "2023", "validated", "A1", "yes")]:
        answers[Key(city.lower(), cycle, stage)][criterion] = word  # the last one wins
    assessed = {key: given for key, given in answers.items() if any(WORDS[word] is not None for word in given.values())}
    with tempfile.TemporaryDirectory() as name:
        database = build(Path(name), aggregation, rows)
        check_scores(database, aggregation, assessed)
        check_areas(database, assessed)
        check_families(database, assessed)
        check_rates(database, assessed)
        assert ask(database, "select sum(answers), sum(accepted + superseded + rejected) from source") == [
            (len(rows) + 1, len(rows) + 1)
        ]


def build(folder: Path, aggregation: str, rows: list[tuple[str, str, str, str, str]]) -> Path:
    write_standard(folder, aggregation)
    lines = [",".join(row) for row in [*rows, ("Always", "2023", "validated", "A1", "yes")]]
    text = "city,cycle,stage,criterion,response\n" + "\n".join(lines) + "\n"
    load_text(folder / "cohort.duckdb", text, standard=aggregation, standards=folder)
    return folder / "cohort.duckdb"


def check_scores(database: Path, aggregation: str, assessed: dict[Key, dict[str, str]]) -> None:
    found = ask(database, "select city_id::text, cycle::text, stage::text, score, level, boundary_note from city_score")
    assert {Key(*row[:3]) for row in found} == set(assessed)
    for *key, value, reached, note in found:
        expected = score(aggregation, assessed[Key(*key)])
        assert same(value, expected)
        assert reached == level(aggregation, expected)
        assert (note is not None) == (expected is not None and round(expected, 9) == LIMITS[aggregation][0])


def check_areas(database: Path, assessed: dict[Key, dict[str, str]]) -> None:
    found = ask(database, "select city_id::text, cycle::text, stage::text, area_id::text, share from area_score")
    assert len(found) == 2 * len(assessed)
    for *key, area, share in found:
        given = assessed[Key(*key)]
        assert same(share, area_share(area, given, earned(given)))


def check_families(database: Path, assessed: dict[Key, dict[str, str]]) -> None:
    found = ask(
        database, "select city_id::text, cycle::text, stage::text, met, answered, asked, share from family_score"
    )
    assert len(found) == len(assessed)
    for *key, met, answered, asked, share in found:
        given = assessed[Key(*key)]
        credit = earned(given)
        known = [credit[name] for name in FAMILY if credit.get(name) is not None]
        assert (met, answered) == (known.count(1.0), len(known))
        assert asked == sum(given.get(name) != "n/a" for name in FAMILY)
        assert same(share, share_of(FAMILY, given, credit))


def check_rates(database: Path, assessed: dict[Key, dict[str, str]]) -> None:
    found = ask(
        database,
        "select cycle::text, stage::text, criterion_id::text, met, answered, asked, pass_rate, low, high "
        "from criterion_rate",
    )
    for cycle, stage, criterion, met, answered, asked, rate, low, high in found:
        here = [given for key, given in assessed.items() if (key.cycle, key.stage) == (cycle, stage)]
        credits = [earned(given).get(criterion) for given in here]
        known = [credit for credit in credits if credit is not None]
        assert (met, answered) == (sum(credit == 1 for credit in known), len(known))
        assert asked == sum(given.get(criterion) != "n/a" for given in here)
        assert same(rate, met / answered if answered else None)
        assert (
            (same(low, wilson(met, answered, -1)) and same(high, wilson(met, answered, +1)))
            if answered
            else low is None
        )


def wilson(met: int, n: int, side: int) -> float:
    """One end of the Wilson interval by its textbook formula."""
    z, p = 1.959963984540054, met / n
    centre, spread = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return min(1.0, max(0.0, (centre + side * spread) / (1 + z * z / n)))
