-- Whatever is set aside says why, where and what was expected.
select file, row, "column", value, reason, expected
from rejected
where reason is null
    or row is null
    or expected is null
    or ("column" is null and reason <> 'blank cycle')
