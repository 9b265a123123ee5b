-- Destinations, dispatches, licences, packages, launches from other LMSs, and what those LMSs answered.
-- docs/adr/0017-dispatch.md says why it is built so.

create table destination (
  id uuid primary key,
  tenant_id uuid not null,
  external_id text not null,
  name text not null,
  name_key text not null generated always as (lower(name)) stored,
  tags text[] not null default '{}',
  -- The tags in lower case, for filters.
  tag_keys text[] not null default '{}',
  -- Name, external id and tags in lower case, for search.
  search_text text not null,
  email text not null default '',
  notes text not null default '',
  enabled boolean not null default true,
  -- Messages `LicenceTerms`, `DispatchBranding` and `HostOptions`, binary; null when not set.
  terms bytea not null,
  -- What lists and admissions need of the terms.
  usage_limit int not null default 0,
  seat_limit int not null default 0,
  seat_idle_seconds int not null default 0,
  starts_at timestamptz(3),
  expires_at timestamptz(3),
  branding bytea,
  host_options bytea,
  -- Of the LMS as last seen.
  lms_product text not null default '',
  last_contact_at timestamptz(3),
  request_id uuid,
  request_hash text not null default '',
  version int not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  unique (tenant_id, external_id),
  unique (tenant_id, request_id)
);
create index destination_name on destination (tenant_id, name_key, id);
create index destination_update on destination (tenant_id, updated_at, id);
create index destination_contact on destination (tenant_id, coalesce(last_contact_at, '-infinity'), id);
create index destination_tag on destination using gin (tag_keys);
create index destination_expiry on destination (expires_at) where expires_at is not null;

create table dispatch (
  id uuid primary key,
  tenant_id uuid not null,
  external_id text not null,
  destination_id uuid not null references destination (id) on delete cascade,
  course_id uuid not null,
  pinned_course_version_id uuid,
  name text not null,
  name_key text not null generated always as (lower(name)) stored,
  version_text text not null default '',
  description text not null default '',
  tags text[] not null default '{}',
  tag_keys text[] not null default '{}',
  search_text text not null,
  email text not null default '',
  notes text not null default '',
  enabled boolean not null default true,
  -- Message `LicenceTerms`, binary, and what lists and admissions need of it.
  terms bytea not null,
  usage_limit int not null default 0,
  seat_limit int not null default 0,
  seat_idle_seconds int not null default 0,
  starts_at timestamptz(3),
  expires_at timestamptz(3),
  instancing smallint not null default 1,
  hash_learner boolean not null default false,
  tracking_enabled boolean not null default true,
  -- Message `Callback` without secret and password, binary; null for none. The secret lives with the endpoint in the webhook service.
  callback bytea,
  branding bytea,
  host_options bytea,
  share_analytics boolean not null default false,
  -- Packages made before this time are refused.
  packages_revoked_before timestamptz(3),
  download_count bigint not null default 0,
  first_launch_at timestamptz(3),
  last_launch_at timestamptz(3),
  request_id uuid,
  request_hash text not null default '',
  version int not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  unique (tenant_id, external_id),
  unique (tenant_id, request_id)
);
create index dispatch_destination on dispatch (destination_id, id);
create index dispatch_course on dispatch (tenant_id, course_id, id);
create index dispatch_name on dispatch (tenant_id, name_key, id);
create index dispatch_update on dispatch (tenant_id, updated_at, id);
create index dispatch_creation on dispatch (tenant_id, created_at, id);
create index dispatch_launch on dispatch (tenant_id, coalesce(last_launch_at, '-infinity'), id);
create index dispatch_tag on dispatch using gin (tag_keys);
create index dispatch_expiry on dispatch (expires_at) where expires_at is not null;

