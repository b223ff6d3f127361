select count(khoroo.n) from place left join lateral (
  select min(n) as n from khoroo where st_intersects(khoroo.shape, place.at)
) khoroo on true
