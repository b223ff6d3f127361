-- Records of all six steps, with the lists that people may extend, trainings, needs and offers, facts of
-- khoroos and travel times.
--
-- A record keeps its present state in its row; the days on which it took a status stand in tables of
-- their own. Money is whole ₮; null is unknown, never 0. Rules within a row are here, rules between rows
-- are the service's, and `hlp check` lists what breaks them.

create table setting (
  fid integer primary key autoincrement not null,
  code text not null,
  name_mn text not null,
  name_en text not null,
  position integer not null,
  active boolean not null default 1,
  unique (code),
  constraint setting_code_not_blank check (trim(code) <> '')
);
create trigger setting_inserted after insert on setting begin
  insert into change (table_name, key) values ('setting', new.code);
end;
create trigger setting_updated after update on setting begin
  insert into change (table_name, key) values ('setting', new.code);
  insert into change (table_name, key) select 'setting', old.code where old.code <> new.code;
end;
create trigger setting_deleted after delete on setting begin
  insert into change (table_name, key) values ('setting', old.code);
end;

create table funding_source (
  fid integer primary key autoincrement not null,
  code text not null,
  name_mn text not null,
  name_en text not null,
  position integer not null,
  direct boolean not null default 0,
  active boolean not null default 1,
  unique (code),
  constraint funding_source_code_not_blank check (trim(code) <> '')
);
create trigger funding_source_inserted after insert on funding_source begin
  insert into change (table_name, key) values ('funding_source', new.code);
end;
create trigger funding_source_updated after update on funding_source begin
  insert into change (table_name, key) values ('funding_source', new.code);
  insert into change (table_name, key) select 'funding_source', old.code where old.code <> new.code;
end;
create trigger funding_source_deleted after delete on funding_source begin
  insert into change (table_name, key) values ('funding_source', old.code);
end;

create table rating (
  fid integer primary key autoincrement not null,
  code text not null,
  name_mn text not null,
  name_en text not null,
  position integer not null,
  active boolean not null default 1,
  unique (code),
  constraint rating_code_not_blank check (trim(code) <> '')
);
create trigger rating_inserted after insert on rating begin
  insert into change (table_name, key) values ('rating', new.code);
end;
create trigger rating_updated after update on rating begin
  insert into change (table_name, key) values ('rating', new.code);
  insert into change (table_name, key) select 'rating', old.code where old.code <> new.code;
end;
create trigger rating_deleted after delete on rating begin
  insert into change (table_name, key) values ('rating', old.code);
end;

alter table practice add column started_on date
  constraint practice_started_on_is_date check (started_on is null or date(started_on) is started_on);
alter table practice add column problem_mn text;
alter table practice add column problem_en text;
alter table practice add column what_we_did_mn text;
alter table practice add column what_we_did_en text;
alter table practice add column result_mn text;
alter table practice add column result_en text;
alter table practice add column setting text references setting (code) deferrable initially deferred;
alter table practice add column cost_setup integer
  constraint practice_cost_setup_not_negative check (cost_setup is null or cost_setup >= 0);
alter table practice add column cost_year integer
  constraint practice_cost_year_not_negative check (cost_year is null or cost_year >= 0);
alter table practice add column people_served integer
  constraint practice_people_served_not_negative check (people_served is null or people_served >= 0);
alter table practice add column replicability text
  constraint practice_replicability_known check (replicability is null or replicability in ('easy', 'medium', 'hard'));
alter table practice add column maturity text
  constraint practice_maturity_known check (maturity is null or maturity in ('promising', 'demonstrated', 'replicated'));
alter table practice add column last_confirmed_on date
  constraint practice_last_confirmed_on_is_date check (last_confirmed_on is null or date(last_confirmed_on) is last_confirmed_on);
create index practice_by_setting on practice (setting);

alter table identification add column mode text
  constraint identification_mode_known check (mode is null or mode in ('face_to_face', 'virtual', 'hybrid'));
alter table identification add column cost integer
  constraint identification_cost_not_negative check (cost is null or cost >= 0);
