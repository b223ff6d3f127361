-- Records of all six steps, with the lists that people may extend, trainings, needs and offers, facts of
-- khoroos and travel times.
--
-- A record keeps its present state in its row; the days on which it took a status stand in tables of
-- their own. Money is whole ₮; null is unknown, never 0. Rules within a row are here, rules between rows
-- are the service's, and `hlp check` lists what breaks them.

create table hlp.setting (
  code text collate "C" not null,
  name_mn text not null,
  name_en text not null,
  position integer not null,
  active boolean not null default true,
  constraint setting_code_unique primary key (code),
  constraint setting_code_not_blank check (btrim(code) <> '')
);
comment on table hlp.setting is 'How people live where a practice works';
comment on column hlp.setting.code is 'Name of the row in tables';
comment on column hlp.setting.name_mn is 'Name in Mongolian';
comment on column hlp.setting.name_en is 'Name in English';
comment on column hlp.setting.position is 'Order in lists';
comment on column hlp.setting.active is 'False when no longer offered';
create trigger before_change before insert or update or delete or truncate on hlp.setting
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.setting referencing new table as new_rows
  for each statement execute function hlp.after_change('setting', 'r.code');
create trigger after_update after update on hlp.setting referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('setting', 'r.code');
create trigger after_delete after delete on hlp.setting referencing old table as old_rows
  for each statement execute function hlp.after_change('setting', 'r.code');
create trigger after_truncate after truncate on hlp.setting
  for each statement execute function hlp.after_change('setting', 'r.code');

create table hlp.funding_source (
  code text collate "C" not null,
  name_mn text not null,
  name_en text not null,
  position integer not null,
  direct boolean not null default false,
  active boolean not null default true,
  constraint funding_source_code_unique primary key (code),
  constraint funding_source_code_not_blank check (btrim(code) <> '')
);
comment on table hlp.funding_source is 'Who pays for a replication';
comment on column hlp.funding_source.code is 'Name of the row in tables';
comment on column hlp.funding_source.name_mn is 'Name in Mongolian';
comment on column hlp.funding_source.name_en is 'Name in English';
comment on column hlp.funding_source.position is 'Order in lists';
comment on column hlp.funding_source.direct is 'True for the khoroo''s own money; the others are counted together';
comment on column hlp.funding_source.active is 'False when no longer offered';
create trigger before_change before insert or update or delete or truncate on hlp.funding_source
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.funding_source referencing new table as new_rows
  for each statement execute function hlp.after_change('funding_source', 'r.code');
create trigger after_update after update on hlp.funding_source referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('funding_source', 'r.code');
create trigger after_delete after delete on hlp.funding_source referencing old table as old_rows
  for each statement execute function hlp.after_change('funding_source', 'r.code');
create trigger after_truncate after truncate on hlp.funding_source
  for each statement execute function hlp.after_change('funding_source', 'r.code');

create table hlp.rating (
  code text collate "C" not null,
  name_mn text not null,
  name_en text not null,
  position integer not null,
  active boolean not null default true,
  constraint rating_code_unique primary key (code),
  constraint rating_code_not_blank check (btrim(code) <> '')
);
comment on table hlp.rating is 'Verdicts of a peer review, the best one first';
comment on column hlp.rating.code is 'Name of the row in tables';
comment on column hlp.rating.name_mn is 'Name in Mongolian';
comment on column hlp.rating.name_en is 'Name in English';
comment on column hlp.rating.position is 'Order in lists';
comment on column hlp.rating.active is 'False when no longer offered';
create trigger before_change before insert or update or delete or truncate on hlp.rating
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.rating referencing new table as new_rows
  for each statement execute function hlp.after_change('rating', 'r.code');
create trigger after_update after update on hlp.rating referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('rating', 'r.code');
create trigger after_delete after delete on hlp.rating referencing old table as old_rows
  for each statement execute function hlp.after_change('rating', 'r.code');
create trigger after_truncate after truncate on hlp.rating
  for each statement execute function hlp.after_change('rating', 'r.code');

alter table hlp.practice
  add column started_on date,
  add column problem_mn text,
  add column problem_en text,
  add column what_we_did_mn text,
  add column what_we_did_en text,
  add column result_mn text,
  add column result_en text,
  add column setting text collate "C",
  add column cost_setup bigint,
  add column cost_year bigint,
  add column people_served bigint,
  add column replicability text,
  add column maturity text,
  add column last_confirmed_on date,
  add constraint practice_setting_exists foreign key (setting) references hlp.setting (code) deferrable initially deferred,
  add constraint practice_cost_setup_not_negative check (cost_setup >= 0),
  add constraint practice_cost_year_not_negative check (cost_year >= 0),
  add constraint practice_people_served_not_negative check (people_served >= 0),
  add constraint practice_replicability_known check (replicability in ('easy', 'medium', 'hard')),
  add constraint practice_maturity_known check (maturity in ('promising', 'demonstrated', 'replicated'));
comment on column hlp.practice.started_on is 'Since when it is in use';
comment on column hlp.practice.problem_mn is 'What was wrong before, in Mongolian';
comment on column hlp.practice.problem_en is 'What was wrong before, in English';
comment on column hlp.practice.what_we_did_mn is 'What was done, in Mongolian';
comment on column hlp.practice.what_we_did_en is 'What was done, in English';
comment on column hlp.practice.result_mn is 'What came of it, in Mongolian';
comment on column hlp.practice.result_en is 'What came of it, in English';
comment on column hlp.practice.setting is 'How people live where it works';
comment on column hlp.practice.cost_setup is 'To set it up once, in whole ₮; null when unknown';
comment on column hlp.practice.cost_year is 'To keep it going for a year, in whole ₮; null when unknown';
comment on column hlp.practice.people_served is 'People whom it serves';
comment on column hlp.practice.replicability is 'How hard it is to copy: easy, medium or hard';
comment on column hlp.practice.maturity is 'How far it has proved itself: promising, demonstrated or replicated';
comment on column hlp.practice.last_confirmed_on is 'Last day on which somebody made sure that it is in use';
create index practice_by_setting on hlp.practice (setting);

alter table hlp.identification
  add column mode text,
  add column cost bigint,
  add column invited bigint,
  add column attended bigint,
  add constraint identification_mode_known check (mode in ('face_to_face', 'virtual', 'hybrid')),
  add constraint identification_cost_not_negative check (cost >= 0),
  add constraint identification_invited_not_negative check (invited >= 0),
  add constraint identification_attended_not_negative check (attended >= 0),
  add constraint identification_attended_within_invited check (attended <= invited);
