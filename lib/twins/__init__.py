"""The table twin of each chart: the same numbers in rows and columns that a person reads or a screen reader speaks."""