alter table identification add column invited integer
  constraint identification_invited_not_negative check (invited is null or invited >= 0);
alter table identification add column attended integer
  constraint identification_attended_not_negative check (attended is null or attended >= 0)
  constraint identification_attended_within_invited check (attended <= invited);

alter table replication add column learning_route text
  constraint replication_learning_route_known check (learning_route is null or learning_route in ('visit', 'workshop', 'online', 'tracker_only', 'other'));
alter table replication add column adaptations text;
alter table replication add column people_served integer
  constraint replication_people_served_not_negative check (people_served is null or people_served >= 0);

create table trainer (
  fid integer primary key autoincrement not null,
  id text not null,
  org text not null,
  tot_year integer,
  languages text,
  active boolean not null default 1,
  illustrative boolean not null default 0,
  unique (id),
  constraint trainer_id_not_blank check (trim(id) <> ''),
  constraint trainer_tot_year_plausible check (tot_year is null or tot_year between 1900 and 2200)
);
create trigger trainer_inserted after insert on trainer begin
  insert into change (table_name, key) values ('trainer', new.id);
end;
create trigger trainer_updated after update on trainer begin
  insert into change (table_name, key) values ('trainer', new.id);
  insert into change (table_name, key) select 'trainer', old.id where old.id <> new.id;
end;
create trigger trainer_deleted after delete on trainer begin
  insert into change (table_name, key) values ('trainer', old.id);
end;

create table practice_status_change (
  fid integer primary key autoincrement not null,
  practice text not null references practice (id) deferrable initially deferred,
  changed_on date not null,
  status text not null,
  illustrative boolean not null default 0,
  unique (practice, changed_on, status),
  constraint practice_status_change_changed_on_is_date check (date(changed_on) is changed_on),
  constraint practice_status_change_status_known check (status in ('draft', 'submitted', 'returned', 'identified', 'shared', 'archived'))
);
create trigger practice_status_change_inserted after insert on practice_status_change begin
  insert into change (table_name, key) values ('practice_status_change', new.practice || '/' || new.changed_on || '/' || new.status);
end;
create trigger practice_status_change_updated after update on practice_status_change begin
  insert into change (table_name, key) values ('practice_status_change', new.practice || '/' || new.changed_on || '/' || new.status);
  insert into change (table_name, key) select 'practice_status_change', old.practice || '/' || old.changed_on || '/' || old.status where old.practice || '/' || old.changed_on || '/' || old.status <> new.practice || '/' || new.changed_on || '/' || new.status;
end;
create trigger practice_status_change_deleted after delete on practice_status_change begin
  insert into change (table_name, key) values ('practice_status_change', old.practice || '/' || old.changed_on || '/' || old.status);
end;

create table identification_stage (
  fid integer primary key autoincrement not null,
  practice text not null,
  cycle text not null,
  stage text not null,
  reached_on date not null,
  decision text not null,
  awarded boolean not null default 0,
  illustrative boolean not null default 0,
  unique (practice, cycle, stage),
  foreign key (practice, cycle) references identification (practice, cycle) deferrable initially deferred,
  constraint identification_stage_stage_known check (stage in ('khoroo', 'district', 'city')),
  constraint identification_stage_reached_on_is_date check (date(reached_on) is reached_on),
  constraint identification_stage_decision_known check (decision in ('pending', 'accepted', 'returned', 'rejected'))
);
create trigger identification_stage_inserted after insert on identification_stage begin
  insert into change (table_name, key) values ('identification_stage', new.practice || '/' || new.cycle || '/' || new.stage);
end;
create trigger identification_stage_updated after update on identification_stage begin
  insert into change (table_name, key) values ('identification_stage', new.practice || '/' || new.cycle || '/' || new.stage);
  insert into change (table_name, key) select 'identification_stage', old.practice || '/' || old.cycle || '/' || old.stage where old.practice || '/' || old.cycle || '/' || old.stage <> new.practice || '/' || new.cycle || '/' || new.stage;
