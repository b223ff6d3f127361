-- The tracker's figures once more, from the tables alone: one row for each figure of every question.
--
-- Written from the definitions that `/api/v1/definitions` serves, so that the tracker has a judge that
-- shares no code with it. A question is a cycle or `all`, a place (empty for the city, a district, a
-- khoroo) and a theme (empty for all); khoroos are asked without themes and by single cycles. Figures are
-- those that the office sees. `value` is null where a figure is unknown, which is not 0.
--
-- It takes for granted that no record breaks a rule between rows (`hlp check` finds no fault), and that
-- records are placed on the ground of their cycle or of one after their own.

with recursive
-- Questions.
grounds as (
  select id, row_number() over (order by valid_from) as nth from vintage
),
asked as (
  select id as asked, id as cycle from cycle
  union all
  select 'all', id from cycle
),
places as (
  select '' as place, '' as level, null as ground
  union all select code, 'district', null from district
  union all select code, 'khoroo', vintage from khoroo
),
themes as (
  select '' as theme union all select code from theme
),
questions as (
  select a.asked, p.place, p.level, t.theme, bool_or(c.replications_reported) as is_reported
  from asked a
  join cycle c on c.id = a.cycle
  cross join places p
  cross join themes t
  where p.level <> 'khoroo' or (t.theme = '' and a.asked = c.id and p.ground = c.vintage)
  group by a.asked, p.place, p.level, t.theme
),

-- The khoroo that answers for another on the ground of a later vintage: an unchanged one, else the one
-- that took the most ground, else the one of the same code.
heirs as (
  select k.vintage, k.code, k.vintage as ground, g.nth, k.code as at, k.district from khoroo k join grounds g on g.id = k.vintage
  union all
  select h.vintage, h.code, n.id, n.nth, next.code, next.district
  from heirs h
  join grounds n on n.nth = h.nth + 1
  cross join lateral (
    select k.code, k.district
    from khoroo k
    left join lineage l on l.from_vintage = h.ground and l.from_code = h.at and l.to_vintage = k.vintage and l.to_code = k.code
    where k.vintage = n.id and (l.to_code is not null or k.code = h.at)
    order by l.to_code is null, l.kind <> 'unchanged', l.area_share desc, k.code <> h.at, k.code
    limit 1
  ) next
),
-- Everything that has ground of a khoroo on a later one.
pieces as (
  select k.vintage, k.code, k.vintage as ground, g.nth, k.code as at from khoroo k join grounds g on g.id = k.vintage
  union
  select p.vintage, p.code, n.id, n.nth, l.to_code
  from pieces p
  join grounds n on n.nth = p.nth + 1
  join lineage l on l.from_vintage = p.ground and l.from_code = p.at and l.to_vintage = n.id
),
-- On a split a practice stays with the piece in which its point lies, else with the one that answers for its host.
home as (
  select p.id as practice, h.ground, coalesce(s.at, h.at) as at
  from practice p
  join heirs h on h.vintage = p.host_vintage and h.code = p.host_code
  left join lateral (
    select k.code as at
    from pieces e
    join khoroo k on k.vintage = e.ground and k.code = e.at and st_covers(k.shape, p.location)
    where h.ground <> p.host_vintage and e.vintage = p.host_vintage and e.code = p.host_code and e.ground = h.ground
    order by k.code <> h.at, k.code
    limit 1
  ) s on true
),
-- Where a practice is at home on the ground of a cycle: in the city, in a district, in a khoroo.
dwells as (
  select h.practice, c.id as cycle, p.place
  from home h
  join cycle c on c.vintage = h.ground
  join khoroo k on k.vintage = h.ground and k.code = h.at
  cross join lateral (values (''), (k.district), (k.code)) p (place)
),
-- Where a khoroo lies on the ground of a cycle: in the city, in a district, in a khoroo.
lies as (
  select h.vintage, h.code, c.id as cycle, p.place
  from heirs h
  join cycle c on c.vintage = h.ground
  cross join lateral (values (''), (h.district), (h.at)) p (place)
),

