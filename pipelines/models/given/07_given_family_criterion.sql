create temp table given_family_criterion (standard_id text, family_id text, criterion_id text, serves text)
