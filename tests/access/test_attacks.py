"""What else somebody could try: know a city by its numbers and dates, ask the public's rates in every way there is, lay
levels over rates, or tell by what was announced whose answers researchers read.
"""

from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from lib.access import open_for
from lib.queries.choices import read_choices
from lib.queries.extract import Extract
from lib.queries.published import published_areas, published_rates
from lib.queries.standards import read_standard
from lib.selection import NO_COMPARISON, PARTICIPATION, Selection
from lib.viewer import CITY, PUBLIC, RESEARCHER, Viewer
from lib.warehouse import Warehouse, open_current
from tests.access.test_views import everything

STANDARD = "wwc-2022"
FINGERPRINTS = """
select population::text as mark from city where city_id::text <> $own and population > 99999
union all
select submitted_at::text from assessment where city_id::text <> $own
union all
select distinct updated_at::text from response where city_id::text <> $own and updated_at not in (
    select updated_at from response where city_id::text = $own
)
union all
select distinct evidence from response where city_id::text <> $own and contains(evidence, city_id::text)
"""


@pytest.mark.parametrize("role", [CITY, RESEARCHER, PUBLIC])
def test_no_number_date_or_proof_points_at_anybody(demo_database: Path, own: str, role: str) -> None:
    """Who knows how many live somewhere, when it answered or what it sent in, finds it by none of them."""
    marks = open_current(demo_database).fetch(FINGERPRINTS, {"own": own if role == CITY else ""})["mark"].dropna()
    assert len(marks) > 1000
    view = everything(open_for(Viewer(role, (own,) if role == CITY else ()), demo_database))
    assert [mark for mark in marks if mark in view] == []


def test_the_whole_database_has_those_fingerprints(demo_database: Path) -> None:
    whole = open_current(demo_database)
    view = everything(whole)
    assert all(mark in view for mark in whole.fetch(FINGERPRINTS, {"own": ""})["mark"].dropna()[::50])


def test_however_the_public_asks_the_rates_are_those_of_everybody_or_none(demo_database: Path) -> None:
    """Every combination of cycle, stage, comparison, level, participation and attribute: a rate of a part, beside that
    of all, would be a difference.
    """
    public, whole = open_for(Viewer(PUBLIC), demo_database), open_current(demo_database)
    choices, standard, seen = read_choices(whole), read_standard(public, STANDARD), Counter[str]()
    filters: list[dict[str, Any]] = [
        {},
        {"country": "Brazil"},
        {"region": ["US West", "US South"]},
        {"segment": "x~country:Brazil"},
    ]
    levels = [[], ["Gold"], ["No level", "Silver"]]
    asked = product(
        choices.cycles(STANDARD), ["Validated", "Self-reported"], ["", NO_COMPARISON, "2023"], filters, levels
    )
    for cycle, stage, versus, attributes, level in asked:
        for participation in ([], list(PARTICIPATION.values())[:1]):
            params: dict[str, Any] = {
                "cycle": cycle,
                "stage": stage,
                "versus": versus,
                "level": level,
                "participation": participation,
            }
            selection = Selection.from_params(params | attributes, choices)
            rows = Extract(selection, standard, "public_rates").blocks(public)
            found = pd.concat(block.to_pandas() for block in rows)
            assert found.empty == bool(level or participation)
            seen[f"{cycle} {stage} {found.drop(columns='stage').to_csv()}"] += 1
    told = [text for text in seen if "DM1" in text]
    assert len(told) == len({text[:30] for text in told}) == 6  # one answer for each cycle and stage
    assert sum(seen.values()) > 400


def test_the_publics_areas_follow_from_its_rates(demo_database: Path) -> None:
    """An area's exact sum would tell the one criterion of which only bounds are told."""
    public = open_for(Viewer(PUBLIC), demo_database)
    then = Selection(STANDARD, "2023", "validated")
    rates, areas = published_rates(public, then), published_areas(public, then).set_index("area_id")
    assert rates["pass_rate"].isna().any()
    told = rates.dropna(subset="answered").groupby("area_id")[["met_low", "met_high", "answered"]].sum()
    pd.testing.assert_frame_equal(areas[list(told)].sort_index(), told, check_dtype=False, check_like=True)


