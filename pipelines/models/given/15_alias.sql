-- One row per spelling that an aliases file explains: for the batch that is being read.
create temp table alias (kind text, "from" text, "to" text, reason text)
