create temp table given_publication (version text, built_at timestamp, synthetic boolean, pipeline_version text)
