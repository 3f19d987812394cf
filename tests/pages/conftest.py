"""The pages inside their frame, run by Streamlit's own harness, and what they put on the screen as text."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

ROOT = Path(__file__).parents[2]
Open = Callable[..., AppTest]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Open:
    """A function: database, page (and URL parameters) → the app after the page's first run, without an exception."""

    def run(database: Path, page: str, /, **params: str | list[str]) -> AppTest:
        monkeypatch.setenv("COHORT_DATABASE", str(database))
        app = AppTest.from_file(str(ROOT / "lib" / "ui" / "frame.py"), default_timeout=60)
        app.query_params.update(params)
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
        app.run()
        assert not app.exception, app.exception
        return app

    return run


def screen(app: AppTest) -> str:
    """Everything that the page says in words, as a reader sees it: without markup, tables and charts."""
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.info)
    words = [element.value for elements in kinds for element in elements]
    markup = [unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", e.proto.body, flags=re.S)) for e in app.get("html")]
    return re.sub(r"[ \n\xa0]+", " ", re.sub(r"\\(.)", r"\1", "\n".join(words + markup)))


def table_in(app: AppTest, key: str) -> pd.DataFrame:
    """The table in the card with this key, shown as a table already."""
    return (
        next(block for block in blocks(app.main) if getattr(block.proto, "id", "").endswith(f"-card-{key}"))
        .dataframe[0]
        .value
    )


def blocks(block: Block) -> Iterator[Block]:
    for child in block.children.values():
        if isinstance(child, Block):
            yield child
            yield from blocks(child)
