-- Whether a node is in the cluster, and not only on its way: where none is, one of them forms it. Who
-- runs an earlier version says nothing of it, and is.

alter table node add column joined boolean not null default true;
