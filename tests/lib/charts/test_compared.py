"""One city beside others: every value as Plotly wants it, the city above the rest."""

import pandas as pd
import plotly.graph_objects as go

from lib.charts import compared_areas


def test_each_has_its_own_sign_and_stands_beside_the_city() -> None:
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
    assert (own.marker.symbol, list(own.y)) == ("diamond", [0, 1])
    assert [len(trace.x) for trace in drawn.data] == [1, 2, 2, 2, 2]
    assert not {float(y) for trace in drawn.data[:-1] for y in trace.y} & {0.0, 1.0}
