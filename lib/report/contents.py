"""What a report card says: gathered once from the queries of the city pages, for every form it is set in."""

from collections.abc import Iterator

import pandas as pd

from lib.brief.contents import MARK
from lib.brief.facts import About
from lib.brief.sentences import shortened
from lib.brief.settling import settled
from lib.peers import Peers
from lib.queries import about, peers
from lib.queries.certification import city_certifications
from lib.queries.choices import read_choices
from lib.queries.city import city_history, city_summary
from lib.queries.gaps import city_gaps
from lib.queries.standards import read_standard
from lib.report.asked import Asked
from lib.report.gaps import gaps_part, road_part
from lib.report.method import definition_facts, source_facts
from lib.report.parts import Card
from lib.report.past import history_part
from lib.report.peering import peering_part
from lib.report.standing import key_figures, scale_part, standing_part
from lib.selection import STAGES, Selection
from lib.twins.standing import standing_finding, total_of
from lib.warehouse import Warehouse

_NAME, _SHORT = 48, 118
_OWN = "Self-reported answers: levels are indicative"
_EXACT = "For the programme’s own use: figures of peers are exact"


class NotAssessed(LookupError):  # noqa: N818  (reads as the sentence it carries)
    """The city has no answers in this cycle and stage, so there is nothing to report."""


def gather(warehouse: Warehouse, selection: Selection, city: str, among: Peers | None = None) -> Card:
    """The report card of a city among its peers (the usual ones if not given). Raises NotAssessed."""
    asked = _asked(warehouse, selection, city, among or Peers())
    areas = peers.peer_areas(warehouse, selection, city, asked.peers)
    gaps = city_gaps(warehouse, selection, city, asked.peers)
    publication = about.publication(warehouse).iloc[0]
    card = Card(
        about=_about(asked, publication),
        name=str(asked.city["name"]),
        finding=_finding(asked, areas),
        notes=tuple(_notes(asked)),
        figures=key_figures(asked, areas),
        scale=scale_part(asked, areas),
        standing=standing_part(asked, areas),
        history=history_part(asked, city_history(warehouse, selection, city)),
        gaps=gaps_part(asked, gaps),
        road=road_part(asked, gaps),
        peering=peering_part(asked, peers.peer_list(warehouse, selection, city, asked.peers)),
        definitions=definition_facts(asked, exact=not warehouse.limited),
        sources=source_facts(asked, publication),
    )
    return settled(card)


def _asked(warehouse: Warehouse, selection: Selection, city: str, among: Peers) -> Asked:
    summary, standard = city_summary(warehouse, selection, city), read_standard(warehouse, selection.standard)
    if summary.empty:
        stage = STAGES[selection.stage].lower()
        raise NotAssessed(f"{city} has no {stage} answers in {selection.cycle}.")
    certified = city_certifications(warehouse, selection, city)
    return Asked(
        warehouse,
        selection,
        read_choices(warehouse),
        standard,
        summary.iloc[0],
        among,
        peers.peers_told(warehouse, selection, city, among),
        dict(zip(certified["cycle"], certified["level"], strict=True)),
    )


def _finding(asked: Asked, areas: pd.DataFrame) -> str:
    """The sentence of the page Standing; the name stands above it and may be long."""
    named = asked.city.copy()
    named["name"] = f"the {asked.standard.noun}"
    exact, total = not asked.warehouse.limited, total_of(areas)
    told = standing_finding(named, total, asked.standard, asked.peers, indicative=asked.indicative, exact=exact)
    return told[:1].upper() + told[1:]


def _notes(asked: Asked) -> Iterator[str]:
    """What has to be known beside the figures."""
    if pd.notna(asked.city["boundary_note"]):
        yield f"At the boundary of two levels: {asked.city['boundary_note']}"
    if not asked.standard.levels:
        yield f"{asked.standard.name} has no levels, so there is no road to a next one."
    if asked.selection.versus is None:
        yield "No cycle is compared."
    elif pd.isna(asked.city["versus_score"]):
        yield f"Not assessed in {asked.selection.versus}, so there is no change since then."


def _about(asked: Asked, publication: pd.Series) -> About:
    standard, selection = asked.standard, asked.selection
    name, stage = str(asked.city["name"]), STAGES[selection.stage].lower()
    # A number right behind a name in Arabic or Hebrew would be drawn in front of it: first a word, then the number.
    told = f"{name} in the {selection.describe(asked.choices).partition(' in the ')[2]}. {asked.told}"
    cautions = [_OWN if asked.indicative and standard.levels else "", "" if asked.warehouse.limited else _EXACT]
    return About(
        standard=f"{standard.name}, {standard.version}",
        cycle=f"{selection.cycle} cycle, {stage} answers",
        selection=told,
        short=shortened(f"{shortened(name, _NAME)} · {stage} answers, {selection.cycle} · {asked.told}", _SHORT),
        built=publication["built_at"].to_pydatetime(),
        date=f"{publication['built_at']:%-d %B %Y}",
        version=str(publication["version"]),
        mark=MARK if publication["synthetic"] else "",
        caution=". ".join(filter(None, cautions)),
        noun=standard.noun,
        noun_plural=standard.noun_plural,
    )
