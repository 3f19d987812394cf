"""What a brief says: gathered once from the queries that the screen asks, for both forms it is set in."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from lib.brief.facts import About, Method
from lib.brief.grids import cycles_part, families_part, groups_part, suits
from lib.brief.hardness import rates_part
from lib.brief.levels import levels_part
from lib.brief.method import Origin, method_part
from lib.brief.moved import changes_part
from lib.brief.near import SHOWN, Found, near_part
from lib.brief.parts import Brief, Changes, Figure, Grid, Levels, Near, Rates
from lib.brief.sentences import shortened
from lib.brief.settling import settled
from lib.findings import overview_finding
from lib.queries import about, areas, change, cities, criteria, figures, gains, panel
from lib.queries.choices import read_choices
from lib.queries.crosswalk import Against
from lib.queries.families import FAMILIES
from lib.queries.near import in_the_way, near_blockers
from lib.queries.segments import areas_by
from lib.queries.standards import read_standard
from lib.selection import SEGMENT, STAGES, Choices, Selection
from lib.standard import Standard
from lib.twins.cards import overview_cards
from lib.twins.change import Span, change_finding
from lib.warehouse import Warehouse

MARK = "Demonstration data: all names and all answers are invented"
_SHORT = 110


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what is known about it: the database, the selection, and the standard it is about."""

    warehouse: Warehouse
    selection: Selection
    choices: Choices
    standard: Standard

    @property
    def indicative(self) -> bool:
        """Do levels come from the cities' own answers only?"""
        return self.selection.stage == "self_reported"


def gather(warehouse: Warehouse, selection: Selection, split: str = "") -> Brief:
    """The brief of a selection. `split`: the id of the attribute to group by; anything else: the first that suits."""
    asked = Asked(warehouse, selection, read_choices(warehouse), read_standard(warehouse, selection.standard))
    size, total = figures.cohort_size(warehouse, selection)
    told = _told(asked, size, total)
    edge, method = _about(asked, told), _method(asked, told)
    if not size:
        return settled(Brief(edge, f"No {asked.standard.noun} is in this selection.", method))
    return settled(_of_some(asked, edge, method, split))


def _of_some(asked: Asked, edge: About, method: Method, split: str) -> Brief:
    counts = figures.key_figures(asked.warehouse, asked.selection)
    gaps = near_blockers(asked.warehouse, asked.selection)
    levels, grid, changes, rates = _levels(asked), _by_cycle(asked), _changes(asked), _rates(asked)
    parts = (levels, grid, changes, rates)
    cards = overview_cards(counts, asked.standard, indicative=asked.indicative, versus=asked.selection.versus)
    return Brief(
        about=edge,
        finding=overview_finding(counts, gaps, asked.standard, indicative=asked.indicative),
        method=method,
        figures=tuple(Figure(*card) for card in cards),
        points=tuple(f"{part.title}." for part in parts if part is not None),
        levels=levels,
        by_cycle=grid,
        by_group=_by_group(asked, split),
        by_family=_by_family(asked),
        changes=changes,
        rates=rates,
        near=_near(asked, gaps),
        left_out=tuple(_left_out(asked, changes, rates)),
    )


def _told(asked: Asked, size: int, total: int) -> str:
    """The selection in a sentence; where it is a part of the cycle, with the whole."""
    count, _, rest = asked.selection.describe(asked.choices, size).partition(" in the ")
    part = f" of {total:,}" if asked.selection.filtered else ""
    return f"{count}{part} in the {rest}"


def _about(asked: Asked, told: str) -> About:
    row, standard, selection = about.publication(asked.warehouse).iloc[0], asked.standard, asked.selection
    own = "Self-reported answers: levels are indicative"
    return About(
        standard=f"{standard.name}, {standard.version}",
        cycle=f"{selection.cycle} cycle, {STAGES[selection.stage].lower()} answers",
        selection=told,
        short=shortened(told, _SHORT),
        built=row["built_at"].to_pydatetime(),
        date=f"{row['built_at']:%-d %B %Y}",
        version=str(row["version"]),
        mark=MARK if row["synthetic"] else "",
        caution=own if asked.indicative and standard.levels else "",
        noun=standard.noun,
        noun_plural=standard.noun_plural,
    )


