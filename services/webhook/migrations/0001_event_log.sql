-- The event log, endpoints, and deliveries. docs/adr/0014-event-log-and-deliveries.md says why it is built so.
--
-- An event's position is the time it was taken into the log in microseconds since 1970, made unique within its organization. Whoever appends
-- holds the organization's row of event_clock to the end of the transaction, so positions become visible in their own order: whoever reads
-- behind a position sees a prefix without holes, and nothing appears behind a cursor later.

create table event_clock (
  tenant_id uuid primary key,
  -- Of the last event.
  position bigint not null,
  -- Events up to here are not kept any more.
  removed_through bigint not null default 0
) with (fillfactor = 20);

create table event (
  tenant_id uuid not null,
  position bigint not null,
  id uuid not null,
  -- Public name, and every pattern that means it: `registration.completed`, `registration.*`.
  type text not null,
  type_keys text[] not null,
  -- Full name of the payload's message.
  schema text not null,
  occurred_at timestamptz(3) not null,
  -- The payload as ProtoJSON.
  data text not null,
  -- What it is about; empty where it does not apply.
  course_id text not null,
  course_version_id text not null,
  registration_id text not null,
  instance_id text not null,
  launch_id text not null,
  learner_id text not null,
  destination_id text not null,
  dispatch_id text not null,
  import_id text not null,
  -- Of its course, registration and dispatch when it came, in lower case.
  tags text[] not null,
  actor_id text not null,
  trace_id text not null,
  primary key (tenant_id, position)
);
create unique index event_id on event (tenant_id, id);
create index event_occurred on event (tenant_id, occurred_at, position);
create index event_registration on event (tenant_id, registration_id, position) where registration_id <> '';
create index event_course on event (tenant_id, course_id, position) where course_id <> '';

-- Tags of courses, registrations and dispatches as their own events told them, because others do not repeat them.
create table subject_tags (
  tenant_id uuid not null,
  subject_id text not null,
  tags text[] not null,
  primary key (tenant_id, subject_id)
);

create table endpoint (
  id uuid primary key,
  tenant_id uuid not null,
  name text not null,
  description text not null default '',
  url text not null,
  -- Filter: empty means any.
  types text[] not null default '{}',
  course_ids text[] not null default '{}',
  registration_ids text[] not null default '{}',
  learner_ids text[] not null default '{}',
  destination_ids text[] not null default '{}',
  dispatch_ids text[] not null default '{}',
  tags text[] not null default '{}',
  -- Message `WebhookSettings` or `PostbackSettings` without its password, binary.
  postback boolean not null,
  settings bytea not null,
  sealed_password text not null default '',
  -- JSON object of header fields, sealed; empty for none.
  sealed_headers text not null default '',
  -- Message `DeliveryPolicy`, binary, and what queues need of it.
  policy bytea not null,
  timeout_ms int not null default 0,
  max_concurrency int not null default 0,
  max_per_minute int not null default 0,
  ordering smallint not null default 0,
  -- EndpointStatus ACTIVE, DISABLED or SUSPENDED.
  status smallint not null,
  status_reason text not null default '',
  -- Kind as in `EndpointOwner`; null for endpoints made by hand.
  owner_kind text,
  owner_id text,
  fallback_url text not null default '',
  request_id uuid,
  request_hash text not null default '',
  version int not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  unique (tenant_id, request_id)
);
create index endpoint_name on endpoint (tenant_id, name, id);
create index endpoint_owner on endpoint (tenant_id, owner_id);

-- What changes with every delivery, apart from what people write.
create table endpoint_queue (
  endpoint_id uuid primary key references endpoint (id) on delete cascade,
  tenant_id uuid not null,
  -- When something may be due; infinity when nothing waits.
  wake_at timestamptz not null default 'infinity',
  -- The receiver asked for a pause.
  paused_until timestamptz,
  -- When the rate allows the next but one (GCRA).
  rate_at timestamptz not null default '-infinity',
  -- Start of the present run of nothing but failures.
  failing_since timestamptz(3),
  last_success_at timestamptz(3),
  last_failure_at timestamptz(3),
  last_error text not null default ''
) with (fillfactor = 50);
create index endpoint_queue_wake on endpoint_queue (wake_at);

create table secret (
  id uuid primary key,
  tenant_id uuid not null,
  endpoint_id uuid not null references endpoint (id) on delete cascade,
  sealed text not null,
  hint text not null,
  request_id uuid,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  unique (tenant_id, request_id)
);
create index secret_endpoint on secret (endpoint_id, id);

