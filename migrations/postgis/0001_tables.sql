-- The record in PostGIS: schema `hlp`, the same tables and rules as the GeoPackage's.
--
-- Keys sort by bytes (collate "C"), so that every server lists in the same order. Rules are named
-- after table and columns (`…_unique`, `…_exists`): errors carry the name. Foreign keys are deferred:
-- a change set is judged as a whole, when it commits.

create schema if not exists hlp;
comment on schema hlp is 'Boundaries and records of the Horizontal Learning Process';

create table hlp.schema_version (
  version integer primary key,
  name text not null,
  applied_at timestamptz not null default now()
);
comment on table hlp.schema_version is 'Steps of the schema that were applied';
comment on column hlp.schema_version.version is 'Number of the step';
comment on column hlp.schema_version.name is 'Name of the step';
comment on column hlp.schema_version.applied_at is 'When it was applied';

create table hlp.change (
  seq bigint generated always as identity primary key,
  table_name text not null,
  key text not null,
  at timestamptz not null default clock_timestamp()
);
comment on table hlp.change is 'One row for every row that any program changed, filled by triggers';
comment on column hlp.change.seq is 'Order of commits';
comment on column hlp.change.table_name is 'The table, without schema';
comment on column hlp.change.key is 'The row''s key; * when the whole table may have changed';
comment on column hlp.change.at is 'When it changed';

create table hlp.audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  reason text not null,
  seq bigint not null
);
comment on table hlp.audit is 'Change sets written by the service: who, when and why';
comment on column hlp.audit.id is 'Number of the change set';
comment on column hlp.audit.at is 'When it was written';
comment on column hlp.audit.actor is 'Who wrote it';
comment on column hlp.audit.reason is 'Why, in words';
comment on column hlp.audit.seq is 'Its last change, see change.seq';

create table hlp.audit_row (
  audit_id bigint not null references hlp.audit (id),
  table_name text not null,
  key text not null,
  before jsonb,
  after jsonb,
  primary key (audit_id, table_name, key)
);
comment on table hlp.audit_row is 'The rows of a change set, as they were and as they became';
comment on column hlp.audit_row.audit_id is 'The change set';
comment on column hlp.audit_row.table_name is 'The table, without schema';
comment on column hlp.audit_row.key is 'The row''s key';
comment on column hlp.audit_row.before is 'The row as it was, geometry as hex of its WKB; null when new';
comment on column hlp.audit_row.after is 'The row as it became, geometry as SHA-256 of its WKB; null when deleted';

create table hlp.district (
  code text collate "C" not null,
  number integer not null,
  name_mn text not null,
  name_en text not null,
  nso_code text,
  ebarilga_code text,
  illustrative boolean not null default false,
  constraint district_code_unique primary key (code),
  constraint district_number_unique unique (number),
  constraint district_code_well_formed check (code ~ '^[a-z]{2,8}[0-9]{0,4}$'),
  constraint district_number_in_range check (number between 1 and 4000)
);
comment on table hlp.district is 'Districts as institutions; their area belongs to a vintage, see district_version';
comment on column hlp.district.code is 'Abbreviation in lower case, such as bzd';
comment on column hlp.district.number is 'From 1, in the order of the city''s list; leading part of feature ids in tiles';
comment on column hlp.district.name_mn is 'Name in Mongolian';
comment on column hlp.district.name_en is 'Name in English';
comment on column hlp.district.nso_code is 'Code of the National Statistics Office';
comment on column hlp.district.ebarilga_code is 'Code of the building register';
comment on column hlp.district.illustrative is 'True for invented data, which must never be shown as real';

create table hlp.district_alias (
  district text collate "C" not null,
  position integer not null,
  alias text collate "C" not null,
  constraint district_alias_district_position_unique primary key (district, position),
  constraint district_alias_alias_unique unique (alias),
  constraint district_alias_district_exists foreign key (district) references hlp.district (code) on update cascade on delete cascade deferrable initially deferred,
  constraint district_alias_not_blank check (btrim(alias) <> '')
);
comment on table hlp.district_alias is 'Other spellings of districts in people''s files';
comment on column hlp.district_alias.district is 'The district meant';
comment on column hlp.district_alias.position is 'Order among the district''s spellings';
comment on column hlp.district_alias.alias is 'The spelling, in any script; it means one district only';

