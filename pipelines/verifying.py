"""`python -m pipelines verify`: is a file what the database says?"""
