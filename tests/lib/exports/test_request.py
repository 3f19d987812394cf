"""What a URL asks to take away: anything at all gives a request, and what was not understood is told to programs."""

from dataclasses import replace

import pytest

from lib.exports.gather import columns_of
from lib.exports.request import TITLES, Request, faults, offered
from lib.standard import load_standards
from tests.lib.exports.conftest import Asked


def test_a_standard_without_families_offers_no_table_of_them() -> None:
    standard = load_standards()["wwc-2022"]
    assert list(offered(standard)) == list(TITLES)
    assert set(TITLES) - set(offered(replace(standard, families=()))) == {"family_scores"}


@pytest.mark.parametrize("text", ["nonsense", "", "-1", "1e9", "9" * 400, "٣", "'; drop table city"])
def test_a_nonsense_request_means_the_default_and_is_told_to_programs(asked: Asked, text: str) -> None:
    params = dict.fromkeys(("table", "shape", "limit", "offset"), text)
    assert Request.from_params(params, asked.standard) == Request()
    given = {"warehouse": asked.warehouse, "selection": asked.selection, "standard": asked.standard}
    wrong = faults({**params, "columns": text}, asked.standard, tuple(columns_of(Request(), **given)))
    assert {fault.key for fault in wrong} >= ({"table", "shape", "columns"} if text else set())
    assert all(fault.allowed for fault in wrong)


def test_a_request_comes_back_from_its_parameters(asked: Asked) -> None:
    for request in (Request(), Request("area_scores", "wide", ("city_id", "DM_met"), 10, 20), Request("cities")):
        assert Request.from_params(request.to_params(), asked.standard) == request
        assert faults(request.to_params(), asked.standard, request.columns) == []
    assert Request.from_params({"table": "cities", "shape": "wide"}, asked.standard).shape == "long"
