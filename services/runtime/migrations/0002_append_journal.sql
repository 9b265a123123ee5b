-- Writes appends of several launches in one round trip. Each array has one element for each append, except those of states and events,
-- which name their append by its position. An append is written only while its instance stands at the version its fold began with;
-- the others are left alone. Answers the positions that were written.
-- Runs with the rights of the caller and names the tenant itself, so that row-level security holds for every statement.
create function append_journal(
  p_tenants uuid[], p_instances uuid[], p_versions bigint[], p_launches uuid[], p_registrations uuid[], p_epochs int[],
  p_first_seqs int[], p_last_seqs int[], p_received timestamptz[], p_calls text[], p_currents text[],
  p_completions smallint[], p_successes smallint[], p_scaled float8[], p_raw float8[], p_min float8[], p_max float8[],
  p_seconds float8[], p_progress float8[], p_touched boolean[],
  p_state_members int[], p_state_activities text[], p_state_texts text[],
  p_event_members int[], p_event_ids uuid[], p_event_types text[], p_event_payloads bytea[], p_event_traces text[]
) returns int[]
language plpgsql security invoker
as $$
declare
  v_tenant uuid;
  v_written int[];
  v_all int[] := '{}';
begin
  for v_tenant in select distinct t from unnest(p_tenants) as t loop
    perform set_config('app.tenant_id', v_tenant::text, true);
    with member as (
      select * from unnest(
        p_tenants, p_instances, p_versions, p_launches, p_registrations, p_epochs, p_first_seqs, p_last_seqs, p_received, p_calls,
        p_currents, p_completions, p_successes, p_scaled, p_raw, p_min, p_max, p_seconds, p_progress, p_touched
      ) with ordinality as m(
        tenant, instance, version, launch, registration, epoch, first_seq, last_seq, received, calls,
        current, completion, success, scaled, raw, min, max, seconds, progress, touched, position
      )
      where m.tenant = v_tenant
    ), written as (
      update instance i set
        version = i.version + 1,
        folded_launch_id = m.launch, folded_seq = m.last_seq, folded_epoch = m.epoch, current_activity = m.current,
        completion = m.completion, success = m.success,
        score_scaled = m.scaled, score_raw = m.raw, score_min = m.min, score_max = m.max,
        total_seconds = m.seconds, progress = m.progress,
        completed_at = case when m.completion = 3 then coalesce(i.completed_at, m.received) end,
        first_access_at = coalesce(i.first_access_at, m.received),
        last_access_at = greatest(i.last_access_at, m.received)
      from member m
      where i.id = m.instance and i.tenant_id = v_tenant and i.version = m.version
      returning m.position
    ), segment as (
      insert into journal_segment (launch_id, first_seq, last_seq, tenant_id, epoch, received_at, calls)
      select m.launch, m.first_seq, m.last_seq, v_tenant, m.epoch, m.received, m.calls
      from member m join written w using (position)
    ), launched as (
      update launch l set last_seq = m.last_seq, active_at = greatest(l.active_at, m.received)
      from member m join written w using (position)
      where l.id = m.launch
    ), registered as (
      update registration r set
        completion = m.completion, success = m.success, updated_at = greatest(r.updated_at, m.received)
      from member m join written w using (position)
      where m.touched and r.id = m.registration and r.instance_id = m.instance
    ), state as (
      insert into activity_state as a (instance_id, activity, tenant_id, state)
      select m.instance, s.activity, v_tenant, s.state
      from unnest(p_state_members, p_state_activities, p_state_texts) as s(position, activity, state)
      join member m using (position) join written w using (position)
      on conflict (instance_id, activity) do update set state = excluded.state
    ), announced as (
      insert into outbox (id, tenant_id, type, payload, traceparent)
      select e.id, v_tenant, e.type, e.payload, e.traceparent
      from unnest(p_event_members, p_event_ids, p_event_types, p_event_payloads, p_event_traces)
        as e(position, id, type, payload, traceparent)
      join written w using (position)
    )
    select array_agg(position) into v_written from written;
    v_all := v_all || v_written;
  end loop;
  return v_all;
end
$$;

-- Finds the launch behind a token, whose organization is not known yet.
create function launch_of_token(p_hash bytea) returns table (launch_id uuid, tenant_id uuid)
language plpgsql security invoker
as $$
begin
  perform set_config('app.system', 'on', true);
  return query select t.launch_id, t.tenant_id from launch_token t where t.token_hash = p_hash;
  perform set_config('app.system', '', true);
end
$$;
