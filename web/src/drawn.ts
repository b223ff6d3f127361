// Which units can be drawn for a view. A cycle belongs to the khoroos of its day, so choosing a cycle
// chooses the vintage; a vintage known only as a list of khoroos is drawn by district.

import { type Config, type Vintage, vintageOf } from './config';
import type { Level, View } from './state';

export interface Drawn {
  /** Whose figures and tiles are asked for. */
  vintage: string;
  level: Level;
  vintageInfo: Vintage | null;
  /** True where districts stand in for khoroos without lines. */
  withoutLines: boolean;
}

export function drawn(config: Config, view: Pick<View, 'cycle' | 'level'>): Drawn {
  const vintage = vintageOf(config, view.cycle) ?? config.vintages.at(-1) ?? null;
  const withoutLines = vintage?.has_lines === false;
  return {
    vintage: vintage?.id ?? '',
    level: withoutLines ? 'district' : view.level,
    vintageInfo: vintage,
    withoutLines: withoutLines && view.level === 'khoroo',
  };
}
