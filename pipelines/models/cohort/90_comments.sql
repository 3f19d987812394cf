comment on table publication is 'One row: which build of the database this is.';
