-- The lines, in the place where a batch of answers stands for the models that match cities and read dates.
create or replace temp view record as
from given_certification
