// What the search of a map on another site finds: nothing beyond what its code has named, the part of the
// city, the level, the cycle. The server narrows, so that its few results are of use; what belongs to a
// single khoroo is picked from its district's here. Pure.

import type { Findings, Found, SearchScope } from '../api';
import type { Config } from '../config';
import { drawn } from '../drawn';
import { districtOf } from '../part';
import { GIVEN_CHARACTERS_MAX, shortened, type View } from '../state';

/** The most that the server finds at once, and the most that is offered of it. */
const FOUND_MAX = 100;
const OFFERED_MAX = 10;

export function scopeOf(config: Config, view: View): SearchScope {
  const { embed } = config;
  if (!embed) return {};
  const { vintage, level } = drawn(config, view);
  const area = embed.area?.code;
  const isKhoroo = area?.includes('-') === true;
  const levels = (['district', 'khoroo'] as const).filter((one) =>
    isKhoroo ? one === 'khoroo' && (level === one || !embed.locked.includes('level'))
      : one === level || !embed.locked.includes('level'));
  return {
    // A practice is a page, not a place on this map; a part of the city has no list of its own.
    kinds: [...levels, ...(area === undefined ? ['practice' as const] : []), 'landmark'],
    ...(embed.locked.includes('cycle') ? { vintage } : {}),
    ...(area === undefined ? {} : { district: districtOf(area) }),
    ...(isKhoroo ? { limit: FOUND_MAX } : {}),
  };
}

/** Of what was found in that scope. How many fit a single khoroo is known of what has come of its district's. */
export function offered(found: Findings, { embed }: Config): Findings {
  const area = embed?.area?.code;
  if (area === undefined) return found;
  const isInside = ({ code, district, khoroo }: Found): boolean =>
    district === districtOf(area) && (area === district || area === code || khoroo?.endsWith(`:${area}`) === true);
  const inside = found.items.filter(isInside);
  return { items: inside.slice(0, OFFERED_MAX), total: area === districtOf(area) ? found.total : inside.length };
}

/** The part of the city that the frame's address asks for in vain: no choice of the visitor takes it back. */
export function lostArea({ embed }: Config, search: string): string | null {
  const given = new URLSearchParams(search).get('area')?.trim() ?? '';
  return !embed || embed.area !== null || given === '' || given === 'city' ? null : shortened(given, GIVEN_CHARACTERS_MAX);
}
