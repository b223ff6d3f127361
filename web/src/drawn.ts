// Which units can be drawn for a view. A cycle belongs to the khoroos of its day, so choosing a cycle
// chooses the vintage; a vintage known only as a list is drawn by district on the newest lines.

import { type Config, type Vintage, vintageOf } from './config';
import type { Level, View } from './state';

export interface Drawn {
  /** Whose figures are asked for. */
  vintage: string;
  /** Whose tiles are drawn. */
  tiles: string;
  level: Level;
  vintageInfo: Vintage | null;
  /** True where districts stand in for khoroos without lines. */
  withoutLines: boolean;
}

export function drawn(config: Config, view: Pick<View, 'cycle' | 'level'>): Drawn {
  const vintage = vintageOf(config, view.cycle) ?? config.vintages.at(-1) ?? null;
  const id = vintage?.id ?? '';
  if (vintage === null || vintage.has_lines) {
    return { vintage: id, tiles: id, level: view.level, vintageInfo: vintage, withoutLines: false };
  }
  const standIn = config.vintages.findLast((other) => other.has_lines);
  return {
    vintage: id,
    tiles: standIn?.id ?? id,
    level: 'district',
    vintageInfo: vintage,
    withoutLines: view.level === 'khoroo',
  };
}