end;
create trigger identification_stage_deleted after delete on identification_stage begin
  insert into change (table_name, key) values ('identification_stage', old.practice || '/' || old.cycle || '/' || old.stage);
end;

create table workshop (
  fid integer primary key autoincrement not null,
  id text not null,
  cycle text not null references cycle (id) deferrable initially deferred,
  scope text not null,
  district text references district (code) deferrable initially deferred,
  held_on date not null,
  mode text not null,
  venue text,
  cost integer,
  invited integer,
  attended_f integer,
  attended_m integer,
  attended_unknown integer,
  illustrative boolean not null default 0,
  unique (id),
  constraint workshop_id_not_blank check (trim(id) <> ''),
  constraint workshop_scope_known check (scope in ('district', 'multi_district', 'city')),
  constraint workshop_held_on_is_date check (date(held_on) is held_on),
  constraint workshop_mode_known check (mode in ('face_to_face', 'virtual', 'hybrid')),
  constraint workshop_cost_not_negative check (cost is null or cost >= 0),
  constraint workshop_invited_not_negative check (invited is null or invited >= 0),
  constraint workshop_attended_f_not_negative check (attended_f is null or attended_f >= 0),
  constraint workshop_attended_m_not_negative check (attended_m is null or attended_m >= 0),
  constraint workshop_attended_unknown_not_negative check (attended_unknown is null or attended_unknown >= 0),
  constraint workshop_attended_within_invited check (coalesce(attended_f, 0) + coalesce(attended_m, 0) + coalesce(attended_unknown, 0) <= invited)
);
create index workshop_by_cycle on workshop (cycle);
create index workshop_by_district on workshop (district);
create trigger workshop_inserted after insert on workshop begin
  insert into change (table_name, key) values ('workshop', new.id);
end;
create trigger workshop_updated after update on workshop begin
  insert into change (table_name, key) values ('workshop', new.id);
  insert into change (table_name, key) select 'workshop', old.id where old.id <> new.id;
end;
create trigger workshop_deleted after delete on workshop begin
  insert into change (table_name, key) values ('workshop', old.id);
end;

create table workshop_practice (
  fid integer primary key autoincrement not null,
  workshop text not null references workshop (id) deferrable initially deferred,
  practice text not null references practice (id) deferrable initially deferred,
  illustrative boolean not null default 0,
  unique (workshop, practice)
);
create index workshop_practice_by_practice on workshop_practice (practice);
create trigger workshop_practice_inserted after insert on workshop_practice begin
  insert into change (table_name, key) values ('workshop_practice', new.workshop || '/' || new.practice);
end;
create trigger workshop_practice_updated after update on workshop_practice begin
  insert into change (table_name, key) values ('workshop_practice', new.workshop || '/' || new.practice);
  insert into change (table_name, key) select 'workshop_practice', old.workshop || '/' || old.practice where old.workshop || '/' || old.practice <> new.workshop || '/' || new.practice;
end;
create trigger workshop_practice_deleted after delete on workshop_practice begin
  insert into change (table_name, key) values ('workshop_practice', old.workshop || '/' || old.practice);
end;

create table visit (
  fid integer primary key autoincrement not null,
  id text not null,
  cycle text not null references cycle (id) deferrable initially deferred,
  host_vintage text not null,
  host_code text not null,
  held_on date not null,
  mode text not null,
  status text not null,
  cost integer,
  travel_min integer,
  invited integer,
  attended integer,
  learning_points text,
  action_plan text,
  host_feedback integer,
  visitor_feedback integer,
  trainer text references trainer (id) deferrable initially deferred,
  illustrative boolean not null default 0,
  unique (id),
  foreign key (host_vintage, host_code) references khoroo (vintage, code) deferrable initially deferred,
  constraint visit_id_not_blank check (trim(id) <> ''),
  constraint visit_held_on_is_date check (date(held_on) is held_on),
  constraint visit_mode_known check (mode in ('face_to_face', 'virtual', 'hybrid')),
  constraint visit_status_known check (status in ('suggested', 'proposed', 'accepted', 'declined', 'held', 'cancelled')),
  constraint visit_cost_not_negative check (cost is null or cost >= 0),
  constraint visit_travel_min_not_negative check (travel_min is null or travel_min >= 0),
  constraint visit_invited_not_negative check (invited is null or invited >= 0),
  constraint visit_attended_not_negative check (attended is null or attended >= 0),
  constraint visit_attended_within_invited check (attended <= invited),
  constraint visit_host_feedback_in_range check (host_feedback is null or host_feedback between 1 and 5),
  constraint visit_visitor_feedback_in_range check (visitor_feedback is null or visitor_feedback between 1 and 5)
);
create index visit_by_cycle on visit (cycle);
create index visit_by_trainer on visit (trainer);
create index visit_by_host_vintage_host_code on visit (host_vintage, host_code);
create trigger visit_inserted after insert on visit begin
  insert into change (table_name, key) values ('visit', new.id);
