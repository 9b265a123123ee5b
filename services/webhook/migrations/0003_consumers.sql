-- How far consumers in other processes have read the log. docs/adr/0016-events-between-processes.md says why it is built so.

create table consumer (
  name text primary key,
  -- The nil UUID: consumers read all organizations.
  tenant_id uuid not null default '00000000-0000-0000-0000-000000000000',
  -- Events up to here are none of its own.
  begins_after bigint not null,
  -- Forgotten when it was not heard of for an hour.
  transient boolean not null,
  heard_at timestamptz not null default now()
) with (fillfactor = 50);

create table consumer_cursor (
  consumer text not null references consumer (name) on delete cascade,
  tenant_id uuid not null,
  -- Everything up to here was handled.
  position bigint not null,
  -- Events behind it are given out again from here on: the end of a lease, or of the pause after a failure. Who waits longest is next.
  next_at timestamptz not null default '-infinity',
  lease uuid,
  -- In a row.
  failures int not null default 0,
  primary key (consumer, tenant_id)
) with (fillfactor = 50);

do $$
declare
  name text;
begin
  foreach name in array array['consumer', 'consumer_cursor'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I using (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid'
      ' or current_setting(''app.system'', true) = ''on'')', name
    );
  end loop;
end
$$;
