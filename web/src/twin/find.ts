// The search of a static twin: looks through the list of all that can be found, which lies beside its pages. Pure.
//
// Words mean what they mean in the table's filter: every number begins a khoroo's own, every word one of its names.

import type { Findings, Found, SearchScope } from '../api';
import { matcher } from '../i18n/fold';

/** What can be found, with the names by which it is. */
export interface Findable extends Found {
  /** Of a khoroo. */
  number: number | null;
  names: string[];
}

const N_SHOWN = 10;

export function find(all: readonly Findable[], words: string, scope: SearchScope): Findings {
  const { kinds, vintage, district, limit = N_SHOWN } = scope;
  const isMeant = matcher(words);
  const typed = /\d+/.exec(words)?.[0];
  const items = all.filter((one) =>
    (kinds?.includes(one.kind) ?? true) &&
    (vintage === undefined || one.vintage === vintage) &&
    (district === undefined || one.district === district) &&
    isMeant(one));
  // Who types 2 means the second before the twentieth.
  const rank = ({ number }: Findable): number => (typed !== undefined && number === Number(typed) ? 0 : 1);
  const ranked = items.map((one, idx) => ({ one, idx })).sort((a, b) => rank(a.one) - rank(b.one) || a.idx - b.idx);
  return { items: ranked.slice(0, limit).map(({ one }) => one), total: items.length };
}