comment on column hlp.identification.mode is 'face_to_face, virtual or hybrid';
comment on column hlp.identification.cost is 'Cost in whole ₮; null when unknown';
comment on column hlp.identification.invited is 'People asked to come';
comment on column hlp.identification.attended is 'People who came';

alter table hlp.replication
  add column learning_route text,
  add column adaptations text,
  add column people_served bigint,
  add constraint replication_learning_route_known check (learning_route in ('visit', 'workshop', 'online', 'tracker_only', 'other')),
  add constraint replication_people_served_not_negative check (people_served >= 0);
comment on column hlp.replication.learning_route is 'How the khoroo learned of it: visit, workshop, online, tracker_only or other';
comment on column hlp.replication.adaptations is 'What was changed to make it work here';
comment on column hlp.replication.people_served is 'People whom the copy serves';

create table hlp.trainer (
  id text collate "C" not null,
  org text not null,
  tot_year smallint,
  languages text,
  active boolean not null default true,
  illustrative boolean not null default false,
  constraint trainer_id_unique primary key (id),
  constraint trainer_id_not_blank check (btrim(id) <> ''),
  constraint trainer_tot_year_plausible check (tot_year between 1900 and 2200)
);
comment on table hlp.trainer is 'The resource pool of trainers; no person is named';
comment on column hlp.trainer.id is 'Name of the row, never a person''s';
comment on column hlp.trainer.org is 'Organisation';
comment on column hlp.trainer.tot_year is 'Year of the training of trainers';
comment on column hlp.trainer.languages is 'Tags of languages, separated by spaces';
comment on column hlp.trainer.active is 'False when no longer in the pool';
comment on column hlp.trainer.illustrative is 'True for invented data, which must never be shown as real';
create trigger before_change before insert or update or delete or truncate on hlp.trainer
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.trainer referencing new table as new_rows
  for each statement execute function hlp.after_change('trainer', 'r.id');
create trigger after_update after update on hlp.trainer referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('trainer', 'r.id');
create trigger after_delete after delete on hlp.trainer referencing old table as old_rows
  for each statement execute function hlp.after_change('trainer', 'r.id');
create trigger after_truncate after truncate on hlp.trainer
  for each statement execute function hlp.after_change('trainer', 'r.id');

create table hlp.practice_status_change (
  practice text collate "C" not null,
  changed_on date not null,
  status text not null,
  illustrative boolean not null default false,
  constraint practice_status_change_practice_changed_on_status_unique primary key (practice, changed_on, status),
  constraint practice_status_change_practice_exists foreign key (practice) references hlp.practice (id) deferrable initially deferred,
  constraint practice_status_change_status_known check (status in ('draft', 'submitted', 'returned', 'identified', 'shared', 'archived'))
);
comment on table hlp.practice_status_change is 'Days on which practices took a status';
comment on column hlp.practice_status_change.practice is 'The practice';
comment on column hlp.practice_status_change.changed_on is 'The day';
comment on column hlp.practice_status_change.status is 'The status from that day on';
comment on column hlp.practice_status_change.illustrative is 'True for invented data, which must never be shown as real';
create trigger before_change before insert or update or delete or truncate on hlp.practice_status_change
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.practice_status_change referencing new table as new_rows
  for each statement execute function hlp.after_change('practice_status_change', 'r.practice || ''/'' || to_char(r.changed_on, ''YYYY-MM-DD'') || ''/'' || r.status');
create trigger after_update after update on hlp.practice_status_change referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('practice_status_change', 'r.practice || ''/'' || to_char(r.changed_on, ''YYYY-MM-DD'') || ''/'' || r.status');
create trigger after_delete after delete on hlp.practice_status_change referencing old table as old_rows
  for each statement execute function hlp.after_change('practice_status_change', 'r.practice || ''/'' || to_char(r.changed_on, ''YYYY-MM-DD'') || ''/'' || r.status');
create trigger after_truncate after truncate on hlp.practice_status_change
  for each statement execute function hlp.after_change('practice_status_change', 'r.practice || ''/'' || to_char(r.changed_on, ''YYYY-MM-DD'') || ''/'' || r.status');

create table hlp.identification_stage (
  practice text collate "C" not null,
  cycle text collate "C" not null,
  stage text not null,
  reached_on date not null,
  decision text not null,
  awarded boolean not null default false,
  illustrative boolean not null default false,
  constraint identification_stage_practice_cycle_stage_unique primary key (practice, cycle, stage),
  constraint identification_stage_practice_cycle_exists foreign key (practice, cycle) references hlp.identification (practice, cycle) deferrable initially deferred,
  constraint identification_stage_stage_known check (stage in ('khoroo', 'district', 'city')),
  constraint identification_stage_decision_known check (decision in ('pending', 'accepted', 'returned', 'rejected'))
);
comment on table hlp.identification_stage is 'What was decided about an entry at each stage';
comment on column hlp.identification_stage.practice is 'The practice';
comment on column hlp.identification_stage.cycle is 'The cycle';
comment on column hlp.identification_stage.stage is 'khoroo, district or city';
comment on column hlp.identification_stage.reached_on is 'Day of the decision, or of the entry while it is pending';
comment on column hlp.identification_stage.decision is 'pending, accepted, returned or rejected';
comment on column hlp.identification_stage.awarded is 'True when it won an award at this stage';
comment on column hlp.identification_stage.illustrative is 'True for invented data, which must never be shown as real';
create trigger before_change before insert or update or delete or truncate on hlp.identification_stage
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.identification_stage referencing new table as new_rows
  for each statement execute function hlp.after_change('identification_stage', 'r.practice || ''/'' || r.cycle || ''/'' || r.stage');
create trigger after_update after update on hlp.identification_stage referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('identification_stage', 'r.practice || ''/'' || r.cycle || ''/'' || r.stage');
create trigger after_delete after delete on hlp.identification_stage referencing old table as old_rows
  for each statement execute function hlp.after_change('identification_stage', 'r.practice || ''/'' || r.cycle || ''/'' || r.stage');
create trigger after_truncate after truncate on hlp.identification_stage
  for each statement execute function hlp.after_change('identification_stage', 'r.practice || ''/'' || r.cycle || ''/'' || r.stage');

