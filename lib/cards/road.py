"""Cards about one city's way to the next level: what a scenario comes to, and the boxes to tick."""

from functools import partial
from itertools import groupby
from operator import itemgetter

import pandas as pd

from lib.cards.gaps import GAPS_ROWS, gaps_behind
from lib.peers import Peers
from lib.queries.gaps import road_of
from lib.scenario import Scenario, Simulated
from lib.standard import Standard
from lib.twins.gaps import Gap, all_of
from lib.twins.records import records
from lib.twins.road import (
    beside_box,
    ladder_words,
    road_cards,
    road_sentence,
    waiting_points,
)
from lib.ui.card import Behind, table_card
from lib.ui.figures import KeyFigure, key_figures
from lib.ui.ladder import Ladder, ladder
from lib.ui.layout import attention, part, remark, side_by_side
from lib.ui.links import page_choice
from lib.ui.plain import plain
from lib.ui.reading import Reading
from lib.ui.scenario import boxed, tick_box, tick_button
from lib.words import counted, number


def levels_above(now: Simulated, standard: Standard) -> tuple[str, ...]:
    """The levels that are left to reach, the next one first."""
    return tuple(level.name for level in standard.levels[now.level_position :])


def outcome(reading: Reading, now: Simulated, plan: Simulated) -> None:
    """What the scenario comes to, as figures, as a bar and in sentences that must not be missed."""
    standard = reading.standard
    key_figures([KeyFigure(*card) for card in road_cards(now, plan, standard, indicative=reading.indicative)])
    shares = [0.0 if pd.isna(at.score) else at.score / standard.score_max for at in (now, plan)]
    marks = [(x.name, x.minimum / standard.score_max, number(x.minimum)) for x in standard.levels]
    ladder(Ladder(shares[0], shares[1], marks), alt=ladder_words(now, plan, standard))
    if plan.boundary_note:
        attention(plan.boundary_note, "At the boundary.")
    for sentence in waiting_points(plan, standard):
        attention(sentence)


def road_card(reading: Reading, city: str, peers: Peers, now: Simulated, scenario: Scenario) -> tuple[str, ...]:
    """The shortest road to a level of choice, with the button that ticks it; returns its criteria."""
    standard, levels = reading.standard, levels_above(now, reading.standard)
    road: tuple[str, ...] = ()
    if levels:
        with side_by_side():
            level = page_choice("Level to reach", {name: name for name in levels}, key="aim")
            found = road_of(reading.warehouse, reading.selection, city, peers, effort=scenario.effort, target=level)
            road = found or ()
            _buttons(road, scenario)
        remark(road_sentence(found, level, standard, efforts=bool(scenario.effort)))
    else:
        if not standard.levels:
            remark("This standard has no levels: ticks change the score only.")
        _buttons((), scenario)
    return road


def _buttons(road: tuple[str, ...], scenario: Scenario) -> None:
    if road and set(road) != set(scenario.ticks):
        tick_button(f"Tick the shortest road ({len(road)})", road, key="shortest")
    if scenario.ticks:
        tick_button("Clear all ticks", (), key="clear")


def boxes(
    reading: Reading, gaps: pd.DataFrame, headings: dict[str, str], scenario: Scenario, road: tuple[str, ...]
) -> None:
    """Every criterion not met with its text and a box, area by area; an answer that is blocked has none.

    `headings`: area id → its heading.
    """
    order = [criterion.id for criterion in reading.standard.criteria]
    for area, rows in groupby(records(gaps.sort_values("position")), itemgetter("area_id")):
        part(headings[area])
        for gap in rows:
            _box(gap, scenario, order, road)


def _box(gap: Gap, scenario: Scenario, order: list[str], road: tuple[str, ...]) -> None:
    name = f"{gap['criterion_id']} {gap['short_name']}"
    with boxed(gap["criterion_id"]):
        if gap["status"] == "blocked":
            remark(f"{name}: the answer is yes, and counts once {all_of(gap['waits_for'])} met.")
        else:
            tick_box(gap["criterion_id"], plain(name), scenario, order)
        remark(gap["text"], beside_box(gap, road))


def scenario_card(reading: Reading, summary: tuple[str, str, Peers], gaps: pd.DataFrame, table: pd.DataFrame) -> None:
    """The scenario as a table and a file. `summary`: the city's id, name and peers; `table`: scenario_table."""
    city, name, peers = summary
    ticked = int((table["Ticked"] == "yes").sum())
    table_card(
        table,
        title=f"The scenario: {counted(ticked, 'criterion', 'criteria')} ticked of {number(len(table))} not met",
        caption="The address of this page holds the ticks and the efforts: a link shows the same scenario to whoever "
        f"opens it. {reading.sentence}.",
        behind=Behind(
            f"{GAPS_ROWS}. What the ticks come to is added up on the page",
            partial(gaps_behind, reading, city, peers, gaps),
        ),
        key="scenario",
        file_name=f"{name} scenario",
    )
