-- Statement pipes: what is stored here goes on to another record store, in order, at least once.

create table pipe (
  id uuid primary key,
  tenant_id uuid not null,
  name text not null,
  -- Ends before `/statements`.
  target_url text not null,
  username text not null,
  -- Encrypted with a key that is not in the database.
  sealed_password text not null,
  xapi_version smallint not null,
  -- StatementFilter as protobuf; empty: everything.
  filter bytea not null,
  with_attachments boolean not null,
  batch_size int not null,
  -- PipeStatus.
  status smallint not null,
  -- Position up to which everything was forwarded, refused for good, or not asked for. Moves only behind what the target has answered.
  cursor_position bigint not null,
  -- Position of the last statement that was forwarded; 0 for none.
  forwarded_position bigint not null default 0,
  forwarded_count bigint not null default 0,
  -- Failures in a row.
  failure_count int not null default 0,
  last_error text not null default '',
  last_attempt_at timestamptz(3),
  next_attempt_at timestamptz(3) not null,
  -- The run that works on it, and until when others keep away.
  lease_owner uuid,
  lease_until timestamptz,
  request_id uuid not null,
  request_hash text not null,
  -- Counts changes by people; the ETag.
  version int not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  unique (tenant_id, request_id)
);
create index pipe_name on pipe (tenant_id, name, id);
-- Running and retrying.
create index pipe_due on pipe (next_attempt_at) where status in (1, 3);

create table dead_letter (
  id uuid primary key,
  tenant_id uuid not null,
  pipe_id uuid not null references pipe (id) on delete cascade,
  statement_id uuid not null,
  -- 0: it was never sent.
  http_status int not null,
  error text not null,
  -- Somebody asked to send it again.
  retry boolean not null default false,
  refused_at timestamptz(3) not null,
  unique (pipe_id, statement_id)
);
create index dead_letter_newest on dead_letter (pipe_id, id desc);
create index dead_letter_retry on dead_letter (pipe_id, id) where retry;

do $$
declare
  name text;
begin
  foreach name in array array['pipe', 'dead_letter'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I using (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid'
      ' or current_setting(''app.system'', true) = ''on'')', name
    );
  end loop;
end
$$;