def _method(asked: Asked, told: str) -> Method:
    origin = Origin(about.publication(asked.warehouse).iloc[0], about.sources(asked.warehouse))
    return method_part(asked.selection, asked.choices, asked.standard, origin, told)


def _levels(asked: Asked) -> Levels | None:
    data = figures.levels_by_cycle(asked.warehouse, asked.selection)
    return None if data.empty else levels_part(data, asked.selection, asked.standard, indicative=asked.indicative)


def _by_cycle(asked: Asked) -> Grid:
    return cycles_part(areas.area_grid_by_cycle(asked.warehouse, asked.selection), asked.standard)


def _by_group(asked: Asked, split: str) -> Grid | None:
    """Practice areas by what was asked for, else by the segments compared, else by the first attribute that suits."""
    splits = {SEGMENT: "Segment"} if asked.selection.segments else {}
    splits |= {attribute.id: attribute.name for attribute in asked.choices.attributes}
    for id_ in sorted(splits, key=lambda id_: id_ != split):
        data = areas_by(asked.warehouse, asked.selection, id_)
        if id_ in (split, SEGMENT) or suits(data):
            segments = asked.selection.segments if id_ == SEGMENT else ()
            return groups_part(data, splits[id_], asked.standard, segments)
    return None


def _by_family(asked: Asked) -> Grid | None:
    if not asked.standard.families:
        return None
    data = areas.area_grid_by_cycle(asked.warehouse, asked.selection, columns=FAMILIES)
    return families_part(data, asked.standard)


def _changes(asked: Asked) -> Changes | None:
    warehouse, selection, versus = asked.warehouse, asked.selection, asked.selection.versus
    if versus is None:
        return None
    by_area, moved = change.area_change(warehouse, selection), gains.criterion_gains(warehouse, selection)
    return changes_part(_change_finding(asked, versus), by_area, moved, versus, asked.standard)


def _change_finding(asked: Asked, versus: str) -> str:
    """The sentence that the page Change begins with."""
    selection, standard = asked.selection, asked.standard
    cycles = asked.choices.cycles(selection.standard)
    later = cycles.index(versus) > cycles.index(selection.cycle)
    against, span = Against(selection.standard, versus), Span(selection.cycle, versus, later, standard.score_unit)
    parts = panel.change_parts(asked.warehouse, selection, against)
    both = panel.city_changes(asked.warehouse, selection, against)
    return change_finding(parts, both, standard, span, indicative=asked.indicative)


def _rates(asked: Asked) -> Rates | None:
    return rates_part(criteria.criterion_rates(asked.warehouse, asked.selection), asked.standard)


def _near(asked: Asked, gaps: pd.DataFrame) -> Near | None:
    warehouse, selection = asked.warehouse, asked.selection
    if not asked.standard.levels:
        return None
    everyone, near = cities.cities(warehouse, selection), cities.near_misses(warehouse, selection)
    if near.empty:
        return None
    ways = in_the_way(warehouse, selection, tuple(near["city_id"].head(SHOWN)))
    found = Found(everyone, near, gaps, ways)
    return near_part(found, asked.standard, indicative=asked.indicative, versus=selection.versus)


def _left_out(asked: Asked, changes: Changes | None, rates: Rates | None) -> Iterator[str]:
    """What somebody who knows other briefs would miss in this one, and why."""
    versus, many = asked.selection.versus, asked.standard.noun_plural
    if not asked.standard.levels:
        yield f"{asked.standard.name} has no levels: there is nothing to be close to, and no page about it."
    if versus is None:
        yield "No cycle is compared: there is no page about change."
    elif changes is None:
        yield f"Too few {many} are in both {asked.selection.cycle} and {versus} to say what changed."
    if rates is None:
        yield f"Too few {many} answered for a pass rate of any criterion."