create table hlp.workshop (
  id text collate "C" not null,
  cycle text collate "C" not null,
  scope text not null,
  district text collate "C",
  held_on date not null,
  mode text not null,
  venue text,
  cost bigint,
  invited bigint,
  attended_f bigint,
  attended_m bigint,
  attended_unknown bigint,
  illustrative boolean not null default false,
  constraint workshop_id_unique primary key (id),
  constraint workshop_cycle_exists foreign key (cycle) references hlp.cycle (id) deferrable initially deferred,
  constraint workshop_district_exists foreign key (district) references hlp.district (code) deferrable initially deferred,
  constraint workshop_id_not_blank check (btrim(id) <> ''),
  constraint workshop_scope_known check (scope in ('district', 'multi_district', 'city')),
  constraint workshop_mode_known check (mode in ('face_to_face', 'virtual', 'hybrid')),
  constraint workshop_cost_not_negative check (cost >= 0),
  constraint workshop_invited_not_negative check (invited >= 0),
  constraint workshop_attended_f_not_negative check (attended_f >= 0),
  constraint workshop_attended_m_not_negative check (attended_m >= 0),
  constraint workshop_attended_unknown_not_negative check (attended_unknown >= 0),
  constraint workshop_attended_within_invited check (coalesce(attended_f, 0) + coalesce(attended_m, 0) + coalesce(attended_unknown, 0) <= invited)
);
comment on table hlp.workshop is 'Network workshops, where hosts present practices to peers';
comment on column hlp.workshop.id is 'Name of the row';
comment on column hlp.workshop.cycle is 'The cycle it belongs to';
comment on column hlp.workshop.scope is 'Whose khoroos it is for: district, multi_district or city';
comment on column hlp.workshop.district is 'The district, where the scope is one';
comment on column hlp.workshop.held_on is 'The day';
comment on column hlp.workshop.mode is 'face_to_face, virtual or hybrid';
comment on column hlp.workshop.venue is 'Where it was held';
comment on column hlp.workshop.cost is 'Cost in whole ₮; null when unknown';
comment on column hlp.workshop.invited is 'People asked to come';
comment on column hlp.workshop.attended_f is 'Women who came';
comment on column hlp.workshop.attended_m is 'Men who came';
comment on column hlp.workshop.attended_unknown is 'People who came and of whom only their number is known';
comment on column hlp.workshop.illustrative is 'True for invented data, which must never be shown as real';
create index workshop_by_cycle on hlp.workshop (cycle);
create index workshop_by_district on hlp.workshop (district);
create trigger before_change before insert or update or delete or truncate on hlp.workshop
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.workshop referencing new table as new_rows
  for each statement execute function hlp.after_change('workshop', 'r.id');
create trigger after_update after update on hlp.workshop referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('workshop', 'r.id');
create trigger after_delete after delete on hlp.workshop referencing old table as old_rows
  for each statement execute function hlp.after_change('workshop', 'r.id');
create trigger after_truncate after truncate on hlp.workshop
  for each statement execute function hlp.after_change('workshop', 'r.id');

create table hlp.workshop_practice (
  workshop text collate "C" not null,
  practice text collate "C" not null,
  illustrative boolean not null default false,
  constraint workshop_practice_workshop_practice_unique primary key (workshop, practice),
  constraint workshop_practice_workshop_exists foreign key (workshop) references hlp.workshop (id) deferrable initially deferred,
  constraint workshop_practice_practice_exists foreign key (practice) references hlp.practice (id) deferrable initially deferred
);
comment on table hlp.workshop_practice is 'Practices presented at workshops';
comment on column hlp.workshop_practice.workshop is 'The workshop';
comment on column hlp.workshop_practice.practice is 'The practice';
comment on column hlp.workshop_practice.illustrative is 'True for invented data, which must never be shown as real';
create index workshop_practice_by_practice on hlp.workshop_practice (practice);
create trigger before_change before insert or update or delete or truncate on hlp.workshop_practice
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.workshop_practice referencing new table as new_rows
  for each statement execute function hlp.after_change('workshop_practice', 'r.workshop || ''/'' || r.practice');
create trigger after_update after update on hlp.workshop_practice referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('workshop_practice', 'r.workshop || ''/'' || r.practice');
create trigger after_delete after delete on hlp.workshop_practice referencing old table as old_rows
  for each statement execute function hlp.after_change('workshop_practice', 'r.workshop || ''/'' || r.practice');
create trigger after_truncate after truncate on hlp.workshop_practice
  for each statement execute function hlp.after_change('workshop_practice', 'r.workshop || ''/'' || r.practice');

create table hlp.visit (
  id text collate "C" not null,
  cycle text collate "C" not null,
  host_vintage text collate "C" not null,
  host_code text collate "C" not null,
  held_on date not null,
  mode text not null,
  status text not null,
  cost bigint,
  travel_min bigint,
  invited bigint,
  attended bigint,
  learning_points text,
  action_plan text,
  host_feedback smallint,
  visitor_feedback smallint,
  trainer text collate "C",
  illustrative boolean not null default false,
  constraint visit_id_unique primary key (id),
  constraint visit_cycle_exists foreign key (cycle) references hlp.cycle (id) deferrable initially deferred,
  constraint visit_trainer_exists foreign key (trainer) references hlp.trainer (id) deferrable initially deferred,
  constraint visit_host_vintage_host_code_exists foreign key (host_vintage, host_code) references hlp.khoroo (vintage, code) deferrable initially deferred,
  constraint visit_id_not_blank check (btrim(id) <> ''),
  constraint visit_mode_known check (mode in ('face_to_face', 'virtual', 'hybrid')),
  constraint visit_status_known check (status in ('suggested', 'proposed', 'accepted', 'declined', 'held', 'cancelled')),
  constraint visit_cost_not_negative check (cost >= 0),
  constraint visit_travel_min_not_negative check (travel_min >= 0),
  constraint visit_invited_not_negative check (invited >= 0),
  constraint visit_attended_not_negative check (attended >= 0),
  constraint visit_attended_within_invited check (attended <= invited),
  constraint visit_host_feedback_in_range check (host_feedback between 1 and 5),
  constraint visit_visitor_feedback_in_range check (visitor_feedback between 1 and 5)
);
comment on table hlp.visit is 'Learning visits of khoroos to the host of a practice';
comment on column hlp.visit.id is 'Name of the row';
comment on column hlp.visit.cycle is 'The cycle it belongs to';
comment on column hlp.visit.host_vintage is 'Vintage of the khoroo that is visited';
comment on column hlp.visit.host_code is 'Code of the khoroo that is visited';
comment on column hlp.visit.held_on is 'The day, planned or held';
comment on column hlp.visit.mode is 'face_to_face, virtual or hybrid';
comment on column hlp.visit.status is 'suggested, proposed, accepted, declined, held or cancelled';
comment on column hlp.visit.cost is 'Cost in whole ₮; null when unknown';
comment on column hlp.visit.travel_min is 'Minutes of travel, one way';
comment on column hlp.visit.invited is 'People asked to come';
comment on column hlp.visit.attended is 'People who came';
comment on column hlp.visit.learning_points is 'What the visitors learned';
comment on column hlp.visit.action_plan is 'What the visitors mean to do at home';
comment on column hlp.visit.host_feedback is 'What the host made of it, 1 to 5';
comment on column hlp.visit.visitor_feedback is 'What the visitors made of it, 1 to 5';
comment on column hlp.visit.trainer is 'The trainer who led it';
comment on column hlp.visit.illustrative is 'True for invented data, which must never be shown as real';
create index visit_by_cycle on hlp.visit (cycle);
create index visit_by_trainer on hlp.visit (trainer);
create index visit_by_host_vintage_host_code on hlp.visit (host_vintage, host_code);
create trigger before_change before insert or update or delete or truncate on hlp.visit
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.visit referencing new table as new_rows
  for each statement execute function hlp.after_change('visit', 'r.id');
