from streamlit.testing.v1 import AppTest

from lib.ui.plain import plain


def _draw() -> None:
    from lib.ui.figures import KeyFigure, key_figures

    key_figures([KeyFigure("Share <b>", "36 %", "5 of 14; 95 % interval 16 % to 61 %", "▼ −3 points", better=False)])


def test_no_line_breaks_between_a_number_and_its_percent_sign() -> None:
    (card,) = AppTest.from_function(_draw).run().get("html")
    assert " %" not in card.proto.body
    assert card.proto.body.count("&nbsp;%") == 4
    assert "Share &lt;b&gt;" in card.proto.body


def test_nor_in_a_text_between_the_page_s_own_words() -> None:
    assert plain("Open Data (15 %) of 3 % & 4*") == "Open Data \\(15\u00a0%\\) of 3\u00a0% & 4\\*"
