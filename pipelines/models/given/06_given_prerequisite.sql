create temp table given_prerequisite (standard_id text, criterion_id text, requires text)