create trigger after_update after update on hlp.visit referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('visit', 'r.id');
create trigger after_delete after delete on hlp.visit referencing old table as old_rows
  for each statement execute function hlp.after_change('visit', 'r.id');
create trigger after_truncate after truncate on hlp.visit
  for each statement execute function hlp.after_change('visit', 'r.id');

create table hlp.visit_visitor (
  visit text collate "C" not null,
  khoroo_vintage text collate "C" not null,
  khoroo_code text collate "C" not null,
  people bigint,
  illustrative boolean not null default false,
  constraint visit_visitor_visit_khoroo_vintage_khoroo_code_unique primary key (visit, khoroo_vintage, khoroo_code),
  constraint visit_visitor_visit_exists foreign key (visit) references hlp.visit (id) deferrable initially deferred,
  constraint visit_visitor_khoroo_vintage_khoroo_code_exists foreign key (khoroo_vintage, khoroo_code) references hlp.khoroo (vintage, code) deferrable initially deferred,
  constraint visit_visitor_people_positive check (people > 0)
);
comment on table hlp.visit_visitor is 'Khoroos that came to a visit';
comment on column hlp.visit_visitor.visit is 'The visit';
comment on column hlp.visit_visitor.khoroo_vintage is 'Vintage of the visiting khoroo';
comment on column hlp.visit_visitor.khoroo_code is 'Code of the visiting khoroo';
comment on column hlp.visit_visitor.people is 'How many came from it';
comment on column hlp.visit_visitor.illustrative is 'True for invented data, which must never be shown as real';
create index visit_visitor_by_khoroo_vintage_khoroo_code on hlp.visit_visitor (khoroo_vintage, khoroo_code);
create trigger before_change before insert or update or delete or truncate on hlp.visit_visitor
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.visit_visitor referencing new table as new_rows
  for each statement execute function hlp.after_change('visit_visitor', 'r.visit || ''/'' || r.khoroo_vintage || '':'' || r.khoroo_code');
create trigger after_update after update on hlp.visit_visitor referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('visit_visitor', 'r.visit || ''/'' || r.khoroo_vintage || '':'' || r.khoroo_code');
create trigger after_delete after delete on hlp.visit_visitor referencing old table as old_rows
  for each statement execute function hlp.after_change('visit_visitor', 'r.visit || ''/'' || r.khoroo_vintage || '':'' || r.khoroo_code');
create trigger after_truncate after truncate on hlp.visit_visitor
  for each statement execute function hlp.after_change('visit_visitor', 'r.visit || ''/'' || r.khoroo_vintage || '':'' || r.khoroo_code');

create table hlp.visit_practice (
  visit text collate "C" not null,
  practice text collate "C" not null,
  illustrative boolean not null default false,
  constraint visit_practice_visit_practice_unique primary key (visit, practice),
  constraint visit_practice_visit_exists foreign key (visit) references hlp.visit (id) deferrable initially deferred,
  constraint visit_practice_practice_exists foreign key (practice) references hlp.practice (id) deferrable initially deferred
);
comment on table hlp.visit_practice is 'Practices shown on a visit';
comment on column hlp.visit_practice.visit is 'The visit';
comment on column hlp.visit_practice.practice is 'The practice';
comment on column hlp.visit_practice.illustrative is 'True for invented data, which must never be shown as real';
create index visit_practice_by_practice on hlp.visit_practice (practice);
create trigger before_change before insert or update or delete or truncate on hlp.visit_practice
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.visit_practice referencing new table as new_rows
  for each statement execute function hlp.after_change('visit_practice', 'r.visit || ''/'' || r.practice');
create trigger after_update after update on hlp.visit_practice referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('visit_practice', 'r.visit || ''/'' || r.practice');
create trigger after_delete after delete on hlp.visit_practice referencing old table as old_rows
  for each statement execute function hlp.after_change('visit_practice', 'r.visit || ''/'' || r.practice');
create trigger after_truncate after truncate on hlp.visit_practice
  for each statement execute function hlp.after_change('visit_practice', 'r.visit || ''/'' || r.practice');

