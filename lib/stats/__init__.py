"""Statistics: pure functions from arrays to numbers; SciPy and statsmodels do the work where they have it."""
