-- Statements, what finds them, and the catalogues of what they name. docs/adr/0010-statement-store.md says why it is built so.
--
-- A statement's position is its `stored` time in microseconds since 1970, made unique within its organization: one number is the order
-- of statements, the keyset of pages and the bound of `since` and `until`. All writers of one organization take turns (advisory lock,
-- held to the end of the transaction), so positions become visible in their own order and whoever reads sees a prefix without holes.
--
-- Keys are 64 bits of a hash of what a filter asks for: an agent, a verb, an activity, a registration, an authority. statement-key.ts makes them.

-- The last position of each organization.
create table ingest_clock (
  tenant_id uuid primary key,
  position bigint not null
) with (fillfactor = 20);

create table statement (
  tenant_id uuid not null,
  position bigint not null,
  id uuid not null,
  -- JSON as received and completed, apart from the stored time, which is not known before the turn: 27 characters at these places
  -- (counted from 1; 0 for none) are replaced when it is read.
  raw text not null,
  stored_at int not null,
  timestamp_at int not null,
  -- For summaries; 0 where there is none.
  actor bigint not null,
  verb bigint not null,
  activity bigint not null,
  authority bigint not null,
  -- Everything a filter finds it by, apart from the authority; with that of the statements it refers to.
  keys bigint[] not null,
  -- SHA-2 of attachments whose content is here.
  attachments text[] not null default '{}',
  -- Whether it voids another, and whether another voids it.
  voiding boolean not null default false,
  voided boolean not null default false,
  primary key (tenant_id, id)
) partition by hash (tenant_id);
-- The columns that are included answer summaries without a visit to the wide rows.
create unique index statement_position on statement (tenant_id, position) include (actor, verb, activity, authority, voided);

-- One row for each key of a statement that is not void, its authority's included: newest first by any key is a walk along this index.
create table statement_key (
  tenant_id uuid not null,
  key bigint not null,
  position bigint not null,
  primary key (tenant_id, key, position)
) partition by hash (tenant_id);

-- Which statement refers to which; the target need not be here yet.
create table statement_ref (
  tenant_id uuid not null,
  target uuid not null,
  source uuid not null,
  voids boolean not null,
  primary key (tenant_id, target, source)
);
create index statement_ref_source on statement_ref (tenant_id, source);

create table agent (
  tenant_id uuid not null,
  key bigint not null,
  id uuid not null,
  -- As in `@coursemesh/xapi/agent-key.ts`, for instance `mbox::mailto:ann@example.org`.
  identifier text not null,
  -- JSON of the agent or identified group with its identifier and newest name, without members.
  json text not null,
  name text not null default '',
  -- All names it was seen with.
  names text[] not null default '{}',
  updated_at timestamptz(3) not null default now(),
  primary key (tenant_id, key)
);
create index agent_name on agent (tenant_id, name, id);

create table activity (
  tenant_id uuid not null,
  key bigint not null,
  iri text not null,
  -- JSON of the definition, merged from all that were received; empty when none was.
  definition text not null default '',
  version int not null default 1,
  updated_at timestamptz(3) not null default now(),
  primary key (tenant_id, key)
);
create index activity_iri on activity (tenant_id, iri);

create table verb (
  tenant_id uuid not null,
  key bigint not null,
  iri text not null,
  -- JSON of the display that came first.
  display text not null default '',
  primary key (tenant_id, key)
);

-- Content of attachments, once per organization; the bytes are in the blob store.
create table attachment (
  tenant_id uuid not null,
  -- Lower-case hexadecimal, SHA-224 to SHA-512.
  sha2 text not null,
  blob_hash text not null,
  size_bytes bigint not null,
  content_type text not null,
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, sha2)
);

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
  foreach name in array array['statement', 'statement_key'] loop
    for part in 0..15 loop
      execute format(
        'create table %I partition of %I for values with (modulus 16, remainder %s)', name || '_' || part, name, part
      );
    end loop;
  end loop;
  for name in
    select c.relname from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
      and c.relname <> 'migration_ledger'
  loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      -- Selected, so that the settings are read once for each query and not for each row: a statement alone has ten.
      'create policy tenant on %I using (tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid)'
      ' or (select current_setting(''app.system'', true)) = ''on'')', name
    );
  end loop;
end
$$;

-- The lock that an organization's writers take turns with.
create function turn_of(p_tenant uuid) returns bigint language sql immutable
return hashtextextended('coursemesh.lrs:' || p_tenant::text, 0);

-- Microseconds since 1970.
create function clock_position() returns bigint language sql volatile
return (extract(epoch from clock_timestamp()) * 1000000)::bigint;

