"""Key figures: a row of cards, each one number with its name, its unit and what stands behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One card, its texts already in words: "Pass rate", "67 %", "5,012 of 7,480 answers", "▲ +4 points"."""

    label: str
    value: str
    detail: str = ""
    change: str = ""
    better: bool | None = None
    """Whether the change is good, where there is a judgement; colours the change, which has its sign in words."""


def key_figures(figures: Sequence[KeyFigure]) -> None:
    """Draw the cards side by side, below one another where the screen is narrow."""
    st.html(f'<ul class="key-figures">{"".join(map(_card, figures))}</ul>')


def _card(figure: KeyFigure) -> str:
    tone = {True: " better", False: " worse", None: ""}[figure.better]
    change = f'<span class="change{tone}">{escape(figure.change)}</span>' if figure.change else ""
    return (
        f'<li><span class="label">{escape(figure.label)}</span><span class="value">{escape(figure.value)}</span>'
        f'<span class="detail">{escape(figure.detail)} {change}</span></li>'
    )
