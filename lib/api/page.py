"""The page /api, for people: what there is, and lines that work when copied. No script, nothing from elsewhere."""

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from lib.api.described import ABOUT, REPEATED, Described, Table, described
from lib.exports.formats import PLAIN
from lib.theme import DARK, LIGHT
from lib.viewer import PUBLIC, RESEARCHER
from lib.warehouse import Warehouse
from lib.words import counted

_HERE = Path(__file__).parent
_COLOURS = ("background", "surface", "ink", "muted", "grid", "primary", "down")
_SINGLE = ("standard", "cycle", "stage", "versus")
_SHOWN = 12
"""Values of a parameter that are listed; /api/v1 has the rest."""
_SYNTHETIC = '<p class="synthetic"><b>Demonstration data.</b> All names and all answers are invented.</p>'
_RESEARCH = (
    "<p><b>This is the research view.</b> Keys stand in place of names, the same in every cycle; attributes are bands, "
    "shown only where at least ten share all that is shown; there are no words of evidence; and a rate from fewer than "
    "ten answers is left empty.</p>"
)
_PUBLIC = (
    "<p><b>This is the public view.</b> It has the rates of all together, from ten answers on; where nobody or "
    "everybody meets a criterion, or all but one do, there are bounds in place of the rate.</p>"
)
_VIEWS = {RESEARCHER: _RESEARCH, PUBLIC: _PUBLIC}


def page(warehouse: Warehouse, base: str) -> HTMLResponse:
    """The page; `base` is the address that the examples begin with."""
    known = described(warehouse)
    html = _template().substitute(
        style=style(),
        synthetic=_SYNTHETIC if known.synthetic else "",
        research=_VIEWS.get(warehouse.viewer.role, ""),
        name=escape(known.standard.name),
        sentence=escape(known.sentence),
        version=escape(known.version),
        examples="\n".join(_examples(known, base)),
        tables="\n".join(_row(table) for table in known.tables),
        columns="\n".join(_columns(table) for table in known.tables),
        parameters="\n".join(_parameters(known)),
    )
    return HTMLResponse(
        html, headers={"Content-Security-Policy": policy(), "Cache-Control": "no-cache", "Vary": "Host"}
    )


def policy() -> str:
    """No script at all, no style but ours, nothing from another host."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    own = f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self'"
    return f"{own}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@cache
def style() -> str:
    """The palette as variables that follow light and dark, then the rules of page.css."""
    pairs = ((name, getattr(LIGHT, name), getattr(DARK, name)) for name in _COLOURS)
    colours = "".join(f"--{name}: light-dark({light}, {dark});" for name, light, dark in pairs)
    return f":root {{{colours}}}\n{(_HERE / 'page.css').read_text(encoding='utf-8')}"


@cache
def _template() -> Template:
    return Template((_HERE / "page.html").read_text(encoding="utf-8"))


def _examples(known: Described, base: str) -> Iterable[str]:
    """One line each, with a cycle and, where there is one, an attribute's value of this database."""
    attributes = [(attribute.id, attribute.values[0]) for attribute in known.choices.attributes if attribute.values]
    query = urlencode([("cycle", known.values["cycle"][-1]), *attributes[:1]])
    names = [table.name for table in known.tables]
    wanted = [name for name in ("responses", "city_scores") if name in names]
    rows, scores = (f"{base}/api/v1/{name}" for name in ([*wanted, *names] * 2)[:2])
    lines = {
        "Python, pandas": f'import pandas as pd\npd.read_csv("{rows}.csv?{query}")',
        "Python, polars": f'import polars as pl\npl.read_parquet("{scores}.parquet?{query}")',
        "DuckDB, with its extension httpfs": f"from read_csv('{scores}.csv?{query}');",
        "R": f'read.csv("{rows}.csv?{query}", encoding = "UTF-8")',
        "Shell": f"curl --compressed -OJ '{rows}.csv?{query}'",
    }
    for title, text in lines.items():
        yield f'<h3>{escape(title)}</h3><pre tabindex="0"><code>{escape(text)}</code></pre>'


def _row(table: Table) -> str:
    links = " ".join(f'<a href="/api/v1/{table.name}.{form}">{form}</a>' for form in PLAIN)
    name = f"{escape(table.title)}<br><code>{table.name}</code>"
    about = f'<td class="number">{table.rows:,}</td><td>{", ".join(table.shapes)}</td>'
    return f"<tr><td>{name}</td>{about}<td>{links}</td></tr>"


def _columns(table: Table) -> str:
    rows = (
        f"<tr><td><code>{escape(name)}</code></td><td>{escape(kind)}</td><td>{escape(text)}</td></tr>"
        for name, kind, text in table.columns
    )
    summary = f"<summary>{escape(table.title)} <small>{counted(len(table.columns), 'column')}</small></summary>"
    return f'<details>{summary}<div class="wide"><table class="stacked">{"".join(rows)}</table></div></details>'


def _parameters(known: Described) -> Iterable[str]:
    for key, values in known.values.items():
        if values:
            more = f" … ({len(values)})" if len(values) > _SHOWN else ""
            meaning = ABOUT.get(key, "Only these.") + ("" if key in _SINGLE else f" {REPEATED}")
            yield _parameter(key, meaning, ", ".join(values[:_SHOWN]) + more)
    if known.groupings:
        yield _parameter("by", ABOUT["by"], ", ".join(known.groupings))
        yield _parameter("segment", ABOUT["segment"], "")
    for key in ("shape", "columns", "limit", "offset", "cursor"):
        yield _parameter(key, ABOUT[key], "")


def _parameter(key: str, meaning: str, values: str) -> str:
    return f"<tr><td><code>{escape(key)}</code></td><td>{escape(meaning)}</td><td>{escape(values)}</td></tr>"
