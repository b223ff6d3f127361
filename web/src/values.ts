// One measure's figures for every unit of a vintage, as the server classed and coloured them.
//
// The same table feeds map, legend, table twin and figures, so they cannot disagree. Classes are
// never computed here: a colour must mean the same in the picture, in QGIS and on the slider.

import type { Level } from './state';

export interface LegendClass {
  /** `zero` and `no_data` are classes of their own; `range` holds counts from `from` to `to`. */
  kind: 'zero' | 'range' | 'no_data';
  from: number | null;
  /** Included; `null` where the class is open above. */
  to: number | null;
  colour: string;
  label_mn: string;
  label_en: string;
}

/** What one unit shows in one cycle. */
export interface Cell {
  /** `null` is unknown, which is not 0. */
  value: number | null;
  /** The second figure of a bivariate measure. */
  second?: number | null;
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
  cells: ReadonlyMap<string, Cell>;
}

export interface ValueTable {
  measure: string;
  vintage: string;
  level: Level;
  /** Cycles native to the vintage. */
  cycles: string[];
  classes: LegendClass[];
  units: Unit[];
  /** By code. */
  districts: ReadonlyMap<string, { name_mn: string; name_en: string }>;
}

export function parseValues(json: unknown): ValueTable {
  const table = json as Omit<ValueTable, 'units' | 'districts'> & {
    units: (Omit<Unit, 'cells'> & { cells: Record<string, Cell> })[];
    districts: { code: string; name_mn: string; name_en: string }[];
  };
  return {
    ...table,
    units: table.units.map((unit) => ({ ...unit, cells: new Map(Object.entries(unit.cells)) })),
    districts: new Map(table.districts.map((district) => [district.code, district])),
  };
}

/** Units per class in one cycle, by class index. */
export function countClasses(table: ValueTable, cycle: string): number[] {
  const counts = table.classes.map(() => 0);
  for (const unit of table.units) {
    const idx = unit.cells.get(cycle)?.class;
    if (idx !== undefined && counts[idx] !== undefined) counts[idx] += 1;
  }
  return counts;
}