-- What is used of the terms of a dispatch or a destination. Whoever admits a learner holds these rows, the destination's first, to the end
-- of the transaction, so that the last place is given once.
create table licence_usage (
  -- Of the dispatch or the destination.
  subject_id uuid primary key,
  tenant_id uuid not null,
  -- Registrations since the last reset, and ever.
  used bigint not null default 0,
  used_total bigint not null default 0,
  launch_count bigint not null default 0,
  reset_at timestamptz(3),
  -- When the limit was reached and announced; null below it.
  limit_reached_at timestamptz(3)
) with (fillfactor = 50);

-- ResetUsage requests, so that a repeat resets once.
create table usage_reset (
  tenant_id uuid not null,
  request_id uuid not null,
  subject_id uuid not null,
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, request_id)
);

create table signing_key (
  -- Public name, in packages and tokens.
  id text primary key,
  tenant_id uuid not null,
  -- 32 bytes, sealed.
  sealed text not null,
  current boolean not null,
  request_id uuid,
  created_at timestamptz(3) not null default now(),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  unique (tenant_id, request_id)
);
create unique index signing_key_current on signing_key (tenant_id) where current;

create table package (
  id uuid primary key,
  tenant_id uuid not null,
  -- One of the two.
  dispatch_id uuid references dispatch (id) on delete cascade,
  destination_id uuid references destination (id) on delete cascade,
  -- PackageFormat and PackageState.
  format smallint not null,
  state smallint not null,
  filename text not null default '',
  size_bytes bigint not null default 0,
  sha256 text not null default '',
  -- The file with a beginning of its own, in the blob store.
  blob_hash text,
  launcher_version text not null default '',
  signing_key_id text not null default '',
  css_url text not null default '',
  -- Hash of all that decides the file's bytes, but for the package's own id.
  content_key text not null default '',
  download_count bigint not null default 0,
  failed_download_count bigint not null default 0,
  generation_ms int not null default 0,
  error text not null default '',
  created_at timestamptz(3) not null default now(),
  ready_at timestamptz(3),
  last_download_at timestamptz(3),
  revoked_at timestamptz(3)
);
create index package_dispatch on package (dispatch_id, id);
create index package_destination on package (destination_id, id);
create index package_newest on package (tenant_id, id);
create index package_content on package (tenant_id, content_key) where state < 4 and revoked_at is null;
create index package_signing_key on package (tenant_id, signing_key_id);

-- Blobs of packages that are gone.
create table package_garbage (
  blob_hash text primary key,
  tenant_id uuid not null
);
-- With this schema's names: rows that go with their dispatch are deleted under another search path.
create function leave_package_blob() returns trigger language plpgsql set search_path from current as $$
begin
  insert into package_garbage (blob_hash, tenant_id) values (old.blob_hash, old.tenant_id) on conflict do nothing;
  return old;
end
$$;
create trigger package_blob after delete on package for each row when (old.blob_hash is not null)
  execute function leave_package_blob();

-- CreatePackage requests: a repeat gets the same package, and so does a request with the same settings.
create table package_request (
  tenant_id uuid not null,
  request_id uuid not null,
  request_hash text not null,
  package_id uuid not null references package (id) on delete cascade,
  cached boolean not null,
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, request_id)
);
create index package_request_package on package_request (package_id);

-- Packages in an archive of a destination.
create table package_member (
  archive_id uuid not null references package (id) on delete cascade,
  package_id uuid not null references package (id) on delete cascade,
  tenant_id uuid not null,
  primary key (archive_id, package_id)
);
create index package_member_package on package_member (package_id);

-- One download, in however many parts.
create table package_download (
  tenant_id uuid not null,
  package_id uuid not null references package (id) on delete cascade,
  download_id uuid not null,
  started_at timestamptz(3) not null default now(),
  -- When the last byte was sent.
  counted_at timestamptz(3),
  primary key (package_id, download_id)
);

