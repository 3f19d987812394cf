-- Why an answer is set aside. The order is that in which they are looked for: the first one is told.
create type reason as enum (
    'blank city', 'unknown city', 'blank cycle', 'unknown stage', 'unknown criterion', 'unknown response', 'invalid date'
)
