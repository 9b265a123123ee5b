-- Statements that leave: by rules of retention, and with a person. What is gone leaves its id, so that it cannot come back.

create table tombstone (
  tenant_id uuid not null,
  id uuid not null,
  -- Where the statement stood.
  position bigint not null,
  primary key (tenant_id, id)
);

create table retention_rule (
  id uuid primary key,
  tenant_id uuid not null,
  name text not null,
  -- StatementFilter as protobuf; empty: everything.
  filter bytea not null,
  keep_days int not null,
  enabled boolean not null,
  last_run_at timestamptz(3),
  request_id uuid not null,
  request_hash text not null,
  -- Counts changes by people; the ETag.
  version int not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  unique (tenant_id, request_id)
);
create index retention_rule_name on retention_rule (tenant_id, name, id);

-- Runs that removed something or failed. They outlive their rule.
create table retention_run (
  id uuid primary key,
  tenant_id uuid not null,
  retention_rule_id uuid not null,
  removed_count bigint not null default 0,
  error text not null default '',
  started_at timestamptz(3) not null,
  ended_at timestamptz(3)
);
create index retention_run_newest on retention_run (tenant_id, id desc);
create index retention_run_of_rule on retention_run (tenant_id, retention_rule_id, id desc);

create table person_deletion (
  id uuid primary key,
  tenant_id uuid not null,
  -- SHA-256 of the agents' identifiers, and the identifiers as long as they are needed.
  agent_hashes text[] not null,
  agents text[] not null,
  related boolean not null,
  dry_run boolean not null,
  -- PersonDeletionState.
  state smallint not null,
  statement_count bigint not null default 0,
  document_count bigint not null default 0,
  attachment_count bigint not null default 0,
  error text not null default '',
  request_id uuid not null,
  request_hash text not null,
  created_at timestamptz(3) not null,
  start_at timestamptz(3) not null,
  ended_at timestamptz(3),
  unique (tenant_id, request_id)
);
create index person_deletion_newest on person_deletion (tenant_id, id desc);

-- Finds out whether a removed statement's attachment is still another's.
create index statement_attachments on statement using gin (attachments) where attachments <> '{}';

-- Voided statements have no posting rows.
create index statement_voided on statement (tenant_id, position) where voided;

do $$
declare
  name text;
begin
  foreach name in array array['tombstone', 'retention_rule', 'retention_run', 'person_deletion'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I using (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid'
      ' or current_setting(''app.system'', true) = ''on'')', name
    );
  end loop;
end
$$;

-- Fails with CM001 when one of these ids is a removed statement's. Called behind what stores them and in its transaction: in that
-- organization's turn, so that no removal can come in between.
create function refuse_removed(p_tenant uuid, p_ids uuid[]) returns void
language plpgsql volatile security invoker
as $$
begin
  if exists (select from tombstone t where t.tenant_id = p_tenant and t.id = any(p_ids)) then
    raise exception 'one of these statements was removed' using errcode = 'CM001';
  end if;
end
$$;

-- Removes some statements with all that finds them, in a turn of their organization, and lets go of attachments that no other names.
-- References from others stay, and so does what those were found by because of them. Answers how many there were, and of how many attachments.
create function remove_statements(p_tenant uuid, p_ids uuid[], out removed int, out released int)
language plpgsql volatile security invoker
as $$
begin
  perform set_config('app.tenant_id', p_tenant::text, true);
  perform pg_advisory_xact_lock(turn_of(p_tenant));
  with gone as (
    delete from statement s where s.tenant_id = p_tenant and s.id = any(p_ids)
    returning s.id, s.position, s.keys, s.authority, s.attachments
  ), buried as (
    insert into tombstone (tenant_id, id, position) select p_tenant, g.id, g.position from gone g on conflict do nothing
  ), lost as (
    delete from statement_key k using (select g.position, unnest(g.keys || g.authority) as key from gone g) g
    where k.tenant_id = p_tenant and k.key = g.key and k.position = g.position
  ), silent as (
    delete from statement_ref r using gone g where r.tenant_id = p_tenant and r.source = g.id
  ), free as (
    update attachment a set used = false, created_at = now()
    from (select distinct unnest(g.attachments) as sha2 from gone g) h
    where a.tenant_id = p_tenant and a.sha2 = h.sha2 and a.used and not exists (
      select from statement s where s.tenant_id = p_tenant and s.attachments <> '{}' and s.attachments @> array[h.sha2]
        and s.id <> all(p_ids)
    )
    returning a.sha2
  )
  select (select count(*) from gone), (select count(*) from free) into removed, released;
end
$$;

-- Takes keys away from statements that had them only because they refer to others.
create function forget_keys(p_tenant uuid, p_positions bigint[], p_keys bigint[]) returns void
language plpgsql volatile security invoker
as $$
begin
  perform set_config('app.tenant_id', p_tenant::text, true);
  perform pg_advisory_xact_lock(turn_of(p_tenant));
  update statement s set keys = array(select x from unnest(s.keys) as x where x <> all(p_keys))
  where s.tenant_id = p_tenant and s.position = any(p_positions);
  delete from statement_key k where k.tenant_id = p_tenant and k.key = any(p_keys) and k.position = any(p_positions);
end
$$;