end;
create trigger visit_updated after update on visit begin
  insert into change (table_name, key) values ('visit', new.id);
  insert into change (table_name, key) select 'visit', old.id where old.id <> new.id;
end;
create trigger visit_deleted after delete on visit begin
  insert into change (table_name, key) values ('visit', old.id);
end;

create table visit_visitor (
  fid integer primary key autoincrement not null,
  visit text not null references visit (id) deferrable initially deferred,
  khoroo_vintage text not null,
  khoroo_code text not null,
  people integer,
  illustrative boolean not null default 0,
  unique (visit, khoroo_vintage, khoroo_code),
  foreign key (khoroo_vintage, khoroo_code) references khoroo (vintage, code) deferrable initially deferred,
  constraint visit_visitor_people_positive check (people is null or people > 0)
);
create index visit_visitor_by_khoroo_vintage_khoroo_code on visit_visitor (khoroo_vintage, khoroo_code);
create trigger visit_visitor_inserted after insert on visit_visitor begin
  insert into change (table_name, key) values ('visit_visitor', new.visit || '/' || new.khoroo_vintage || ':' || new.khoroo_code);
end;
create trigger visit_visitor_updated after update on visit_visitor begin
  insert into change (table_name, key) values ('visit_visitor', new.visit || '/' || new.khoroo_vintage || ':' || new.khoroo_code);
  insert into change (table_name, key) select 'visit_visitor', old.visit || '/' || old.khoroo_vintage || ':' || old.khoroo_code where old.visit || '/' || old.khoroo_vintage || ':' || old.khoroo_code <> new.visit || '/' || new.khoroo_vintage || ':' || new.khoroo_code;
end;
create trigger visit_visitor_deleted after delete on visit_visitor begin
  insert into change (table_name, key) values ('visit_visitor', old.visit || '/' || old.khoroo_vintage || ':' || old.khoroo_code);
end;

create table visit_practice (
  fid integer primary key autoincrement not null,
  visit text not null references visit (id) deferrable initially deferred,
  practice text not null references practice (id) deferrable initially deferred,
  illustrative boolean not null default 0,
  unique (visit, practice)
);
create index visit_practice_by_practice on visit_practice (practice);
create trigger visit_practice_inserted after insert on visit_practice begin
  insert into change (table_name, key) values ('visit_practice', new.visit || '/' || new.practice);
end;
create trigger visit_practice_updated after update on visit_practice begin
  insert into change (table_name, key) values ('visit_practice', new.visit || '/' || new.practice);
  insert into change (table_name, key) select 'visit_practice', old.visit || '/' || old.practice where old.visit || '/' || old.practice <> new.visit || '/' || new.practice;
end;
create trigger visit_practice_deleted after delete on visit_practice begin
  insert into change (table_name, key) values ('visit_practice', old.visit || '/' || old.practice);
end;

