// Which results of a search a map can go to. On another site it does not leave what its code has named:
// the part of the city, the level, the cycle. Pure.

import type { Found } from '../api';
import type { Config } from '../config';
import { drawn } from '../drawn';
import type { View } from '../state';

export function offered(found: readonly Found[], config: Config, view: View): readonly Found[] {
  const { embed } = config;
  if (!embed) return found;
  const { vintage, level } = drawn(config, view);
  const area = embed.area?.code;
  return found.filter((one) => {
    // A practice is a page, not a place on this map; of a part of the city others are offered nowhere.
    if (one.kind === 'practice') return area === undefined;
    if (embed.locked.includes('level') && one.kind !== level) return false;
    if (embed.locked.includes('cycle') && one.vintage !== vintage) return false;
    return area === undefined || one.code === area || one.code?.startsWith(`${area}-`) === true;
  });
}
