-- Whom a campaign may write to, and how far the engine has come with each.

-- `subject` is the vault's id of the person, the same as in conversations; `address` the one of the
-- e-mail address alone, by which a person is known again who came without an id. What identifies a
-- person is in `person`, sealed under the subject's key.
create table lead (
  tenant       text collate "C" not null,
  campaign     text collate "C" not null,
  subject      text collate "C" not null,
  address      text collate "C" not null,
  n            bigint generated always as identity,
  conversation text collate "C" not null,
  digest       text collate "C" not null,
  person       text not null,
  zone         text collate "C" not null,
  region       text collate "C" not null,
  segment      text collate "C" not null,
  -- the import that brought it, and where it stood in the file
  import       uuid not null,
  line         bigint not null,
  added_at     timestamptz not null,
  state        text collate "C" not null default 'waiting' check (state in
    ('waiting', 'opening', 'opened', 'invited', 'arrived', 'done', 'refused', 'opted-out')),
  reason       text collate "C" not null default '',
  changed_at   timestamptz not null,
  -- invitations that were sent
  invitations  integer not null default 0,
  -- the journal row of its conversation up to which the state is read
  seen         bigint not null default 0,
  primary key (subject, tenant, campaign)
) with (fillfactor = 80);

-- Each of these serves one sort of look-up and no other: a plan that was made while the table was
-- empty has no wrong one to choose. A page of leads asks by (campaign || '').
create unique index lead_address on lead (address, tenant, campaign);
create unique index lead_conversation on lead (conversation, tenant);
create unique index lead_in_order on lead ((campaign || ''), tenant, n);
create index lead_waiting on lead (tenant, campaign, zone, n) where state = 'waiting';
create index lead_under_way on lead (tenant, campaign, changed_at)
  where state in ('opening', 'opened', 'invited', 'arrived');

-- Whether a campaign writes to its leads, and when it last opened a conversation: nobody opens one
-- without holding this row.
create table outreach (
  tenant    text collate "C" not null,
  campaign  text collate "C" not null,
  running   boolean not null,
  reason    text not null,
  operator  text not null,
  since     timestamptz not null,
  opened_at timestamptz,
  primary key (tenant, campaign)
);
