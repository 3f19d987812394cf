"""Who is nearly at the next level, and which criteria stand in the way?"""

import streamlit as st

from lib.cards.beside import near_segments
from lib.cards.near import SHOWN, blockers_card, board_card, board_tiles, dots_card
from lib.queries.near import near_blockers, near_board
from lib.selection import NEAR
from lib.twins.near import near_finding, similar_words
from lib.ui.empty import nobody_here, nothing_here
from lib.ui.links import page_choice, page_number
from lib.ui.plain import plain
from lib.ui.reading import Reading, now
from lib.words import counted

MOST = 5


def near(reading: Reading) -> None:
    """The finding, who lacks how much, what stands in the way, then a tile for each city."""
    standard, heading = reading.standard, st.container()
    options = {str(k): f"Within {counted(k, *standard.score_unit)}" for k in range(1, MOST + 1)}
    with st.container(width=320):
        within = int(page_choice("How near", options, key="near", default=str(NEAR)))
    board = near_board(reading.warehouse, reading.selection, within)
    blockers = near_blockers(reading.warehouse, reading.selection, within)
    finding = near_finding(
        board, blockers, standard, cities=reading.cities, within=within, indicative=reading.indicative
    )
    heading.header(plain(finding), anchor=False)
    if board.empty:
        nothing_here("Nobody is that near.", "Look further, or choose another cycle.")
        return
    dots_card(reading, board, within)
    blockers_card(reading, blockers, within)
    near_segments(reading, within)
    st.header("One by one", anchor=False)
    st.caption(plain(f"First the criteria that similar {standard.noun_plural} meet most. {similar_words(standard)}."))
    tiles = st.container()
    page = page_number(-(-len(board) // SHOWN))
    with tiles:
        board_tiles(reading, board, (page - 1) * SHOWN)
    board_card(reading, board, within)


reading = now()
st.title("Nearly there", anchor=False)
if not reading.cities:
    nobody_here(reading.standard.noun)
elif not reading.standard.levels:
    nothing_here(
        "This standard has no levels, so there is no next one to be near.",
        "Workshops and Usual next step show what most would gain from.",
    )
else:
    near(reading)
