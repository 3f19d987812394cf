-- Releases of before held the words of every answer in a table, which is now a view.
alter table released.response rename to worded
