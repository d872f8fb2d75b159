-- What authority is checked against at the last moment, and what was used up.
--
-- `tx` is the transaction that last wrote a row. Mirrors read what is new since their last look by
-- it: whatever had not committed then has a number not below that look's pg_snapshot_xmin.

create table policy (
  tenant text collate "C" not null,
  hash text collate "C" not null,
  campaign text collate "C" not null,
  title text not null,
  json text not null,
  stored_at timestamptz not null,
  primary key (tenant, hash)
);

create table policy_active (
  tenant text collate "C" not null,
  campaign text collate "C" not null,
  hash text collate "C" not null,
  since timestamptz not null,
  operator text not null,
  tx xid8 not null default pg_current_xact_id(),
  primary key (tenant, campaign),
  foreign key (tenant, hash) references policy (tenant, hash)
);

create index policy_active_tx on policy_active (tx);

-- `tenant` is empty for the engine, and the tenant itself for a tenant.
create table control (
  tenant text collate "C" not null,
  level text collate "C" not null,
  name text collate "C" not null,
  mode text collate "C" not null check (mode in ('RUNNING', 'PAUSED')),
  reason text not null,
  operator text not null,
  at timestamptz not null,
  version bigint not null,
  tx xid8 not null default pg_current_xact_id(),
  primary key (tenant, level, name)
);

create index control_tx on control (tx);
create sequence control_version;

create table authority (
  tenant text collate "C" not null,
  conversation text collate "C" not null,
  subject text collate "C" not null,
  authority bigint not null,
  primary key (tenant, conversation)
) with (fillfactor = 70);

create table standing (
  tenant text collate "C" not null,
  subject text collate "C" not null,
  opted_out boolean not null default false,
  attempts integer not null default 0,
  tx xid8 not null default pg_current_xact_id(),
  primary key (tenant, subject)
) with (fillfactor = 80);

create index standing_tx on standing (tx);

create table claim (
  tenant text collate "C" not null,
  permit text collate "C" not null,
  n bigint not null,
  conversation text collate "C" not null,
  campaign text collate "C" not null,
  subject text collate "C" not null,
  role text collate "C" not null,
  epoch bigint not null,
  authority bigint not null,
  policy text collate "C" not null,
  kind text collate "C" not null,
  key text collate "C" not null,
  digest text collate "C" not null,
  payload text not null,
  claimant uuid not null,
  claimed_at timestamptz not null,
  state text collate "C" not null default 'CLAIMED'
    check (state in ('CLAIMED', 'CONFIRMED', 'FAILED', 'UNKNOWN')),
  settled_at timestamptz,
  outcome text,
  primary key (permit, tenant),
  check ((state = 'CLAIMED') = (outcome is null)),
  check ((state = 'CLAIMED') = (settled_at is null))
) with (fillfactor = 80);

create sequence claim_n;
create unique index claim_numbered on claim (tenant, n);
create unique index claim_key on claim (key, tenant) where state <> 'FAILED';
create index claim_of_conversation on claim (conversation, tenant, n);
create index claim_open on claim (n) where state in ('CLAIMED', 'UNKNOWN');

-- Takes the locks in the order given, which is the same for everybody: rising keys. Whoever calls it
-- reads in later statements: a statement's snapshot is older than the locks it waits for. For the
-- same reason nothing but READ COMMITTED will do.
create function lock_scopes(lock_keys bigint[], lock_exclusive boolean[]) returns void
language plpgsql volatile as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'claims need the isolation level read committed';
  end if;
  perform case
      when l.exclusive then pg_advisory_xact_lock(l.key)
      else pg_advisory_xact_lock_shared(l.key)
    end
  from unnest(lock_keys, lock_exclusive) as l (key, exclusive);
end $$;

