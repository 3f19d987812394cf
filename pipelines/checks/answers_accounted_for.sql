-- Nothing is dropped silently: every input answer is a response, superseded or rejected.
select file, answers, accepted, superseded, rejected
from source
where answers <> accepted + superseded + rejected
