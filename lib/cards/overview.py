"""Cards about the whole cohort: its levels, its practice areas, what changed."""

from functools import partial

from lib import charts
from lib.findings import heatmap_finding
from lib.queries import areas, change, figures, shown
from lib.queries.families import AREAS, FAMILIES
from lib.queries.segments import areas_by
from lib.selection import SEGMENT
from lib.twins.cohort import change_table, levels_table
from lib.twins.grids import areas_table
from lib.twins.segments import segments_title
from lib.twins.titles import change_title, levels_title
from lib.ui.card import Behind, chart_card
from lib.ui.empty import nothing_here
from lib.ui.links import page_link
from lib.ui.reading import Reading

INTERVAL = "The 95 % interval (Student’s t) follows from share, spread and cities"
NUMBERED = ". Segments are numbered in the order of the page; 0 is everybody selected"
WHAT = {AREAS: "area", FAMILIES: "family"}


def levels(reading: Reading) -> None:
    """How many stand on each level, cycle by cycle."""
    data = figures.levels_by_cycle(reading.warehouse, reading.selection)
    one, many = reading.standard.noun, reading.standard.noun_plural
    chart_card(
        charts.levels_by_cycle(data, noun=one, noun_plural=many),
        title=levels_title(
            data, cycle=reading.selection.cycle, noun=one, noun_plural=many, indicative=reading.indicative
        ),
        caption=f"{many.capitalize()} by level in each cycle, with the same filters. {reading.sentence}.",
        alt=f"Stacked bars: number of {many} on each level in each cycle.",
        table=partial(levels_table, data, reading.standard, indicative=reading.indicative),
        behind=Behind(
            f"One row per cycle and level: how many {many} stand on it",
            partial(shown.behind, figures.levels_by_cycle, reading.warehouse, reading.selection),
        ),
        key="levels",
        file_name="levels by cycle",
    )


def area_cycles(reading: Reading, columns: str = AREAS) -> None:
    """Practice areas (or families) × cycles, the selected cycle pinned."""
    data = areas.area_grid_by_cycle(reading.warehouse, reading.selection, columns=columns)
    many, what = reading.standard.noun_plural, WHAT[columns]
    chart_card(
        charts.area_heatmap(data, noun_plural=many),
        title=heatmap_finding(data, noun_plural=many, families=columns == FAMILIES).removesuffix("."),
        caption=f"Share = criteria met ÷ asked: the mean of the n {many} of a cycle with an answer in the {what}, "
        f"and its 95 % interval. {reading.sentence}.",
        alt=f"Heatmap: share of criteria met, cycles in rows, {columns} in columns.",
        table=partial(areas_table, data, first="Cycle", units=many),
        behind=Behind(
            f"One row per cycle and {what}. {INTERVAL}",
            partial(shown.behind, areas.area_grid_by_cycle, reading.warehouse, reading.selection, columns=columns),
        ),
        key="areas",
        file_name=f"{columns} by cycle",
    )


def segments_beside(reading: Reading, columns: str = AREAS) -> None:
    """Where a page does not split: the segments' practice areas (or families) beside one another, if there are any."""
    if reading.selection.segments:
        area_groups(reading, SEGMENT, "Segment", columns, key="segments")


def area_groups(reading: Reading, split: str, name: str, columns: str = AREAS, *, key: str = "areas") -> None:
    """Practice areas (or families) × the segments, or the groups of an attribute; the whole cohort pinned."""
    data = areas_by(reading.warehouse, reading.selection, split, columns=columns)
    many, what = reading.standard.noun_plural, WHAT[columns]
    twice = f" One of the {many} may be in several segments." if split == SEGMENT else ""
    finding = heatmap_finding(data, noun_plural=many, families=columns == FAMILIES)
    chart_card(
        charts.area_heatmap(data, noun_plural=many),
        title=segments_title(data, noun_plural=many) if split == SEGMENT else finding.removesuffix("."),
        caption=f"Share = criteria met ÷ asked: the mean of the n {many} of a group with an answer in the {what}, "
        f"and its 95 % interval.{twice} {reading.sentence}.",
        alt=f"Heatmap: share of criteria met by {name.lower()}, {columns} in columns, all selected first.",
        table=partial(areas_table, data, first=name, units=many),
        behind=Behind(
            f"One row per group and {what}. {INTERVAL}{NUMBERED if split == SEGMENT else ''}",
            partial(shown.behind, areas_by, reading.warehouse, reading.selection, split, columns=columns),
        ),
        key=key,
        file_name=f"{columns} by {name.lower()}",
    )


def changes(reading: Reading, versus: str) -> None:
    """The change of the same cities, apart from that of the whole cohort."""
    data, standard = change.area_change(reading.warehouse, reading.selection), reading.standard
    title = change_title(data, versus=versus, noun=standard.noun, noun_plural=standard.noun_plural)
    if data[["panel_change", "cohort_change"]].isna().all(axis=None):
        nothing_here(f"{title}.", "Remove a filter, or compare with another cycle.")
        return
    chart_card(
        charts.change_bars(data, noun_plural=standard.noun_plural),
        title=title,
        caption=f"Change of the share met since {versus}, in percentage points. Bars: the {standard.noun_plural} in "
        f"both cycles. Dots: the whole cohort, which also changes because others take part. {reading.sentence}.",
        alt=f"Bars: change of each practice area since {versus}, same {standard.noun_plural} and whole cohort.",
        table=partial(change_table, data, noun_plural=standard.noun_plural),
        behind=Behind(
            "One row per practice area. The interval of panel_change (paired t) follows from panel_deviation and panel",
            partial(shown.behind, change.area_change, reading.warehouse, reading.selection),
        ),
        key="change",
        file_name=f"change since {versus}",
        leads_to=partial(page_link, "change", "What is behind this change: who came and left, and which criteria →"),
    )