create table vote (
  fid integer primary key autoincrement not null,
  khoroo_vintage text not null,
  khoroo_code text not null,
  practice text not null references practice (id) deferrable initially deferred,
  cycle text not null references cycle (id) deferrable initially deferred,
  rank integer,
  votes integer,
  voters integer,
  citizens_involved boolean,
  decided_on date not null,
  decision text not null,
  planned_year integer,
  mode text,
  cost integer,
  invited integer,
  attended integer,
  illustrative boolean not null default 0,
  unique (khoroo_vintage, khoroo_code, practice, cycle),
  foreign key (khoroo_vintage, khoroo_code) references khoroo (vintage, code) deferrable initially deferred,
  constraint vote_rank_positive check (rank is null or rank > 0),
  constraint vote_votes_not_negative check (votes is null or votes >= 0),
  constraint vote_votes_within_voters check (votes <= voters),
  constraint vote_voters_not_negative check (voters is null or voters >= 0),
  constraint vote_citizens_involved_is_flag check (citizens_involved is null or citizens_involved in (0, 1)),
  constraint vote_decided_on_is_date check (date(decided_on) is decided_on),
  constraint vote_decision_known check (decision in ('replicate', 'later', 'no')),
  constraint vote_planned_year_plausible check (planned_year is null or planned_year between 1900 and 2200),
  constraint vote_mode_known check (mode is null or mode in ('face_to_face', 'virtual', 'hybrid')),
  constraint vote_cost_not_negative check (cost is null or cost >= 0),
  constraint vote_invited_not_negative check (invited is null or invited >= 0),
  constraint vote_attended_not_negative check (attended is null or attended >= 0),
  constraint vote_attended_within_invited check (attended <= invited)
);
create index vote_by_practice on vote (practice);
create index vote_by_cycle on vote (cycle);
create trigger vote_inserted after insert on vote begin
  insert into change (table_name, key) values ('vote', new.khoroo_vintage || ':' || new.khoroo_code || '/' || new.practice || '/' || new.cycle);
end;
create trigger vote_updated after update on vote begin
  insert into change (table_name, key) values ('vote', new.khoroo_vintage || ':' || new.khoroo_code || '/' || new.practice || '/' || new.cycle);
  insert into change (table_name, key) select 'vote', old.khoroo_vintage || ':' || old.khoroo_code || '/' || old.practice || '/' || old.cycle where old.khoroo_vintage || ':' || old.khoroo_code || '/' || old.practice || '/' || old.cycle <> new.khoroo_vintage || ':' || new.khoroo_code || '/' || new.practice || '/' || new.cycle;
end;
create trigger vote_deleted after delete on vote begin
  insert into change (table_name, key) values ('vote', old.khoroo_vintage || ':' || old.khoroo_code || '/' || old.practice || '/' || old.cycle);
end;

create table replication_status_change (
  fid integer primary key autoincrement not null,
  replication text not null references replication (id) deferrable initially deferred,
  changed_on date not null,
  status text not null references replication_status (code) deferrable initially deferred,
  illustrative boolean not null default 0,
  unique (replication, changed_on, status),
  constraint replication_status_change_changed_on_is_date check (date(changed_on) is changed_on)
);
create index replication_status_change_by_status on replication_status_change (status);
create trigger replication_status_change_inserted after insert on replication_status_change begin
  insert into change (table_name, key) values ('replication_status_change', new.replication || '/' || new.changed_on || '/' || new.status);
end;
create trigger replication_status_change_updated after update on replication_status_change begin
  insert into change (table_name, key) values ('replication_status_change', new.replication || '/' || new.changed_on || '/' || new.status);
  insert into change (table_name, key) select 'replication_status_change', old.replication || '/' || old.changed_on || '/' || old.status where old.replication || '/' || old.changed_on || '/' || old.status <> new.replication || '/' || new.changed_on || '/' || new.status;
end;
create trigger replication_status_change_deleted after delete on replication_status_change begin
  insert into change (table_name, key) values ('replication_status_change', old.replication || '/' || old.changed_on || '/' || old.status);
end;

