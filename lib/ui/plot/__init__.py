"""A Plotly figure in a Streamlit page, updated in place, clickable in every chart and readable by keyboard.

Streamlit's own chart element rebuilds the chart at every change and cannot be clicked on a heatmap. This component
wraps the same Plotly script that the installed plotly package carries, and knows the page's theme.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import plotly
import streamlit as st

from lib import theme

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

Value = str | float | None

SCRIPT_FILE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"

_HERE = Path(__file__).parent
_MODULES = ("plot.js", "over.js", "theme.js", "walk.js")


def _script_url() -> str:
    with SCRIPT_FILE.open("rb") as script:
        version = re.search(rb"plotly\.js v([\d.]+)", script.read(200))
    if version is None:
        raise RuntimeError(f"{SCRIPT_FILE} does not say which version it is.")
    return f"/assets/plotly-{version[1].decode()}.min.js"


def _module_folder() -> str:
    content = b"".join((_HERE / name).read_bytes() for name in _MODULES)
    return f"/assets/plot-{hashlib.sha256(content).hexdigest()[:12]}"


# Addresses carry the content's version, so that the server may say "immutable"; reading 10 KB here is worth that.
SCRIPT_URL = _script_url()
MODULE_URL = f"{_module_folder()}/plot.js"


def assets() -> dict[str, Path]:
    """Every static file the component needs, by its address. All are JavaScript and never change at their address."""
    folder = MODULE_URL.rpartition("/")[0]
    return {SCRIPT_URL: SCRIPT_FILE} | {f"{folder}/{name}": _HERE / name for name in _MODULES}


@dataclass(frozen=True, slots=True)
class Click:
    """What the reader clicked. In a heatmap x is the column's id and y the row's id, None on a heading.

    In other charts x and y are the point's values and `customdata` is its id, as the chart's docstring says.
    """

    x: Value
    y: Value
    customdata: Value


class Drawing(Protocol):
    """What can be drawn: a figure of `lib.charts`."""

    @property
    def height(self) -> int:
        """Pixels."""
        ...

    def to_json(self) -> str:
        """Traces and layout, as Plotly reads them."""
        ...


def plot(
    figure: Drawing,
    *,
    key: str,
    alt: str,
    height: int | None = None,
    file_name: str | None = None,
    title: str = "",
    caption: str = "",
) -> Click | None:
    """Draw a figure and return what the reader clicked since the last run, once.

    `alt` says in a sentence what the chart shows; `height` in pixels, else the figure's own. A downloaded image
    is called `file_name` (no ending) and carries `title` above and `caption` below; on the page they are not drawn.
    """
    tall = height or figure.height
    words = {"alt": alt, "height": tall, "file": file_name or key, "title": title, "caption": caption}
    payload = f'{{"figure":{figure.to_json()},{json.dumps(words)[1:]}'
    result = _component()(key=key, data=payload.encode(), height=tall, on_click_change=_nothing)
    return _click(result.get("click"))


def _nothing() -> None:
    """A trigger exists only with a callback; the rerun itself is the news."""


@cache
def _component() -> "ComponentRenderer":
    """The component, registered once. Its module is a pointer: Streamlit sends it again with every figure."""
    settings = {"script": SCRIPT_URL, "background": theme.LIGHT.background, "twins": theme.twins()}
    pointer = (
        f"const settings = {json.dumps(settings)};\n"
        f'const module = new URL("{MODULE_URL}", document.baseURI).href;\n'
        "export default (component) => import(module).then((plot) => plot.draw(component, settings));\n"
    )
    css = (_HERE / "plot.css").read_text(encoding="utf-8")
    return st.components.v2.component("cohort_plot", js=pointer, css=css, isolate_styles=False)


def _click(given: object) -> Click | None:
    """The browser's word is a stranger's: only text and numbers pass."""
    if not isinstance(given, dict):
        return None
    return Click(*(_value(given.get(name)) for name in ("x", "y", "customdata")))


def _value(given: object) -> Value:
    return given if isinstance(given, str | int | float) and not isinstance(given, bool) else None
