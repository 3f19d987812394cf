"""Cards about what changed between two cycles: the mean's parts, the ways between levels, criteria, cities."""

from dataclasses import dataclass
from functools import partial

import pandas as pd

from lib import charts
from lib.cards.beside import change_segments
from lib.cards.comparison import Comparison
from lib.queries import shown, transitions
from lib.queries.change_sql import flow_sql, flows_sql, movers_sql, parts_sql
from lib.queries.crosswalk import crosswalk
from lib.queries.gains import criterion_gains
from lib.selection import STAGES
from lib.twins import change as sentences
from lib.twins.flows import flow_rows, flow_table, flows_table
from lib.twins.gains import gain_rows, gains_table, wording_note
from lib.twins.movers import movers_table, place_rows, top
from lib.twins.parts import crosswalk_table, part_rows, parts_table
from lib.ui.card import Behind, chart_card, table_card
from lib.ui.links import go, stay
from lib.ui.reading import Reading
from lib.words import counted, number


@dataclass(frozen=True, slots=True)
class Ways:
    """Who went from where to where: the ladder, each city on it, the flows, their names by id, the one shown first."""

    steps: transitions.Ladder
    placed: pd.DataFrame
    flows: pd.DataFrame
    options: dict[str, str]
    usual: str


def parts_card(reading: Reading, about: Comparison) -> None:
    """The change of the mean, split into parts that add up, then that of each segment."""
    standard, span = reading.standard, about.span
    rows = part_rows(about.parts, standard, span)
    many = standard.noun_plural
    chart_card(
        charts.waterfall(rows, unit=f"mean score, {span.unit[1]}"),
        title=sentences.parts_title(about.parts, standard, span),
        caption=f"The parts add up to the change of the mean. Same {many}: the mean of their changes with its 95 % "
        f"interval (paired t). In one cycle only: what they add by standing higher or lower than the same {many} in "
        f"that cycle. {_scores(about, standard.noun_plural)}{_filtered(reading)}{about.sentence}.",
        alt=f"Waterfall: the mean of {span.versus}, what the same {many}, newcomers and leavers add, the mean of "
        f"{span.cycle}.",
        table=partial(parts_table, rows, standard, span),
        behind=Behind(
            "One row per part of the change. The panel’s interval (paired t) follows from panel_deviation",
            partial(parts_sql, reading.warehouse, reading.selection, about.against),
        ),
        key="parts",
        file_name=f"parts of the change {span.since}",
    )
    change_segments(reading, about)


def ways(reading: Reading, about: Comparison) -> Ways:
    """The ways that cities took between levels, or between quarters of the scores."""
    standard, span = reading.standard, about.span
    steps = transitions.ladder(about.cities, standard)
    placed = transitions.on_ladder(about.cities, steps)
    flows = flow_rows(transitions.flows(placed), steps.rungs, standard, span)
    counts = [counted(cities, standard.noun, standard.noun_plural) for cities in flows["cities"]]
    options = {flow: f"{words}: {n}" for flow, words, n in zip(flows["flow"], flows["words"], counts, strict=True)}
    up = flows[(flows["end"] > flows["start"]) & (flows["start"] >= 0)]
    usual = (up if len(up) else flows).sort_values("cities", ascending=False, kind="stable")["flow"].iloc[0]
    return Ways(steps, placed, flows, options, str(usual))


def transitions_card(reading: Reading, about: Comparison, taken: Ways, chosen: str) -> None:
    """The ways drawn as bands; a click chooses one."""
    standard, span = reading.standard, about.span
    clicked = chart_card(
        charts.transitions(
            taken.flows,
            rungs=taken.steps.rungs,
            levelled=bool(standard.levels),
            absent=(span.joined, span.left),
            cycles=(span.versus, span.cycle),
            chosen=chosen,
        ),
        title=sentences.transitions_title(taken.placed, standard, span, indicative=reading.indicative),
        caption=_steps(reading, about),
        alt=f"Bands from where {standard.noun_plural} stood in {span.versus} to where they stand in {span.cycle}.",
        table=partial(
            flows_table,
            *(taken.flows, taken.steps.rungs, span),
            indicative=reading.indicative and bool(standard.levels),
        ),
        behind=Behind(
            f"One row per way. Rungs are counted from 0, the lowest; none where a {standard.noun} was not there",
            partial(flows_sql, reading.warehouse, reading.selection, about.against, taken.steps.cuts),
        ),
        key="transitions",
        file_name=f"transitions {span.since}",
    )
    if clicked and clicked.customdata in taken.options:
        stay(flow=str(clicked.customdata))


def flow_card(reading: Reading, about: Comparison, taken: Ways, chosen: str) -> None:
    """The cities that took one of the ways, by name."""
    table_card(
        flow_table(taken.placed[taken.placed["flow"] == chosen], reading.standard, about.span),
        title=taken.options[chosen],
        caption=f"Scores in {about.span.unit[1]}. {about.sentence}.",
        behind=Behind(
            f"One row per {reading.standard.noun} that went this way. Rungs are counted from 0, the lowest",
            partial(flow_sql, reading.warehouse, reading.selection, about.against, taken.steps.cuts, chosen),
        ),
        key="flow",
        file_name=f"{taken.options[chosen]} {about.span.since}",
    )