create table budget_line (
  fid integer primary key autoincrement not null,
  replication text not null references replication (id) deferrable initially deferred,
  position integer not null,
  source text not null references funding_source (code) deferrable initially deferred,
  amount integer not null,
  fiscal_year integer not null,
  illustrative boolean not null default 0,
  unique (replication, position),
  constraint budget_line_position_positive check (position > 0),
  constraint budget_line_amount_positive check (amount > 0),
  constraint budget_line_fiscal_year_plausible check (fiscal_year between 1900 and 2200)
);
create index budget_line_by_source on budget_line (source);
create trigger budget_line_inserted after insert on budget_line begin
  insert into change (table_name, key) values ('budget_line', new.replication || '/' || new.position);
end;
create trigger budget_line_updated after update on budget_line begin
  insert into change (table_name, key) values ('budget_line', new.replication || '/' || new.position);
  insert into change (table_name, key) select 'budget_line', old.replication || '/' || old.position where old.replication || '/' || old.position <> new.replication || '/' || new.position;
end;
create trigger budget_line_deleted after delete on budget_line begin
  insert into change (table_name, key) values ('budget_line', old.replication || '/' || old.position);
end;

create table review (
  fid integer primary key autoincrement not null,
  id text not null,
  replication text not null references replication (id) deferrable initially deferred,
  reviewed_on date not null,
  mode text,
  rating text not null references rating (code) deferrable initially deferred,
  comment text,
  follow_up_by date,
  trainer text references trainer (id) deferrable initially deferred,
  illustrative boolean not null default 0,
  unique (id),
  constraint review_id_not_blank check (trim(id) <> ''),
  constraint review_reviewed_on_is_date check (date(reviewed_on) is reviewed_on),
  constraint review_mode_known check (mode is null or mode in ('face_to_face', 'virtual', 'hybrid')),
  constraint review_follow_up_by_is_date check (follow_up_by is null or date(follow_up_by) is follow_up_by)
);
create index review_by_replication on review (replication);
create index review_by_rating on review (rating);
create index review_by_trainer on review (trainer);
create trigger review_inserted after insert on review begin
  insert into change (table_name, key) values ('review', new.id);
end;
create trigger review_updated after update on review begin
  insert into change (table_name, key) values ('review', new.id);
  insert into change (table_name, key) select 'review', old.id where old.id <> new.id;
end;
create trigger review_deleted after delete on review begin
  insert into change (table_name, key) values ('review', old.id);
end;

create table review_reviewer (
  fid integer primary key autoincrement not null,
  review text not null references review (id) deferrable initially deferred,
  khoroo_vintage text not null,
  khoroo_code text not null,
  illustrative boolean not null default 0,
  unique (review, khoroo_vintage, khoroo_code),
  foreign key (khoroo_vintage, khoroo_code) references khoroo (vintage, code) deferrable initially deferred
);
create index review_reviewer_by_khoroo_vintage_khoroo_code on review_reviewer (khoroo_vintage, khoroo_code);
create trigger review_reviewer_inserted after insert on review_reviewer begin
  insert into change (table_name, key) values ('review_reviewer', new.review || '/' || new.khoroo_vintage || ':' || new.khoroo_code);
end;
create trigger review_reviewer_updated after update on review_reviewer begin
  insert into change (table_name, key) values ('review_reviewer', new.review || '/' || new.khoroo_vintage || ':' || new.khoroo_code);
  insert into change (table_name, key) select 'review_reviewer', old.review || '/' || old.khoroo_vintage || ':' || old.khoroo_code where old.review || '/' || old.khoroo_vintage || ':' || old.khoroo_code <> new.review || '/' || new.khoroo_vintage || ':' || new.khoroo_code;
end;
create trigger review_reviewer_deleted after delete on review_reviewer begin
  insert into change (table_name, key) values ('review_reviewer', old.review || '/' || old.khoroo_vintage || ':' || old.khoroo_code);
end;

