"""Cards about cities that are nearly there: how near, what stands in the way, and a tile for each."""

from functools import partial

import pandas as pd

from lib import charts
from lib.queries import shown
from lib.queries.near import in_the_way, near_blockers, near_board
from lib.twins.names import distinct
from lib.twins.near import (
    blockers_table,
    blockers_title,
    left_over,
    near_table,
    near_title,
    similar_words,
    standing,
    tiles_title,
    way,
    whole_board,
)
from lib.ui.card import Behind, chart_card, table_card
from lib.ui.links import go
from lib.ui.reading import Reading
from lib.ui.tiles import Link, Tile, draw_tiles

SHOWN = 8
"""Cities on one page of the board, and criteria named for each."""
NAMED = 3


def dots_card(reading: Reading, board: pd.DataFrame, within: int) -> None:
    """Every near miss as a dot by what it lacks; a click opens the city's page."""
    standard = reading.standard
    one, many = standard.noun, standard.noun_plural
    clicked = chart_card(
        charts.near_dots(board, unit=standard.score_unit, noun=one, noun_plural=many),
        title=near_title(board, standard, within),
        caption=f"Each dot is one {one}; choose it for its page. {reading.sentence}.",
        alt=f"Dots: {many} close to the next level, in rows by level and by what is missing.",
        table=partial(near_table, board, standard, indicative=reading.indicative),
        behind=Behind(
            f"One row per {one} within reach of the next level",
            partial(shown.behind, near_board, reading.warehouse, reading.selection, within),
        ),
        key="near",
        file_name="nearly there",
    )
    if clicked and clicked.customdata:
        go("city", city=str(clicked.customdata))


def blockers_card(reading: Reading, blockers: pd.DataFrame, within: int) -> None:
    """How many of them each criterion stands in the way of; a click opens the criterion."""
    standard, many = reading.standard, reading.standard.noun_plural
    first = f"The first {charts.MOST_BLOCKERS} of {len(blockers)}; the table has all. "
    clicked = chart_card(
        charts.in_the_way_bars(blockers, noun_plural=many),
        title=blockers_title(blockers),
        caption=f"A criterion stands in the way of every {standard.noun} that was asked and does not meet it. "
        f"{first if len(blockers) > charts.MOST_BLOCKERS else ''}{reading.sentence}.",
        alt=f"Bars: number of {many} close to the next level that do not meet each criterion.",
        table=partial(blockers_table, blockers, standard),
        behind=Behind(
            "One row per criterion: how many of those close to the next level do not meet it",
            partial(shown.behind, near_blockers, reading.warehouse, reading.selection, within),
        ),
        key="blockers",
        file_name="criteria in the way",
    )
    if clicked and clicked.customdata:
        go("criteria", criterion=str(clicked.customdata))


def board_tiles(reading: Reading, board: pd.DataFrame, start: int) -> None:
    """One page of the board from row `start` on: a tile for each city, under the level it is close to."""
    shown = board.iloc[start : start + SHOWN]
    ways = in_the_way(reading.warehouse, reading.selection, tuple(shown["city_id"]))
    names = distinct(board)
    for level, cities in shown.groupby("next_level", sort=False):
        tiles = [_tile(reading, city, names, ways[ways["city_id"] == city["city_id"]]) for _, city in cities.iterrows()]
        whole = int((board["next_level"] == level).sum())
        draw_tiles(tiles_title(str(level), whole, reading.standard), tiles, key=str(level))


def board_card(reading: Reading, board: pd.DataFrame, within: int) -> None:
    """The whole board as a table and, with every criterion in every city's way, as a file."""
    table_card(
        near_table(board, reading.standard, indicative=reading.indicative),
        title="The whole board",
        caption=f"The file has a row for each criterion in the way. {similar_words(reading.standard)}. "
        f"{reading.sentence}.",
        behind=Behind(
            f"One row per {reading.standard.noun} within reach of the next level",
            partial(shown.behind, near_board, reading.warehouse, reading.selection, within),
        ),
        key="board",
        file_name=f"near-miss board within {within}",
        whole=partial(_whole, reading, board),
    )


def _whole(reading: Reading, board: pd.DataFrame) -> pd.DataFrame:
    ways = in_the_way(reading.warehouse, reading.selection, tuple(board["city_id"]))
    return whole_board(board, ways, reading.standard, indicative=reading.indicative)


def _tile(reading: Reading, city: pd.Series, names: dict[str, str], ways: pd.DataFrame) -> Tile:
    first = ways.head(NAMED)
    note = f"At the boundary. {city['boundary_note']}" if pd.notna(city["boundary_note"]) else ""
    return Tile(
        name=Link("city", names[city["city_id"]], {"city": city["city_id"]}),
        about=standing(city, reading.standard, indicative=reading.indicative),
        note=note,
        links=[
            Link("criteria", way(row, reading.standard), {"criterion": row["criterion_id"]})
            for _, row in first.iterrows()
        ],
        left=left_over(city, len(first)),
    )