@pytest.mark.parametrize("cycle", ["2023", "2025"])
def test_rates_and_announced_levels_together_tell_the_public_no_answer(demo_database: Path, cycle: str) -> None:
    """Whole numbers: as many unknown cities as were asked, the announced ones with scores within their level's band.

    An answer of a certified city, and one of somebody unknown, can be no and can be yes: for criteria that few, many
    and nearly nobody meet.
    """
    public = open_for(Viewer(PUBLIC), demo_database)
    rates = published_rates(public, Selection(STANDARD, cycle, "validated")).dropna(subset="answered")
    bands = public.fetch("select level, minimum, lead(minimum, 1, 44) over (order by position) - 1 as most from level")
    announced = public.fetch("select level from certification where cycle = $cycle::cycle_label", {"cycle": cycle})
    totals = announced.merge(bands, on="level")
    n, k = int(rates["asked"].max()), len(rates)
    assert 0 < len(totals) < n
    # Unknowns: n cities times k criteria, criterion by criterion; the announced come first.
    sums = np.kron(np.eye(k), np.ones((1, n)))
    scores = np.kron(np.ones((1, k)), np.eye(n)[: len(totals)])
    limits = [
        LinearConstraint(sums, rates["met_low"], rates["met_high"]),
        LinearConstraint(scores, np.maximum(0, totals["minimum"] - (43 - k)), totals["most"]),
    ]
    order = np.argsort(rates["rate_high"].to_numpy())
    for place in {order[0], order[k // 2], order[-1]}:
        for city in (0, n - 1):
            for sign, expected in ((1, 0), (-1, -1)):
                aim = np.zeros(n * k)
                aim[place * n + city] = sign
                best = milp(aim, constraints=limits, integrality=np.ones(n * k), bounds=Bounds(0, 1))
                assert round(best.fun) == expected, (place, city, sign)


def test_attributes_do_not_help_to_tell_whose_answers_researchers_read(demo_database: Path) -> None:
    """Take a certified city with its announcements, which its answers show as levels, and with all attributes that it
    really has: as many rows may be its own as by the announcements alone, or at least ten.
    """
    whole, research = open_current(demo_database), open_for(Viewer(RESEARCHER), demo_database)
    histories = announcements(whole)
    shown = attributes_of(research)
    least = Counter(histories.values())
    coded = dict(zip(*keys_of(whole, research), strict=True))
    for city, history in histories.items():
        if least[history] < 10:
            assert not shown.get(coded[city]), city
        else:
            same = [other for other, told in histories.items() if told == history]
            alike = [other for other in same if shown.get(coded[other]) == shown.get(coded[city])]
            assert len(alike) >= 10, city


def announcements(whole: Warehouse) -> dict[str, tuple[tuple[str, str], ...]]:
    """What was announced of each city: for most, nothing."""
    rows = whole.fetch("select city_id, cycle, level from certification order by all")
    told = rows.groupby("city_id")[["cycle", "level"]].apply(lambda of: tuple(of.itertuples(index=False, name=None)))
    cities = whole.fetch("select distinct city_id from assessment")["city_id"]
    return {city: told.get(city, ()) for city in cities}


def attributes_of(research: Warehouse) -> dict[str, frozenset[tuple[str, str]]]:
    rows = research.fetch("select city_id, attribute_id, value from city_attribute")
    pairs = rows.groupby("city_id")[["attribute_id", "value"]]
    return {city: frozenset(of.itertuples(index=False, name=None)) for city, of in pairs}


def keys_of(whole: Warehouse, research: Warehouse) -> tuple[list[str], list[str]]:
    """Cities and their keys, matched by all that each of them answered: the attacker's dream, and the test's way."""
    answers = """
        select city_id, string_agg(concat(cycle, stage, criterion_id, status), '' order by cycle, stage, criterion_id)
            as said
        from response
        group by city_id
        order by said
    """
    both = [view.fetch(answers) for view in (whole, research)]
    assert both[0]["said"].is_unique
    assert list(both[0]["said"]) == list(both[1]["said"])
    return list(both[0]["city_id"]), list(both[1]["city_id"])