create table training (
  fid integer primary key autoincrement not null,
  id text not null,
  org text not null,
  title_mn text not null,
  title_en text,
  topic text,
  held_on date not null,
  form text not null,
  target_group text,
  participants_f integer,
  participants_m integer,
  participants_unknown integer,
  pre_score_pct real,
  post_score_pct real,
  n_pre integer,
  n_post integer,
  satisfaction_pct real,
  n_survey integer,
  cost integer,
  illustrative boolean not null default 0,
  unique (id),
  constraint training_id_not_blank check (trim(id) <> ''),
  constraint training_title_mn_not_blank check (trim(title_mn) <> ''),
  constraint training_held_on_is_date check (date(held_on) is held_on),
  constraint training_form_known check (form in ('online', 'classroom', 'hybrid')),
  constraint training_participants_f_not_negative check (participants_f is null or participants_f >= 0),
  constraint training_participants_m_not_negative check (participants_m is null or participants_m >= 0),
  constraint training_participants_unknown_not_negative check (participants_unknown is null or participants_unknown >= 0),
  constraint training_pre_score_pct_in_range check (pre_score_pct is null or pre_score_pct between 0 and 100),
  constraint training_post_score_pct_in_range check (post_score_pct is null or post_score_pct between 0 and 100),
  constraint training_n_pre_not_negative check (n_pre is null or n_pre >= 0),
  constraint training_n_post_not_negative check (n_post is null or n_post >= 0),
  constraint training_satisfaction_pct_in_range check (satisfaction_pct is null or satisfaction_pct between 0 and 100),
  constraint training_n_survey_not_negative check (n_survey is null or n_survey >= 0),
  constraint training_cost_not_negative check (cost is null or cost >= 0)
);
create trigger training_inserted after insert on training begin
  insert into change (table_name, key) values ('training', new.id);
end;
create trigger training_updated after update on training begin
  insert into change (table_name, key) values ('training', new.id);
  insert into change (table_name, key) select 'training', old.id where old.id <> new.id;
end;
create trigger training_deleted after delete on training begin
  insert into change (table_name, key) values ('training', old.id);
end;

create table need (
  fid integer primary key autoincrement not null,
  id text not null,
  khoroo_vintage text not null,
  khoroo_code text not null,
  theme text not null references theme (code) deferrable initially deferred,
  text text,
  urgency integer,
  since date not null,
  status text not null,
  illustrative boolean not null default 0,
  unique (id),
  foreign key (khoroo_vintage, khoroo_code) references khoroo (vintage, code) deferrable initially deferred,
  constraint need_id_not_blank check (trim(id) <> ''),
  constraint need_urgency_in_range check (urgency is null or urgency between 1 and 3),
  constraint need_since_is_date check (date(since) is since),
  constraint need_status_known check (status in ('open', 'matched', 'met', 'withdrawn'))
);
create index need_by_theme on need (theme);
create index need_by_khoroo_vintage_khoroo_code on need (khoroo_vintage, khoroo_code);
create trigger need_inserted after insert on need begin
  insert into change (table_name, key) values ('need', new.id);
end;
create trigger need_updated after update on need begin
  insert into change (table_name, key) values ('need', new.id);
  insert into change (table_name, key) select 'need', old.id where old.id <> new.id;
end;
create trigger need_deleted after delete on need begin
  insert into change (table_name, key) values ('need', old.id);
end;

create table offer (
  fid integer primary key autoincrement not null,
  id text not null,
  khoroo_vintage text not null,
  khoroo_code text not null,
  practice text not null references practice (id) deferrable initially deferred,
  capacity_per_quarter integer not null,
  mode text,
  max_group integer,
  status text not null,
  illustrative boolean not null default 0,
  unique (id),
  foreign key (khoroo_vintage, khoroo_code) references khoroo (vintage, code) deferrable initially deferred,
  constraint offer_id_not_blank check (trim(id) <> ''),
  constraint offer_capacity_per_quarter_not_negative check (capacity_per_quarter >= 0),
  constraint offer_mode_known check (mode is null or mode in ('face_to_face', 'virtual', 'hybrid')),
  constraint offer_max_group_positive check (max_group is null or max_group > 0),
  constraint offer_status_known check (status in ('open', 'paused'))
);
create index offer_by_practice on offer (practice);
create index offer_by_khoroo_vintage_khoroo_code on offer (khoroo_vintage, khoroo_code);
create trigger offer_inserted after insert on offer begin
  insert into change (table_name, key) values ('offer', new.id);
