"""Gaps, Next level and Compare in words, at their edges."""

from math import nan

import pandas as pd

from lib.scenario import Scenario, Simulated
from lib.standard import STANDARDS, load_standard
from lib.twins.compare import ALIKE, MINE, THEY, compare_finding, parted, short_names
from lib.twins.gaps import gaps_cards, gaps_finding, leverage_parts, marks_of, next_words
from lib.twins.road import ladder_words, road_cards, road_finding, road_sentence, scenario_table, waiting_points

WWC = load_standard(STANDARDS / "wwc-2022.toml")
SILVER = Simulated(29, "Silver", 1, "Gold", 1, 7, "contested")
GOLD = Simulated(31, "Gold", 2, "Platinum", 6, 1)
TOP = Simulated(43, "Platinum", 3, "", nan, 6)
NONE = Simulated(nan)
GAP = {
    "criterion_id": "DM1", "short_name": "Data", "status": "not_met", "answered": 15, "met_low": 10, "met_high": 10,
    "rate_low": 2 / 3, "rate_high": 2 / 3, "low": 0.4, "high": 0.8, "adds": 1.0, "unlocks": 0, "unlocks_named": "",
    "waits_for": "", "on_road": True, "next_n": 30.0, "next_share": 0.5, "next_low": 0.3, "next_high": 0.7,
    "effort": 3, "chosen": False, "leverage": 4 / 3, "rank": 1.0,
}  # fmt: skip


def gap(**changes: object) -> pd.Series:
    return pd.Series(GAP | changes)


def test_the_finding_of_a_scenario() -> None:
    ticks = Scenario(ticks=("DM1", "DM2"))
    assert road_finding("Lima", SILVER, SILVER, WWC, Scenario()) == (
        "Lima meets 29 of 43 criteria: Silver, 1 short of Gold."
    )
    assert road_finding("Lima", SILVER, GOLD, WWC, ticks) == (
        "With 2 more criteria Lima would meet 31 of 43 criteria: Gold, 6 short of Platinum."
    )
    assert road_finding("Lima", TOP, TOP, WWC, Scenario()).endswith("Platinum, the highest level.")
    assert road_finding("Lima", NONE, NONE, WWC, ticks).startswith(
        "With 2 more criteria Lima would still have no score"
    )
    assert "has no score" in road_finding("Lima", NONE, NONE, WWC, Scenario())


def test_the_road_in_words() -> None:
    assert road_sentence(None, "Gold", WWC, efforts=False).startswith("Gold cannot be reached")
    assert road_sentence((), "Gold", WWC, efforts=False) == "Gold is reached."
    told = road_sentence(("DM1",), "Gold", WWC, efforts=True)
    assert told.startswith("The shortest road to Gold (least effort): 1 criterion, “")


def test_figures_of_a_scenario() -> None:
    cards = road_cards(SILVER, GOLD, WWC, indicative=True)
    assert [card[1] for card in cards] == ["31 of 43", "Gold (indicative)", "Platinum"]
    assert cards[0][3] == "▲ +2 criteria by the ticks"
    assert cards[1][2:4] == ("1 criterion to spare", "▲ +1 level")
    start = Simulated(12, "No level", 0, "Silver", 10)
    assert road_cards(start, start, WWC, indicative=True)[1][1] == "No level", "nothing to be indicative of"
    same = road_cards(SILVER, SILVER, WWC, indicative=False)
    assert [card[3] for card in same] == ["", "", ""]
    assert [card[1] for card in road_cards(NONE, NONE, WWC, indicative=False)] == ["–", "–", "–"]
    assert ladder_words(SILVER, GOLD, WWC) == (
        "Score 29 of 43, with the ticks 31; Silver from 22, Gold from 30 and Platinum from 37."
    )


def test_ticks_that_wait_are_named() -> None:
    plan = Simulated(29, waiting=(("DM2", ("DM1",)),))
    names = {criterion.id: criterion.short_name for criterion in WWC.criteria}
    assert waiting_points(plan, WWC) == [
        f"“{names['DM2']}” (DM2) does not count yet: it waits for “{names['DM1']}” (DM1)."
    ]


def test_the_scenario_says_what_an_answer_waits_for() -> None:
    """A tick on the one that is waited for ends the waiting."""
    waits = gap(status="blocked", waits_for="DM1, DM2", area="Data", text="")
    gaps = pd.DataFrame([gap(area="Data", text=""), waits])
    told = [scenario_table(gaps, Scenario(ticks=ticks), GOLD, ())["Waits for"].tolist()[1] for ticks in ((), ("DM1",))]
    assert told == ["DM1, DM2", "DM2"]


