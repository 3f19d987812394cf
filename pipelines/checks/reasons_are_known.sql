-- Whatever is set aside says why, where and what was expected.
select file, row, "column", value, reason, expected
from rejected
where reason not in (
    'blank city', 'unknown city', 'unknown criterion', 'unknown response', 'invalid date', 'blank cycle', 'unknown stage'
)
    or row is null
    or expected is null
    or ("column" is null and reason <> 'blank cycle')