-- The position up to which everything is visible to whoever looks after this call. Nobody writing: now. Somebody writing: the last that
-- was committed, because who is writing has taken its position or will take a later one. Never waits and makes nobody wait.
create function consistent_position(p_tenant uuid) returns bigint
language plpgsql volatile security invoker
as $$
declare
  v_now bigint := 0;
  v_last bigint;
begin
  perform set_config('app.tenant_id', p_tenant::text, true);
  if pg_try_advisory_lock_shared(turn_of(p_tenant)) then
    v_now := clock_position() - 1;
    perform pg_advisory_unlock_shared(turn_of(p_tenant));
  end if;
  select position into v_last from ingest_clock where tenant_id = p_tenant;
  return greatest(v_now, v_last, 0);
end
$$;

-- A number below 2^35 as five bytes of a protobuf varint.
create function varint5(p_value bigint) returns bytea language sql immutable
return substring(int8send((
  (p_value & 127 | 128) << 32) | ((p_value >> 7 & 127 | 128) << 24) | ((p_value >> 14 & 127 | 128) << 16)
  | ((p_value >> 21 & 127 | 128) << 8) | (p_value >> 28 & 127)
), 4);

-- Field 2 of StatementsStored, a Timestamp: appending it to the rest of the message is how protobuf sets a field.
create function stored_field(p_position bigint) returns bytea language sql immutable
return '\x120c08'::bytea || varint5(p_position / 1000000) || '\x10'::bytea || varint5(p_position % 1000000 * 1000);

