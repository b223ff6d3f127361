-- The record, as tables that QGIS opens.
--
-- Every table has an integer `fid`, as GeoPackage asks; the key is what `unique` names first.
-- Dates are civil dates (Asia/Ulaanbaatar) as YYYY-MM-DD; `illustrative` marks invented rows.
-- Foreign keys are deferred: a change set is judged as a whole, when it commits.

create table schema_version (
  version integer primary key,
  name text not null,
  applied_at text not null default (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);

-- One row for every row that any program changed; `key` is `*` when a whole table may have.
create table change (
  seq integer primary key autoincrement,
  table_name text not null,
  key text not null,
  at integer not null default (cast(strftime('%s', 'now') as integer))
);

create table audit (
  id integer primary key autoincrement,
  at integer not null default (cast(strftime('%s', 'now') as integer)),
  actor text not null,
  reason text not null,
  seq integer not null
);

create table audit_row (
  audit_id integer not null references audit (id) deferrable initially deferred,
  table_name text not null,
  key text not null,
  before text,
  after text,
  primary key (audit_id, table_name, key)
);

create table district (
  fid integer primary key autoincrement not null,
  code text not null,
  number integer not null,
  name_mn text not null,
  name_en text not null,
  nso_code text,
  ebarilga_code text,
  illustrative boolean not null default 0,
  unique (code),
  unique (number),
  constraint district_code_well_formed check (code glob '[a-z][a-z]*' and code not glob '*[^a-z0-9]*' and length(code) <= 12),
  constraint district_number_in_range check (number between 1 and 4000)
);

create table district_alias (
  fid integer primary key autoincrement not null,
  district text not null references district (code) on update cascade on delete cascade deferrable initially deferred,
  position integer not null,
  alias text not null,
  unique (district, position),
  unique (alias),
  constraint district_alias_not_blank check (trim(alias) <> '')
);

create table vintage (
  fid integer primary key autoincrement not null,
  id text not null,
  valid_from date not null,
  valid_to date,
  title_mn text not null,
  title_en text not null,
  source text not null,
  illustrative boolean not null default 0,
  unique (id),
  constraint vintage_id_well_formed check (length(id) between 1 and 16 and id not glob '*[^a-z0-9_]*'),
  constraint vintage_valid_from_is_date check (date(valid_from) is valid_from),
  constraint vintage_valid_to_is_date check (valid_to is null or date(valid_to) is valid_to),
  constraint vintage_ends_after_start check (valid_to is null or valid_to >= valid_from)
);

create table khoroo (
  fid integer primary key autoincrement not null,
  vintage text not null references vintage (id) deferrable initially deferred,
  code text not null,
  district text not null references district (code) deferrable initially deferred,
  number integer not null,
  name_mn text,
  name_en text,
  nso_code text,
  land_code text,
  ebarilga_code text,
  population integer,
  population_year integer,
  households integer,
  illustrative boolean not null default 0,
  shape multipolygon,
  unique (vintage, code),
  constraint khoroo_code_is_district_and_number check (code = district || '-' || number),
  constraint khoroo_number_in_range check (number between 1 and 999999),
  constraint khoroo_population_not_negative check (population is null or population >= 0),
  constraint khoroo_population_year_plausible check (population_year is null or population_year between 1900 and 2200),
  constraint khoroo_households_not_negative check (households is null or households >= 0)
);
create index khoroo_by_district on khoroo (district);

create table district_version (
  fid integer primary key autoincrement not null,
  vintage text not null references vintage (id) deferrable initially deferred,
  district text not null references district (code) deferrable initially deferred,
  population integer,
  population_year integer,
  dissolved boolean not null default 0,
  illustrative boolean not null default 0,
  shape multipolygon,
  unique (vintage, district),
  constraint district_version_population_not_negative check (population is null or population >= 0),
  constraint district_version_population_year_plausible check (population_year is null or population_year between 1900 and 2200)
);
create index district_version_by_district on district_version (district);

create table lineage (
  fid integer primary key autoincrement not null,
  from_vintage text not null,
  from_code text not null,
  to_vintage text not null,
  to_code text not null,
  kind text not null,
  area_share real not null,
  population_share real,
  stated boolean not null default 0,
  illustrative boolean not null default 0,
  unique (from_vintage, from_code, to_vintage, to_code),
  foreign key (from_vintage, from_code) references khoroo (vintage, code) deferrable initially deferred,
  foreign key (to_vintage, to_code) references khoroo (vintage, code) deferrable initially deferred,
  constraint lineage_kind_known check (kind in ('unchanged', 'split', 'merge', 'boundary_change', 'renumber')),
  constraint lineage_area_share_is_share check (area_share between 0 and 1),
  constraint lineage_population_share_is_share check (population_share is null or population_share between 0 and 1),
  constraint lineage_joins_two_vintages check (from_vintage <> to_vintage)
);
create index lineage_by_to on lineage (to_vintage, to_code);

create table context_line (
  fid integer primary key autoincrement not null,
  id text not null,
  kind text not null,
  name_mn text,
  name_en text,
  illustrative boolean not null default 0,
  line linestring not null,
  unique (id),
  constraint context_line_kind_known check (kind in ('river', 'road'))
);

create table cycle (
  fid integer primary key autoincrement not null,
  id text not null,
  title_mn text not null,
  title_en text not null,
  starts_on date not null,
  ends_on date not null,
  vintage text not null references vintage (id) deferrable initially deferred,
  replications_reported boolean not null default 1,
  illustrative boolean not null default 0,
  unique (id),
  constraint cycle_id_not_blank check (trim(id) <> ''),
  constraint cycle_starts_on_is_date check (date(starts_on) is starts_on),
  constraint cycle_ends_on_is_date check (date(ends_on) is ends_on),
  constraint cycle_ends_after_start check (ends_on >= starts_on)
);
create index cycle_by_vintage on cycle (vintage);

create table theme (
  fid integer primary key autoincrement not null,
  code text not null,
  name_mn text not null,
  name_en text not null,
  position integer not null,
  active boolean not null default 1,
  unique (code),
  constraint theme_code_not_blank check (trim(code) <> '')
);

create table replication_status (
  fid integer primary key autoincrement not null,
  code text not null,
  name_mn text not null,
  name_en text not null,
  position integer not null,
  counts boolean not null default 0,
  active boolean not null default 1,
  unique (code),
  constraint replication_status_code_not_blank check (trim(code) <> '')
);

create table practice (
  fid integer primary key autoincrement not null,
  id text not null,
  title_mn text not null,
  title_en text,
  summary_mn text,
  summary_en text,
  theme text not null references theme (code) deferrable initially deferred,
  host_vintage text not null,
  host_code text not null,
  status text not null,
  illustrative boolean not null default 0,
  location point,
  unique (id),
  foreign key (host_vintage, host_code) references khoroo (vintage, code) deferrable initially deferred,
  constraint practice_id_not_blank check (trim(id) <> ''),
  constraint practice_title_mn_not_blank check (trim(title_mn) <> ''),
  constraint practice_status_known check (status in ('draft', 'submitted', 'returned', 'identified', 'shared', 'archived'))
);
create index practice_by_host on practice (host_vintage, host_code);
create index practice_by_theme on practice (theme);

create table identification (
  fid integer primary key autoincrement not null,
  practice text not null references practice (id) deferrable initially deferred,
  cycle text not null references cycle (id) deferrable initially deferred,
  khoroo_vintage text not null,
  khoroo_code text not null,
  entered_on date not null,
  stage text not null,
  decision text not null,
  awarded boolean not null default 0,
  illustrative boolean not null default 0,
  unique (practice, cycle),
  foreign key (khoroo_vintage, khoroo_code) references khoroo (vintage, code) deferrable initially deferred,
  constraint identification_entered_on_is_date check (date(entered_on) is entered_on),
  constraint identification_stage_known check (stage in ('khoroo', 'district', 'city')),
  constraint identification_decision_known check (decision in ('pending', 'accepted', 'returned', 'rejected'))
);
create index identification_by_cycle on identification (cycle);
create index identification_by_khoroo on identification (khoroo_vintage, khoroo_code);

create table replication (
  fid integer primary key autoincrement not null,
  id text not null,
  practice text not null references practice (id) deferrable initially deferred,
  khoroo_vintage text not null,
  khoroo_code text not null,
  cycle text not null references cycle (id) deferrable initially deferred,
  status text not null references replication_status (code) deferrable initially deferred,
  decided_on date not null,
  completed_on date,
  illustrative boolean not null default 0,
  unique (id),
  foreign key (khoroo_vintage, khoroo_code) references khoroo (vintage, code) deferrable initially deferred,
  constraint replication_id_not_blank check (trim(id) <> ''),
  constraint replication_decided_on_is_date check (date(decided_on) is decided_on),
  constraint replication_completed_on_is_date check (completed_on is null or date(completed_on) is completed_on)
);
create index replication_by_practice on replication (practice);
create index replication_by_khoroo on replication (khoroo_vintage, khoroo_code);
create index replication_by_cycle on replication (cycle);
create index replication_by_status on replication (status);