-- Events of steps 1 to 4, with what each was about.
event as (
  select 'identify' as step, practice || '/' || cycle as id, cycle, cost, invited, attended, mode from identification
  union all
  select 'share', id, cycle, cost, invited,
         case when coalesce(attended_f, attended_m, attended_unknown) is not null
           then coalesce(attended_f, 0) + coalesce(attended_m, 0) + coalesce(attended_unknown, 0) end,
         mode
  from workshop
  union all
  select 'learn', id, cycle, cost, invited, attended, mode from visit where status = 'held'
  union all
  select 'prioritise', khoroo_vintage || ':' || khoroo_code || '/' || practice || '/' || cycle, cycle, cost, invited, attended, mode
  from vote
),
about as (
  select 'identify' as step, practice || '/' || cycle as id, practice from identification
  union all select 'share', workshop, practice from workshop_practice
  union all select 'learn', visit, practice from visit_practice
  union all select 'prioritise', khoroo_vintage || ':' || khoroo_code || '/' || practice || '/' || cycle, practice from vote
),
-- An event is of all themes together and of the theme of each practice that it was about.
themed as (
  select step, id, '' as theme from event
  union
  select a.step, a.id, p.theme from about a join practice p on p.id = a.practice
),
-- Entries and decisions count at their khoroo, visits where the visitors come from.
placed as (
  select 'identify' as step, i.practice || '/' || i.cycle as id, l.place
  from identification i
  join lies l on l.vintage = i.khoroo_vintage and l.code = i.khoroo_code and l.cycle = i.cycle
  union
  select 'learn', v.id, l.place
  from visit v
  join visit_visitor w on w.visit = v.id
  join lies l on l.vintage = w.khoroo_vintage and l.code = w.khoroo_code and l.cycle = v.cycle
  union
  select 'prioritise', v.khoroo_vintage || ':' || v.khoroo_code || '/' || v.practice || '/' || v.cycle, l.place
  from vote v
  join lies l on l.vintage = v.khoroo_vintage and l.code = v.khoroo_code and l.cycle = v.cycle
),
counted as (
  select t.step, t.id, t.theme, p.place from themed t join placed p on p.step = t.step and p.id = t.id
  union
  -- Every event once in the city.
  select step, id, theme, '' from themed
  union
  -- A workshop where a practice shown there is at home; under a theme a practice of it.
  select 'share', w.id, t.theme, l.place
  from workshop w
  join workshop_practice s on s.workshop = w.id
  join practice p on p.id = s.practice
  join dwells l on l.practice = p.id and l.cycle = w.cycle
  cross join lateral (values (''), (p.theme)) t (theme)
  union
  -- And at the district that it was held for.
  select 'share', w.id, t.theme, w.district
  from workshop w
  join themed t on t.step = 'share' and t.id = w.id
  where w.district is not null
),
event_of as (
  select a.asked, c.place, c.theme, e.*
  from counted c
  join event e on e.step = c.step and e.id = c.id
  join asked a on a.cycle = e.cycle
),
steps (step, headline) as (
  values ('identify', 'identifications'), ('share', 'workshops'), ('learn', 'visits'), ('prioritise', 'priorities')
),
of_events as (
  select q.asked, q.place, q.theme, s.step, s.headline,
         count(e.id) as n, avg(e.cost) as mean_cost,
         -- Both of the events that know both.
         count(e.attended + e.invited) as n_people,
         coalesce(sum(e.attended) filter (where e.invited is not null), 0) as attended,
         coalesce(sum(e.invited) filter (where e.attended is not null), 0) as invited,
         count(e.mode) as n_mode,
         count(*) filter (where e.mode in ('face_to_face', 'hybrid')) as face_to_face,
         count(*) filter (where e.mode in ('virtual', 'hybrid')) as virtual
  from questions q
  cross join steps s
  left join event_of e on e.asked = q.asked and e.place = q.place and e.theme = q.theme and e.step = s.step
  group by q.asked, q.place, q.theme, s.step, s.headline
),
practices_of_events as (
  select e.asked, e.place, e.theme, e.step, count(distinct a.practice) as n
  from event_of e
  join about a on a.step = e.step and a.id = e.id
  join practice p on p.id = a.practice
  where e.theme in ('', p.theme)
  group by e.asked, e.place, e.theme, e.step
),