def gains_card(reading: Reading, about: Comparison, order: str) -> None:
    """Criteria that the same cities came to meet and no longer meet; a click looks into one."""
    standard, span = reading.standard, about.span
    data = gain_rows(criterion_gains(reading.warehouse, reading.selection, about.against), standard)
    drawn = data if order == "standard" else data.sort_values("net", ascending=False, kind="stable", ignore_index=True)
    many = standard.noun_plural
    clicked = chart_card(
        charts.gains_and_losses(drawn, noun_plural=many),
        title=sentences.gains_title(data, noun_plural=many),
        caption=f"{many.capitalize()} that answered a criterion in both cycles. ◆ more than chance: exact McNemar, "
        f"Benjamini–Hochberg over {counted(len(data), 'criterion', 'criteria')}, so that at most one mark in ten is "
        f"expected to be false. A test says that something moved, not why. {wording_note(data)}{about.sentence}.",
        alt=f"Bars for each criterion: {many} that came to meet it to the right, those that no longer do to the left.",
        table=partial(gains_table, drawn, standard),
        behind=Behind(
            "One row per criterion answered in both cycles. p (exact McNemar) and q follow from gained and lost",
            partial(shown.behind, criterion_gains, reading.warehouse, reading.selection, about.against),
        ),
        key="gains",
        file_name=f"criteria gained and lost {span.since}",
    )
    if clicked:
        go("criteria", criterion=str(clicked.customdata))


def movers_card(reading: Reading, about: Comparison) -> None:
    """Every city by its start and its change, with the change that such a start leads one to expect."""
    standard, span = reading.standard, about.span
    both = about.both
    best, _ = top(both, best=True)
    clicked = chart_card(
        charts.movers(
            place_rows(both, standard, span),
            line=both.loc[[both["before"].idxmin(), both["before"].idxmax()]],
            x=f"{span.versus}, {span.unit[1]}",
            y=f"change {span.since}",
            noun=standard.noun,
        ),
        title=sentences.movers_title(best, standard, span),
        caption=f"{sentences.caution(both, best, standard, span)} {about.sentence}.",
        alt=f"Dots: the score of {span.versus} across, the change {span.since} upwards, the expected change as a line.",
        table=partial(movers_table, both, standard, span),
        behind=Behind(
            f"One row per {standard.noun} with a score in both cycles; expected: the change to expect of such a start",
            partial(movers_sql, reading.warehouse, reading.selection, about.against),
        ),
        key="movers",
        file_name=f"change of each {standard.noun} {span.since}",
    )
    if clicked and clicked.customdata:
        go("city", city=str(clicked.customdata))


def named_cards(reading: Reading, about: Comparison) -> None:
    """The most improved by name, then those that slipped most."""
    for best in (True, False):
        _named(reading, about, best=best)


def _named(reading: Reading, about: Comparison, *, best: bool) -> None:
    """One of the two; nothing where nobody went that way."""
    standard, span = reading.standard, about.span
    named, tied = top(about.both, best=best)
    if named.empty:
        return
    title = f"{'Most improved' if best else 'Slipped most'} {span.since}"
    more = f" {number(tied)} more with the next change are not named." if tied else ""
    table_card(
        movers_table(named, standard, span),
        title=title,
        caption=f"Equal changes share a place.{more} Expected: the mean change of {standard.noun_plural} that started "
        f"there. Large changes are partly luck: some of them will go back. {about.sentence}.",
        behind=Behind(
            f"One row per {standard.noun}; expected: the change to expect of such a start",
            partial(movers_sql, reading.warehouse, reading.selection, about.against, list(named["city_id"])),
        ),
        key="improved" if best else "slipped",
        file_name=title,
    )


def crosswalk_card(reading: Reading, about: Comparison) -> None:
    """What became of every criterion of both standards, compared or not."""
    data = crosswalk(reading.warehouse, reading.selection, about.against)
    table_card(
        crosswalk_table(data, about.span),
        title=sentences.crosswalk_title(data),
        caption="Only criteria that the crosswalk maps as the same, or as reworded or widened, are compared; the "
        "others are listed and never differenced.",
        behind=Behind(
            "One row per criterion of either standard, or pair of them",
            partial(shown.behind, crosswalk, reading.warehouse, reading.selection, about.against),
        ),
        key="crosswalk",
        file_name="crosswalk",
    )


def _scores(about: Comparison, many: str) -> str:
    if about.across:
        return f"Scores are numbers of criteria met; the parts of the {many} count only those that both ask. "
    return ""


def _filtered(reading: Reading) -> str:
    """Levels and participation are those of the selected cycle, so the compared one has the same cities only."""
    if reading.selection.levels or reading.selection.participation:
        many = reading.standard.noun_plural
        return f"With a filter by level or participation the compared cycle holds the same {many} only. "
    return ""


def _steps(reading: Reading, about: Comparison) -> str:
    span, many = about.span, reading.standard.noun_plural
    if reading.standard.levels:
        how = f"Levels by the standard’s rule, {STAGES[reading.selection.stage].lower()} answers."
    else:
        how = f"The standard has no levels: these are quarters of the scores of {span.versus}, equal scores together."
    return f"A band is as wide as it has {many}. Choose one for the {many} in it. {how} {about.sentence}."