create table hlp.vote (
  khoroo_vintage text collate "C" not null,
  khoroo_code text collate "C" not null,
  practice text collate "C" not null,
  cycle text collate "C" not null,
  rank bigint,
  votes bigint,
  voters bigint,
  citizens_involved boolean,
  decided_on date not null,
  decision text not null,
  planned_year smallint,
  mode text,
  cost bigint,
  invited bigint,
  attended bigint,
  illustrative boolean not null default false,
  constraint vote_khoroo_vintage_khoroo_code_practice_cycle_unique primary key (khoroo_vintage, khoroo_code, practice, cycle),
  constraint vote_practice_exists foreign key (practice) references hlp.practice (id) deferrable initially deferred,
  constraint vote_cycle_exists foreign key (cycle) references hlp.cycle (id) deferrable initially deferred,
  constraint vote_khoroo_vintage_khoroo_code_exists foreign key (khoroo_vintage, khoroo_code) references hlp.khoroo (vintage, code) deferrable initially deferred,
  constraint vote_rank_positive check (rank > 0),
  constraint vote_votes_not_negative check (votes >= 0),
  constraint vote_votes_within_voters check (votes <= voters),
  constraint vote_voters_not_negative check (voters >= 0),
  constraint vote_decision_known check (decision in ('replicate', 'later', 'no')),
  constraint vote_planned_year_plausible check (planned_year between 1900 and 2200),
  constraint vote_mode_known check (mode in ('face_to_face', 'virtual', 'hybrid')),
  constraint vote_cost_not_negative check (cost >= 0),
  constraint vote_invited_not_negative check (invited >= 0),
  constraint vote_attended_not_negative check (attended >= 0),
  constraint vote_attended_within_invited check (attended <= invited)
);
comment on table hlp.vote is 'How khoroos rank practices for replication';
comment on column hlp.vote.khoroo_vintage is 'Vintage of the khoroo that decides';
comment on column hlp.vote.khoroo_code is 'Code of the khoroo that decides';
comment on column hlp.vote.practice is 'The practice';
comment on column hlp.vote.cycle is 'The cycle it belongs to';
comment on column hlp.vote.rank is 'From 1, the first choice';
comment on column hlp.vote.votes is 'Votes for the practice';
comment on column hlp.vote.voters is 'People who voted';
comment on column hlp.vote.citizens_involved is 'True when residents took part; null when unknown';
comment on column hlp.vote.decided_on is 'The day';
comment on column hlp.vote.decision is 'replicate, later or no';
comment on column hlp.vote.planned_year is 'Year whose budget the copy is planned for';
comment on column hlp.vote.mode is 'face_to_face, virtual or hybrid';
comment on column hlp.vote.cost is 'Cost in whole ₮; null when unknown';
comment on column hlp.vote.invited is 'People asked to come';
comment on column hlp.vote.attended is 'People who came';
comment on column hlp.vote.illustrative is 'True for invented data, which must never be shown as real';
create index vote_by_practice on hlp.vote (practice);
create index vote_by_cycle on hlp.vote (cycle);
create trigger before_change before insert or update or delete or truncate on hlp.vote
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.vote referencing new table as new_rows
  for each statement execute function hlp.after_change('vote', 'r.khoroo_vintage || '':'' || r.khoroo_code || ''/'' || r.practice || ''/'' || r.cycle');
create trigger after_update after update on hlp.vote referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('vote', 'r.khoroo_vintage || '':'' || r.khoroo_code || ''/'' || r.practice || ''/'' || r.cycle');
create trigger after_delete after delete on hlp.vote referencing old table as old_rows
  for each statement execute function hlp.after_change('vote', 'r.khoroo_vintage || '':'' || r.khoroo_code || ''/'' || r.practice || ''/'' || r.cycle');
create trigger after_truncate after truncate on hlp.vote
  for each statement execute function hlp.after_change('vote', 'r.khoroo_vintage || '':'' || r.khoroo_code || ''/'' || r.practice || ''/'' || r.cycle');

create table hlp.replication_status_change (
  replication text collate "C" not null,
  changed_on date not null,
  status text collate "C" not null,
  illustrative boolean not null default false,
  constraint replication_status_change_replication_changed_on_status_unique primary key (replication, changed_on, status),
  constraint replication_status_change_replication_exists foreign key (replication) references hlp.replication (id) deferrable initially deferred,
  constraint replication_status_change_status_exists foreign key (status) references hlp.replication_status (code) deferrable initially deferred
);
comment on table hlp.replication_status_change is 'Days on which replications took a status';
comment on column hlp.replication_status_change.replication is 'The replication';
comment on column hlp.replication_status_change.changed_on is 'The day';
comment on column hlp.replication_status_change.status is 'The status from that day on';
comment on column hlp.replication_status_change.illustrative is 'True for invented data, which must never be shown as real';
create index replication_status_change_by_status on hlp.replication_status_change (status);
create trigger before_change before insert or update or delete or truncate on hlp.replication_status_change
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.replication_status_change referencing new table as new_rows
  for each statement execute function hlp.after_change('replication_status_change', 'r.replication || ''/'' || to_char(r.changed_on, ''YYYY-MM-DD'') || ''/'' || r.status');
create trigger after_update after update on hlp.replication_status_change referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('replication_status_change', 'r.replication || ''/'' || to_char(r.changed_on, ''YYYY-MM-DD'') || ''/'' || r.status');
create trigger after_delete after delete on hlp.replication_status_change referencing old table as old_rows
  for each statement execute function hlp.after_change('replication_status_change', 'r.replication || ''/'' || to_char(r.changed_on, ''YYYY-MM-DD'') || ''/'' || r.status');
create trigger after_truncate after truncate on hlp.replication_status_change
  for each statement execute function hlp.after_change('replication_status_change', 'r.replication || ''/'' || to_char(r.changed_on, ''YYYY-MM-DD'') || ''/'' || r.status');

create table hlp.budget_line (
  replication text collate "C" not null,
  position integer not null,
  source text collate "C" not null,
  amount bigint not null,
  fiscal_year smallint not null,
  illustrative boolean not null default false,
  constraint budget_line_replication_position_unique primary key (replication, position),
  constraint budget_line_replication_exists foreign key (replication) references hlp.replication (id) deferrable initially deferred,
  constraint budget_line_source_exists foreign key (source) references hlp.funding_source (code) deferrable initially deferred,
  constraint budget_line_position_positive check (position > 0),
  constraint budget_line_amount_positive check (amount > 0),
  constraint budget_line_fiscal_year_plausible check (fiscal_year between 1900 and 2200)
);
comment on table hlp.budget_line is 'Money set aside for replications, by source';
comment on column hlp.budget_line.replication is 'The replication';
comment on column hlp.budget_line.position is 'From 1, within the replication';
comment on column hlp.budget_line.source is 'Who pays';
comment on column hlp.budget_line.amount is 'Amount in whole ₮';
comment on column hlp.budget_line.fiscal_year is 'Year of the budget';
comment on column hlp.budget_line.illustrative is 'True for invented data, which must never be shown as real';
create index budget_line_by_source on hlp.budget_line (source);
create trigger before_change before insert or update or delete or truncate on hlp.budget_line
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.budget_line referencing new table as new_rows
  for each statement execute function hlp.after_change('budget_line', 'r.replication || ''/'' || r.position');
