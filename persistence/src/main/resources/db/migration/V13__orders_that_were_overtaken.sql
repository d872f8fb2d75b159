-- What an operator orders may say what it has seen: where somebody has ordered something else since,
-- nothing is changed and nothing is answered. A first try that had no answer, and lies somewhere while
-- the second is carried out and others follow, undoes nothing any more when it comes.

-- seen: the version of the scope's row, 0 where it has none; null for whatever is there.
create function set_control(
  lock_keys bigint[], lock_exclusive boolean[], of_tenant text, of_level text, of_name text,
  new_mode text, why text, who text, seen bigint)
returns table (at timestamptz, version bigint)
language plpgsql volatile as $$
begin
  perform lock_scopes(lock_keys, lock_exclusive);
  if seen <> coalesce((
    select c.version from control c
    where c.tenant = of_tenant and c.level = of_level and c.name = of_name), 0) then
    return;
  end if;
  return query
  select * from set_control(
    lock_keys, lock_exclusive, of_tenant, of_level, of_name, new_mode, why, who);
end $$;

-- seen: when the active policy became it, in microseconds since 1970, 0 where there is none.
create function activate_policy(
  lock_keys bigint[], lock_exclusive boolean[], of_tenant text, of_campaign text, new_hash text,
  title text, document text, who text, seen bigint)
returns timestamptz
language plpgsql volatile as $$
begin
  perform lock_scopes(lock_keys, lock_exclusive);
  if seen <> coalesce((
    select (extract(epoch from p.since) * 1000000)::bigint from policy_active p
    where p.tenant = of_tenant and p.campaign = of_campaign), 0) then
    return null;
  end if;
  return activate_policy(
    lock_keys, lock_exclusive, of_tenant, of_campaign, new_hash, title, document, who);
end $$;
