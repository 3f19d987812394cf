"""A plan in the address: what is written is read back, and nothing that a stranger writes is an accident."""

from hypothesis import given
from hypothesis import strategies as st

from lib.scenario import EFFORTS, USUAL_EFFORT, Scenario

IDS = st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=8, unique=True)


@given(st.data(), IDS)
def test_a_scenario_survives_the_address(data: st.DataObject, criteria: list[str]) -> None:
    """Whatever the ids look like: dots, colons and per-cent signs among them."""
    some = st.lists(st.sampled_from(criteria), unique=True)
    inside = lambda chosen: [id_ for id_ in criteria if id_ in chosen]  # noqa: E731
    effort = tuple((id_, data.draw(st.integers(1, 5))) for id_ in inside(data.draw(some)))
    plan = Scenario(effort, tuple(inside(data.draw(some))))
    assert Scenario.from_params(plan.to_params(), criteria) == plan


@given(
    st.dictionaries(
        st.sampled_from(["effort", "ticks"]), st.one_of(st.text(), st.lists(st.text()), st.just("DM1:6.DM1:-1.:::.%"))
    )
)
def test_no_address_is_an_accident(params: dict[str, str | list[str]]) -> None:
    found = Scenario.from_params(params, ["DM1", "OD2"])
    assert set(found.ticks) <= {"DM1", "OD2"}
    assert all(id_ in ("DM1", "OD2") and str(number) in EFFORTS for id_, number in found.effort)


def test_what_it_looks_like() -> None:
    plan = Scenario((("DM1", 3), ("OD2", 1)), ("DM1",))
    assert plan.to_params() == {"effort": "DM1:3.OD2:1", "ticks": "DM1"}
    assert (plan.effort_of("OD2"), plan.effort_of("PA1")) == (1, USUAL_EFFORT)
    assert plan.among(["OD2"]) == Scenario(plan.effort)
    assert Scenario().to_params() == {}