-- Copies in any state, where they were reported; they count at the khoroo that copies.
copy_of as (
  select a.asked, l.place, t.theme, r.id, r.practice, r.status, r.people_served, s.counts
  from replication r
  join cycle c on c.id = r.cycle and c.replications_reported
  join asked a on a.cycle = r.cycle
  join practice p on p.id = r.practice
  join replication_status s on s.code = r.status
  join lies l on l.vintage = r.khoroo_vintage and l.code = r.khoroo_code and l.cycle = r.cycle
  cross join lateral (values (''), (p.theme)) t (theme)
),
money as (
  select b.replication, sum(b.amount) as amount, bool_and(f.direct) as is_direct
  from budget_line b
  join funding_source f on f.code = b.source
  group by b.replication
),
of_copies as (
  select q.asked, q.place, q.theme, q.is_reported,
         count(m.id) as n, count(distinct m.practice) as n_practices,
         count(y.replication) as n_paid, coalesce(sum(y.amount), 0) as amount,
         count(*) filter (where y.is_direct) as direct,
         count(*) filter (where not y.is_direct) as other,
         count(m.people_served) as n_served, coalesce(sum(m.people_served), 0) as served
  from questions q
  left join copy_of m on m.asked = q.asked and m.place = q.place and m.theme = q.theme and m.counts
  left join money y on y.replication = m.id
  group by q.asked, q.place, q.theme, q.is_reported
),
review_of as (
  select m.asked, m.place, m.theme, v.id, v.rating, m.practice
  from copy_of m
  join review v on v.replication = m.id
),

