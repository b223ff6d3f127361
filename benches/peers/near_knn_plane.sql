select count(near.n) from khoroo a cross join lateral (
  select b.n from khoroo b where b.n <> a.n order by b.plane <-> a.plane limit 8
) near
