// From figures to what is written and painted. Pure: the same table and view give the same words.

import type { Lang, Messages } from './i18n';
import { nameIn } from './i18n';
import { formatNumber } from './i18n/number';
import { compareNames } from './i18n/sort';
import type { Paint } from './map';
import type { Row } from './panels/table';
import type { Order } from './state';
import type { Cell, Unit, ValueTable } from './values';

/** `Баянзүрх, 26-р хороо`; a district by its name alone. */
export function placeName(unit: Unit, table: ValueTable, lang: Lang): string {
  const name = nameIn(lang, unit);
  return table.level === 'district' ? name : `${districtName(unit, table, lang)}, ${name}`;
}

export function districtName(unit: Unit, table: ValueTable, lang: Lang): string {
  const district = table.districts.get(unit.district);
  return district ? nameIn(lang, district) : unit.district;
}

/** A figure in words: unknown says so, a pair is written as both. */
export function cellText(cell: Cell | undefined, lang: Lang, messages: Messages): string {
  if (!cell || cell.value === null) return messages.notReported;
  const first = formatNumber(cell.value, lang);
  if (cell.second === undefined) return first;
  return `${first} · ${cell.second === null ? messages.notReported : formatNumber(cell.second, lang)}`;
}

/** Sum over the units that reported, or `null` where none did. */
export function total(table: ValueTable, cycle: string): number | null {
  let sum: number | null = null;
  for (const unit of table.units) {
    const value = unit.cells.get(cycle)?.value ?? null;
    if (value !== null) sum = (sum ?? 0) + value;
  }
  return sum;
}

export function paints(table: ValueTable, cycle: string): Map<number, Paint> {
  return new Map(
    table.units.map((unit) => {
      const entry = table.classes[unit.cells.get(cycle)?.class ?? -1];
      const hatch = entry === undefined || entry.kind === 'no_data';
      return [unit.id, { fill: entry?.colour ?? null, hatch }];
    }),
  );
}

/** The table twin's rows: by district and number, or the highest value first and unknown last. */
export function rows(table: ValueTable, cycle: string, order: Order, lang: Lang, messages: Messages): Row[] {
  const byPlace = (a: Unit, b: Unit): number =>
    compareNames(districtName(a, table, lang), districtName(b, table, lang)) || a.number - b.number;
  const valueOf = (unit: Unit): number => unit.cells.get(cycle)?.value ?? -1;
  const sorted = [...table.units].sort((a, b) =>
    order === 'value' ? valueOf(b) - valueOf(a) || byPlace(a, b) : byPlace(a, b),
  );
  return sorted.map((unit) => ({
    code: unit.code,
    district: districtName(unit, table, lang),
    name: nameIn(lang, unit),
    value: cellText(unit.cells.get(cycle), lang, messages),
    residents: unit.population === null ? messages.notReported : formatNumber(unit.population, lang),
  }));
}