create table delivery (
  id uuid primary key,
  tenant_id uuid not null,
  endpoint_id uuid not null references endpoint (id) on delete cascade,
  event_id uuid not null,
  event_position bigint not null,
  event_type text not null,
  registration_id text not null,
  -- DeliveryState, apart from HELD, which is seen and not written.
  state smallint not null,
  -- Requests in all, and in the present round.
  attempt_count int not null default 0,
  tries int not null default 0,
  -- While it is leased: the end of the lease.
  next_attempt_at timestamptz not null,
  lease_owner uuid,
  -- To the endpoint's fall-back address.
  to_fallback boolean not null default false,
  -- An event that is in no log; null for real ones.
  test_data text,
  replay_id uuid,
  last_attempt_id uuid,
  created_at timestamptz(3) not null default now(),
  changed_at timestamptz(3) not null default now(),
  ended_at timestamptz(3)
) with (fillfactor = 80);
create unique index delivery_event on delivery (endpoint_id, event_id) where test_data is null;
create index delivery_due on delivery (endpoint_id, next_attempt_at) where state in (1, 2);
create index delivery_order on delivery (endpoint_id, event_position) where state in (1, 2);
create index delivery_order_registration on delivery (endpoint_id, registration_id, event_position) where state in (1, 2);
create index delivery_leased on delivery (endpoint_id) where lease_owner is not null;
create index delivery_newest on delivery (tenant_id, id);
create index delivery_changed on delivery (tenant_id, changed_at);
create index delivery_replay on delivery (replay_id, state) where replay_id is not null;
create index delivery_of_event on delivery (tenant_id, event_id);

create table attempt (
  id uuid primary key,
  tenant_id uuid not null,
  delivery_id uuid not null references delivery (id) on delete cascade,
  endpoint_id uuid not null,
  number int not null,
  started_at timestamptz(3) not null,
  outcome smallint not null,
  http_status int not null,
  latency_ms int not null,
  error text not null,
  ip_address text not null,
  request_url text not null,
  request_headers jsonb not null,
  request_body text not null,
  response_headers jsonb not null,
  response_body text not null,
  response_truncated boolean not null,
  retry_after_seconds int not null
);
create index attempt_delivery on attempt (delivery_id, number);
create index attempt_endpoint on attempt (endpoint_id, started_at);

create table resend (
  tenant_id uuid not null,
  request_id uuid not null,
  delivery_id uuid not null references delivery (id) on delete cascade,
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, request_id)
);

create table replay (
  id uuid primary key,
  tenant_id uuid not null,
  endpoint_id uuid not null references endpoint (id) on delete cascade,
  -- Message `ReplayPlan`, binary.
  plan bytea not null,
  state smallint not null,
  total_count bigint not null,
  -- Events up to here were queued.
  through bigint not null default 0,
  -- Set once the replay is over.
  delivered_count bigint,
  failed_count bigint,
  created_by text not null,
  request_id uuid not null,
  request_hash text not null,
  created_at timestamptz(3) not null default now(),
  ended_at timestamptz(3),
  unique (tenant_id, request_id)
);
create index replay_newest on replay (tenant_id, id);
create index replay_open on replay (id) where state in (1, 2);

create table outbox (
  id uuid primary key,
  tenant_id uuid not null,
  type text not null,
  payload bytea not null,
  traceparent text not null default '',
  occurred_at timestamptz not null default now(),
  published_at timestamptz
);
create index outbox_waiting on outbox (id) where published_at is null;

do $$
declare
  name text;
begin
  for name in
    select c.relname from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
      and c.relname <> 'migration_ledger'
  loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I using (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid'
      ' or current_setting(''app.system'', true) = ''on'')', name
    );
  end loop;
end
$$;

-- Whether an event is one of those a filter means.
create function event_matches(
  e event, p_types text[], p_courses text[], p_registrations text[], p_learners text[], p_destinations text[], p_dispatches text[],
  p_tags text[]
) returns boolean language sql immutable
return (p_types = '{}' or e.type_keys && p_types)
  and (p_courses = '{}' or e.course_id = any(p_courses))
  and (p_registrations = '{}' or e.registration_id = any(p_registrations))
  and (p_learners = '{}' or e.learner_id = any(p_learners))
  and (p_destinations = '{}' or e.destination_id = any(p_destinations))
  and (p_dispatches = '{}' or e.dispatch_id = any(p_dispatches))
  and (p_tags = '{}' or e.tags && p_tags);

-- Whether an endpoint wants an event. Those that something brought along want what that is about; what happens to webhooks themselves is
-- told only to those who name it.
create function endpoint_wants(p endpoint, e event) returns boolean language sql immutable
return (p.types <> '{}' or not starts_with(e.schema, 'coursemesh.webhook.'))
  and (p.owner_id is null or p.owner_id in (e.course_id, e.registration_id, e.dispatch_id, e.import_id))
  and event_matches(
    e, p.types, p.course_ids, p.registration_ids, p.learner_ids, p.destination_ids, p.dispatch_ids, p.tags
  );

-- Takes events of one organization into the log in their order and queues their deliveries, or nothing. Answers the ids that were there.
create function append_events(p_tenant uuid, p_events jsonb) returns setof uuid
language plpgsql volatile security invoker
-- Every access is by an index, whatever the tables held when the plan was made.
set enable_seqscan to off set enable_hashjoin to off set enable_mergejoin to off
as $$
declare
  v_count int := jsonb_array_length(p_events);
  v_first bigint;
  v_endpoints uuid[];
