select count(near.n) from (select * from khoroo where n < 2) a cross join lateral (
  select b.n from khoroo b where b.n <> a.n order by b.ground <-> a.ground limit 8
) near
