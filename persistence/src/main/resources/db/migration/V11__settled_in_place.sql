-- An outcome used to move its claim to another place, with an entry in each of five indexes, since two
-- of them were for some states only. No index knows of the state any more, so that PostgreSQL keeps
-- what has changed beside what was there (a "heap-only tuple").
--
-- The table is written anew: nobody claims meanwhile.
alter table claim
  -- The number of one that failed, whose key is free again, and 0 of all others.
  add column freed bigint not null generated always as (case when state = 'FAILED' then n else 0 end) stored,
  set (fillfactor = 45);

drop index claim_key;
create unique index claim_key on claim (key, tenant, freed);
drop index claim_open;

-- What names the claims that are claimed or unknown.
create table claim_open (
  tenant text collate "C" not null,
  n bigint not null,
  primary key (n, tenant)
);
insert into claim_open (tenant, n)
select tenant, n from claim where state in ('CLAIMED', 'UNKNOWN');

-- Those claims. Each is looked up: whatever the statistics say, the others are not read.
create view open_claim as
select c.* from claim_open o
cross join lateral (select * from claim c where c.tenant = o.tenant and c.n = o.n limit 1) c;

create or replace function settle_claims(
  tenants text[], numbers bigint[], states text[], outcomes text[])
returns void
language plpgsql volatile
set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  with owed as materialized (
    select c.place, news.n, news.state, news.outcome
    from unnest(tenants, numbers, states, outcomes) as news (tenant, n, state, outcome)
    cross join lateral (
      select claim.ctid as place from claim
      where claim.tenant = news.tenant and claim.n = news.n
        and (claim.outcome is null or claim.state = 'UNKNOWN')
      limit 1
      for update) c
  ), closed as (
    delete from claim_open where n = any (array(select n from owed where state <> 'UNKNOWN'))
  )
  update claim
  set state = owed.state, outcome = owed.outcome, settled_at = clock_timestamp()
  from owed
  where claim.ctid = owed.place;
end $$;

-- One call is one transaction, so no client that stops half-way keeps a lock. Requests that share a
-- permit, a key or a buyer whose attempts are counted are in different waves, and a later wave sees
-- the claims of the one before.
--
-- Its plan is kept, and made while the tables may be empty: any index looks as good as another then,
-- and one that leads with the tenant would read all its claims for each request. So the look-ups are
-- written such that one index alone can serve them: laterals with a limit, and the tenant as an
-- expression.
create or replace function claim_permits(
  lock_keys bigint[], lock_exclusive boolean[], token uuid, waves integer[], tenants text[],
  permits text[], conversations text[], campaigns text[], subjects text[], roles text[],
  epochs bigint[], authorities bigint[], policies text[], kinds text[], keys text[],
  digests text[], payloads text[], expiries timestamptz[], despite_opt_outs boolean[],
  attempts_max integer[])
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
          policies, kinds, keys, digests, payloads, expiries, despite_opt_outs,
          attempts_max)
        with ordinality as a (
          of_wave, tenant, permit, conversation, campaign, subject, role, epoch, authority, policy,
          kind, key, digest, payload, expires_at, despite_opt_out, attempts_max, i)
      where of_wave = wave
    ), judged as materialized (
      select asked.*, coalesce(own.n, twin.n) as known_n, own.claimed_at as known_at,
        case
          -- The claimant's own claim, whose commit it was not told of.
          when own.claimant = token then 'GRANTED'
          when own.n is not null or twin.n is not null then 'ALREADY'
          when exists (
            select from concluded d
            where d.tenant = asked.tenant and d.permit = asked.permit) then 'INTERRUPTED'
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
          -- Its subject is locked exclusively, and counted once in a wave.
          when asked.attempts_max is not null and asked.attempts_max < 1 + coalesce((
            select s.attempts from standing s
            where s.tenant = asked.tenant and s.subject = asked.subject), 0) then 'CAPPED'
          else 'GRANTED'
        end as answer
      from asked
      left join lateral (
        select c.n, c.claimed_at, c.claimant from claim c
        where c.permit = asked.permit and c.tenant || '' = asked.tenant
        limit 1) own on true
      left join lateral (
        select c.n from claim c
        where c.key = asked.key and c.tenant || '' = asked.tenant and c.freed = 0
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
    ), opened as (
      insert into claim_open (tenant, n) select tenant, fresh_n from fresh
    ), counted as (
      insert into standing as s (tenant, subject, attempts)
      select tenant, subject, count(*) from fresh where attempts_max is not null
      group by tenant, subject
      on conflict (tenant, subject) do update
        set attempts = s.attempts + excluded.attempts, tx = pg_current_xact_id()
    )
    select i, 'GRANTED', fresh_n, clock from fresh
    union all
    select i, answer, known_n, known_at from judged
    where answer <> 'GRANTED' or known_n is not null;
  end loop;
end $$;