-- A package in a customer's LMS.
create table deployment (
  id uuid primary key,
  tenant_id uuid not null,
  dispatch_id uuid not null references dispatch (id) on delete cascade,
  destination_id uuid not null,
  lms_domain text not null,
  lms_course_id text not null,
  lms_product text not null default '',
  format smallint not null,
  package_id uuid,
  launcher_version text not null default '',
  suspended boolean not null default false,
  notes text not null default '',
  search_text text not null default '',
  first_launch_at timestamptz(3) not null,
  last_activity_at timestamptz(3) not null,
  launch_count bigint not null default 0,
  unique_learner_count bigint not null default 0,
  version int not null default 1,
  unique (dispatch_id, lms_domain, lms_course_id)
);
create index deployment_active on deployment (tenant_id, last_activity_at, id);
create index deployment_destination on deployment (destination_id, last_activity_at, id);

-- Who was seen in a deployment.
create table deployment_learner (
  deployment_id uuid not null references deployment (id) on delete cascade,
  tenant_id uuid not null,
  learner_key text not null,
  primary key (deployment_id, learner_key)
);

-- A learner's place in a dispatch.
create table seat (
  id uuid not null unique default gen_random_uuid(),
  dispatch_id uuid not null references dispatch (id) on delete cascade,
  tenant_id uuid not null,
  destination_id uuid not null,
  -- Keyed hash of the host's learner id: finds the learner again, also where nothing else of them is stored.
  learner_key text not null,
  first_used_at timestamptz(3) not null,
  last_used_at timestamptz(3) not null,
  -- Null: taken.
  released_at timestamptz(3),
  -- Later launches are refused.
  revoked boolean not null default false,
  primary key (dispatch_id, learner_key)
);
create index seat_taken on seat (dispatch_id, last_used_at) where released_at is null;
create index seat_destination on seat (destination_id, learner_key);

-- A learner of a customer's LMS in one instance of a dispatched course.
create table external_session (
  id uuid primary key,
  tenant_id uuid not null,
  dispatch_id uuid not null references dispatch (id) on delete cascade,
  destination_id uuid not null,
  deployment_id uuid,
  learner_key text not null,
  -- As the host gave them, or hashed.
  learner_id text not null,
  learner_name text not null default '',
  learner_email text not null default '',
  search_text text not null default '',
  -- 0, 1, 2 … of the learner in the dispatch.
  instance_number int not null default 0,
  -- In the runtime; null for the moment between admission and their creation.
  registration_id uuid,
  instance_id uuid,
  course_version_id uuid,
  -- Kept in the host's suspend_data, at most 200 characters.
  instance_token text not null,
  launch_count bigint not null default 0,
  launched_at timestamptz(3) not null,
  last_activity_at timestamptz(3) not null,
  -- What we have: message `runtime.v1.Result`, binary, and what lists need of it. `result_sequence` grows with every change worth telling.
  result bytea,
  completion smallint not null default 0,
  success smallint not null default 0,
  score_raw double precision,
  total_seconds bigint not null default 0,
  result_sequence bigint not null default 0,
  -- Grows with every result that is written: what was read before another was written is not.
  result_version bigint not null default 0,
  result_at timestamptz(3),
  -- When it became complete, passed or failed here.
  finished_at timestamptz(3),
  -- What the host has taken: message `HostResult`, binary, and the sequence it stands for.
  host_result bytea,
  acknowledged_sequence bigint not null default 0,
  -- Acknowledgement.
  acknowledgement smallint not null default 1,
  -- Times the result was told and not taken.
  attempt_count int not null default 0,
  -- Last ResendResult request, so that a repeat tells nothing again.
  resend_request_id uuid,
  settled_note text not null default '',
  settled_at timestamptz(3),
  -- AICC: where results go from server to server; sealed session id. Null otherwise.
  aicc_url text,
  sealed_aicc_sid text,
  -- Tried out by the administrator; counts nowhere.
  test boolean not null default false,
  revoked_at timestamptz(3),
  merged_into uuid,
  created_at timestamptz(3) not null default now(),
  unique (tenant_id, instance_token)
);
create unique index external_session_instance on external_session (dispatch_id, learner_key, instance_number);
create index external_session_active on external_session (tenant_id, last_activity_at, id);
create index external_session_dispatch on external_session (dispatch_id, last_activity_at, id);
create index external_session_deployment on external_session (deployment_id, last_activity_at, id);
create index external_session_registration on external_session (tenant_id, registration_id) where registration_id is not null;
-- Finished here and not acknowledged there.
create index external_session_unacknowledged on external_session (tenant_id, finished_at, id)
  where finished_at is not null and acknowledgement in (3, 4) and settled_at is null and merged_into is null and not test;

