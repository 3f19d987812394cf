"""`python -m pipelines report`: report cards of one city or of all."""
