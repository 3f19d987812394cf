"""One city beside others: every value as Plotly wants it, the city above the rest."""

import pandas as pd
import plotly.graph_objects as go

from lib.charts import compared_areas


def test_each_has_its_own_sign_and_none_covers_another() -> None:
    rows = [
        {"area_id": area, "area": f"Area {area}", "who": who, "name": who.upper(), "met": 1, "asked": 4, "share": 0.25}
        for area in ("A", "B")
        for who in ("own", "x", "y", "z", "v", "left out")
    ]
    rows[1]["share"] = float("nan")  # x said nothing in A
    figure = compared_areas(pd.DataFrame(rows), focus="own")
    drawn = go.Figure(figure.to_plotly_json())
    assert len(drawn.data) == 5
    signs = [(trace.marker.symbol, trace.marker.color) for trace in drawn.data]
    assert len(set(signs)) == 5
    own = drawn.data[-1]
    assert (own.marker.symbol, len(own.y)) == ("diamond", 2)
    in_first = [float(y) for trace in drawn.data for y in trace.y if y < 0.5]
    assert own.y[0] == min(in_first), "the city first, as in the key"
    assert [len(trace.x) for trace in drawn.data] == [1, 2, 2, 2, 2]
    places = [float(y) for trace in drawn.data for y in trace.y]
    assert len(set(places)) == len(places)


def test_who_is_alone_with_a_share_stands_on_the_row() -> None:
    rows = [
        {"area_id": "A", "area": "Air", "who": who, "name": who, "met": met, "asked": 4, "share": met / 4}
        for who, met in (("own", 1), ("x", 2), ("y", 4))
    ]
    figure = compared_areas(pd.DataFrame(rows), focus="own")
    assert [float(trace.y[0]) for trace in go.Figure(figure.to_plotly_json()).data] == [0.0, 0.0, 0.0]
