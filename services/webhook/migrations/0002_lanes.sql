-- Leases in lanes, results in one call, and no way through the whole log where an index leads there. docs/adr/0017-lanes-of-deliveries.md says why.

-- How long the endpoint took to answer of late, milliseconds; what is not known counts as slow.
alter table endpoint_queue add column pace_ms real not null default 1000;

-- By the id first: an organization's whole log is what an index that begins with it leads to before there are statistics.
drop index event_id;
create unique index event_id on event (id, tenant_id);

-- Takes events of one organization into the log in their order and queues their deliveries, or nothing. Answers the ids that were there.
-- The same as before but for `v_ids`: row-level security keeps a condition with a cast in it off the index.
create or replace function append_events(p_tenant uuid, p_events jsonb) returns setof uuid
language plpgsql volatile security invoker
-- Every access is by an index, whatever the tables held when the plan was made.
set enable_seqscan to off set enable_hashjoin to off set enable_mergejoin to off
as $$
declare
  v_count int := jsonb_array_length(p_events);
  v_first bigint;
  v_endpoints uuid[];
  v_ids uuid[] := array(select (n ->> 'id')::uuid from jsonb_array_elements(p_events) as n);
begin
  perform set_config('app.tenant_id', p_tenant::text, true);
  insert into event_clock (tenant_id, position)
  values (p_tenant, (extract(epoch from clock_timestamp()) * 1000000)::bigint + v_count)
  on conflict (tenant_id) do update set
    position = greatest(event_clock.position, (extract(epoch from clock_timestamp()) * 1000000)::bigint) + v_count
  returning position - v_count into v_first;

  return query select e.id from event e
    where e.id = any(v_ids) and (e.tenant_id = p_tenant) is true;

  insert into subject_tags (tenant_id, subject_id, tags)
  select distinct on (n.value ->> 'tagged') p_tenant, n.value ->> 'tagged',
    array(select jsonb_array_elements_text(n.value -> 'tags'))
  from jsonb_array_elements(p_events) with ordinality as n(value, place)
  where n.value ->> 'tagged' <> ''
  order by n.value ->> 'tagged', n.place desc
  on conflict (tenant_id, subject_id) do update set tags = excluded.tags;

  insert into event (
    tenant_id, position, id, type, type_keys, schema, occurred_at, data, course_id, course_version_id, registration_id, instance_id,
    launch_id, learner_id, destination_id, dispatch_id, import_id, tags, actor_id, trace_id
  )
  select p_tenant, v_first + n.place, x.id, x.type, x.type_keys, x.schema, x.occurred_at, x.data, x.course_id, x.course_version_id,
    x.registration_id, x.instance_id, x.launch_id, x.learner_id, x.destination_id, x.dispatch_id, x.import_id,
    array(
      select unnest(x.tags) union
      select unnest(s.tags) from subject_tags s
      where s.tenant_id = p_tenant and s.subject_id in (x.course_id, x.registration_id, x.dispatch_id)
    ),
    x.actor_id, x.trace_id
  from jsonb_array_elements(p_events) with ordinality as n(value, place)
  cross join lateral jsonb_to_record(n.value) as x(
    id uuid, type text, type_keys text[], schema text, occurred_at timestamptz, data text, course_id text, course_version_id text,
    registration_id text, instance_id text, launch_id text, learner_id text, destination_id text, dispatch_id text, import_id text,
    tags text[], actor_id text, trace_id text
  )
  order by n.place
  on conflict do nothing;

  with queued as (
    insert into delivery (id, tenant_id, endpoint_id, event_id, event_position, event_type, registration_id, state, next_attempt_at)
    select uuidv7(), p_tenant, p.id, e.id, e.position, e.type, e.registration_id, 1, now()
    from event e
    join endpoint p on p.tenant_id = p_tenant
      and (p.owner_id is null or p.owner_id in (e.course_id, e.registration_id, e.dispatch_id, e.import_id))
    where e.tenant_id = p_tenant and e.position > v_first and endpoint_wants(p, e)
    order by e.position
    returning endpoint_id
  )
  select array_agg(distinct endpoint_id) into v_endpoints from queued;
  perform wake_endpoints(v_endpoints);
end
$$;

