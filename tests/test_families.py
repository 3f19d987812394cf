"""The families of the 43 criteria: membership follows from the criteria's own words, and from nothing else."""

import re

import pytest

from lib.standard import Standard, load_standards

# What the description of each family says, as a pattern over the criterion's text.
RULES = {
    "leader": r"designated leader",
    "documented": r"\bdocument(ed|s)\b|\bcodified\b",
    "regular": r"\bquarterly\b|\bregular(ly)?\b|\broutinely\b",
    "public-facing": r"\bpublic(ly)?\b|\bpublishes\b|\bopening\b|resident-facing|users \([^)]*residents",
    "equitable": r"\bdisaggregated\b|\bequitable\b|\bimpact of bias\b",
    "community": r"\bcommunity\b|\bcommunities\b|\bresidents?\b",
}


@pytest.fixture(scope="module")
def wwc() -> Standard:
    return load_standards()["wwc-2022"]


def test_the_families_are_those_with_a_rule(wwc: Standard) -> None:
    assert [family.id for family in wwc.families] == list(RULES)


@pytest.mark.parametrize("family", RULES)
def test_a_criterion_belongs_where_its_words_say_so(wwc: Standard, family: str) -> None:
    said = [c.id for c in wwc.criteria if re.search(RULES[family], c.text, re.I)]
    (given,) = (known.criteria for known in wwc.families if known.id == family)
    assert list(given) == said


def test_a_designated_leader_serves_the_area_that_the_text_names(wwc: Standard) -> None:
    (leader,) = (family for family in wwc.families if family.id == "leader")
    words = {"PA": "performance management", "DM": "data strategy", "EVAL": "evaluations", "RDC": "contracting"}
    texts = {criterion.id: criterion.text for criterion in wwc.criteria}
    assert {criterion for criterion, _ in leader.serves} == set(leader.criteria)
    assert all(words[area] in texts[criterion] for criterion, area in leader.serves)
    assert not any(family.serves for family in wwc.families if family.id != "leader")
