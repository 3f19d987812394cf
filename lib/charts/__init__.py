"""Charts as pure functions: data first, named options after, a Plotly figure back. No Streamlit, no SQL."""

from lib.charts.areas import area_heatmap
from lib.charts.change import change_bars
from lib.charts.compared import MOST_COMPARED, compared_areas
from lib.charts.criteria import criteria_heatmap
from lib.charts.difficulty import difficulty_map
from lib.charts.discrimination import discrimination
from lib.charts.forest import difference_intervals, odds_intervals
from lib.charts.gains import gains_and_losses
from lib.charts.history import history
from lib.charts.levels import levels_by_cycle
from lib.charts.movers import movers
from lib.charts.near import MOST_BLOCKERS, in_the_way_bars, near_dots
from lib.charts.rates import rate_intervals
from lib.charts.scores import score_distribution
from lib.charts.strip import area_strip
from lib.charts.transitions import transitions
from lib.charts.waterfall import waterfall
from lib.charts.workshops import workshop_steps

__all__ = [
    "MOST_BLOCKERS",
    "MOST_COMPARED",
    "area_heatmap",
    "area_strip",
    "change_bars",
    "compared_areas",
    "criteria_heatmap",
    "difference_intervals",
    "difficulty_map",
    "discrimination",
    "gains_and_losses",
    "history",
    "in_the_way_bars",
    "levels_by_cycle",
    "movers",
    "near_dots",
    "odds_intervals",
    "rate_intervals",
    "score_distribution",
    "transitions",
    "waterfall",
    "workshop_steps",
]