create index external_session_unacknowledged_dispatch on external_session (dispatch_id)
  where finished_at is not null and acknowledgement in (3, 4) and settled_at is null and merged_into is null and not test;

-- An exchange of a package's launch for a launch of the player. Its id is the `launch_id` of receipts and callbacks.
create table launch_exchange (
  id uuid primary key,
  tenant_id uuid not null,
  dispatch_id uuid not null references dispatch (id) on delete cascade,
  external_session_id uuid not null references external_session (id) on delete cascade,
  -- 1: from a package's page; 2: AICC; 3: from a launch link; 4: for trying out.
  kind smallint not null,
  deployment_id uuid,
  package_id uuid,
  request_id uuid not null,
  request_hash text not null,
  -- Key that the session token and the bridge's secret come from.
  signing_key_id text not null,
  code_hash bytea not null unique,
  expires_at timestamptz(3) not null,
  redeemed_at timestamptz(3),
  -- Request that redeemed it: a repeat gets the same answer.
  redeem_request_id text,
  -- The code came a second time.
  replayed_at timestamptz(3),
  -- Launch of the runtime, once redeemed.
  launch_id uuid,
  -- When the end of the terms ended it.
  ended_at timestamptz(3),
  -- Time of the session before this launch: hosts add up what each launch took.
  seconds_before bigint not null default 0,
  -- Language of the learner, BCP 47; empty: unknown.
  locale text not null default '',
  parent_origin text not null default '',
  ip_address text not null default '',
  user_agent text not null default '',
  return_url text not null default '',
  created_at timestamptz(3) not null default now(),
  unique (dispatch_id, request_id)
);
create index launch_exchange_dispatch on launch_exchange (dispatch_id, created_at);
create index launch_exchange_session on launch_exchange (external_session_id, id);
create index launch_exchange_launch on launch_exchange (tenant_id, launch_id) where launch_id is not null;

create table launch_link (
  id uuid primary key,
  tenant_id uuid not null,
  dispatch_id uuid not null references dispatch (id) on delete cascade,
  -- Message `HostLearner`, binary, sealed.
  sealed_learner text not null,
  -- Key that the link's token comes from.
  signing_key_id text not null,
  return_url text not null default '',
  request_id uuid not null,
  request_hash text not null,
  created_by text not null default '',
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  unique (tenant_id, request_id)
);

-- A launch that was refused.
create table refusal (
  id uuid primary key,
  tenant_id uuid not null,
  dispatch_id uuid not null references dispatch (id) on delete cascade,
  destination_id uuid not null,
  deployment_id uuid,
  -- RefusalReason.
  reason smallint not null,
  learner_id text not null default '',
  origin text not null default '',
  -- Of the launch; a repeat is refused for the same reason.
  request_id uuid,
  created_at timestamptz(3) not null default now()
);
create unique index refusal_request on refusal (dispatch_id, request_id);
create index refusal_dispatch on refusal (dispatch_id, id);
create index refusal_newest on refusal (tenant_id, id);

