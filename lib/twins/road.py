"""The page Next level in words and tables."""

from collections import Counter
from collections.abc import Sequence
from math import isnan

import pandas as pd

from lib.scenario import USUAL_EFFORT, Scenario, Simulated
from lib.standard import Standard
from lib.twins.cards import Card
from lib.twins.gaps import Gap
from lib.twins.peers import peer_rate
from lib.twins.records import records
from lib.twins.statuses import STATUS
from lib.words import count_of, counted, half_up, interval, listed, number, signed

NO_SCORE = "no score: not every practice area was answered"


def road_finding(name: str, now: Simulated, plan: Simulated, standard: Standard, scenario: Scenario) -> str:
    """What the ticked criteria would come to; without any, where the city stands. `now`, `plan`: without and with."""
    if not scenario.ticks:
        return f"{name} {_stands(now, standard)}."
    more = counted(len(scenario.ticks), "more criterion", "more criteria")
    if isnan(plan.score):
        return f"With {more} {name} would still have {NO_SCORE}."
    would = f"would {'meet' if _counts(standard) else 'score'} {_score(plan.score, standard)}"
    return f"With {more} {name} {would}{_reaches(now, plan, standard)}."


def road_sentence(road: Sequence[str] | None, level: str, standard: Standard, *, efforts: bool) -> str:
    """The shortest road in words. `road`: ids, None where the level cannot be reached; `efforts`: are any chosen?"""
    if road is None:
        return f"{level} cannot be reached: not even with every criterion met that was asked."
    if not road:
        return f"{level} is reached."
    names = {criterion.id: criterion.short_name for criterion in standard.criteria}
    least = "least effort" if efforts else "fewest criteria"
    how_many = counted(len(road), "criterion", "criteria")
    return f"The shortest road to {level} ({least}): {how_many}, {listed([f'“{names[id_]}”' for id_ in road], 5)}."


def road_cards(now: Simulated, plan: Simulated, standard: Standard, *, indicative: bool) -> list[Card]:
    """Score and level with the ticks, each against what it is now, and how far the next level is then."""
    moved = plan.score - now.score
    change = "" if isnan(moved) or half_up(moved, 1) == 0 else f"{signed(moved, *standard.score_unit)} by the ticks"
    better = None if not change else moved > 0
    scored = "–" if isnan(plan.score) else count_of(plan.score, standard.score_max)
    before = NO_SCORE if isnan(now.score) else f"now {number(now.score)}" if change else "as answered"
    cards: list[Card] = [("Score", scored, before, change, better)]
    if not standard.levels:
        return cards
    mark = " (indicative)" if indicative else ""
    up = plan.level_position - now.level_position
    risen = f"▲ +{counted(up, 'level')}" if up > 0 else ""
    below = "" if isnan(plan.score) else "below the first level"
    spare = below if isnan(plan.to_spare) else f"{counted(plan.to_spare, *standard.score_unit)} to spare"
    level = "–" if isnan(plan.score) else f"{plan.level}{mark if plan.level_position else ''}"
    return [
        *cards,
        (
            "Level",
            level,
            spare or ("below the first level" if not plan.level_position and not isnan(plan.score) else ""),
            risen,
            up > 0 or None,
        ),
        ("Next level", plan.next_level or "–", _to_next(plan, standard), "", None),
    ]


def ladder_words(now: Simulated, plan: Simulated, standard: Standard) -> str:
    """The bar in words, for those who cannot see it."""
    levels = [f"{level.name} from {number(level.minimum)}" for level in standard.levels]
    scores = ["no score" if isnan(at.score) else number(at.score) for at in (now, plan)]
    top = f"of {number(standard.score_max)}"
    moved = (
        f"Score {scores[0]} {top}, with the ticks {scores[1]}" if scores[0] != scores[1] else f"Score {scores[0]} {top}"
    )
    return f"{moved}; {listed(levels, len(levels))}." if levels else f"{moved}."


def waiting_points(plan: Simulated, standard: Standard) -> list[str]:
    """One sentence per ticked criterion that earns nothing yet."""
    names = {criterion.id: criterion.short_name for criterion in standard.criteria}
    return [
        f"“{names[id_]}” ({id_}) does not count yet: it waits for "
        f"{listed([f'“{names[other]}” ({other})' for other in missing])}."
        for id_, missing in plan.waiting
    ]


