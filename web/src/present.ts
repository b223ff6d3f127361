// From figures to what is written and painted. Pure: the same table and view give the same words.

import type { Lang, Messages } from './i18n';
import { nameIn } from './i18n';
import { formatNumber } from './i18n/number';
import { compareNames } from './i18n/sort';
import type { Paint } from './map';
import type { Row } from './panels/table';
import type { Order } from './state';
import { inkOn } from './style/contrast';
import { type Scheme, THEMES } from './style/theme';
import type { Cell, Unit, ValueTable } from './values';

/** Who is read to: language, its words, and what districts are called in it. */
export interface Reader {
  lang: Lang;
  messages: Messages;
  /** District names by code. */
  districts: ReadonlyMap<string, string>;
}

/** `Баянзүрх, 26 дугаар хороо`; a district by its name alone. */
export function placeName(unit: Unit, table: ValueTable, reader: Reader): string {
  const name = nameIn(reader.lang, unit);
  return table.level === 'district' ? name : `${districtName(unit, reader)}, ${name}`;
}

function districtName(unit: Unit, { districts }: Reader): string {
  return districts.get(unit.district) ?? unit.district;
}

/** A figure in words: unknown says so, yes and no are words, a pair is written as both. */
export function cellText(cell: Cell | undefined, table: ValueTable, { lang, messages }: Reader): string {
  if (!cell || cell.value === null) return messages.notReported;
  if (table.measure === 'participation' && table.level === 'khoroo') {
    const entry = table.classes[cell.class];
    return (lang === 'en' ? entry?.label_en : entry?.label_mn) ?? '';
  }
  const first = formatNumber(cell.value, lang, table.decimals);
  if (table.measure === 'participation') return `${first} %`;
  if (cell.second === undefined) return first;
  const second = cell.second === null ? messages.notReported : formatNumber(cell.second, lang);
  return messages.pair(first, second);
}

/** Sum over the units that reported, or `null` where none did; of participation, those that took part. */
export function total(table: ValueTable, cycle: string): number | null {
  let sum: number | null = null;
  for (const unit of table.units) {
    const value = unit.cells.get(cycle)?.value ?? null;
    if (value !== null) sum = (sum ?? 0) + value;
  }
  return sum;
}

export function paints(table: ValueTable, cycle: string, scheme: Scheme): Map<number, Paint> {
  const { inks } = THEMES[scheme];
  const ofClass = table.classes.map((entry): Paint => {
    const fill = entry.colour[scheme];
    return { fill, ink: inkOn(fill, inks), hatch: entry.kind === 'no_data' };
  });
  const unknown: Paint = { fill: null, ink: null, hatch: true };
  return new Map(table.units.map((unit) => [unit.id, ofClass[unit.cells.get(cycle)?.class ?? -1] ?? unknown]));
}

/** The table twin's rows: by district and number, or the highest value first and unknown last. */
export function rows(table: ValueTable, cycle: string, order: Order, reader: Reader): Row[] {
  const { lang, messages } = reader;
  const byPlace = (a: Unit, b: Unit): number =>
    compareNames(districtName(a, reader), districtName(b, reader)) || a.number - b.number;
  const valueOf = (unit: Unit): number => unit.cells.get(cycle)?.value ?? -1;
  const sorted = [...table.units].sort((a, b) =>
    order === 'value' ? valueOf(b) - valueOf(a) || byPlace(a, b) : byPlace(a, b),
  );
  return sorted.map((unit) => ({
    code: unit.code,
    district: districtName(unit, reader),
    name: nameIn(lang, unit),
    value: cellText(unit.cells.get(cycle), table, reader),
    residents: unit.population === null ? messages.notReported : formatNumber(unit.population, lang),
  }));
}