drop function claim_deliveries(uuid, int, int, int, int, int, int);

-- Leases due deliveries of the endpoint whose turn it is to one process. Of any number of processes one gets a delivery. Null when nothing is
-- due; no deliveries when the endpoint has to wait. Defaults stand for what the endpoint leaves open.
-- Deliveries come in lanes, each sent one after the other under a lease of its own: a lane is a request under way, so lanes are what
-- concurrency counts. A lane has as many as the endpoint answers in a quarter of a second, one when it is slow or has a rate. An endpoint
-- that is served in order has a single lane, as long as what may begin within half of the margin.
create function claim_lanes(
  p_timeout int, p_concurrency int, p_per_minute int, p_margin int, p_longest int, p_most int
) returns jsonb
language plpgsql volatile security invoker
-- Every access is by an index, whatever the tables held when the plan was made.
set enable_seqscan to off set enable_hashjoin to off set enable_mergejoin to off
as $$
declare
  q endpoint_queue;
  p endpoint;
  v_now timestamptz;
  v_lease interval;
  v_room int;
  v_burst int;
  v_step interval;
  v_allowed int;
  v_wake timestamptz;
  v_head delivery;
  v_ids uuid[] := '{}';
  v_length int;
  v_lanes uuid[];
begin
  perform set_config('app.system', 'on', true);
  select * into q from endpoint_queue where wake_at <= clock_timestamp() order by wake_at limit 1 for update skip locked;
  if not found then return null; end if;
  v_now := clock_timestamp();
  select * into p from endpoint where id = q.endpoint_id;
  if p.status <> 1 then
    update endpoint_queue set wake_at = 'infinity' where endpoint_id = p.id;
    return '{}';
  end if;
  if q.paused_until > v_now then
    update endpoint_queue set wake_at = q.paused_until where endpoint_id = p.id;
    return '{}';
  end if;
  v_lease := make_interval(secs => (coalesce(nullif(p.timeout_ms, 0), p_timeout) + p_margin) / 1000.0);
  v_room := coalesce(nullif(p.max_concurrency, 0), p_concurrency)
    - (select count(distinct lease_owner) from delivery where endpoint_id = p.id and lease_owner is not null and next_attempt_at > v_now);
  if coalesce(nullif(p.max_per_minute, 0), p_per_minute) > 0 then
    v_step := interval '1 minute' / coalesce(nullif(p.max_per_minute, 0), p_per_minute);
    v_burst := ceil(coalesce(nullif(p.max_per_minute, 0), p_per_minute) / 60.0);
    v_allowed := floor(
      v_burst - extract(epoch from greatest(q.rate_at, v_now) - v_now) / extract(epoch from v_step) + 0.000001
    );
  end if;
  v_length := greatest(1, least(p_longest, floor(case when p.ordering = 3 then p_margin / 2 else 250 end / greatest(q.pace_ms, 1))));

  if p.ordering = 3 then
    select * into v_head from delivery where endpoint_id = p.id and state in (1, 2) order by event_position limit 1;
    if found and v_head.next_attempt_at <= v_now
      and v_room = coalesce(nullif(p.max_concurrency, 0), p_concurrency)
    then
      select array_agg(id order by event_position) into v_ids from (
        select id, event_position from delivery where endpoint_id = p.id and state in (1, 2)
        order by event_position limit greatest(0, least(v_length, v_allowed))
      ) as chain;
    end if;
    v_room := 1;
  else
    v_room := least(v_room, p_most);
    select array_agg(id) into v_ids from (
      select d.id from delivery d
      where d.endpoint_id = p.id and d.state in (1, 2) and d.next_attempt_at <= v_now
        and (p.ordering <> 2 or d.registration_id = '' or not exists (
          select from delivery b where b.endpoint_id = d.endpoint_id and b.registration_id = d.registration_id
            and b.state in (1, 2) and b.event_position < d.event_position
        ))
      order by d.next_attempt_at limit greatest(0, case when v_step is null then v_room * least(v_length, case when p.ordering = 2 then 5 else v_length end) else least(v_room, v_allowed) end)
      for update skip locked
    ) as due;
  end if;
  v_ids := coalesce(v_ids, '{}');
  v_lanes := array(select uuidv7() from generate_series(1, least(v_room, cardinality(v_ids))));
  update delivery set next_attempt_at = v_now + v_lease,
    lease_owner = v_lanes[1 + (array_position(v_ids, id) - 1) % cardinality(v_lanes)]
  where id = any(v_ids);

  -- What is leased counts with the end of its lease, in case its process dies; whoever ends a lease wakes the endpoint.
  if p.ordering = 3 then
    select next_attempt_at into v_wake from delivery where endpoint_id = p.id and state in (1, 2) order by event_position limit 1;
    if v_wake <= v_now then v_wake := v_now + v_lease; end if;
  else
    select min(next_attempt_at) into v_wake from delivery
    where endpoint_id = p.id and state in (1, 2) and next_attempt_at > v_now;
  end if;
  if p.ordering <> 3 and cardinality(v_lanes) = p_most then v_wake := v_now; end if;
  if v_allowed <= cardinality(v_ids) then
    v_wake := greatest(q.rate_at, v_now) + v_step * (cardinality(v_ids) - v_burst + 1);
  end if;
  update endpoint_queue set wake_at = coalesce(v_wake, 'infinity'), paused_until = null,
    rate_at = case when v_step is null then rate_at else greatest(q.rate_at, v_now) + v_step * cardinality(v_ids) end
  where endpoint_id = p.id;

  return jsonb_build_object(
    'endpoint', jsonb_build_object(
      'id', p.id, 'tenantId', p.tenant_id, 'url', p.url, 'fallbackUrl', p.fallback_url, 'postback', p.postback,
      'settings', encode(p.settings, 'base64'), 'policy', encode(p.policy, 'base64'),
      'sealedPassword', p.sealed_password, 'sealedHeaders', p.sealed_headers, 'ordered', p.ordering = 3
    ),
    'secrets', (
      select coalesce(jsonb_agg(s.sealed order by s.id desc), '[]') from secret s
      where s.endpoint_id = p.id and (s.expires_at is null or s.expires_at > v_now)
    ),
    'deliveries', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', d.id, 'lane', d.lease_owner, 'eventId', d.event_id, 'eventType', d.event_type, 'tries', d.tries, 'toFallback', d.to_fallback,
        'test', d.test_data is not null,
        'occurredAt', coalesce(e.occurred_at, d.created_at), 'data', coalesce(e.data, d.test_data), 'subject', jsonb_build_object(
          'courseId', e.course_id, 'courseVersionId', e.course_version_id, 'registrationId', e.registration_id,
          'instanceId', e.instance_id, 'launchId', e.launch_id, 'learnerId', e.learner_id,
          'destinationId', e.destination_id, 'dispatchId', e.dispatch_id
        )
      ) order by d.event_position, d.id), '[]')
      from delivery d left join event e on e.id = d.event_id and (e.tenant_id = d.tenant_id) is true where d.id = any(v_ids)
    )
  );