def area_headings(answers: pd.DataFrame, scenario: Scenario, plan: Simulated) -> dict[str, str]:
    """Area id → its name and how many of its criteria are met, now and with the ticks. `answers`: own_answers."""
    gained = set(scenario.ticks) - {id_ for id_, _ in plan.waiting}
    counts: dict[tuple[str, str], Counter[str]] = {}
    for row in records(answers[["area_id", "area", "criterion_id", "status"]]):
        met = row["status"] == "met"
        counts.setdefault((row["area_id"], row["area"]), Counter()).update(
            met=met, asked=row["status"] != "not_applicable", gained=not met and row["criterion_id"] in gained
        )
    return {id_: _area(area, count) for (id_, area), count in counts.items()}


def beside_box(gap: Gap, road: Sequence[str]) -> str:
    """What stands under a criterion beside its box: its peers, and what must be known of it. `gap`: of city_gaps."""
    known = "" if pd.isna(gap["rate_low"]) else f", {interval(gap['low'], gap['high'])}"
    notes = [
        f"Peers that meet it: {peer_rate(gap)}{known}",
        {"not_answered": "not answered", "partly_met": "partly met"}.get(str(gap["status"]), ""),
        f"waits for {gap['waits_for']}" if gap["waits_for"] else "",
        "on the shortest road" if gap["criterion_id"] in road else "",
        f"effort {gap['effort']}" if gap["chosen"] else "",
    ]
    return " · ".join(filter(None, notes))


def scenario_table(gaps: pd.DataFrame, scenario: Scenario, plan: Simulated, road: Sequence[str]) -> pd.DataFrame:
    """One row per criterion not met: ticked or not, whether it counts, what it would add. `gaps`: city_gaps."""
    waiting = dict(plan.waiting)
    ticked, on_way = (gaps["criterion_id"].isin(ids).map({True: "yes", False: "no"}) for ids in (scenario.ticks, road))
    held = [waiting.get(gap["criterion_id"]) or _holds(gap, scenario) for gap in records(gaps)]
    on_road = {"On the shortest road": on_way} if len(road) else {}
    return pd.DataFrame(
        {
            "Code": gaps["criterion_id"],
            "Criterion": gaps["short_name"],
            "Practice area": gaps["area"],
            "Answer": gaps["status"].map(STATUS),
            "Ticked": ticked,
            "Waits for": [", ".join(waits) for waits in held],
            "Adds to the score": [half_up(value, 2) for value in gaps["adds"].tolist()],
            **on_road,
            f"Effort (1 to 5; {USUAL_EFFORT} where none is chosen)": gaps["effort"],
            "Text": gaps["text"],
        }
    )


def _holds(gap: Gap, scenario: Scenario) -> list[str]:
    """What an answer that is yes and does not count waits for still, with the ticks."""
    waits = (gap["waits_for"] or "").split(", ") if gap["status"] == "blocked" else []
    return [id_ for id_ in waits if id_ not in scenario.ticks]


def _area(name: str, row: Counter[str]) -> str:
    then = f", {number(row['met'] + row['gained'])} with the ticks" if row["gained"] else ""
    return f"{name}: {count_of(row['met'], row['asked'])} met{then}"


def _stands(now: Simulated, standard: Standard) -> str:
    if isnan(now.score):
        return f"has {NO_SCORE}"
    text = f"{'meets' if _counts(standard) else 'scores'} {_score(now.score, standard)}"
    if not standard.levels:
        return text
    reached = f": {now.level}" if now.level_position else ""
    return f"{text}{reached}, {_short(now, standard)}"


def _reaches(now: Simulated, plan: Simulated, standard: Standard) -> str:
    if not standard.levels:
        return ""
    still = "still " if plan.level_position == now.level_position and now.level_position else ""
    return f"{f': {still}{plan.level}' if plan.level_position else ''}, {_short(plan, standard)}"


def _short(at: Simulated, standard: Standard) -> str:
    if not at.next_level:
        return "the highest level"
    short = number(at.to_next) if _counts(standard) else counted(at.to_next, *standard.score_unit)
    return f"{short} short of {at.next_level}"


def _to_next(plan: Simulated, standard: Standard) -> str:
    if isnan(plan.score):
        return "no score yet"
    return f"{counted(plan.to_next, *standard.score_unit)} away" if plan.next_level else "the highest level"


def _score(score: float, standard: Standard) -> str:
    return f"{count_of(score, standard.score_max)}{' criteria' if _counts(standard) else ''}"


def _counts(standard: Standard) -> bool:
    return standard.score_unit[0] == "criterion"
