"""Cards of what the public is told: pass rates of all, by practice area and by criterion."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from lib import charts
from lib.queries import shown
from lib.queries.published import published_areas, published_rates
from lib.selection import STAGES
from lib.twins.published import areas_table, rates_table, rates_title
from lib.ui.card import Behind, chart_card
from lib.ui.reading import Reading

BOUNDS = (
    "Where nobody or everybody meets a criterion, or all but one do, only bounds are told; of fewer than {minimum} "
    "answers, nothing."
)
AREAS = (
    "Pass rate = answers that meet their criterion ÷ answers, of all its criteria; at the right their counts. The "
    "line is the widest that its 95 % interval can be, each {noun} counted once."
)
CHANGED = (
    "Everybody who answered in each cycle is compared, which is not the same {many}; the interval of a change, in the "
    "table, takes them for different ones."
)


def areas_card(reading: Reading, areas: pd.DataFrame, finding: str) -> None:
    """Every practice area's pass rate, with the compared cycle's beside it."""
    standard = reading.standard
    rows = areas.assign(criterion_id=areas["area_id"], short_name=areas["area"], pass_rate=areas["rate_low"])
    _card(
        reading,
        rows.assign(area_id="", area="", met=rows["met_low"]),
        title=finding,
        caption=AREAS.format(noun=standard.noun),
        alt="Dots with intervals: pass rate of each practice area.",
        table=areas_table,
        asked=published_areas,
        told=areas,
        what="practice areas",
        met="answers meet their criterion",
    )


def rates_card(reading: Reading, rates: pd.DataFrame) -> None:
    """Every criterion's pass rate under its practice area, with the compared cycle's beside it."""
    _card(
        reading,
        rates.assign(met=rates["met_low"]),
        title=rates_title(rates, reading.standard),
        caption="Pass rate = met ÷ answered; the line is its 95 % Wilson interval.",
        alt="Dots with intervals: pass rate of each criterion, grouped by practice area.",
        table=rates_table,
        asked=published_rates,
        told=rates,
        what="pass rates",
    )


def _card(
    reading: Reading,
    rows: pd.DataFrame,
    *,
    title: str,
    caption: str,
    alt: str,
    table: Callable[..., pd.DataFrame],
    asked: Callable[..., pd.DataFrame],
    told: pd.DataFrame,
    what: str,
    met: str = "",
) -> None:
    cycle, stage, versus = reading.selection.cycle, STAGES[reading.selection.stage].lower(), reading.selection.versus
    changed = CHANGED.format(many=reading.standard.noun_plural) if versus else ""
    minimum = reading.warehouse.minimum_n
    middle = (rows["versus_rate_low"] + rows["versus_rate_high"]) / 2
    chart_card(
        charts.rate_intervals(
            rows.assign(versus_rate=middle),
            minimum=minimum,
            label=f"{cycle}, {stage}",
            versus_label=f"{versus}, {stage}" if versus else None,
            noun_plural=reading.standard.noun_plural,
            met=met,
        ),
        title=title,
        caption=" ".join(filter(None, [caption, BOUNDS.format(minimum=minimum), changed, f"{reading.sentence}."])),
        alt=alt,
        table=partial(table, told, minimum=minimum, versus=versus),
        behind=Behind(
            f"One row for each of the {what}. The intervals of changes (Newcombe) follow from the rates and numbers",
            partial(shown.behind, asked, reading.warehouse, reading.selection),
        ),
        key=what.replace(" ", "-"),
        file_name=what,
    )