end
$$;

-- Writes what became of deliveries: attempts, states, health of endpoints. Whoever lost a lease leaves the attempt in the history and
-- changes nothing else. Answers deliveries that ended without success, and since when endpoints have had nothing but failures.
create function record_results(p_results jsonb, p_health jsonb) returns jsonb
language plpgsql volatile security invoker
-- Every access is by an index, whatever the tables held when the plan was made; that is also why rows are named by lists of ids.
set enable_seqscan to off set enable_hashjoin to off set enable_mergejoin to off
as $$
declare
  v_endpoints uuid[] := array(select (h ->> 'id')::uuid from jsonb_array_elements(p_health) as h);
  v_ids uuid[] := array(select (r ->> 'id')::uuid from jsonb_array_elements(p_results) as r);
  v_attempts uuid[] := array(select (r ->> 'attemptId')::uuid from jsonb_array_elements(p_results) as r);
  v_failed jsonb;
  v_failing jsonb;
begin
  perform set_config('app.system', 'on', true);
  -- Queues come before deliveries, and in the order of their ids, as everywhere: nobody waits crosswise.
  perform from endpoint_queue where endpoint_id = any(v_endpoints) order by endpoint_id for update;

  -- Written before by a transaction whose answer was lost.
  v_attempts := array(select a.id from attempt a where a.id = any(v_attempts));

  with r as (
    select * from jsonb_to_recordset(p_results) as x(
      id uuid, lane uuid, state smallint, "delayMs" float8, "toFallback" boolean, "attemptId" uuid, attempt jsonb
    )
    where x."attemptId" is null or x."attemptId" <> all(v_attempts)
  ), changed as (
    update delivery d set
      attempt_count = d.attempt_count + (r.attempt is not null)::int,
      last_attempt_id = coalesce(r."attemptId", d.last_attempt_id),
      tries = case
        when d.lease_owner is distinct from r.lane then d.tries
        when r."toFallback" and not d.to_fallback then 0
        else d.tries + (r.attempt is not null)::int
      end,
      to_fallback = case when d.lease_owner = r.lane then r."toFallback" else d.to_fallback end,
      state = case when d.lease_owner = r.lane then r.state else d.state end,
      next_attempt_at = case when d.lease_owner = r.lane then now() + make_interval(secs => r."delayMs" / 1000) else d.next_attempt_at end,
      ended_at = case when d.lease_owner = r.lane and r.state in (4, 5) then now() else d.ended_at end,
      lease_owner = case when d.lease_owner = r.lane then null else d.lease_owner end,
      changed_at = clock_timestamp()
    from r where d.id = r.id and d.id = any(v_ids)
    returning d.id, d.tenant_id, d.endpoint_id, d.event_type, d.attempt_count, d.test_data is not null as test,
      old.lease_owner = r.lane as held, r.state, r.attempt
  ), written as (
    insert into attempt (
      id, tenant_id, delivery_id, endpoint_id, number, started_at, outcome, http_status, latency_ms, error, ip_address, request_url,
      request_headers, request_body, response_headers, response_body, response_truncated, retry_after_seconds
    )
    select x.id, c.tenant_id, c.id, c.endpoint_id, c.attempt_count, x.started_at, x.outcome, x.http_status, x.latency_ms, x.error,
      x.ip_address, x.request_url, x.request_headers, x.request_body, x.response_headers, x.response_body, x.response_truncated,
      x.retry_after_seconds
    from changed c cross join lateral jsonb_to_record(c.attempt) as x(
      id uuid, started_at timestamptz, outcome smallint, http_status int, latency_ms int, error text, ip_address text, request_url text,
      request_headers jsonb, request_body text, response_headers jsonb, response_body text, response_truncated boolean,
      retry_after_seconds int
    ) where c.attempt is not null
  )
  select jsonb_agg(jsonb_build_object('id', id, 'eventType', event_type)) into v_failed
  from changed where held and state = 5 and not test;

  update secret s set last_used_at = now()
  where s.endpoint_id = any(v_endpoints) and (s.expires_at is null or s.expires_at > now())
    and (s.last_used_at is null or s.last_used_at < now() - interval '1 minute');

  with changed as (
    update endpoint_queue q set
      wake_at = case when x.wake then least(q.wake_at, greatest(now(), now() + make_interval(secs => x."pauseMs" / 1000))) else q.wake_at end,
      paused_until = case
        when x."pauseMs" > 0 then greatest(q.paused_until, now() + make_interval(secs => x."pauseMs" / 1000)) else q.paused_until
      end,
      failing_since = case when x.succeeded then null when x.failed then coalesce(q.failing_since, now()) else q.failing_since end,
      last_success_at = case when x.succeeded then now() else q.last_success_at end,
      last_failure_at = case when x.failed then now() else q.last_failure_at end,
      last_error = case when x.failed then x.error else q.last_error end,
      pace_ms = coalesce((q.pace_ms + x."paceMs") / 2, q.pace_ms)
    from jsonb_to_recordset(p_health) as x(
      id uuid, wake boolean, succeeded boolean, failed boolean, error text, "pauseMs" float8, "paceMs" real
    )
    where q.endpoint_id = x.id returning q.endpoint_id, q.failing_since
  )
  select jsonb_agg(jsonb_build_object('id', endpoint_id, 'since', failing_since)) into v_failing
  from changed where failing_since is not null;
  return jsonb_build_object('failed', coalesce(v_failed, '[]'), 'failing', coalesce(v_failing, '[]'));
end
$$;
