-- What the built-in tools act on. The tenant leads every key.

-- btree_gist gives scalar columns an exclusion constraint. It ships with PostgreSQL and is trusted:
-- the owner of the database may create it.
create extension if not exists btree_gist;

-- What came of each effect, written in the transaction that carried it out. A failure `never-done`
-- is a fence: no claim made at or before `at` does anything under this key.
create table tool_effect (
  tenant  text not null,
  key     text not null,
  kind    text not null,
  digest  text not null,
  outcome json not null,
  at      timestamptz not null,
  primary key (tenant, key)
);

create table seller (
  tenant text not null,
  name   text not null check (name ~ '^[A-Za-z0-9_-]{1,64}$'),
  zone   text not null,
  opens  time not null,
  closes time not null,
  -- ISO numbers, Monday is 1
  days   integer[] not null check (days <@ array[1, 2, 3, 4, 5, 6, 7]),
  primary key (tenant, name),
  check (opens < closes and closes < time '24:00')
);

create table booking (
  tenant       text not null,
  id           text not null,
  seller       text not null,
  subject      text not null,
  conversation text not null,
  during       tstzrange not null check (not isempty(during)),
  state        text not null check (state in ('live', 'cancelled')),
  version      integer not null,
  primary key (tenant, id),
  foreign key (tenant, seller) references seller,
  constraint booking_once
    exclude using gist (tenant with =, seller with =, during with &&) where (state = 'live')
);

-- List price per seat and month in the smallest unit of the currency. The bound keeps a hundred
-- times the price of the largest quote within 64 bits.
create table price_book (
  tenant   text not null,
  product  text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  minor    bigint not null check (minor between 0 and 10000000000),
  primary key (tenant, product)
);

create table quote (
  tenant       text not null,
  id           text not null,
  conversation text not null,
  product      text not null,
  seats        bigint not null,
  percent      integer not null check (percent between 0 and 100),
  currency     text not null,
  list         bigint not null,
  total        bigint not null check (total between 0 and list),
  until        timestamptz not null,
  state        text not null check (state in ('open', 'ordered')),
  version      integer not null,
  primary key (tenant, id)
);

create table sales_order (
  tenant       text not null,
  id           text not null,
  quote        text not null,
  conversation text not null,
  subject      text not null,
  currency     text not null,
  total        bigint not null,
  at           timestamptz not null,
  primary key (tenant, id),
  unique (tenant, quote),
  foreign key (tenant, quote) references quote
);

create table crm_contact (
  tenant  text not null,
  subject text not null,
  id      text not null,
  since   timestamptz not null,
  primary key (tenant, subject)
);

-- Every value a field ever had; the one with the highest n counts. Personal values are sealed.
create table crm_field (
  n            bigint generated always as identity primary key,
  tenant       text not null,
  subject      text not null,
  name         text not null,
  value        jsonb not null,
  role         text not null,
  campaign     text not null,
  conversation text not null,
  key          text not null,
  source       text not null,
  evidence     bigint,
  at           timestamptz not null,
  unique (tenant, subject, name, key),
  foreign key (tenant, subject) references crm_contact
);

create table operator (
  tenant    text not null,
  name      text not null,
  available boolean not null,
  since     timestamptz not null,
  primary key (tenant, name)
);

create table human_queue (
  tenant       text not null,
  id           text not null,
  conversation text not null,
  subject      text not null,
  role         text not null,
  reason       text not null,
  offered_to   bigint not null,
  operator     text,
  state        text not null check (state in ('offered', 'accepted', 'returned')),
  at           timestamptz not null,
  primary key (tenant, id),
  check ((operator is null) = (state = 'offered'))
);

-- A conversation waits for a human at most once.
create unique index human_queue_offered on human_queue (tenant, conversation)
  where state = 'offered';

insert into seller (tenant, name, zone, opens, closes, days) values
  ('default', 'avery', 'America/New_York', '09:00', '17:00', '{1,2,3,4,5}'),
  ('default', 'jordan', 'America/New_York', '09:00', '17:00', '{1,2,3,4,5}');

insert into price_book (tenant, product, currency, minor) values
  ('default', 'starter', 'USD', 1000),
  ('default', 'team', 'USD', 2500),
  ('default', 'enterprise', 'USD', 6000);
