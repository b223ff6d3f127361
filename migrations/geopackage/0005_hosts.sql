-- A practice keeps the khoroo of its time, while figures of a cycle stand on the cycle's own borders:
-- `replications_hosted` finds the host's heir there, by the rule of the service.
--
-- From vintage to vintage: an `unchanged` pair of `lineage` wins, then the larger share of the ground,
-- then the same code, then the smaller one; without lineage the same code. Going back in time the rule
-- weighs areas of ground, which plain SQL cannot measure in a file: a cycle with a copy of a practice
-- whose host is of later borders has no `replications_hosted` here, rather than a wrong one.

create view hosted_replication as
with recursive
  vintages as (select id, row_number() over (order by valid_from, id) as position from vintage),
  candidates as (
    select l.from_vintage, l.from_code, l.to_vintage, l.to_code, 0 as is_guess,
           case l.kind when 'unchanged' then 0 else 1 end as is_changed, l.area_share
    from lineage l
    join vintages f on f.id = l.from_vintage
    join vintages t on t.id = l.to_vintage and t.position = f.position + 1
    union all
    select k.vintage, k.code, n.vintage, n.code, 1, 1, 0.0
    from khoroo k
    join vintages f on f.id = k.vintage
    join vintages t on t.position = f.position + 1
    join khoroo n on n.vintage = t.id and n.code = k.code
  ),
  steps as (
    select c.from_vintage, c.from_code, c.to_vintage, c.to_code,
           row_number() over (
             partition by c.from_vintage, c.from_code
             order by c.is_guess, c.is_changed, c.area_share desc,
                      case when c.to_code = c.from_code then 0 else 1 end, n.district, n.number) as choice
    from candidates c
    join khoroo n on n.vintage = c.to_vintage and n.code = c.to_code
  ),
  heirs as (
    select p.id as practice, p.host_vintage as vintage, p.host_code as code
    from practice p
    union all
    select a.practice, s.to_vintage, s.to_code
    from heirs a
    join steps s on s.from_vintage = a.vintage and s.from_code = a.code and s.choice = 1
  )
select r.id as replication, r.cycle, a.vintage, a.code
from replication r
join replication_status s on s.code = r.status and s.counts
join practice p on p.id = r.practice
join cycle c on c.id = r.cycle
join heirs a on a.practice = r.practice and a.vintage = c.vintage
where (r.khoroo_vintage, r.khoroo_code) <> (p.host_vintage, p.host_code);

create view hosted_known as
select c.id as cycle
from cycle c
join vintage v on v.id = c.vintage
where c.replications_reported and not exists (
  select 1
  from replication r
  join practice p on p.id = r.practice
  join vintage later on later.id = p.host_vintage
  where r.cycle = c.id and (later.valid_from, later.id) > (v.valid_from, v.id));

drop view khoroo_counts;
drop view district_counts;

create view khoroo_counts as
select fid as OGC_FID, vintage, code, district, number, code as cycle, population, illustrative,
       population as identifications, population as replications, population as replications_hosted, shape
from khoroo where false
union all
select k.fid * 1000 + c.fid as OGC_FID,
       k.vintage, k.code, k.district, k.number, c.id as cycle, k.population, k.illustrative,
       (select count(*) from identification i
         where i.cycle = c.id and i.khoroo_vintage = k.vintage and i.khoroo_code = k.code) as identifications,
       case when c.replications_reported then
         (select count(*) from replication r join replication_status s on s.code = r.status and s.counts
           where r.cycle = c.id and r.khoroo_vintage = k.vintage and r.khoroo_code = k.code)
       end as replications,
       case when w.cycle is not null then coalesce(h.n, 0) end as replications_hosted,
       k.shape
from khoroo k
join cycle c on c.vintage = k.vintage
left join hosted_known w on w.cycle = c.id
left join (select cycle, vintage, code, count(*) as n from hosted_replication group by cycle, vintage, code) h
  on h.cycle = c.id and h.vintage = k.vintage and h.code = k.code;

create view district_counts as
select fid as OGC_FID, vintage, district, vintage as cycle, population, illustrative,
       population as identifications, population as replications, population as replications_hosted, shape
from district_version where false
union all
select d.fid * 1000 + c.fid as OGC_FID,
       d.vintage, d.district, c.id as cycle, d.population, d.illustrative,
       (select count(*) from identification i join khoroo k on k.vintage = i.khoroo_vintage and k.code = i.khoroo_code
         where i.cycle = c.id and k.vintage = d.vintage and k.district = d.district) as identifications,
       case when c.replications_reported then
         (select count(*) from replication r join replication_status s on s.code = r.status and s.counts
           join khoroo k on k.vintage = r.khoroo_vintage and k.code = r.khoroo_code
           where r.cycle = c.id and k.vintage = d.vintage and k.district = d.district)
       end as replications,
       case when w.cycle is not null then coalesce(h.n, 0) end as replications_hosted,
       d.shape
from district_version d
join cycle c on c.vintage = d.vintage
left join hosted_known w on w.cycle = c.id
left join (select r.cycle, k.vintage, k.district, count(*) as n
           from hosted_replication r join khoroo k on k.vintage = r.vintage and k.code = r.code
           group by r.cycle, k.vintage, k.district) h
  on h.cycle = c.id and h.vintage = d.vintage and h.district = d.district;
