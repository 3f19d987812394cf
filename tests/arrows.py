"""Which room of the house may use which; tests/test_architecture.py holds every file to it."""

CALM = ("lib.selection", "lib.standard", "lib.segments", "lib.scenario")  # pure, and without arrows of their own
SHELF = ("lib.warehouse", "lib.queries")

# What each room may import of the house and of the libraries that the house keeps apart. A room is a path without
# its ending; it may always import itself and lib.words; the longest room that fits a file decides.
ARROWS: dict[str, tuple[str, ...]] = {
    "dashboard": ("lib.ui", "streamlit"),
    "pages": (
        *(
            "lib.queries",
            "lib.charts",
            "lib.exports",
            "lib.brief",
            "lib.cards",
            "lib.twins",
            "lib.findings",
            "lib.ui",
            "lib.warehouse",
            "lib.intake",
            "lib.viewer",
            "lib.access",
            "lib.peers",
            "lib.report",
            "lib.window",
        ),
        *CALM,
        *("streamlit", "pandas"),
    ),
    "lib/ui": (
        *(*CALM, *SHELF, "lib.theme", "lib.exports", "lib.intake", "lib.segments_file", "lib.twins", "lib.viewer"),
        *("lib.access", "lib.window", "lib.peers", "lib.pages_first"),
        *("streamlit", "pandas", "plotly"),
    ),
    # Imports all of lib ahead of the first reader.
    "lib/ui/server": (*CALM, *SHELF, "lib", "lib.viewer", "lib.access", "lib.api", "streamlit"),
    "lib/cards": (
        *("lib.queries", "lib.charts", "lib.exports", "lib.twins", "lib.findings", "lib.ui", "lib.warehouse"),
        *("lib.intake", "lib.brief", "lib.report", "lib.peers", "lib.window", *CALM, "pandas"),
    ),
    # Who may see what: the only room that hides and masks. It makes the database that a viewer's pages read.
    "lib/access": (*CALM, "lib.release", "lib.warehouse", "lib.viewer", "duckdb", "pandas", "pyarrow"),
    # What those who are not the programme are told of others, from publish to publish.
    "lib/release": ("duckdb",),
    "lib/peers": ("lib.selection",),
    "lib/report": (
        *CALM,
        *SHELF,
        "lib.peers",
        "lib.theme",
        "lib.twins",
        "lib.findings",
        "lib.brief",
        "lib.exports",
        "pandas",
    ),
    "lib/api": (
        *CALM,
        *SHELF,
        "lib.pages_first",
        "lib.exports",
        "lib.viewer",
        "lib.access",
        "lib.theme",
        "duckdb",
        "pyarrow",
    ),
    "lib/window": (*CALM, *SHELF, "lib.exports", "lib.viewer", "lib.access", "duckdb", "pandas", "pyarrow"),
    "lib/intake": ("lib.viewer",),
    "lib/viewer": (),
    "lib/exports": (*CALM, *SHELF, "lib.theme", "lib.viewer", "duckdb", "pandas", "pyarrow"),
    "lib/queries": (*CALM, "lib.peers", "lib.warehouse", "lib.overheard", "lib.stats", "pandas", "pyarrow"),
    "lib/stats": ("pandas",),
    "lib/brief": (
        *(*CALM, *SHELF, "lib.theme", "lib.charts", "lib.twins", "lib.findings", "lib.exports"),
        *("pandas", "plotly"),
    ),
    "lib/warehouse": ("lib.overheard", "lib.selection", "lib.viewer", "duckdb", "pandas", "pyarrow"),
    "lib/overheard": (),
    "lib/charts": ("lib.theme", "plotly", "pandas"),
    "lib/theme": ("plotly",),
    "lib/twins": (*CALM, "lib.peers", "pandas"),
    "lib/findings": (*CALM, "lib.peers", "pandas"),
    "lib/pages_first": (),
    "lib/selection": ("lib.standard", "lib.segments"),
    "lib/segments": (),
    "lib/segments_file": ("lib.segments", "lib.strict_toml", "lib.viewer"),
    "lib/standard": ("lib.crosswalk", "lib.strict_toml"),
    "lib/crosswalk": ("lib.strict_toml",),
    "lib/strict_toml": (),
    "lib/words": ("lib.selection",),
    # The brief is the application's, written from the command line; imported only when it is asked for.
    "pipelines/briefing": ("lib.selection", "lib.warehouse", "lib.queries", "lib.brief", "pipelines.console"),
    "pipelines/reporting": (
        *("lib.selection", "lib.peers", "lib.viewer", "lib.access", "lib.warehouse", "lib.queries", "lib.report"),
        "pipelines",
    ),
    "pipelines/exporting": ("lib.selection", "lib.warehouse", "lib.queries", "lib.exports", "pipelines"),
    "pipelines/verifying": (
        *("lib.selection", "lib.viewer", "lib.access", "lib.warehouse", "lib.queries", "lib.exports", "lib.window"),
        "pipelines",
    ),
    "pipelines/publish": ("lib.release", "duckdb", "pipelines"),
    "pipelines/settings": ("lib.release",),
    "pipelines": ("lib.standard", "duckdb"),
    "benchmarks": ("lib", "pipelines", "duckdb", "pandas", "pyarrow", "plotly", "streamlit"),
}