def test_an_answer_that_waits_is_neither_a_failure_nor_work_to_do() -> None:
    gaps = pd.DataFrame([gap(), gap(status="blocked", waits_for="DM1", chosen=False)])
    assert gaps_finding("Lima", gaps, level="").startswith("2 criteria are open for Lima;")
    assert gaps_cards(gaps, level="", efforts=False)[-1][1].endswith(" of 1")


def test_the_finding_of_the_gaps() -> None:
    one = pd.DataFrame([gap()])
    assert gaps_finding("Lima", one, level="Gold") == (
        "1 criterion is not met by Lima; “Data” has the highest leverage (peers that meet it: 10 of 15 (67 %); "
        "on the shortest road to Gold)."
    )
    silent = pd.DataFrame([gap(status="not_answered")])
    assert gaps_finding("Lima", silent, level="").startswith("1 criterion is not answered by Lima;")
    assert "2 criteria are not met or not answered by Lima" in gaps_finding("Lima", pd.concat([one, silent]), level="")
    assert gaps_finding("Lima", one.iloc[:0], level="") == "Lima meets every criterion it was asked for."
    few = pd.DataFrame([gap(rank=nan, leverage=nan, rate_low=nan)])
    assert "not enough peers to say which comes first" in gaps_finding("Lima", few, level="Gold")
    assert gaps_cards(pd.DataFrame([gap(on_road=False)]), level="Gold", efforts=False)[1][1:3] == (
        "–",
        "no set reaches it",
    )


def test_leverage_shows_its_parts() -> None:
    assert leverage_parts(gap(), plain=True) == "67 % of peers × 2 on the shortest road"
    assert leverage_parts(gap(effort=1, unlocks=2, adds=2.5, on_road=False, rate_high=0.8), plain=False) == (
        "73 % of peers (middle) × 2.5 points × 3 with what it unlocks × 3 ÷ effort 1"
    )
    assert leverage_parts(gap(leverage=nan), plain=True) == "not enough peers to say"
    blocked = gap(status="blocked", waits_for="DM2")
    assert leverage_parts(blocked, plain=True) == "answered yes; counts once DM2 is met"
    both = gap(status="blocked", waits_for="DM1, DM2")
    assert leverage_parts(both, plain=True) == "answered yes; counts once DM1 and DM2 are met"
    assert marks_of(blocked, level="Gold") == [
        ("road", "On the shortest road to Gold"),
        ("waits", "Waits for DM2"),
        ("blocked", "Blocked"),
    ]


def test_what_came_next_has_cases_or_says_so() -> None:
    assert next_words(gap()) == ("15 of 30 cases (50 %)", "95 % interval 30 % to 70 %")
    assert next_words(gap(next_share=nan, next_n=3)) == ("–", "not enough cases to say (3)")
    assert next_words(gap(next_n=nan)) == ("–", "no case")


def beside(**answers: str) -> pd.DataFrame:
    """One criterion per position in `answers`' texts: who → m(et), n(ot), silent (.)."""
    words = {"m": ("met", 1.0), "n": ("not_met", 0.0), ".": ("not_answered", nan), "-": ("not_applicable", nan)}
    return pd.DataFrame(
        [
            {"criterion_id": f"C{place}", "position": place, "who": who, "status": words[x][0], "share": words[x][1]}
            for who, texts in answers.items()
            for place, x in enumerate(texts)
        ]
    )


def test_differences_come_first_and_silence_is_none() -> None:
    rows = beside(own="nnm.m-n", a="mmnmmm.", b="nm.mm..")
    parts = parted(rows, "own")
    assert list(parts[THEY]["criterion_id"]) == ["C1", "C3", "C0"]
    assert list(parts[MINE]["criterion_id"]) == ["C2"]
    assert list(parts[ALIKE]["criterion_id"]) == ["C4", "C5", "C6"]
    assert compare_finding(parts, "Lima", 2, groups=False) == (
        "Lima does not meet 3 criteria that at least one of the others meets, 2 of them by all 2; "
        "it meets 1 that not all of them meet."
    )
    assert compare_finding(parts, "Lima", 0, groups=False) == "Nobody is compared with Lima yet."
    empty = {kind: part.iloc[:0] for kind, part in parts.items()}
    assert compare_finding(empty, "Lima", 2, groups=True) == "Lima and the others meet the same criteria."


def test_groups_have_short_names_where_that_is_enough() -> None:
    assert short_names({"a": "Group 1: Peru (7)", "b": "Group 2: Chile (6)"}) == {"a": "Group 1", "b": "Group 2"}
    assert short_names({"a": "City: east", "b": "City: west"}) == {"a": "City: east", "b": "City: west"}
