-- The tables of pekko-persistence-jdbc 1.1.1, column for column as the plug-in writes them. Later
-- versions of the plug-in key event_tag otherwise: a new version of it needs a migration here.

create table event_journal (
  ordering bigserial,
  persistence_id varchar(255) not null,
  sequence_number bigint not null,
  deleted boolean default false not null,
  writer varchar(255) not null,
  write_timestamp bigint,
  adapter_manifest varchar(255),
  event_ser_id integer not null,
  event_ser_manifest varchar(255) not null,
  event_payload bytea not null,
  meta_ser_id integer,
  meta_ser_manifest varchar(255),
  meta_payload bytea,
  primary key (persistence_id, sequence_number)
);

create unique index event_journal_ordering_idx on event_journal (ordering);

create table event_tag (
  event_id bigint,
  tag varchar(256),
  primary key (event_id, tag),
  constraint fk_event_journal foreign key (event_id) references event_journal (ordering)
    on delete cascade
);

create table snapshot (
  persistence_id varchar(255) not null,
  sequence_number bigint not null,
  created bigint not null,
  snapshot_ser_id integer not null,
  snapshot_ser_manifest varchar(255) not null,
  snapshot_payload bytea not null,
  meta_ser_id integer,
  meta_ser_manifest varchar(255),
  meta_payload bytea,
  primary key (persistence_id, sequence_number)
);

-- The wake table. Its rows are written at every step: room for updates in place.
create table conversation (
  tenant text collate "C" not null,
  id text collate "C" not null,
  campaign text collate "C" not null,
  seq bigint not null,
  status text collate "C" not null,
  holder text collate "C",
  epoch bigint not null,
  updated_at timestamptz not null,
  due_at timestamptz,
  primary key (tenant, id)
) with (fillfactor = 70);

create index conversation_due on conversation (due_at) where due_at is not null;

create table subject (
  tenant text collate "C" not null,
  lookup bytea not null,
  subject text collate "C" not null,
  primary key (tenant, lookup)
);

create table subject_key (
  tenant text collate "C" not null,
  subject text collate "C" not null,
  purpose text collate "C" not null,
  wrapped bytea not null,
  destroyed_at timestamptz,
  primary key (tenant, subject, purpose)
);
