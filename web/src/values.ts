// One measure's figures for every unit of a vintage, as the server classed and coloured them.
//
// The same table feeds map, legend, table twin and figures, so they cannot disagree. Classes are
// never computed here: a colour must mean the same in the picture, in QGIS and on the slider.

import type { Lang } from './i18n';
import type { Level, Rate } from './state';
import type { Scheme } from './style/theme';

export interface LegendClass {
  /** `zero` and `no_data` are classes of their own; a `pair` is one field of a bivariate square. */
  kind: 'zero' | 'range' | 'pair' | 'no_data';
  /** Column (first figure) and row (second) in the square, each 0 (none), 1 (fewer), 2 (more). */
  pair: readonly [number, number] | null;
  /** `#rrggbb`, for either theme. */
  colour: Record<Scheme, string>;
  label_mn: string;
  label_en: string;
}

/** What a whole area shows in one cycle: a sum, or the rate or share of it as one. */
export interface Total {
  value: number | null;
  second?: number | null;
  /** Only of a rate: whom it was divided by. */
  residents?: number | null;
  /** Only of participation: what its share is of. */
  khoroos?: { entering: number; of: number };
}

/** What one unit shows in one cycle. */
export interface Cell {
  /** `null` is unknown, which is not 0. */
  value: number | null;
  /** The second figure, only of a bivariate measure. */
  second?: number | null;
  /** Only of a rate: whom it was divided by. */
  residents?: { population: number | null; year: number | null };
  /** Index into `classes`. */
  class: number;
}

export interface Unit {
  /** Feature id in the tiles. */
  id: number;
  code: string;
  /** District code. */
  district: string;
  /** Khoroo number, or district number. */
  number: number;
  name_mn: string;
  name_en: string;
  population: number | null;
  population_year: number | null;
  /** By cycle id, and `all` for their sum. */
  cells: ReadonlyMap<string, Cell>;
}

export interface ValueTable {
  measure: string;
  vintage: string;
  level: Level;
  rate: Rate;
  theme: string | null;
  decimals: number;
  classes: LegendClass[];
  /** Lower bounds of the classes above zero, of the first and (bivariate) second figure. */
  breaks: number[];
  breaks_second: number[];
  /** What columns and rows of a bivariate square stand for. */
  side_labels: readonly [readonly Record<Lang, string>[], readonly Record<Lang, string>[]];
  units: Unit[];
  /** Figures of `city` and of each district by code, each by cycle. */
  totals: Readonly<Record<string, Readonly<Record<string, Total>>>>;
  /** What a reader has to know about these figures. */
  notes: Record<Lang, string>[];
  /** True where any of the figures or lines is invented. */
  illustrative: boolean;
}

/** The answer of `/api/v1/values/{measure}.json`, as far as it is used here. */
interface Answer {
  measure: string;
  vintage: string;
  level: Level;
  rate: Rate;
  theme: string | null;
  decimals: number;
  breaks: number[];
  breaks_second?: number[];
  side_labels?: ValueTable['side_labels'];
  notes: Record<Lang, string>[];
  illustrative: unknown;
  totals?: Record<string, Record<string, Total>>;
  classes: {
    kind: LegendClass['kind'];
    pair?: [number, number];
    colour: string;
    colour_dark: string;
    label_mn: string;
    label_en: string;
  }[];
  units: (Omit<Unit, 'cells'> & { cells: Record<string, Cell> })[];
}

export function parseValues(json: unknown): ValueTable {
  const { breaks_second, side_labels, illustrative, classes, totals, units, ...plain } = json as Answer;
  return {
    measure: plain.measure,
    vintage: plain.vintage,
    level: plain.level,
    rate: plain.rate,
    theme: plain.theme,
    decimals: plain.decimals,
    breaks: plain.breaks,
    breaks_second: breaks_second ?? [],
    side_labels: side_labels ?? [[], []],
    totals: totals ?? {},
    notes: plain.notes,
    illustrative: illustrative !== null,
    classes: classes.map(({ kind, pair, colour, colour_dark, label_mn, label_en }) => ({
      kind,
      pair: pair ?? null,
      colour: { light: colour, dark: colour_dark },
      label_mn,
      label_en,
    })),
    units: units.map((unit) => ({ ...unit, cells: new Map(Object.entries(unit.cells)) })),
  };
}

/** Index of the class in which a unit is; what a table does not have is no data. */
export function classOf({ classes }: ValueTable, unit: Unit, cycle: string): number {
  return unit.cells.get(cycle)?.class ?? classes.findIndex(({ kind }) => kind === 'no_data');
}

/** Units per class in one cycle, by class index. */
export function countClasses(table: ValueTable, cycle: string): number[] {
  const counts = table.classes.map(() => 0);
  for (const unit of table.units) {
    const idx = classOf(table, unit, cycle);
    if (counts[idx] !== undefined) counts[idx] += 1;
  }
  return counts;
}

/** Where in the legend a figure lies that no unit need have. */
export interface LegendPlace {
  /** Index into `classes`. */
  idx: number;
  /** Below the class: between it and zero, where no unit lies. */
  isBelow: boolean;
}

/** The place of a figure that is no unit's own, such as an average; `null` where classes are of pairs. */
export function placeAt(table: ValueTable, value: number): LegendPlace | null {
  const { classes, breaks } = table;
  if (classes.some(({ kind }) => kind === 'pair')) return null;
  const n_below = breaks.filter((from) => from <= value).length;
  const first = classes.findIndex(({ kind }) => kind === 'range');
  if (first < 0) return null;
  if (n_below > 0) return { idx: first + n_below - 1, isBelow: false };
  return value === 0 ? { idx: classes.findIndex(({ kind }) => kind === 'zero'), isBelow: false } : { idx: first, isBelow: true };
}