end;
create trigger offer_updated after update on offer begin
  insert into change (table_name, key) values ('offer', new.id);
  insert into change (table_name, key) select 'offer', old.id where old.id <> new.id;
end;
create trigger offer_deleted after delete on offer begin
  insert into change (table_name, key) values ('offer', old.id);
end;

create table khoroo_fact (
  fid integer primary key autoincrement not null,
  khoroo_vintage text not null,
  khoroo_code text not null,
  year integer not null,
  population integer,
  households integer,
  setting text references setting (code) deferrable initially deferred,
  office_address text,
  phone text,
  opening_hours text,
  source text not null,
  illustrative boolean not null default 0,
  office point,
  unique (khoroo_vintage, khoroo_code, year),
  foreign key (khoroo_vintage, khoroo_code) references khoroo (vintage, code) deferrable initially deferred,
  constraint khoroo_fact_year_plausible check (year between 1900 and 2200),
  constraint khoroo_fact_population_not_negative check (population is null or population >= 0),
  constraint khoroo_fact_households_not_negative check (households is null or households >= 0)
);
create index khoroo_fact_by_setting on khoroo_fact (setting);
create trigger khoroo_fact_inserted after insert on khoroo_fact begin
  insert into change (table_name, key) values ('khoroo_fact', new.khoroo_vintage || ':' || new.khoroo_code || '/' || new.year);
end;
create trigger khoroo_fact_updated after update on khoroo_fact begin
  insert into change (table_name, key) values ('khoroo_fact', new.khoroo_vintage || ':' || new.khoroo_code || '/' || new.year);
  insert into change (table_name, key) select 'khoroo_fact', old.khoroo_vintage || ':' || old.khoroo_code || '/' || old.year where old.khoroo_vintage || ':' || old.khoroo_code || '/' || old.year <> new.khoroo_vintage || ':' || new.khoroo_code || '/' || new.year;
end;
create trigger khoroo_fact_deleted after delete on khoroo_fact begin
  insert into change (table_name, key) values ('khoroo_fact', old.khoroo_vintage || ':' || old.khoroo_code || '/' || old.year);
end;

create table travel_time (
  fid integer primary key autoincrement not null,
  from_vintage text not null,
  from_code text not null,
  to_vintage text not null,
  to_code text not null,
  minutes integer not null,
  source text not null,
  illustrative boolean not null default 0,
  unique (from_vintage, from_code, to_vintage, to_code),
  foreign key (from_vintage, from_code) references khoroo (vintage, code) deferrable initially deferred,
  foreign key (to_vintage, to_code) references khoroo (vintage, code) deferrable initially deferred,
  constraint travel_time_minutes_not_negative check (minutes >= 0)
);
create index travel_time_by_to_vintage_to_code on travel_time (to_vintage, to_code);
create trigger travel_time_inserted after insert on travel_time begin
  insert into change (table_name, key) values ('travel_time', new.from_vintage || ':' || new.from_code || '/' || new.to_vintage || ':' || new.to_code);
end;
create trigger travel_time_updated after update on travel_time begin
  insert into change (table_name, key) values ('travel_time', new.from_vintage || ':' || new.from_code || '/' || new.to_vintage || ':' || new.to_code);
  insert into change (table_name, key) select 'travel_time', old.from_vintage || ':' || old.from_code || '/' || old.to_vintage || ':' || old.to_code where old.from_vintage || ':' || old.from_code || '/' || old.to_vintage || ':' || old.to_code <> new.from_vintage || ':' || new.from_code || '/' || new.to_vintage || ':' || new.to_code;
end;
create trigger travel_time_deleted after delete on travel_time begin
  insert into change (table_name, key) values ('travel_time', old.from_vintage || ':' || old.from_code || '/' || old.to_vintage || ':' || old.to_code);
end;