create trigger after_update after update on hlp.budget_line referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('budget_line', 'r.replication || ''/'' || r.position');
create trigger after_delete after delete on hlp.budget_line referencing old table as old_rows
  for each statement execute function hlp.after_change('budget_line', 'r.replication || ''/'' || r.position');
create trigger after_truncate after truncate on hlp.budget_line
  for each statement execute function hlp.after_change('budget_line', 'r.replication || ''/'' || r.position');

create table hlp.review (
  id text collate "C" not null,
  replication text collate "C" not null,
  reviewed_on date not null,
  mode text,
  rating text collate "C" not null,
  comment text,
  follow_up_by date,
  trainer text collate "C",
  illustrative boolean not null default false,
  constraint review_id_unique primary key (id),
  constraint review_replication_exists foreign key (replication) references hlp.replication (id) deferrable initially deferred,
  constraint review_rating_exists foreign key (rating) references hlp.rating (code) deferrable initially deferred,
  constraint review_trainer_exists foreign key (trainer) references hlp.trainer (id) deferrable initially deferred,
  constraint review_id_not_blank check (btrim(id) <> ''),
  constraint review_mode_known check (mode in ('face_to_face', 'virtual', 'hybrid'))
);
comment on table hlp.review is 'Peers'' verdicts on completed replications';
comment on column hlp.review.id is 'Name of the row';
comment on column hlp.review.replication is 'The replication';
comment on column hlp.review.reviewed_on is 'The day';
comment on column hlp.review.mode is 'face_to_face, virtual or hybrid';
comment on column hlp.review.rating is 'The verdict';
comment on column hlp.review.comment is 'Why, in words';
comment on column hlp.review.follow_up_by is 'When somebody looks again';
comment on column hlp.review.trainer is 'The trainer who led it';
comment on column hlp.review.illustrative is 'True for invented data, which must never be shown as real';
create index review_by_replication on hlp.review (replication);
create index review_by_rating on hlp.review (rating);
create index review_by_trainer on hlp.review (trainer);
create trigger before_change before insert or update or delete or truncate on hlp.review
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.review referencing new table as new_rows
  for each statement execute function hlp.after_change('review', 'r.id');
create trigger after_update after update on hlp.review referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('review', 'r.id');
create trigger after_delete after delete on hlp.review referencing old table as old_rows
  for each statement execute function hlp.after_change('review', 'r.id');
create trigger after_truncate after truncate on hlp.review
  for each statement execute function hlp.after_change('review', 'r.id');

create table hlp.review_reviewer (
  review text collate "C" not null,
  khoroo_vintage text collate "C" not null,
  khoroo_code text collate "C" not null,
  illustrative boolean not null default false,
  constraint review_reviewer_review_khoroo_vintage_khoroo_code_unique primary key (review, khoroo_vintage, khoroo_code),
  constraint review_reviewer_review_exists foreign key (review) references hlp.review (id) deferrable initially deferred,
  constraint review_reviewer_khoroo_vintage_khoroo_code_exists foreign key (khoroo_vintage, khoroo_code) references hlp.khoroo (vintage, code) deferrable initially deferred
);
comment on table hlp.review_reviewer is 'Khoroos that reviewed';
comment on column hlp.review_reviewer.review is 'The review';
comment on column hlp.review_reviewer.khoroo_vintage is 'Vintage of the reviewing khoroo';
comment on column hlp.review_reviewer.khoroo_code is 'Code of the reviewing khoroo';
comment on column hlp.review_reviewer.illustrative is 'True for invented data, which must never be shown as real';
create index review_reviewer_by_khoroo_vintage_khoroo_code on hlp.review_reviewer (khoroo_vintage, khoroo_code);
create trigger before_change before insert or update or delete or truncate on hlp.review_reviewer
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.review_reviewer referencing new table as new_rows
  for each statement execute function hlp.after_change('review_reviewer', 'r.review || ''/'' || r.khoroo_vintage || '':'' || r.khoroo_code');
create trigger after_update after update on hlp.review_reviewer referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('review_reviewer', 'r.review || ''/'' || r.khoroo_vintage || '':'' || r.khoroo_code');
create trigger after_delete after delete on hlp.review_reviewer referencing old table as old_rows
  for each statement execute function hlp.after_change('review_reviewer', 'r.review || ''/'' || r.khoroo_vintage || '':'' || r.khoroo_code');
create trigger after_truncate after truncate on hlp.review_reviewer
  for each statement execute function hlp.after_change('review_reviewer', 'r.review || ''/'' || r.khoroo_vintage || '':'' || r.khoroo_code');

create table hlp.training (
  id text collate "C" not null,
  org text not null,
  title_mn text not null,
  title_en text,
  topic text,
  held_on date not null,
  form text not null,
  target_group text,
  participants_f bigint,
  participants_m bigint,
  participants_unknown bigint,
  pre_score_pct double precision,
  post_score_pct double precision,
  n_pre bigint,
  n_post bigint,
  satisfaction_pct double precision,
  n_survey bigint,
  cost bigint,
  illustrative boolean not null default false,
  constraint training_id_unique primary key (id),
  constraint training_id_not_blank check (btrim(id) <> ''),
  constraint training_title_mn_not_blank check (btrim(title_mn) <> ''),
  constraint training_form_known check (form in ('online', 'classroom', 'hybrid')),
  constraint training_participants_f_not_negative check (participants_f >= 0),
  constraint training_participants_m_not_negative check (participants_m >= 0),
  constraint training_participants_unknown_not_negative check (participants_unknown >= 0),
  constraint training_pre_score_pct_in_range check (pre_score_pct between 0 and 100),
  constraint training_post_score_pct_in_range check (post_score_pct between 0 and 100),
  constraint training_n_pre_not_negative check (n_pre >= 0),
  constraint training_n_post_not_negative check (n_post >= 0),
  constraint training_satisfaction_pct_in_range check (satisfaction_pct between 0 and 100),
  constraint training_n_survey_not_negative check (n_survey >= 0),
  constraint training_cost_not_negative check (cost >= 0)
);
comment on table hlp.training is 'Trainings of any organisation; no person is named';
comment on column hlp.training.id is 'Name of the row';
comment on column hlp.training.org is 'Organisation that trains';
comment on column hlp.training.title_mn is 'Title in Mongolian';
comment on column hlp.training.title_en is 'Title in English';
comment on column hlp.training.topic is 'What it is about';
comment on column hlp.training.held_on is 'First day';
comment on column hlp.training.form is 'online, classroom or hybrid';
comment on column hlp.training.target_group is 'Whom it is for';
comment on column hlp.training.participants_f is 'Women who took part';
comment on column hlp.training.participants_m is 'Men who took part';
comment on column hlp.training.participants_unknown is 'People who took part and of whom only their number is known';
comment on column hlp.training.pre_score_pct is 'Mean score before, 0 to 100';
comment on column hlp.training.post_score_pct is 'Mean score after, 0 to 100';
comment on column hlp.training.n_pre is 'People behind the score before';
comment on column hlp.training.n_post is 'People behind the score after';
comment on column hlp.training.satisfaction_pct is 'Satisfied people, 0 to 100';
comment on column hlp.training.n_survey is 'People who answered about satisfaction';
comment on column hlp.training.cost is 'Cost in whole ₮; null when unknown';
comment on column hlp.training.illustrative is 'True for invented data, which must never be shown as real';
create trigger before_change before insert or update or delete or truncate on hlp.training
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.training referencing new table as new_rows
  for each statement execute function hlp.after_change('training', 'r.id');