-- The gates of practices, and the first day on which each was passed.
became as (
  select practice, min(changed_on) filter (where status in ('identified', 'shared')) as identified_on,
         min(changed_on) filter (where status = 'shared') as shared_on
  from practice_status_change
  group by practice
),
entry as (
  select i.practice,
         coalesce(min(s.reached_on) filter (where s.decision = 'accepted'),
                  min(i.entered_on) filter (where i.decision = 'accepted'), min(i.entered_on)) as day,
         bool_or('accepted' in (i.decision, s.decision)) as is_accepted
  from identification i
  left join identification_stage s on s.practice = i.practice and s.cycle = i.cycle
  group by i.practice
),
shown as (
  select s.practice, min(w.held_on) as day from workshop_practice s join workshop w on w.id = s.workshop group by s.practice
),
learned as (
  select s.practice, min(v.held_on) as day
  from visit_practice s
  join visit v on v.id = s.visit
  where v.status = 'held' and btrim(coalesce(v.action_plan, '')) <> ''
  group by s.practice
),
chosen as (
  select practice, min(decided_on) as day from vote where decision = 'replicate' group by practice
),
-- Since when a copy has counted: a dated change tells, else its completion, else its decision.
made as (
  select r.practice, min(coalesce(d.day, r.completed_on, r.decided_on)) as day
  from replication r
  join cycle c on c.id = r.cycle and c.replications_reported
  join replication_status s on s.code = r.status and s.counts
  left join (
    select h.replication, min(h.changed_on) as day
    from replication_status_change h
    join replication_status k on k.code = h.status and k.counts
    group by h.replication
  ) d on d.replication = r.id
  group by r.practice
),
reviewed as (
  select r.practice, min(v.reviewed_on) as day 
  from review v
  join replication r on r.id = v.replication
  join cycle c on c.id = r.cycle and c.replications_reported
  group by r.practice
),
gate as (
  select p.id as practice,
         -- Withdrawal archives, whatever it was before: only a day or an accepted entry tells that it was identified.
         case when p.status in ('identified', 'shared') or b.identified_on is not null or (p.status = 'archived' and e.is_accepted)
           then coalesce(b.identified_on, e.day) end as identified,
         p.status = 'shared' or b.shared_on is not null or w.day is not null as is_shared,
         least(w.day, b.shared_on) as shared,
         l.day as learned, c.day as chosen, m.day as made, v.day as reviewed
  from practice p
  left join became b on b.practice = p.id
  left join entry e on e.practice = p.id
  left join shown w on w.practice = p.id
  left join learned l on l.practice = p.id
  left join chosen c on c.practice = p.id
  left join made m on m.practice = p.id
  left join reviewed v on v.practice = p.id
),
-- The practices entered in the cycles asked for, at the place that entered them.
cohort as (
  select distinct e.asked, e.place, e.theme, a.practice
  from event_of e
  join about a on a.step = e.step and a.id = e.id
  where e.step = 'identify'
),
funnel as (
  select q.asked, q.place, q.theme,
         -- Copies are known where they were counted in a cycle asked for or in a later one.
         exists (
           select from cycle k where k.replications_reported and k.starts_on >=
             (select min(c.starts_on) from asked a join cycle c on c.id = a.cycle where a.asked = q.asked)) as knows_copies,
         count(g.identified) as identified,
         count(*) filter (where g.is_shared) as shared,
         count(g.learned) as learned, count(g.chosen) as chosen, count(g.made) as made, count(g.reviewed) as reviewed,
         percentile_cont(0.5) within group (order by g.shared - g.identified) as to_shared,
         percentile_cont(0.5) within group (order by g.learned - g.shared) as to_learned,
         percentile_cont(0.5) within group (order by g.chosen - g.learned) as to_chosen,
         percentile_cont(0.5) within group (order by g.made - g.chosen) as to_made,
         percentile_cont(0.5) within group (order by g.reviewed - g.made) as to_reviewed
  from questions q
  left join cohort c on c.asked = q.asked and c.place = q.place and c.theme = q.theme
  left join gate g on g.practice = c.practice
  group by q.asked, q.place, q.theme
),

