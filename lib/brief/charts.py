"""Charts that PowerPoint can edit, each with its alternative text and its numbers in a workbook of its own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.slide import Slide
from pptx.util import Emu
from xlsxwriter import Workbook

from lib.brief.deck import LOOK, NORMAL, SMALL, Place, describe, rgb

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_GAP, _BAR_GAP = 45, 60


@dataclass(frozen=True, slots=True)
class Stack:
    """One series of a stacked chart: its name, its values, the colours of its ground and text."""

    name: str
    values: tuple[int, ...]
    ground: str
    ink: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars with intervals. Values and ends are in the unit of the axis; an end is None where there is no interval."""

    name: str
    values: tuple[float | None, ...]
    lows: tuple[float | None, ...]
    highs: tuple[float | None, ...]
    up: str = LOOK.up
    down: str = LOOK.down


def add_stacks(
    slide: Slide, place: Place, categories: Sequence[str], stacks: Sequence[Stack], *, alt: str, built: datetime
) -> None:
    """Stacked columns, one for each category, with the counts in them where there is room."""
    data = _Data(built)
    data.categories = list(categories)
    for stack in stacks:
        data.add_series(stack.name, stack.values)
    chart = _add_chart(slide, XL_CHART_TYPE.COLUMN_STACKED, place, data, alt)
    most = max(map(sum, zip(*(stack.values for stack in stacks), strict=True)))
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = _GAP, 100
    for series, stack in zip(plot.series, stacks, strict=True):
        _fill(series.format, stack.ground)
        labels = series.data_labels
        labels.show_value, labels.number_format_is_linked = True, False
        labels.number_format = f"[>={max(1, round(most * 0.05))}]#,##0;;"  # a smaller piece has no room for its number
        labels.font.size, labels.font.color.rgb = SMALL, rgb(stack.ink)
    _key(chart)
    _quiet(chart.value_axis, visible=False)
    _quiet(chart.category_axis)


def add_bars(
    slide: Slide,
    place: Place,
    categories: Sequence[str],
    bars: Bars,
    *,
    alt: str,
    built: datetime,
    form: str,
    ends: tuple[float, float],
    step: float,
) -> None:
    """Horizontal bars from the top down, each with its interval as an error bar.

    `form` is the number format of the axis, which runs between `ends` with a line at each `step`.
    """
    data = _Data(built, number_format=form)
    data.categories = list(categories)
    data.add_series(bars.name, bars.values)
    chart = _add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, place, data, alt)
    plot, axis = chart.plots[0], chart.value_axis
    plot.gap_width = _BAR_GAP
    series = plot.series[0]
    series.invert_if_negative = False
    _fill(series.format, bars.up)
    for number, value in enumerate(bars.values):
        if value is not None and value < 0:
            _fill(series.points[number].format, bars.down)
    if any(low is not None for low in bars.lows):
        _add_intervals(series, bars)
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = form, False
    (axis.minimum_scale, axis.maximum_scale), axis.major_unit = ends, step
    _quiet(axis, grid=True)
    _quiet(chart.category_axis)


def add_pairs(
    slide: Slide, place: Place, categories: Sequence[str], pairs: Sequence[Bars], *, alt: str, built: datetime
) -> None:
    """Horizontal bars side by side from the top down, from 0 to 100 %: a bar of each of `pairs` for each category."""
    data = _Data(built, number_format="0%")
    data.categories = list(categories)
    for bars in pairs:
        data.add_series(bars.name, bars.values)
    chart = _add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, place, data, alt)
    plot, axis = chart.plots[0], chart.value_axis
    plot.gap_width, plot.overlap = _BAR_GAP, 0
    for series, bars in zip(plot.series, pairs, strict=True):
        _fill(series.format, bars.up)
        if any(low is not None for low in bars.lows):
            _add_intervals(series, bars)
    _key(chart)
    chart.category_axis.reverse_order = True
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0%", False
    (axis.minimum_scale, axis.maximum_scale), axis.major_unit = (0, 1), 0.25
    _quiet(axis, grid=True)
    _quiet(chart.category_axis)


class _Data(CategoryChartData):  # type: ignore[misc]
    """Chart data whose workbook, which opens at "Edit data", takes every text for a text and is dated as the data."""

    def __init__(self, built: datetime, number_format: str = "General") -> None:
        super().__init__(number_format)
        self._built = built

    @property
    def _workbook_writer(self) -> "_Writer":
        return _Writer(self, self._built)


class _Writer(CategoryWorkbookWriter):  # type: ignore[misc]
    """XlsxWriter would make a formula of a name that begins with "=", and a link of one that looks like an address."""

    def __init__(self, chart_data: _Data, built: datetime) -> None:
        super().__init__(chart_data)
        self._built = built

    @contextmanager
    def _open_worksheet(self, xlsx_file: IO[bytes]) -> Iterator[tuple[Workbook, Any]]:
        literal = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        workbook = Workbook(xlsx_file, literal)
        workbook.set_properties({"created": self._built})
        yield workbook, workbook.add_worksheet()
        workbook.close()


def _add_chart(slide: Slide, kind: Any, place: Place, data: _Data, alt: str) -> Any:  # noqa: ANN401
    frame = slide.shapes.add_chart(kind, *(Emu(edge) for edge in place), data)
    describe(frame, "Chart", alt)
    chart = frame.chart
    chart.has_title, chart.has_legend = False, False
    chart.font.size, chart.font.color.rgb = SMALL, rgb(LOOK.ink)
    return chart


def _key(chart: Any) -> None:  # noqa: ANN401
    """Names of the series above the chart."""
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.legend.font.size, chart.legend.font.color.rgb = NORMAL, rgb(LOOK.muted)


def _fill(form: Any, colour: str) -> None:  # noqa: ANN401
    form.fill.solid()
    form.fill.fore_color.rgb = rgb(colour)


def _quiet(axis: Any, *, visible: bool = True, grid: bool = False) -> None:  # noqa: ANN401
    """An axis without ornament: no line, no marks, hairlines only where they help to read."""
    axis.visible = visible
    axis.has_major_gridlines = grid
    if grid:
        axis.major_gridlines.format.line.color.rgb = rgb(LOOK.grid)
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.color.rgb = rgb(LOOK.faint)
    axis.tick_labels.font.size = SMALL
    axis.tick_labels.font.color.rgb = rgb(LOOK.ink if not grid else LOOK.muted)


def _add_intervals(series: Any, bars: Bars) -> None:  # noqa: ANN401
    """Error bars of our own ends, which python-pptx cannot make: before `c:cat`, as the schema wants them."""
    triples = list(zip(bars.values, bars.lows, bars.highs, strict=True))
    plus = [0.0 if value is None or high is None else high - value for value, _, high in triples]
    minus = [0.0 if value is None or low is None else value - low for value, low, _ in triples]
    fragment = (
        f'<c:errBars xmlns:c="{_CHART}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_literals(plus)}</c:plus><c:minus>{_literals(minus)}</c:minus>"
        f'<c:spPr><a:ln w="12700"><a:solidFill><a:srgbClr val="{LOOK.ink.removeprefix("#").upper()}"/></a:solidFill>'
        "</a:ln></c:spPr></c:errBars>"
    )
    series._element.xpath("./c:cat")[0].addprevious(etree.fromstring(fragment))


def _literals(values: Sequence[float]) -> str:
    points = "".join(f'<c:pt idx="{place}"><c:v>{value!r}</c:v></c:pt>' for place, value in enumerate(values))
    return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numLit>'
