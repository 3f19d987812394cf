"""The score on its way through the levels, as a bar: what is there, and what a scenario would add."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st


@dataclass(frozen=True, slots=True)
class Ladder:
    """Shares (0 to 1) of the highest possible score: now, with the scenario, and where each level begins (name, share,
    minimum in words)."""

    now: float
    plan: float
    levels: Sequence[tuple[str, float, str]]


def ladder(steps: Ladder, *, alt: str) -> None:
    """Draw the bar; `alt` says the same in a sentence."""
    low, high = sorted((steps.now, steps.plan))
    marks = "".join(
        f'<span class="mark{" reached" if share <= steps.plan + 1e-9 else ""}" style="left:{share:.3%}">'
        f"<b>{escape(name)}</b> {escape(minimum)}</span>"
        for name, share, minimum in steps.levels
    )
    bars = (
        f'<i class="now" style="width:{low:.3%}"></i><i class="plan" style="left:{low:.3%};width:{high - low:.3%}"></i>'
    )
    st.html(f'<div class="ladder" role="img" aria-label="{escape(alt)}"><div>{bars}</div>{marks}</div>')
