-- Whether a node is in the cluster, and not only on its way: where none is, one of them forms it. And the
-- newest format of rows that it reads: no other is written while it is there. Who runs an earlier
-- version says nothing of either: it is in, and reads the first.

alter table node
  add column joined boolean not null default true,
  add column format integer not null default 1;

-- A row of up to 8 kB stays where it is, in one piece: to compress what is over 2 kB took longer than
-- to write it.
alter table event_journal set (toast_tuple_target = 8160);
