-- Sessions of browsers that were ended early. The proof that a browser holds is not here, only a digest of it.

create table session_ended (
  mark text collate "C" not null primary key,
  until timestamptz not null,
  tx xid8 not null default pg_current_xact_id()
);

create index session_ended_tx on session_ended (tx);