-- Khoroos of the ground of each cycle asked for; those of two vintages stand side by side.
there as (
  select distinct q.asked, q.place, q.theme, k.vintage, k.code
  from questions q
  join asked a on a.asked = q.asked
  join cycle c on c.id = a.cycle
  join khoroo k on k.vintage = c.vintage and (q.place in ('', k.district, k.code))
),
entered as (
  select distinct a.asked, t.theme, h.ground, h.at
  from identification i
  join practice p on p.id = i.practice
  join cycle c on c.id = i.cycle
  join asked a on a.cycle = c.id
  join heirs h on h.vintage = i.khoroo_vintage and h.code = i.khoroo_code and h.ground = c.vintage
  cross join lateral (values (''), (p.theme)) t (theme)
),
-- Who did anything in any step: entered, showed, received, visited, decided, copied or reviewed.
deed as (
  select i.cycle, i.practice, i.khoroo_vintage as vintage, i.khoroo_code as code from identification i
  union all
  select w.cycle, h.practice, h.ground, h.at
  from workshop w
  join workshop_practice s on s.workshop = w.id
  join cycle c on c.id = w.cycle
  join home h on h.practice = s.practice and h.ground = c.vintage
  union all
  select v.cycle, s.practice, v.host_vintage, v.host_code
  from visit v left join visit_practice s on s.visit = v.id where v.status = 'held'
  union all
  select v.cycle, s.practice, w.khoroo_vintage, w.khoroo_code
  from visit v left join visit_practice s on s.visit = v.id join visit_visitor w on w.visit = v.id where v.status = 'held'
  union all
  select v.cycle, v.practice, v.khoroo_vintage, v.khoroo_code from vote v
  union all
  select r.cycle, r.practice, r.khoroo_vintage, r.khoroo_code from replication r
  union all
  select r.cycle, r.practice, w.khoroo_vintage, w.khoroo_code
  from replication r join cycle c on c.id = r.cycle and c.replications_reported
  join review v on v.replication = r.id join review_reviewer w on w.review = v.id
),
active as (
  select distinct a.asked, t.theme, h.ground, h.at
  from deed d
  join cycle c on c.id = d.cycle
  join asked a on a.cycle = c.id
  join heirs h on h.vintage = d.vintage and h.code = d.code and h.ground = c.vintage
  left join practice p on p.id = d.practice
  cross join lateral (select '' as theme union select p.theme where p.theme is not null) t
),
of_khoroos as (
  select t.asked, t.place, t.theme, count(*) as n, count(e.at) as entered, count(*) filter (where d.at is null) as silent
  from there t
  left join entered e on e.asked = t.asked and e.theme = t.theme and e.ground = t.vintage and e.at = t.code
  left join active d on d.asked = t.asked and d.theme = t.theme and d.ground = t.vintage and d.at = t.code
  group by t.asked, t.place, t.theme
),
-- Open needs that no other khoroo offers anything for, on the newest ground asked for.
unanswered as (
  select n.id, n.theme, n.khoroo_vintage, n.khoroo_code
  from need n
  where n.status = 'open' and not exists (
    select from offer o
    join practice p on p.id = o.practice
    where o.status = 'open' and p.theme = n.theme and (o.khoroo_vintage, o.khoroo_code) <> (n.khoroo_vintage, n.khoroo_code))
),
of_needs as (
  select q.asked, q.place, q.theme,
         (select count(*)
          from unanswered n
          join heirs h on h.vintage = n.khoroo_vintage and h.code = n.khoroo_code
          where h.ground = g.ground and q.theme in ('', n.theme) and q.place in ('', h.district, h.at)) as n
  from questions q
  join (
    select distinct on (a.asked) a.asked, c.vintage as ground
    from asked a join cycle c on c.id = a.cycle join grounds g on g.id = c.vintage
    order by a.asked, g.nth desc
  ) g on g.asked = q.asked
  where g.ground = (select id from grounds order by nth desc limit 1)
),

-- Trainings belong to no cycle, theme or place. Scores compare trainings that know all four numbers.
of_trainings as (
  select org, count(*) as n,
         sum(case when coalesce(participants_f, participants_m, participants_unknown) is not null
           then coalesce(participants_f, 0) + coalesce(participants_m, 0) + coalesce(participants_unknown, 0) end) as participants,
         sum(participants_f) as f, sum(participants_m) as m, sum(participants_unknown) as unknown,
         count(*) filter (where form = 'online') as online,
         count(*) filter (where form = 'classroom') as classroom,
         count(*) filter (where form = 'hybrid') as hybrid,
         sum(pre_score_pct * n_pre) filter (where is_compared) / sum(n_pre) filter (where is_compared) as before,
         sum(post_score_pct * n_post) filter (where is_compared) / sum(n_post) filter (where is_compared) as after,
         sum(satisfaction_pct * n_survey) filter (where n_survey > 0)
           / sum(n_survey) filter (where n_survey > 0 and satisfaction_pct is not null) as satisfaction
  from (
    select t.*, coalesce(pre_score_pct is not null and post_score_pct is not null and n_pre > 0 and n_post > 0, false) as is_compared
    from training t
  ) t
  group by org
)