create table hlp.vintage (
  id text collate "C" not null,
  valid_from date not null,
  valid_to date,
  title_mn text not null,
  title_en text not null,
  source text not null,
  illustrative boolean not null default false,
  constraint vintage_id_unique primary key (id),
  constraint vintage_id_well_formed check (id ~ '^[a-z0-9_]{1,16}$'),
  constraint vintage_ends_after_start check (valid_to is null or valid_to >= valid_from)
);
comment on table hlp.vintage is 'Sets of boundaries and the days on which they are valid';
comment on column hlp.vintage.id is 'Name of the set, such as 2022';
comment on column hlp.vintage.valid_from is 'First valid day, in Ulaanbaatar';
comment on column hlp.vintage.valid_to is 'Last valid day; null while it is the latest';
comment on column hlp.vintage.title_mn is 'Title in Mongolian';
comment on column hlp.vintage.title_en is 'Title in English';
comment on column hlp.vintage.source is 'Where the lines come from, in words';
comment on column hlp.vintage.illustrative is 'True for invented data, which must never be shown as real';

create table hlp.khoroo (
  vintage text collate "C" not null,
  code text collate "C" not null,
  district text collate "C" not null,
  number integer not null,
  name_mn text,
  name_en text,
  nso_code text,
  land_code text,
  ebarilga_code text,
  population bigint,
  population_year smallint,
  households bigint,
  illustrative boolean not null default false,
  shape geometry(MultiPolygon, 4326),
  constraint khoroo_vintage_code_unique primary key (vintage, code),
  constraint khoroo_vintage_exists foreign key (vintage) references hlp.vintage (id) deferrable initially deferred,
  constraint khoroo_district_exists foreign key (district) references hlp.district (code) deferrable initially deferred,
  constraint khoroo_code_is_district_and_number check (code = district || '-' || number::text),
  constraint khoroo_number_in_range check (number between 1 and 999999),
  constraint khoroo_population_not_negative check (population >= 0),
  constraint khoroo_population_year_plausible check (population_year between 1900 and 2200),
  constraint khoroo_households_not_negative check (households >= 0)
);
comment on table hlp.khoroo is 'Khoroos, one row for each vintage';
comment on column hlp.khoroo.vintage is 'The set of boundaries';
comment on column hlp.khoroo.code is 'District and number, such as bzd-26; unique within a vintage';
comment on column hlp.khoroo.district is 'The district it belongs to';
comment on column hlp.khoroo.number is 'Number within the district';
comment on column hlp.khoroo.name_mn is 'A name of its own in Mongolian; most have none';
comment on column hlp.khoroo.name_en is 'A name of its own in English';
comment on column hlp.khoroo.nso_code is 'Code of the National Statistics Office';
comment on column hlp.khoroo.land_code is 'Code of the land agency';
comment on column hlp.khoroo.ebarilga_code is 'Code of the building register';
comment on column hlp.khoroo.population is 'Residents; null when unknown';
comment on column hlp.khoroo.population_year is 'Year of the population figure';
comment on column hlp.khoroo.households is 'Households; null when unknown';
comment on column hlp.khoroo.illustrative is 'True for invented data, which must never be shown as real';
comment on column hlp.khoroo.shape is 'Area; null where only the code is known';
create index khoroo_by_district on hlp.khoroo (district);
create index khoroo_shape_box on hlp.khoroo using gist (shape);

