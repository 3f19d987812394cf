"""Sheets: one open criterion each, with its text, what speaks for it, and the effort that the reader chooses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from lib.access.pages import may_open
from lib.ui.links import page_link
from lib.ui.plain import plain
from lib.ui.reading import now


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its name and what stands behind it; with `span` (low, high) and `at` (low, high), shares from 0 to
    1, also as a dot (or a range) on its interval.
    """

    label: str
    value: str
    detail: str = ""
    at: tuple[float, float] | None = None
    span: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One criterion: rank, id, name and text, marks (kind, words), facts, and a line of who can be asked."""

    rank: str
    id: str
    name: str
    text: str
    marks: Sequence[tuple[str, str]]
    facts: Sequence[Fact]
    who: str = ""


def draw_sheet(sheet: Sheet, effort: Callable[[], None] | None) -> None:
    """The sheet, its name a link to the criterion's page where that is open; `effort` draws the choice of it, where
    there is one.
    """
    with st.container(border=True, key=f"sheet-{sheet.id}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"sheethead-{sheet.id}"):
            st.html(f'<span class="rank" title="Rank by leverage">{escape(sheet.rank)}</span>', width="content")
            if may_open(now().warehouse.viewer, "criteria"):
                page_link("criteria", f"**{plain(f'{sheet.id} {sheet.name}')}**", criterion=sheet.id)
            else:
                st.html(f'<b class="name">{escape(f"{sheet.id} {sheet.name}")}</b>', width="content")
        facts = "".join(map(_fact, sheet.facts))
        marks = f'<ul class="marks">{"".join(map(_mark, sheet.marks))}</ul>' if sheet.marks else ""
        who = f'<p class="who">{_text(sheet.who)}</p>' if sheet.who else ""
        st.html(f'{marks}<p class="criterion">{escape(sheet.text)}</p><dl class="facts">{facts}</dl>{who}')
        if not effort:
            return
        foot = f"sheetfoot-{sheet.id}"
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key=foot):
            st.html('<span class="effort">Effort, 1 small to 5 large</span>', width="content")
            effort()


def _mark(mark: tuple[str, str]) -> str:
    kind, words = mark
    return f'<li class="{escape(kind)}">{escape(words)}</li>'


def _fact(fact: Fact) -> str:
    bar = _bar(fact.at, fact.span) if fact.at and fact.span else ""
    said = f"<b>{_text(fact.value)}</b>{bar}<small>{_text(fact.detail)}</small>"
    return f"<div><dt>{_text(fact.label)}</dt><dd>{said}</dd></div>"


def _bar(at: tuple[float, float], span: tuple[float, float]) -> str:
    low, high = at
    return (
        '<span class="rate" aria-hidden="true">'
        f'<i style="left:{span[0]:.1%};width:{span[1] - span[0]:.1%}"></i>'
        f'<em style="left:{low:.1%};width:{high - low:.1%}"></em></span>'
    )


def _text(text: str) -> str:
    """The text as it is, except that a line never breaks between a number and its per-cent sign."""
    return escape(text).replace(" %", "&nbsp;%")
