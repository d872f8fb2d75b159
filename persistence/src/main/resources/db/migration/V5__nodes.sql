-- The engines that run on this database. A row counts while the session that wrote it lives and holds
-- the lock of nodes: whatever ends the process ends both.

create table node (
  address text collate "C" not null primary key,
  http text not null,
  version text not null,
  secrets text not null,
  session integer not null,
  session_began timestamptz not null,
  since timestamptz not null
);

-- Raised by whoever finds nobody else here. Who comes back to another number has been replaced.
create table formation (
  one boolean not null primary key default true check (one),
  number bigint not null
);

insert into formation (number) values (0);