create table hlp.district_version (
  vintage text collate "C" not null,
  district text collate "C" not null,
  population bigint,
  population_year smallint,
  dissolved boolean not null default false,
  illustrative boolean not null default false,
  shape geometry(MultiPolygon, 4326),
  constraint district_version_vintage_district_unique primary key (vintage, district),
  constraint district_version_vintage_exists foreign key (vintage) references hlp.vintage (id) deferrable initially deferred,
  constraint district_version_district_exists foreign key (district) references hlp.district (code) deferrable initially deferred,
  constraint district_version_population_not_negative check (population >= 0),
  constraint district_version_population_year_plausible check (population_year between 1900 and 2200)
);
comment on table hlp.district_version is 'Districts'' areas and facts, one row for each vintage';
comment on column hlp.district_version.vintage is 'The set of boundaries';
comment on column hlp.district_version.district is 'The district';
comment on column hlp.district_version.population is 'Residents; null when unknown';
comment on column hlp.district_version.population_year is 'Year of the population figure';
comment on column hlp.district_version.dissolved is 'True when the area is the union of the khoroos, false when a file gave it';
comment on column hlp.district_version.illustrative is 'True for invented data, which must never be shown as real';
comment on column hlp.district_version.shape is 'Area; null where only the code is known';
create index district_version_by_district on hlp.district_version (district);
create index district_version_shape_box on hlp.district_version using gist (shape);

create table hlp.lineage (
  from_vintage text collate "C" not null,
  from_code text collate "C" not null,
  to_vintage text collate "C" not null,
  to_code text collate "C" not null,
  kind text not null,
  area_share double precision not null,
  population_share double precision,
  stated boolean not null default false,
  illustrative boolean not null default false,
  constraint lineage_from_vintage_from_code_to_vintage_to_code_unique primary key (from_vintage, from_code, to_vintage, to_code),
  constraint lineage_from_vintage_from_code_exists foreign key (from_vintage, from_code) references hlp.khoroo (vintage, code) deferrable initially deferred,
  constraint lineage_to_vintage_to_code_exists foreign key (to_vintage, to_code) references hlp.khoroo (vintage, code) deferrable initially deferred,
  constraint lineage_kind_known check (kind in ('unchanged', 'split', 'merge', 'boundary_change', 'renumber')),
  constraint lineage_area_share_is_share check (area_share between 0 and 1),
  constraint lineage_population_share_is_share check (population_share between 0 and 1),
  constraint lineage_joins_two_vintages check (from_vintage <> to_vintage)
);
comment on table hlp.lineage is 'How ground passed from a khoroo of one vintage to a khoroo of a later one';
comment on column hlp.lineage.from_vintage is 'Vintage of the earlier khoroo';
comment on column hlp.lineage.from_code is 'Code of the earlier khoroo';
comment on column hlp.lineage.to_vintage is 'Vintage of the later khoroo';
comment on column hlp.lineage.to_code is 'Code of the later khoroo';
comment on column hlp.lineage.kind is 'unchanged, split, merge, boundary_change or renumber';
comment on column hlp.lineage.area_share is 'Part of the earlier khoroo''s area that lies in the later, 0 to 1';
comment on column hlp.lineage.population_share is 'Part of the earlier khoroo''s residents, 0 to 1, where known';
comment on column hlp.lineage.stated is 'True when stated by a person instead of computed';
comment on column hlp.lineage.illustrative is 'True for invented data, which must never be shown as real';
create index lineage_by_to_vintage_to_code on hlp.lineage (to_vintage, to_code);

create table hlp.context_line (
  id text collate "C" not null,
  kind text not null,
  name_mn text,
  name_en text,
  illustrative boolean not null default false,
  line geometry(LineString, 4326) not null,
  constraint context_line_id_unique primary key (id),
  constraint context_line_kind_known check (kind in ('river', 'road'))
);
comment on table hlp.context_line is 'Rivers and roads drawn for orientation';
comment on column hlp.context_line.id is 'Name of the row';
comment on column hlp.context_line.kind is 'river or road';
comment on column hlp.context_line.name_mn is 'Name in Mongolian';
comment on column hlp.context_line.name_en is 'Name in English';
comment on column hlp.context_line.illustrative is 'True for invented data, which must never be shown as real';
comment on column hlp.context_line.line is 'The line';
create index context_line_line_box on hlp.context_line using gist (line);