create trigger after_update after update on hlp.training referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('training', 'r.id');
create trigger after_delete after delete on hlp.training referencing old table as old_rows
  for each statement execute function hlp.after_change('training', 'r.id');
create trigger after_truncate after truncate on hlp.training
  for each statement execute function hlp.after_change('training', 'r.id');

create table hlp.need (
  id text collate "C" not null,
  khoroo_vintage text collate "C" not null,
  khoroo_code text collate "C" not null,
  theme text collate "C" not null,
  text text,
  urgency smallint,
  since date not null,
  status text not null,
  illustrative boolean not null default false,
  constraint need_id_unique primary key (id),
  constraint need_theme_exists foreign key (theme) references hlp.theme (code) deferrable initially deferred,
  constraint need_khoroo_vintage_khoroo_code_exists foreign key (khoroo_vintage, khoroo_code) references hlp.khoroo (vintage, code) deferrable initially deferred,
  constraint need_id_not_blank check (btrim(id) <> ''),
  constraint need_urgency_in_range check (urgency between 1 and 3),
  constraint need_status_known check (status in ('open', 'matched', 'met', 'withdrawn'))
);
comment on table hlp.need is 'What khoroos want to learn';
comment on column hlp.need.id is 'Name of the row';
comment on column hlp.need.khoroo_vintage is 'Vintage of the khoroo that wants to learn';
comment on column hlp.need.khoroo_code is 'Code of the khoroo that wants to learn';
comment on column hlp.need.theme is 'The subject';
comment on column hlp.need.text is 'What exactly';
comment on column hlp.need.urgency is '1, can wait, to 3, cannot';
comment on column hlp.need.since is 'First day';
comment on column hlp.need.status is 'open, matched, met or withdrawn';
comment on column hlp.need.illustrative is 'True for invented data, which must never be shown as real';
create index need_by_theme on hlp.need (theme);
create index need_by_khoroo_vintage_khoroo_code on hlp.need (khoroo_vintage, khoroo_code);
create trigger before_change before insert or update or delete or truncate on hlp.need
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.need referencing new table as new_rows
  for each statement execute function hlp.after_change('need', 'r.id');
create trigger after_update after update on hlp.need referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('need', 'r.id');
create trigger after_delete after delete on hlp.need referencing old table as old_rows
  for each statement execute function hlp.after_change('need', 'r.id');
create trigger after_truncate after truncate on hlp.need
  for each statement execute function hlp.after_change('need', 'r.id');

create table hlp.offer (
  id text collate "C" not null,
  khoroo_vintage text collate "C" not null,
  khoroo_code text collate "C" not null,
  practice text collate "C" not null,
  capacity_per_quarter bigint not null,
  mode text,
  max_group bigint,
  status text not null,
  illustrative boolean not null default false,
  constraint offer_id_unique primary key (id),
  constraint offer_practice_exists foreign key (practice) references hlp.practice (id) deferrable initially deferred,
  constraint offer_khoroo_vintage_khoroo_code_exists foreign key (khoroo_vintage, khoroo_code) references hlp.khoroo (vintage, code) deferrable initially deferred,
  constraint offer_id_not_blank check (btrim(id) <> ''),
  constraint offer_capacity_per_quarter_not_negative check (capacity_per_quarter >= 0),
  constraint offer_mode_known check (mode in ('face_to_face', 'virtual', 'hybrid')),
  constraint offer_max_group_positive check (max_group > 0),
  constraint offer_status_known check (status in ('open', 'paused'))
);
comment on table hlp.offer is 'Practices that their khoroos are ready to show';
comment on column hlp.offer.id is 'Name of the row';
comment on column hlp.offer.khoroo_vintage is 'Vintage of the khoroo that offers';
comment on column hlp.offer.khoroo_code is 'Code of the khoroo that offers';
comment on column hlp.offer.practice is 'The practice';
comment on column hlp.offer.capacity_per_quarter is 'Visits it can take in a quarter';
comment on column hlp.offer.mode is 'face_to_face, virtual or hybrid; null where any will do';
comment on column hlp.offer.max_group is 'Largest group';
comment on column hlp.offer.status is 'open or paused';
comment on column hlp.offer.illustrative is 'True for invented data, which must never be shown as real';
create index offer_by_practice on hlp.offer (practice);
create index offer_by_khoroo_vintage_khoroo_code on hlp.offer (khoroo_vintage, khoroo_code);
create trigger before_change before insert or update or delete or truncate on hlp.offer
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.offer referencing new table as new_rows
  for each statement execute function hlp.after_change('offer', 'r.id');
create trigger after_update after update on hlp.offer referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('offer', 'r.id');
create trigger after_delete after delete on hlp.offer referencing old table as old_rows
  for each statement execute function hlp.after_change('offer', 'r.id');
create trigger after_truncate after truncate on hlp.offer
  for each statement execute function hlp.after_change('offer', 'r.id');