-- One call is one transaction, so no client that stops half-way keeps a lock. Requests that share a
-- permit or a key are in different waves, and a later wave sees the claims of the one before.
--
-- Its plan is kept, and made while the tables may be empty: any index looks as good as another then,
-- and one that leads with the tenant would read all its claims for each request. So the look-ups are
-- written such that one index alone can serve them: laterals with a limit, and the tenant as an
-- expression.
create function claim_permits(
  lock_keys bigint[], lock_exclusive boolean[], token uuid, waves integer[], tenants text[],
  permits text[], conversations text[], campaigns text[], subjects text[], roles text[],
  epochs bigint[], authorities bigint[], policies text[], kinds text[], keys text[],
  digests text[], payloads text[], expiries timestamptz[], despite_opt_outs boolean[],
  attempts boolean[])
returns table (i bigint, answer text, n bigint, at timestamptz)
language plpgsql volatile
set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  clock timestamptz;
begin
  perform lock_scopes(lock_keys, lock_exclusive);
  -- Not now(), which is the time before the locks were waited for.
  clock := clock_timestamp();
  for wave in 0 .. (select max(w) from unnest(waves) as w) loop
    return query
    with asked as materialized (
      select *
      from unnest(
          waves, tenants, permits, conversations, campaigns, subjects, roles, epochs, authorities,
          policies, kinds, keys, digests, payloads, expiries, despite_opt_outs, attempts)
        with ordinality as a (
          of_wave, tenant, permit, conversation, campaign, subject, role, epoch, authority, policy,
          kind, key, digest, payload, expires_at, despite_opt_out, attempt, i)
      where of_wave = wave
    ), judged as materialized (
      select asked.*, coalesce(own.n, twin.n) as known_n, own.claimed_at as known_at,
        case
          -- The claimant's own claim, whose commit it was not told of.
          when own.claimant = token then 'GRANTED'
          when own.n is not null or twin.n is not null then 'ALREADY'
          when exists (
            select from (values
                ('', 'ENGINE', ''),
                (asked.tenant, 'TENANT', asked.tenant),
                (asked.tenant, 'CAMPAIGN', asked.campaign),
                (asked.tenant, 'ROLE', asked.role),
                (asked.tenant, 'CONVERSATION', asked.conversation)) as s (tenant, level, name)
              join control c
                on c.tenant = s.tenant and c.level = s.level and c.name = s.name
                and c.mode = 'PAUSED') then 'PAUSED'
          when not exists (
            select from policy_active p
            where p.tenant = asked.tenant and p.campaign = asked.campaign
              and p.hash = asked.policy) then 'POLICY_MOVED'
          when not exists (
            select from authority r
            where r.tenant = asked.tenant and r.conversation = asked.conversation
              and r.authority = asked.authority) then 'AUTHORITY_MOVED'
          when asked.expires_at <= clock then 'EXPIRED'
          when not asked.despite_opt_out and exists (
            select from standing s
            where s.tenant = asked.tenant and s.subject = asked.subject
              and s.opted_out) then 'OPTED_OUT'
          else 'GRANTED'
        end as answer
      from asked
      left join lateral (
        select c.n, c.claimed_at, c.claimant from claim c
        where c.permit = asked.permit and c.tenant || '' = asked.tenant
        limit 1) own on true
      left join lateral (
        select c.n from claim c
        where c.key = asked.key and c.tenant || '' = asked.tenant and c.state <> 'FAILED'
        limit 1) twin on true
    ), fresh as materialized (
      select judged.*, nextval('claim_n') as fresh_n
      from (
        select * from judged where answer = 'GRANTED' and known_n is null order by i) judged
    ), inserted as (
      insert into claim (
        tenant, permit, n, conversation, campaign, subject, role, epoch, authority, policy, kind,
        key, digest, payload, claimant, claimed_at)
      select tenant, permit, fresh_n, conversation, campaign, subject, role, epoch, authority,
        policy, kind, key, digest, payload, token, clock
      from fresh
    ), counted as (
      insert into standing as s (tenant, subject, attempts)
      select tenant, subject, count(*) from fresh where attempt group by tenant, subject
      on conflict (tenant, subject) do update
        set attempts = s.attempts + excluded.attempts, tx = pg_current_xact_id()
    )
    select i, 'GRANTED', fresh_n, clock from fresh
    union all
    select i, answer, known_n, known_at from judged
    where answer <> 'GRANTED' or known_n is not null;
  end loop;
