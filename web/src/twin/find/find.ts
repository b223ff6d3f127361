// The search of a static twin: looks through the list of all that can be found, which lies beside its pages. Pure.
//
// It finds what the service's search finds (`src/snapshot/search`), in the same order: the rules are that room's.

import type { Findings, SearchScope } from '../../api';
import type { Findable, FindableList, Rank } from './findable';
import { placeRanks } from './places';
import { titleRanks } from './titles';
import { readTyped } from './typed';

const N_SHOWN = 10;

export function find(list: FindableList, text: string, scope: SearchScope): Findings {
  const { kinds, vintage, district, limit = N_SHOWN } = scope;
  const typed = readTyped(text);
  if (typed === null) return { items: [], total: 0 };
  const [ofPlace, ofTitle] = [placeRanks(list, typed), titleRanks(list, typed)];
  const isMeant = (one: Findable): boolean =>
    (kinds?.includes(one.kind) ?? true) &&
    (vintage === undefined ? one.is_first : one.vintage === vintage) &&
    (district === undefined || one.district === district);
  const ranked = list.items.filter(isMeant).flatMap((one) => {
    const rank = one.code === null ? ofTitle(one) : ofPlace(one);
    return rank === null ? [] : [{ one, rank }];
  });
  ranked.sort((a, b) => compare(a.rank, b.rank));
  return { items: ranked.slice(0, limit).map(({ one }) => one), total: ranked.length };
}

/** Equals keep the order of the list. */
function compare(a: Rank, b: Rank): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