-- A statement that refers to another is found by what finds the other, through any number of references, whichever came first.
-- The authority of the other counts as one of its related agents; p_related is what makes the one key of the other.
create function inherit_keys(p_tenant uuid, p_ids uuid[], p_related bigint) returns void
language plpgsql volatile security invoker
as $$
begin
  with recursive referring(id) as (
    select r.source from statement_ref r
    where r.tenant_id = p_tenant and (r.target = any(p_ids) or r.source = any(p_ids))
    union
    select r.source from referring f join statement_ref r on r.tenant_id = p_tenant and r.target = f.id
  ), reached(root, id) as (
    select f.id, r.target from referring f join statement_ref r on r.tenant_id = p_tenant and r.source = f.id
    union
    select d.root, r.target from reached d join statement_ref r on r.tenant_id = p_tenant and r.source = d.id
  ), gained as (
    select d.root, array_agg(distinct k.key) as keys
    from reached d join statement t on t.tenant_id = p_tenant and t.id = d.id
    cross join lateral unnest(t.keys || (t.authority # p_related)) as k(key)
    group by d.root
  ), changed as (
    update statement s set keys = array(select distinct x from unnest(s.keys || g.keys) as x)
    from gained g where s.tenant_id = p_tenant and s.id = g.root and not s.keys @> g.keys
    returning s.position, s.voided, g.keys
  )
  insert into statement_key (tenant_id, key, position)
  select p_tenant, k.key, c.position from changed c cross join lateral unnest(c.keys) as k(key)
  where not c.voided
  order by k.key, c.position
  on conflict do nothing;
end
$$;

-- Stores a group of statements of one organization in one turn, or nothing. Each array of the first block has one element for each
-- statement; keys and attachments are arrays written as text, raws one text with U+0001 between them, which JSON never holds. Answers the ids that are stored already, or the keys of activities that
-- somebody else described in between (then nothing was written), or the position of the last statement; the others precede it.
create function store_statements(
  p_tenant uuid, p_related bigint,
  p_ids uuid[], p_raws text, p_stored_at int[], p_timestamp_at int[],
  p_actors bigint[], p_verbs bigint[], p_activities bigint[], p_authorities bigint[], p_keys text[], p_attachments text[],
  p_targets uuid[], p_voids boolean[],
  p_agent_keys bigint[], p_agent_identifiers text[], p_agent_jsons text[], p_agent_names text[],
  p_activity_keys bigint[], p_activity_iris text[], p_activity_definitions text[], p_activity_versions int[],
  p_verb_keys bigint[], p_verb_iris text[], p_verb_displays text[],
  p_event_ids uuid[], p_event_types text[], p_event_payloads bytea[], p_event_traces text[],
  out known uuid[], out stale bigint[], out last_position bigint
)
language plpgsql volatile security invoker
-- Every access is by an index, whatever the tables held when the plan was made.
set enable_seqscan to off set enable_hashjoin to off set enable_mergejoin to off
as $$
declare
  v_first bigint;
  v_count int := cardinality(p_ids);
  v_refers boolean := exists (select from unnest(p_targets) as t where t is not null);
begin
  perform set_config('app.tenant_id', p_tenant::text, true);
  perform pg_advisory_xact_lock(turn_of(p_tenant));

  known := array(select s.id from statement s where s.tenant_id = p_tenant and s.id = any(p_ids));
  stale := array(
    select n.key from unnest(p_activity_keys, p_activity_versions) as n(key, version)
    where coalesce((select a.version from activity a where a.tenant_id = p_tenant and a.key = n.key), 0) <> n.version
  );
  if known <> '{}' or stale <> '{}' then return; end if;

  update ingest_clock set position = greatest(position, clock_position()) + v_count
  where tenant_id = p_tenant returning position into last_position;
  if not found then
    insert into ingest_clock (tenant_id, position) values (p_tenant, clock_position() + v_count) returning position into last_position;
  end if;
  v_first := last_position - v_count;

  insert into statement (
    tenant_id, position, id, raw, stored_at, timestamp_at, actor, verb, activity, authority, keys, attachments, voiding
  )
  select p_tenant, v_first + n.place, n.id, n.raw, n.stored_at, n.timestamp_at, n.actor, n.verb, n.activity, n.authority,
    n.keys::bigint[], n.attachments::text[], n.voids
  from unnest(
    p_ids, string_to_array(p_raws, chr(1)), p_stored_at, p_timestamp_at, p_actors, p_verbs, p_activities, p_authorities, p_keys, p_attachments, p_voids
  ) with ordinality as n(id, raw, stored_at, timestamp_at, actor, verb, activity, authority, keys, attachments, voids, place);

  insert into statement_key (tenant_id, key, position)
  select p_tenant, k.key, v_first + n.place
  from unnest(p_keys, p_authorities) with ordinality as n(keys, authority, place)
  cross join lateral unnest(n.keys::bigint[] || n.authority) as k(key)
  order by k.key, n.place;

  if v_refers then
    insert into statement_ref (tenant_id, target, source, voids)
    select p_tenant, n.target, n.id, n.voids from unnest(p_targets, p_ids, p_voids) as n(target, id, voids)
    where n.target is not null;
  end if;
  if v_refers or exists (select from statement_ref r where r.tenant_id = p_tenant and r.target = any(p_ids)) then
    perform inherit_keys(p_tenant, p_ids, p_related);
    with gone as (
      update statement t set voided = true from statement_ref r
      where r.tenant_id = p_tenant and r.voids and (r.target = any(p_ids) or r.source = any(p_ids))
        and t.tenant_id = p_tenant and t.id = r.target and not t.voiding and not t.voided
      returning t.id, r.source, t.position, t.keys || t.authority as keys
    ), hidden as (
      delete from statement_key k using gone g
      where k.tenant_id = p_tenant and k.key = any(g.keys) and k.position = g.position
    )
    -- StatementVoided, whose two fields are texts of 36 characters.
    insert into outbox (id, tenant_id, type, payload)
    select uuidv7(), p_tenant, 'coursemesh.lrs.v1.StatementVoided',
      '\x0a24'::bytea || convert_to(g.id::text, 'UTF8') || '\x1224'::bytea || convert_to(g.source::text, 'UTF8')
    from gone g;
  end if;

  -- Only what is new or has changed is written, and only in turn: no two transactions wait for each other's rows.
  insert into agent (tenant_id, key, id, identifier, json, name, names)
  select p_tenant, n.key, uuidv7(), n.identifier, n.json, n.name, case when n.name = '' then '{}' else array[n.name] end
  from unnest(p_agent_keys, p_agent_identifiers, p_agent_jsons, p_agent_names) as n(key, identifier, json, name)
  where (
    select n.name = '' or n.name = any(a.names) from agent a where a.tenant_id = p_tenant and a.key = n.key
  ) is not true
  order by n.key
  on conflict (tenant_id, key) do update set
    name = excluded.name, json = excluded.json, updated_at = now(),
    names = (agent.names || excluded.name)[greatest(1, cardinality(agent.names) - 48):];

  insert into activity (tenant_id, key, iri, definition)
  select p_tenant, n.key, n.iri, n.definition
  from unnest(p_activity_keys, p_activity_iris, p_activity_definitions) as n(key, iri, definition)
  order by n.key
  on conflict (tenant_id, key) do update set
    definition = excluded.definition, version = activity.version + 1, updated_at = now();

  insert into verb (tenant_id, key, iri, display)
  select p_tenant, n.key, n.iri, n.display from unnest(p_verb_keys, p_verb_iris, p_verb_displays) as n(key, iri, display)
  order by n.key
  on conflict do nothing;

  insert into outbox (id, tenant_id, type, payload, traceparent)
  select n.id, p_tenant, n.type, n.payload || stored_field(last_position), n.trace
  from unnest(p_event_ids, p_event_types, p_event_payloads, p_event_traces) as n(id, type, payload, trace);
end
$$;
