-- A key of a subject, in one call each. Plans are kept: the primary key is all that they can use.
create function find_subject_key(of_tenant text, of_subject text, of_purpose text)
returns table (wrapped bytea, destroyed boolean)
language plpgsql stable
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
begin
  return query
  select k.wrapped, k.destroyed_at is not null from subject_key k
  where k.tenant = of_tenant and k.subject = of_subject and k.purpose = of_purpose;
end $$;

-- One node's first key wins, and after an erasure there is none. What the lock waited for is seen,
-- since each statement of a volatile function has a snapshot of its own.
create function add_subject_key(
  lock_key bigint, of_tenant text, of_subject text, of_purpose text, fresh bytea)
returns table (wrapped bytea, destroyed boolean)
language plpgsql volatile
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'keys need the isolation level read committed';
  end if;
  perform pg_advisory_xact_lock_shared(lock_key);
  insert into subject_key (tenant, subject, purpose, wrapped)
  select of_tenant, of_subject, of_purpose, fresh
  where not exists (
    select from subject_key k
    where k.tenant = of_tenant and k.subject = of_subject and k.destroyed_at is not null)
  on conflict do nothing;
  return query
  select k.wrapped, k.destroyed_at is not null from subject_key k
  where k.tenant = of_tenant and k.subject = of_subject and k.purpose = of_purpose;
end $$;

-- Planned anew for each call, which took longer than the call.
alter function advance_authority(
  bigint[], boolean[], text[], text[], text[], bigint[], boolean[])
set plan_cache_mode = force_generic_plan;
alter function advance_authority(
  bigint[], boolean[], text[], text[], text[], bigint[], boolean[])
set enable_seqscan = off;
