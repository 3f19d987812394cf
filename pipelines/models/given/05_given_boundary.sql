create temp table given_boundary (standard_id text, score double, note text)
