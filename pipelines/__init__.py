"""From survey exports as received to the published cohort database: `python -m pipelines`."""

__version__ = "1.0"