create table hlp.khoroo_fact (
  khoroo_vintage text collate "C" not null,
  khoroo_code text collate "C" not null,
  year smallint not null,
  population bigint,
  households bigint,
  setting text collate "C",
  office_address text,
  phone text,
  opening_hours text,
  source text not null,
  illustrative boolean not null default false,
  office geometry(Point, 4326),
  constraint khoroo_fact_khoroo_vintage_khoroo_code_year_unique primary key (khoroo_vintage, khoroo_code, year),
  constraint khoroo_fact_setting_exists foreign key (setting) references hlp.setting (code) deferrable initially deferred,
  constraint khoroo_fact_khoroo_vintage_khoroo_code_exists foreign key (khoroo_vintage, khoroo_code) references hlp.khoroo (vintage, code) deferrable initially deferred,
  constraint khoroo_fact_year_plausible check (year between 1900 and 2200),
  constraint khoroo_fact_population_not_negative check (population >= 0),
  constraint khoroo_fact_households_not_negative check (households >= 0)
);
comment on table hlp.khoroo_fact is 'What was known of khoroos in a year';
comment on column hlp.khoroo_fact.khoroo_vintage is 'Vintage of the khoroo';
comment on column hlp.khoroo_fact.khoroo_code is 'Code of the khoroo';
comment on column hlp.khoroo_fact.year is 'The year';
comment on column hlp.khoroo_fact.population is 'Residents; null when unknown';
comment on column hlp.khoroo_fact.households is 'Households; null when unknown';
comment on column hlp.khoroo_fact.setting is 'How people live there';
comment on column hlp.khoroo_fact.office_address is 'Address of the office';
comment on column hlp.khoroo_fact.phone is 'Telephone of the office, made public by the khoroo';
comment on column hlp.khoroo_fact.opening_hours is 'When the office is open';
comment on column hlp.khoroo_fact.source is 'Where the facts come from, in words';
comment on column hlp.khoroo_fact.illustrative is 'True for invented data, which must never be shown as real';
comment on column hlp.khoroo_fact.office is 'Where the office is';
create index khoroo_fact_by_setting on hlp.khoroo_fact (setting);
create index khoroo_fact_office_box on hlp.khoroo_fact using gist (office);
create trigger before_change before insert or update or delete or truncate on hlp.khoroo_fact
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.khoroo_fact referencing new table as new_rows
  for each statement execute function hlp.after_change('khoroo_fact', 'r.khoroo_vintage || '':'' || r.khoroo_code || ''/'' || r.year');
create trigger after_update after update on hlp.khoroo_fact referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('khoroo_fact', 'r.khoroo_vintage || '':'' || r.khoroo_code || ''/'' || r.year');
create trigger after_delete after delete on hlp.khoroo_fact referencing old table as old_rows
  for each statement execute function hlp.after_change('khoroo_fact', 'r.khoroo_vintage || '':'' || r.khoroo_code || ''/'' || r.year');
create trigger after_truncate after truncate on hlp.khoroo_fact
  for each statement execute function hlp.after_change('khoroo_fact', 'r.khoroo_vintage || '':'' || r.khoroo_code || ''/'' || r.year');

create table hlp.travel_time (
  from_vintage text collate "C" not null,
  from_code text collate "C" not null,
  to_vintage text collate "C" not null,
  to_code text collate "C" not null,
  minutes bigint not null,
  source text not null,
  illustrative boolean not null default false,
  constraint travel_time_from_vintage_from_code_to_vintage_to_code_unique primary key (from_vintage, from_code, to_vintage, to_code),
  constraint travel_time_from_vintage_from_code_exists foreign key (from_vintage, from_code) references hlp.khoroo (vintage, code) deferrable initially deferred,
  constraint travel_time_to_vintage_to_code_exists foreign key (to_vintage, to_code) references hlp.khoroo (vintage, code) deferrable initially deferred,
  constraint travel_time_minutes_not_negative check (minutes >= 0)
);
comment on table hlp.travel_time is 'How long the way from one khoroo''s office to another''s takes';
comment on column hlp.travel_time.from_vintage is 'Vintage of the khoroo of departure';
comment on column hlp.travel_time.from_code is 'Code of the khoroo of departure';
comment on column hlp.travel_time.to_vintage is 'Vintage of the khoroo of arrival';
comment on column hlp.travel_time.to_code is 'Code of the khoroo of arrival';
comment on column hlp.travel_time.minutes is 'Minutes, one way';
comment on column hlp.travel_time.source is 'How the time was found, in words';
comment on column hlp.travel_time.illustrative is 'True for invented data, which must never be shown as real';
create index travel_time_by_to_vintage_to_code on hlp.travel_time (to_vintage, to_code);
create trigger before_change before insert or update or delete or truncate on hlp.travel_time
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.travel_time referencing new table as new_rows
  for each statement execute function hlp.after_change('travel_time', 'r.from_vintage || '':'' || r.from_code || ''/'' || r.to_vintage || '':'' || r.to_code');
create trigger after_update after update on hlp.travel_time referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('travel_time', 'r.from_vintage || '':'' || r.from_code || ''/'' || r.to_vintage || '':'' || r.to_code');
create trigger after_delete after delete on hlp.travel_time referencing old table as old_rows
  for each statement execute function hlp.after_change('travel_time', 'r.from_vintage || '':'' || r.from_code || ''/'' || r.to_vintage || '':'' || r.to_code');
create trigger after_truncate after truncate on hlp.travel_time
  for each statement execute function hlp.after_change('travel_time', 'r.from_vintage || '':'' || r.from_code || ''/'' || r.to_vintage || '':'' || r.to_code');

do $$
begin
  if exists (select from pg_roles where rolname = 'hlp_read') then
    grant select on hlp.setting, hlp.funding_source, hlp.rating, hlp.trainer, hlp.practice_status_change,
      hlp.identification_stage, hlp.workshop, hlp.workshop_practice, hlp.visit,
      hlp.visit_visitor, hlp.visit_practice, hlp.vote, hlp.replication_status_change,
      hlp.budget_line, hlp.review, hlp.review_reviewer, hlp.training, hlp.need, hlp.offer,
      hlp.khoroo_fact, hlp.travel_time to hlp_read;
  end if;
  if exists (select from pg_roles where rolname = 'hlp_write') then
    grant select, insert, update, delete on hlp.setting, hlp.funding_source, hlp.rating, hlp.trainer, hlp.practice_status_change,
      hlp.identification_stage, hlp.workshop, hlp.workshop_practice, hlp.visit,
      hlp.visit_visitor, hlp.visit_practice, hlp.vote, hlp.replication_status_change,
      hlp.budget_line, hlp.review, hlp.review_reviewer, hlp.training, hlp.need, hlp.offer,
      hlp.khoroo_fact, hlp.travel_time to hlp_write;
  end if;
end
$$;
