"""`python -m pipelines export`: from the shell what the page Export does."""