end $$;

-- Takes claims in a rising order and locks their rows in it: two batches must not wait for each
-- other. Its look-ups are written as those of claim_permits.
create function settle_claims(tenants text[], numbers bigint[], states text[], outcomes text[])
returns void
language plpgsql volatile
set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  with owed as materialized (
    select c.place, news.state, news.outcome
    from unnest(tenants, numbers, states, outcomes) as news (tenant, n, state, outcome)
    cross join lateral (
      select claim.ctid as place from claim
      where claim.tenant = news.tenant and claim.n = news.n
        and (claim.outcome is null or claim.state = 'UNKNOWN')
      limit 1
      for update) c
  )
  update claim
  set state = owed.state, outcome = owed.outcome, settled_at = clock_timestamp()
  from owed
  where claim.ctid = owed.place;
end $$;

create function advance_authority(
  lock_keys bigint[], lock_exclusive boolean[], tenants text[], conversations text[],
  subjects text[], authorities bigint[], opted_outs boolean[])
returns void
language plpgsql volatile as $$
begin
  perform lock_scopes(lock_keys, lock_exclusive);
  insert into authority as r (tenant, conversation, subject, authority)
  select distinct on (a.tenant, a.conversation) a.tenant, a.conversation, a.subject, a.authority
  from unnest(tenants, conversations, subjects, authorities)
    as a (tenant, conversation, subject, authority)
  order by a.tenant, a.conversation, a.authority desc
  on conflict (tenant, conversation) do update
    set subject = excluded.subject, authority = excluded.authority
    where excluded.authority > r.authority;
  insert into standing as s (tenant, subject, opted_out)
  select distinct a.tenant, a.subject, true
  from unnest(tenants, subjects, opted_outs) as a (tenant, subject, opted_out)
  where a.opted_out
  on conflict (tenant, subject) do update
    set opted_out = true, tx = pg_current_xact_id()
    where not s.opted_out;
end $$;

create function set_control(
  lock_keys bigint[], lock_exclusive boolean[], of_tenant text, of_level text, of_name text,
  new_mode text, why text, who text)
returns table (at timestamptz, version bigint)
language plpgsql volatile as $$
#variable_conflict use_column
begin
  perform lock_scopes(lock_keys, lock_exclusive);
  return query
  insert into control as c (tenant, level, name, mode, reason, operator, at, version)
  values (
    of_tenant, of_level, of_name, new_mode, why, who, clock_timestamp(), nextval('control_version'))
  on conflict (tenant, level, name) do update
    set mode = excluded.mode, reason = excluded.reason, operator = excluded.operator,
      at = excluded.at, version = excluded.version, tx = pg_current_xact_id()
  returning c.at, c.version;
end $$;

create function activate_policy(
  lock_keys bigint[], lock_exclusive boolean[], of_tenant text, of_campaign text, new_hash text,
  title text, document text, who text)
returns timestamptz
language plpgsql volatile as $$
declare
  moment timestamptz;
begin
  perform lock_scopes(lock_keys, lock_exclusive);
  moment := clock_timestamp();
  insert into policy (tenant, hash, campaign, title, json, stored_at)
  values (of_tenant, new_hash, of_campaign, title, document, moment)
  on conflict (tenant, hash) do nothing;
  insert into policy_active (tenant, campaign, hash, since, operator)
  values (of_tenant, of_campaign, new_hash, moment, who)
  on conflict (tenant, campaign) do update
    set hash = excluded.hash, since = excluded.since, operator = excluded.operator,
      tx = pg_current_xact_id();
  return moment;
end $$;
