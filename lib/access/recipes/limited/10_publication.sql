-- Which release the others are seen by: it changes this viewer's figures as a version does.
create or replace table publication as
select publication.* replace (version || '-r' || released.number as version), released.as_of as others_as_of
from publication
cross join released.publication as released;
comment on column publication.others_as_of is 'When what is told of others was last brought up to date (UTC): by whole groups, as far as that tells of no city alone'
