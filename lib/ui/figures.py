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
    change = f'<span class="change{tone}">{_text(figure.change)}</span>' if figure.change else ""
    return (
        f'<li><span class="label">{_text(figure.label)}</span><span class="value">{_text(figure.value)}</span>'
        f'<span class="detail">{_text(figure.detail)} {change}</span></li>'
    )


def _text(text: str) -> str:
    """The text as it is, except that a line never breaks between a number and its per-cent sign."""
    return escape(text).replace(" %", "&nbsp;%")