create table hlp.cycle (
  id text collate "C" not null,
  title_mn text not null,
  title_en text not null,
  starts_on date not null,
  ends_on date not null,
  vintage text collate "C" not null,
  replications_reported boolean not null default true,
  illustrative boolean not null default false,
  constraint cycle_id_unique primary key (id),
  constraint cycle_vintage_exists foreign key (vintage) references hlp.vintage (id) deferrable initially deferred,
  constraint cycle_id_not_blank check (btrim(id) <> ''),
  constraint cycle_ends_after_start check (ends_on >= starts_on)
);
comment on table hlp.cycle is 'Rounds of the process';
comment on column hlp.cycle.id is 'Name of the cycle, such as 2022';
comment on column hlp.cycle.title_mn is 'Title in Mongolian';
comment on column hlp.cycle.title_en is 'Title in English';
comment on column hlp.cycle.starts_on is 'First day';
comment on column hlp.cycle.ends_on is 'Last day';
comment on column hlp.cycle.vintage is 'The vintage whose khoroos took part';
comment on column hlp.cycle.replications_reported is 'False where replications were not counted: their number is unknown, not 0';
comment on column hlp.cycle.illustrative is 'True for invented data, which must never be shown as real';
create index cycle_by_vintage on hlp.cycle (vintage);

create table hlp.theme (
  code text collate "C" not null,
  name_mn text not null,
  name_en text not null,
  position integer not null,
  active boolean not null default true,
  constraint theme_code_unique primary key (code),
  constraint theme_code_not_blank check (btrim(code) <> '')
);
comment on table hlp.theme is 'Subjects of practices';
comment on column hlp.theme.code is 'Name of the theme in tables and addresses';
comment on column hlp.theme.name_mn is 'Name in Mongolian';
comment on column hlp.theme.name_en is 'Name in English';
comment on column hlp.theme.position is 'Order in lists';
comment on column hlp.theme.active is 'False when no longer offered';

create table hlp.replication_status (
  code text collate "C" not null,
  name_mn text not null,
  name_en text not null,
  position integer not null,
  counts boolean not null default false,
  active boolean not null default true,
  constraint replication_status_code_unique primary key (code),
  constraint replication_status_code_not_blank check (btrim(code) <> '')
);
comment on table hlp.replication_status is 'States of a replication';
comment on column hlp.replication_status.code is 'Name of the status in tables';
comment on column hlp.replication_status.name_mn is 'Name in Mongolian';
comment on column hlp.replication_status.name_en is 'Name in English';
comment on column hlp.replication_status.position is 'Order in lists';
comment on column hlp.replication_status.counts is 'True where the replication counts as made';
comment on column hlp.replication_status.active is 'True while the copy bars another copy of the practice in the same khoroo';

create table hlp.practice (
  id text collate "C" not null,
  title_mn text not null,
  title_en text,
  summary_mn text,
  summary_en text,
  theme text collate "C" not null,
  host_vintage text collate "C" not null,
  host_code text collate "C" not null,
  status text not null,
  illustrative boolean not null default false,
  location geometry(Point, 4326),
  constraint practice_id_unique primary key (id),
  constraint practice_theme_exists foreign key (theme) references hlp.theme (code) deferrable initially deferred,
  constraint practice_host_vintage_host_code_exists foreign key (host_vintage, host_code) references hlp.khoroo (vintage, code) deferrable initially deferred,
  constraint practice_id_not_blank check (btrim(id) <> ''),
  constraint practice_title_mn_not_blank check (btrim(title_mn) <> ''),
  constraint practice_status_known check (status in ('draft', 'submitted', 'returned', 'identified', 'shared', 'archived'))
);
comment on table hlp.practice is 'Good practices: what works at home and can be shown to peers';
comment on column hlp.practice.id is 'Name of the practice in tables and addresses';
comment on column hlp.practice.title_mn is 'Title in Mongolian';
comment on column hlp.practice.title_en is 'Title in English';
comment on column hlp.practice.summary_mn is 'Summary in Mongolian';
comment on column hlp.practice.summary_en is 'Summary in English';
comment on column hlp.practice.theme is 'Its subject';
comment on column hlp.practice.host_vintage is 'Vintage of the khoroo where it is at home';
comment on column hlp.practice.host_code is 'Code of the khoroo where it is at home';
comment on column hlp.practice.status is 'draft, submitted, returned, identified, shared or archived; public from identified on';
comment on column hlp.practice.illustrative is 'True for invented data, which must never be shown as real';
comment on column hlp.practice.location is 'Where it can be seen';
create index practice_by_host_vintage_host_code on hlp.practice (host_vintage, host_code);
create index practice_by_theme on hlp.practice (theme);
create index practice_location_box on hlp.practice using gist (location);

