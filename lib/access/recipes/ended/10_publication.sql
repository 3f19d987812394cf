-- Which build this is, and whose view of it.
create table publication as
select * replace (version || $suffix as version)
from published.publication
