"""The demo as a published database: generated into a folder of its own, then loaded as any export is."""

from pathlib import Path
from tempfile import TemporaryDirectory

from lib.standard import load_standards
from pipelines.demo.export import generate
from pipelines.load import Options, Report, load
from pipelines.progress import Say, silent

STANDARD = "wwc-2022"


def build(database: Path, cities: int, cycles: int, seed: int, say: Say = silent) -> Report:
    """Publish a synthetic cohort. Raises DemoError, or LoadError (also where the database holds real data)."""
    with TemporaryDirectory(prefix="demo-") as folder:
        say(f"inventing {cities:,} cities")
        files = generate(cities, cycles, seed, load_standards()[STANDARD], Path(folder))
        options = Options(standard=STANDARD, cities=files.cities, certified=files.certified, synthetic=True)
        return load(files.responses, options, database, say)
