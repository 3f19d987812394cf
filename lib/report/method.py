"""What the words of a report card mean, and where its figures come from."""

from collections.abc import Iterator

import pandas as pd

from lib.brief.facts import Fact
from lib.brief.method import ended, lasting, level_fact
from lib.exports.receipt import SYNTHETIC
from lib.report.asked import Asked
from lib.selection import MINIMUM_N, STAGES
from lib.twins.provenance import standard_sentence

PAGE = "city"
"""The address of the page that shows the same on screen."""


def definition_facts(asked: Asked, *, exact: bool) -> tuple[Fact, ...]:
    """`exact`: are the peers' counts exact, or protected as for a city?"""
    return tuple(_definitions(asked, exact=exact))


def _definitions(asked: Asked, *, exact: bool) -> Iterator[Fact]:
    standard, many = asked.standard, asked.standard.noun_plural
    yield Fact("Score", standard_sentence(standard))
    if standard.levels:
        fact = level_fact(standard)
        yield Fact(fact.term, f"{fact.text} Certified is said only of a level that the programme has published.")
    yield Fact("Peers", f"{asked.told}. No figure comes from fewer than {MINIMUM_N} of them.{_protected(exact=exact)}")
    yield Fact(
        "Share of peers",
        "peers that meet a criterion ÷ peers that answered it. Not answered is left out, never counted as zero.",
    )
    yield Fact("95 % interval", f"Wilson’s: how far a share could be off because {many} are few.")
    stage = "the city’s own answers, which nobody has checked".replace("city", standard.noun)
    words = stage if asked.indicative else "answers checked against documents"
    yield Fact(f"{STAGES[asked.selection.stage]} answers", f"{words}.")


def _protected(*, exact: bool) -> str:
    if exact:
        return ""
    return " Figures are of whole groups of them, moved a little or given as ranges, so that nobody’s answers show."


def source_facts(asked: Asked, publication: pd.Series) -> tuple[Fact, ...]:
    """`publication`: the one row about the database."""
    return tuple(_sources(asked, publication))


def _sources(asked: Asked, publication: pd.Series) -> Iterator[Fact]:
    standard, city = asked.standard, str(asked.city["city_id"])
    yield Fact("Standard", f"{standard.name}, version {standard.version}. {ended(standard.source)}")
    yield Fact("Data", f"version {publication['version']}, built {publication['built_at']:%-d %B %Y, %H:%M} UTC.")
    address = lasting(asked.selection, asked.choices, city=city, **asked.peers.to_params())
    yield Fact("On screen", f"add /{PAGE}?{address} to the address of the dashboard.")
    if publication["synthetic"]:
        yield Fact("Synthetic", SYNTHETIC)
