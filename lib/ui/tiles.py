"""Tiles: one thing each, its name a link to its page, with a few links of its own below."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import streamlit as st

from lib.ui.links import page_link
from lib.ui.plain import plain

SIDE_BY_SIDE = 2


@dataclass(frozen=True, slots=True)
class Link:
    """A way to `pages/<page>.py` with that page's own choices; `label` is text from the data, shown as it is."""

    page: str
    label: str
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tile:
    """Its name as a link, a line about it, a note that must not be missed, its own links, and what is left to say."""

    name: Link
    about: str
    note: str = ""
    links: Sequence[Link] = ()
    left: str = ""


def draw_tiles(title: str, tiles: Sequence[Tile], *, key: str) -> None:
    """The tiles under a heading, side by side in the order of lines; below one another on a phone."""
    st.subheader(plain(title), anchor=False)
    for number, line in enumerate(_lines(tiles)):
        for place, (column, tile) in enumerate(zip(st.columns(SIDE_BY_SIDE), line, strict=False)):
            with column, st.container(border=True, key=f"tile-{key}-{number}-{place}", height="stretch"):
                _tile(tile)


def _lines(tiles: Sequence[Tile]) -> Iterator[list[Tile]]:
    left = iter(tiles)
    while line := list(islice(left, SIDE_BY_SIDE)):
        yield line


def _tile(tile: Tile) -> None:
    page_link(tile.name.page, f"**{plain(tile.name.label)}**", **tile.name.choices)
    st.caption(plain(tile.about))
    if tile.note:
        st.caption(f":material/flag: {plain(tile.note)}")
    for link in tile.links:
        page_link(link.page, plain(link.label), **link.choices)
    if tile.left:
        st.caption(plain(tile.left))
