-- A buyer who is met for the first time gets a subject and its usual keys in one transaction. Who it
-- is that is there already, or under which keys the subject of an earlier database was erased, is
-- looked up as ever.
create function meet_subject(
  lock_key bigint, of_tenant text, of_lookup bytea, fresh text, purposes text[], fresh_keys bytea[])
returns table (subject text, keyed boolean)
language plpgsql volatile
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  added bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'keys need the isolation level read committed';
  end if;
  insert into subject (tenant, lookup, subject) values (of_tenant, of_lookup, fresh)
  on conflict do nothing;
  if not found then
    return query
    select s.subject, false from subject s where s.tenant = of_tenant and s.lookup = of_lookup;
    return;
  end if;
  perform pg_advisory_xact_lock_shared(lock_key);
  insert into subject_key (tenant, subject, purpose, wrapped)
  select of_tenant, fresh, k.purpose, k.wrapped
  from unnest(purposes, fresh_keys) as k (purpose, wrapped)
  where not exists (
    select from subject_key k
    where k.tenant = of_tenant and k.subject = fresh and k.destroyed_at is not null)
  on conflict do nothing;
  get diagnostics added = row_count;
  return query select fresh, added = cardinality(purposes);
end $$;