-- What the host answered to each call.
create table receipt (
  launch_exchange_id uuid not null references launch_exchange (id) on delete cascade,
  sequence bigint not null,
  tenant_id uuid not null,
  dispatch_id uuid not null,
  deployment_id uuid,
  external_session_id uuid not null,
  call text not null,
  element text not null,
  value text not null,
  returned text not null,
  error_code text not null,
  error_text text not null,
  latency_ms int not null,
  happened_at timestamptz(3) not null,
  received_at timestamptz(3) not null default now(),
  -- ReceiptOutcome.
  outcome smallint not null,
  result_sequence bigint not null,
  primary key (launch_exchange_id, sequence)
);
create index receipt_session on receipt (external_session_id, received_at, sequence);
create index receipt_dispatch on receipt (dispatch_id, received_at, launch_exchange_id, sequence);
create index receipt_deployment on receipt (deployment_id, received_at, launch_exchange_id, sequence);
create index receipt_newest on receipt (tenant_id, received_at, launch_exchange_id, sequence);

-- Which receipts of a launch have come.
create table receipt_state (
  launch_exchange_id uuid primary key references launch_exchange (id) on delete cascade,
  tenant_id uuid not null,
  -- Highest sequence up to which none is missing, and those that came beyond a gap.
  acknowledged_sequence bigint not null default 0,
  ahead bigint[] not null default '{}'
);

-- Calls of packages that talk to us directly.
create table callback (
  launch_exchange_id uuid not null references launch_exchange (id) on delete cascade,
  sequence bigint not null,
  tenant_id uuid not null,
  dispatch_id uuid not null,
  external_session_id uuid not null,
  -- CallbackKind.
  kind smallint not null,
  happened_at timestamptz(3),
  received_at timestamptz(3) not null default now(),
  late boolean not null default false,
  refusal text not null default '',
  primary key (launch_exchange_id, sequence)
);
create index callback_session on callback (external_session_id, received_at);
create index callback_newest on callback (tenant_id, received_at, launch_exchange_id, sequence);

-- What the callbacks of a launch come to: the newest one's facts, and which have come.
create table callback_state (
  launch_exchange_id uuid primary key references launch_exchange (id) on delete cascade,
  tenant_id uuid not null,
  external_session_id uuid not null,
  acknowledged_sequence bigint not null default 0,
  ahead bigint[] not null default '{}',
  newest_sequence bigint not null default 0,
  -- Of the newest: CallbackKind, message `HostResult`, binary, and JSON of the elements it told.
  kind smallint not null default 0,
  result bytea,
  cmi_json bytea,
  happened_at timestamptz(3),
  received_at timestamptz(3) not null default now()
) with (fillfactor = 50);
create index callback_state_session on callback_state (external_session_id);

create table bulk_operation (
  id uuid primary key,
  tenant_id uuid not null,
  -- Message `BulkAction`, binary, without secrets; these are sealed.
  action bytea not null,
  sealed_action text not null default '',
  -- BulkState.
  state smallint not null,
  total_count int not null default 0,
  done_count int not null default 0,
  failed_count int not null default 0,
  -- Whoever works on it says so again and again; past this time another takes over.
  leased_until timestamptz(3),
  lease_owner uuid,
  created_by text not null,
  request_id uuid not null,
  request_hash text not null,
  created_at timestamptz(3) not null default now(),
  ended_at timestamptz(3),
  unique (tenant_id, request_id)
);
create index bulk_operation_newest on bulk_operation (tenant_id, id);
create index bulk_operation_open on bulk_operation (leased_until) where ended_at is null;

create table bulk_result (
  bulk_operation_id uuid not null references bulk_operation (id) on delete cascade,
  position int not null,
  tenant_id uuid not null,
  dispatch_id text not null default '',
  course_id text not null default '',
  destination_id text not null default '',
  -- Times that something nobody foresaw went wrong.
  tries smallint not null default 0,
  done boolean not null default false,
  error_reason text not null default '',
  error text not null default '',
  primary key (bulk_operation_id, position)
);
create index bulk_result_open on bulk_result (bulk_operation_id, position) where not done;

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
