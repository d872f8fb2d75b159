-- Sellers with hours of their own, time around appointments, and letters.

-- Hours: seven texts, Monday first, each `09:00-12:00 13:00-17:00` or empty. Days off:
-- `2027-12-24` or `2027-12-24..2028-01-02`. Who is no longer there keeps his bookings and gets none.
alter table seller
  add column active boolean not null default true,
  add column hours text[] check (array_length(hours, 1) = 7),
  add column days_off text[] not null default '{}',
  add column appointment interval not null default '30 minutes'
    check (appointment >= interval '1 minute'),
  add column before interval not null default '0' check (before >= interval '0'),
  add column after interval not null default '0' check (after >= interval '0'),
  add column notice interval not null default '1 hour' check (notice >= interval '0'),
  add column ahead interval not null default '60 days' check (ahead > interval '0');

update seller set hours = array(
  select case
      when day = any(days) then to_char(opens, 'HH24:MI') || '-' || to_char(closes, 'HH24:MI')
      else ''
    end
  from generate_series(1, 7) as day
  order by day
);

alter table seller
  alter column hours set not null,
  drop column opens,
  drop column closes,
  drop column days;

-- What a booking takes of its seller's time: itself, and what its seller needs before and after.
-- And on whose clock the buyer was told of it.
alter table booking
  add column reserved tstzrange,
  add column zone text not null default 'UTC';
update booking set reserved = during;
alter table booking
  alter column reserved set not null,
  add check (reserved @> during),
  drop constraint booking_once,
  add constraint booking_once
    exclude using gist (tenant with =, seller with =, reserved with &&) where (state = 'live');

create index booking_of on booking (tenant, conversation);

-- A letter is written down, without its words, before it is sent. `sending` with nobody sending any
-- more is a letter of which nobody knows whether it went out: no program sends it again. `fenced`
-- is one that no claim made at or before `at` will ever send.
create table letter (
  tenant   text not null,
  key      text not null,
  letter   text not null,
  kind     text not null,
  digest   text not null,
  state    text not null check (state in ('sending', 'sent', 'refused', 'fenced')),
  accepted json,
  reason   text not null default '',
  at       timestamptz not null,
  primary key (tenant, key),
  check (state not in ('sending', 'sent') or accepted is not null)
);

create index letter_sending on letter (tenant, at) where state = 'sending';
