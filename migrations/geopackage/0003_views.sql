-- Counts for analysts: one row a unit and cycle native to its vintage.
--
-- `identifications`: practices entered in the cycle, whatever the decision, at the submitting
-- khoroo. `replications`: copies with a counting status made in the unit; `replications_hosted`:
-- such copies elsewhere of the unit's practices; both are null where the cycle did not report them.
-- A result of counting has no declared type, and GDAL would show it as text; the first, empty half
-- of each view lends the counts the type of a whole-number column.
-- Rows that break a rule between rows are counted here all the same; `hlp check` lists them.

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
       case when c.replications_reported then
         (select count(*) from replication r join replication_status s on s.code = r.status and s.counts
           join practice p on p.id = r.practice
           where r.cycle = c.id and p.host_vintage = k.vintage and p.host_code = k.code
             and (r.khoroo_vintage, r.khoroo_code) <> (p.host_vintage, p.host_code))
       end as replications_hosted,
       k.shape
from khoroo k
join cycle c on c.vintage = k.vintage;

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
       case when c.replications_reported then
         (select count(*) from replication r join replication_status s on s.code = r.status and s.counts
           join practice p on p.id = r.practice
           join khoroo k on k.vintage = p.host_vintage and k.code = p.host_code
           where r.cycle = c.id and k.vintage = d.vintage and k.district = d.district
             and (r.khoroo_vintage, r.khoroo_code) <> (p.host_vintage, p.host_code))
       end as replications_hosted,
       d.shape
from district_version d
join cycle c on c.vintage = d.vintage;