begin
  perform set_config('app.tenant_id', p_tenant::text, true);
  insert into event_clock (tenant_id, position)
  values (p_tenant, (extract(epoch from clock_timestamp()) * 1000000)::bigint + v_count)
  on conflict (tenant_id) do update set
    position = greatest(event_clock.position, (extract(epoch from clock_timestamp()) * 1000000)::bigint) + v_count
  returning position - v_count into v_first;

  return query select e.id from event e
    where e.tenant_id = p_tenant and e.id in (select (n ->> 'id')::uuid from jsonb_array_elements(p_events) as n);

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

-- Has the queues of endpoints looked at. In the order of their ids, so that nobody waits crosswise.
create function wake_endpoints(p_ids uuid[]) returns void language plpgsql volatile security invoker
as $$
begin
  if p_ids is null then return; end if;
  perform from endpoint_queue where endpoint_id = any(p_ids) order by endpoint_id for update;
  update endpoint_queue set wake_at = least(wake_at, greatest(now(), paused_until)) where endpoint_id = any(p_ids);
end
$$;

-- Leases deliveries of the endpoint whose turn it is to one process. Of any number of processes one gets a delivery. Null when nothing is
-- due; no deliveries when the endpoint has to wait. Defaults stand for what the endpoint leaves open. A chain is what one that is served in
-- order is given at once, to be sent one after the other.
create function claim_deliveries(
  p_owner uuid, p_timeout int, p_concurrency int, p_per_minute int, p_margin int, p_chain int,
  p_most int
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
    - (select count(*) from delivery where endpoint_id = p.id and lease_owner is not null and next_attempt_at > v_now);
  if coalesce(nullif(p.max_per_minute, 0), p_per_minute) > 0 then
    v_step := interval '1 minute' / coalesce(nullif(p.max_per_minute, 0), p_per_minute);
    v_burst := ceil(coalesce(nullif(p.max_per_minute, 0), p_per_minute) / 60.0);
    v_allowed := floor(
      v_burst - extract(epoch from greatest(q.rate_at, v_now) - v_now) / extract(epoch from v_step) + 0.000001
    );
  end if;

  if p.ordering = 3 then
    select * into v_head from delivery where endpoint_id = p.id and state in (1, 2) order by event_position limit 1;
    if found and v_head.next_attempt_at <= v_now
      and v_room = coalesce(nullif(p.max_concurrency, 0), p_concurrency)
    then
      select array_agg(id order by event_position) into v_ids from (
        select id, event_position from delivery where endpoint_id = p.id and state in (1, 2)
        order by event_position limit greatest(0, least(p_chain, coalesce(v_allowed, p_chain)))
      ) as chain;
    end if;
  else
    select array_agg(id) into v_ids from (
      select d.id from delivery d
      where d.endpoint_id = p.id and d.state in (1, 2) and d.next_attempt_at <= v_now
        and (p.ordering <> 2 or d.registration_id = '' or not exists (
          select from delivery b where b.endpoint_id = d.endpoint_id and b.registration_id = d.registration_id
            and b.state in (1, 2) and b.event_position < d.event_position
        ))
      order by d.next_attempt_at limit greatest(0, least(v_room, p_most, coalesce(v_allowed, v_room))) for update skip locked
    ) as due;
  end if;
  v_ids := coalesce(v_ids, '{}');
  update delivery set lease_owner = p_owner, next_attempt_at = v_now + v_lease where id = any(v_ids);

  -- What is leased counts with the end of its lease, in case its process dies; whoever ends a lease wakes the endpoint.
  if p.ordering = 3 then
    select next_attempt_at into v_wake from delivery where endpoint_id = p.id and state in (1, 2) order by event_position limit 1;
    if v_wake <= v_now then v_wake := v_now + v_lease; end if;
  else
    select min(next_attempt_at) into v_wake from delivery
    where endpoint_id = p.id and state in (1, 2) and next_attempt_at > v_now;
  end if;
  if p.ordering <> 3 and cardinality(v_ids) = p_most then v_wake := v_now; end if;
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
        'id', d.id, 'eventId', d.event_id, 'eventType', d.event_type, 'tries', d.tries, 'toFallback', d.to_fallback,
        'test', d.test_data is not null,
        'occurredAt', coalesce(e.occurred_at, d.created_at), 'data', coalesce(e.data, d.test_data), 'subject', jsonb_build_object(
          'courseId', e.course_id, 'courseVersionId', e.course_version_id, 'registrationId', e.registration_id,
          'instanceId', e.instance_id, 'launchId', e.launch_id, 'learnerId', e.learner_id,
          'destinationId', e.destination_id, 'dispatchId', e.dispatch_id
        )
      ) order by d.event_position, d.id), '[]')
      from delivery d left join event e on e.tenant_id = d.tenant_id and e.id = d.event_id where d.id = any(v_ids)
    )
  );
end
$$;
