// Which figures are drawn for a view. A cycle belongs to the khoroos of its day, so choosing a cycle
// chooses the vintage; a vintage known only as a list of khoroos is drawn by district.

import { type Config, type Vintage, vintageOf } from './config';
import type { Form, Level, Rate, View } from './state';

/** Names one table of figures, as the server is asked for it. */
export interface FigureQuery {
  measure: string;
  vintage: string;
  level: Level;
  rate: Rate;
  theme: string | null;
}

export interface Drawn extends FigureQuery {
  vintageInfo: Vintage | null;
  /** True where districts stand in for khoroos without lines. */
  withoutLines: boolean;
  /** True where one of two figures stands for both, because the other was not counted in the cycle. */
  isHalf: boolean;
}

/** Narrower windows are first shown equal cells: most khoroos are smaller than a fingertip there. */
const MAP_WIDTH_MIN_PX = 480;

export function drawn(config: Config, view: Pick<View, 'measure' | 'cycle' | 'vintage' | 'rate' | 'theme' | 'level'>): Drawn {
  const named = config.vintages.find(({ id }) => id === view.vintage);
  const vintage = named ?? vintageOf(config, view.cycle) ?? config.vintages.at(-1) ?? null;
  const withoutLines = vintage?.has_lines === false;
  const isHalf = view.measure === 'bivariate' && !countsReplications(config, view.cycle);
  const measure = isHalf ? 'identifications' : view.measure;
  return {
    measure,
    vintage: vintage?.id ?? '',
    level: withoutLines ? 'district' : view.level,
    rate: hasRate(measure) ? view.rate : 'count',
    theme: view.theme,
    vintageInfo: vintage,
    withoutLines: withoutLines && view.level === 'khoroo',
    isHalf,
  };
}

/** Whether there can be lines in a cycle: where nobody counted, none is no finding. */
export function countsReplications({ cycles }: Pick<Config, 'cycles'>, cycle: string): boolean {
  return cycles.find(({ id }) => id === cycle)?.replications_reported !== false;
}

/** Taking part is a share already. */
export function hasRate(measure: string): boolean {
  return measure !== 'participation';
}

export function formOf(view: Pick<View, 'form'>, width_px: number): Form {
  return view.form ?? (width_px < MAP_WIDTH_MIN_PX ? 'cells' : 'map');
}

/** One text for one table. */
export function keyOf({ measure, vintage, level, rate, theme }: FigureQuery): string {
  return [measure, vintage, level, rate, theme ?? ''].join('/');
}