create table hlp.identification (
  practice text collate "C" not null,
  cycle text collate "C" not null,
  khoroo_vintage text collate "C" not null,
  khoroo_code text collate "C" not null,
  entered_on date not null,
  stage text not null,
  decision text not null,
  awarded boolean not null default false,
  illustrative boolean not null default false,
  constraint identification_practice_cycle_unique primary key (practice, cycle),
  constraint identification_practice_exists foreign key (practice) references hlp.practice (id) deferrable initially deferred,
  constraint identification_cycle_exists foreign key (cycle) references hlp.cycle (id) deferrable initially deferred,
  constraint identification_khoroo_vintage_khoroo_code_exists foreign key (khoroo_vintage, khoroo_code) references hlp.khoroo (vintage, code) deferrable initially deferred,
  constraint identification_stage_known check (stage in ('khoroo', 'district', 'city')),
  constraint identification_decision_known check (decision in ('pending', 'accepted', 'returned', 'rejected'))
);
comment on table hlp.identification is 'Practices entered in a cycle, at most once each';
comment on column hlp.identification.practice is 'The practice';
comment on column hlp.identification.cycle is 'The cycle';
comment on column hlp.identification.khoroo_vintage is 'Vintage of the submitting khoroo';
comment on column hlp.identification.khoroo_code is 'Code of the submitting khoroo';
comment on column hlp.identification.entered_on is 'Day of entry';
comment on column hlp.identification.stage is 'Furthest stage reached: khoroo, district or city';
comment on column hlp.identification.decision is 'pending, accepted, returned or rejected';
comment on column hlp.identification.awarded is 'True when it won an award';
comment on column hlp.identification.illustrative is 'True for invented data, which must never be shown as real';
create index identification_by_cycle on hlp.identification (cycle);
create index identification_by_khoroo_vintage_khoroo_code on hlp.identification (khoroo_vintage, khoroo_code);

create table hlp.replication (
  id text collate "C" not null,
  practice text collate "C" not null,
  khoroo_vintage text collate "C" not null,
  khoroo_code text collate "C" not null,
  cycle text collate "C" not null,
  status text collate "C" not null,
  decided_on date not null,
  completed_on date,
  illustrative boolean not null default false,
  constraint replication_id_unique primary key (id),
  constraint replication_practice_exists foreign key (practice) references hlp.practice (id) deferrable initially deferred,
  constraint replication_khoroo_vintage_khoroo_code_exists foreign key (khoroo_vintage, khoroo_code) references hlp.khoroo (vintage, code) deferrable initially deferred,
  constraint replication_cycle_exists foreign key (cycle) references hlp.cycle (id) deferrable initially deferred,
  constraint replication_status_exists foreign key (status) references hlp.replication_status (code) deferrable initially deferred,
  constraint replication_id_not_blank check (btrim(id) <> '')
);
comment on table hlp.replication is 'Practices copied by another khoroo';
comment on column hlp.replication.id is 'Name of the row';
comment on column hlp.replication.practice is 'The practice copied';
comment on column hlp.replication.khoroo_vintage is 'Vintage of the copying khoroo';
comment on column hlp.replication.khoroo_code is 'Code of the copying khoroo';
comment on column hlp.replication.cycle is 'The cycle it belongs to';
comment on column hlp.replication.status is 'Its state, see replication_status';
comment on column hlp.replication.decided_on is 'Day on which the khoroo decided to copy';
comment on column hlp.replication.completed_on is 'Day on which it was done';
comment on column hlp.replication.illustrative is 'True for invented data, which must never be shown as real';
create index replication_by_practice on hlp.replication (practice);
create index replication_by_khoroo_vintage_khoroo_code on hlp.replication (khoroo_vintage, khoroo_code);
create index replication_by_cycle on hlp.replication (cycle);
create index replication_by_status on hlp.replication (status);
