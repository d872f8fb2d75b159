-- What stands on a quote as a document, each version that it had, and how far orders have come.

alter table quote
  add column subject  text not null default '',
  add column campaign text not null default '',
  add column title    text,
  add column term     text not null default 'month' check (term in ('month', 'year', 'once')),
  -- the first seat of the tier that was quoted
  add column tier     bigint not null default 1 check (tier >= 1),
  add column per_seat bigint,
  add column made_at  timestamptz;

-- Until now a quote stood for 14 days, and its list price was seats times the price of one.
update quote set title = initcap(product), per_seat = list / seats,
  made_at = until - interval '14 days';

alter table quote
  alter column title set not null,
  alter column per_seat set not null,
  alter column made_at set not null;

-- A concession makes the next version. `version` is the quote's number of writes at that time.
create table quote_version (
  tenant  text not null,
  quote   text not null,
  version integer not null,
  percent integer not null check (percent between 0 and 100),
  total   bigint not null check (total >= 0),
  made_at timestamptz not null,
  primary key (tenant, quote, version),
  foreign key (tenant, quote) references quote
);

insert into quote_version
  select tenant, id, version - case state when 'ordered' then 1 else 0 end, percent, total, made_at
  from quote;

alter table sales_order
  add column state text not null default 'open'
    check (state in ('open', 'confirmed', 'fulfilled', 'cancelled'));

create table order_change (
  n           bigint generated always as identity primary key,
  tenant      text not null,
  sales_order text not null,
  from_state  text not null,
  to_state    text not null,
  operator    text not null,
  reason      text not null,
  at          timestamptz not null,
  foreign key (tenant, sales_order) references sales_order
);
create index order_change_of on order_change (tenant, sales_order, n);
