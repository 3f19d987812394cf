"""Briefs of the demo cohort and of small ones, and what stands in them."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from lib.brief.contents import gather
from lib.brief.parts import Brief
from lib.queries.choices import read_choices
from lib.selection import Selection
from lib.warehouse import open_current

MakeBrief = Callable[..., Brief]
NOT_SET = ("alt", "ground", "ink", "built", "version")
"""Fields that are for screen readers, for the eye, or told in a sentence."""


@pytest.fixture
def brief() -> MakeBrief:
    """A function: database (and URL parameters) → the brief of that selection."""

    def make(database: Path, split: str = "", **params: str | list[str]) -> Brief:
        warehouse = open_current(database)
        return gather(warehouse, Selection.from_params(params, read_choices(warehouse)), split)

    return make


def said(part: Any) -> Iterator[str]:
    """Every text of a brief that a reader is meant to see."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from said(item)
    elif is_dataclass(part):
        for field in fields(part):
            if field.name not in NOT_SET:
                yield from said(getattr(part, field.name))


def squeezed(text: str) -> str:
    """A text without its spaces: where a line breaks is not what it says."""
    return "".join(text.split())