select o.asked, o.place, o.theme, f.card, f.figure, f.value::double precision as value
from of_events o
left join practices_of_events p on p.asked = o.asked and p.place = o.place and p.theme = o.theme and p.step = o.step
cross join lateral (values
  (o.step, o.headline, o.n::numeric),
  (o.step, 'average_budget', o.mean_cost),
  (o.step, 'attended', case when o.n = 0 or o.n_people > 0 then o.attended end),
  (o.step, 'invited', case when o.n = 0 or o.n_people > 0 then o.invited end),
  (o.step, 'practices', coalesce(p.n, 0)),
  (o.step, 'face_to_face', case when o.n = 0 or o.n_mode > 0 then o.face_to_face end),
  (o.step, 'virtual', case when o.n = 0 or o.n_mode > 0 then o.virtual end)
) f (card, figure, value)
union all
select o.asked, o.place, o.theme, f.card, f.figure, case when o.is_reported then f.value end
from of_copies o
cross join lateral (values
  ('replicate', 'replications', o.n::double precision),
  ('replicate', 'practices', o.n_practices),
  ('replicate', 'allocated_budget', case when o.n = 0 or o.n_paid > 0 then o.amount end),
  ('replicate', 'direct', case when o.n = 0 or o.n_paid > 0 then o.direct end),
  ('replicate', 'other', case when o.n = 0 or o.n_paid > 0 then o.other end),
  ('replicate', 'no_budget', case when o.n = 0 or o.n_paid > 0 then o.n - o.n_paid end),
  ('reach', 'people_reached', case when o.n = 0 or o.n_served > 0 then o.served end)
) f (card, figure, value)
union all
select q.asked, q.place, q.theme, 'review', f.figure, case when q.is_reported then f.value end
from questions q
cross join lateral (
  select 'reviews' as figure, count(*) as value
  from review_of v where v.asked = q.asked and v.place = q.place and v.theme = q.theme
  union all
  select 'practices', count(distinct v.practice)
  from review_of v where v.asked = q.asked and v.place = q.place and v.theme = q.theme
  union all
  select 'rating_' || r.code, count(v.id)
  from rating r left join review_of v on v.asked = q.asked and v.place = q.place and v.theme = q.theme and v.rating = r.code
  group by r.code
) f
union all
select m.asked, m.place, m.theme, 'budget', 'replication_budget_' || b.source || '_' || b.fiscal_year, sum(b.amount)
from copy_of m
join questions q on q.asked = m.asked and q.place = m.place and q.theme = m.theme
join budget_line b on b.replication = m.id
where m.counts
group by m.asked, m.place, m.theme, b.source, b.fiscal_year
union all
select m.asked, m.place, m.theme, 'budget', 'budget_by_status_' || m.status, sum(b.amount)
from copy_of m
join questions q on q.asked = m.asked and q.place = m.place and q.theme = m.theme
join budget_line b on b.replication = m.id
group by m.asked, m.place, m.theme, m.status
union all
select o.asked, o.place, o.theme, 'funnel', f.figure, f.value
from funnel o
cross join lateral (values
  ('funnel_identified', o.identified::double precision),
  ('funnel_shared', o.shared),
  ('funnel_learned', o.learned),
  ('funnel_prioritised', o.chosen),
  ('funnel_replicated', case when o.knows_copies then o.made end),
  ('funnel_reviewed', case when o.knows_copies then o.reviewed end),
  ('days_to_shared', o.to_shared),
  ('days_to_learned', o.to_learned),
  ('days_to_prioritised', o.to_chosen),
  ('days_to_replicated', o.to_made),
  ('days_to_reviewed', o.to_reviewed)
) f (figure, value)
union all
select o.asked, o.place, o.theme, f.card, f.figure, f.value
from of_khoroos o
cross join lateral (values
  ('reach', 'participation', 100.0 * o.entered / o.n),
  ('attention', 'silent_khoroos', o.silent)
) f (card, figure, value)
union all
select o.asked, o.place, o.theme, 'attention', 'needs_without_offer', o.n
from of_needs o
union all
select 'all', '', '', 'trainings:' || o.org, f.figure, f.value
from of_trainings o
cross join lateral (values
  ('trainings', o.n::double precision),
  ('participants', o.participants),
  ('participants_f', o.f),
  ('participants_m', o.m),
  ('participants_unknown', o.unknown),
  ('form_online', o.online),
  ('form_classroom', o.classroom),
  ('form_hybrid', o.hybrid),
  ('score_before', o.before),
  ('score_after', o.after),
  ('score_gain', o.after - o.before),
  ('satisfaction', o.satisfaction)
) f (figure, value)
order by 1, 2, 3, 4, 5
