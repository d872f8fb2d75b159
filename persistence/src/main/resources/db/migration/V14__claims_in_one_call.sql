-- What many conversations ask of the claims at one moment, in one transaction: first newer authority,
-- which a claim of the same call is checked against, then outcomes, since what an earlier permit failed
-- to do may be claimed again, then the claims. All locks are taken before the first of them.
create function take_claims(
  lock_keys bigint[], lock_exclusive boolean[],
  advanced_tenants text[], advanced_conversations text[], advanced_subjects text[],
  advanced_authorities bigint[], advanced_opted_outs boolean[],
  settled_tenants text[], settled_numbers bigint[], settled_states text[], settled_outcomes text[],
  token uuid, waves integer[], tenants text[], permits text[], conversations text[],
  campaigns text[], subjects text[], roles text[], epochs bigint[], authorities bigint[],
  policies text[], kinds text[], keys text[], digests text[], payloads text[],
  expiries timestamptz[], despite_opt_outs boolean[], attempts_max integer[])
returns table (i bigint, answer text, n bigint, at timestamptz)
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
begin
  perform lock_scopes(lock_keys, lock_exclusive);
  if cardinality(advanced_tenants) > 0 then
    perform advance_authority(
      '{}', '{}', advanced_tenants, advanced_conversations, advanced_subjects,
      advanced_authorities, advanced_opted_outs);
  end if;
  if cardinality(settled_tenants) > 0 then
    perform settle_claims(settled_tenants, settled_numbers, settled_states, settled_outcomes);
  end if;
  if cardinality(permits) > 0 then
    return query
    select * from claim_permits(
      '{}', '{}', token, waves, tenants, permits, conversations, campaigns, subjects, roles,
      epochs, authorities, policies, kinds, keys, digests, payloads, expiries, despite_opt_outs,
      attempts_max);
  end if;
end $$;
