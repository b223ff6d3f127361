// From figures to what is written and painted. Pure: the same table and view give the same words.

import type { PlaceFacts } from './api';
import type { Lang, Messages } from './i18n';
import { nameIn } from './i18n';
import { formatNumber } from './i18n/number';
import { compareNames } from './i18n/sort';
import type { Paint } from './map';
import type { Figure } from './panels/figures';
import type { Row } from './panels/table';
import type { Order, View } from './state';
import { inkOn } from './style/contrast';
import { type Scheme, THEMES } from './style/theme';
import type { Cell, LegendClass, Unit, ValueTable } from './values';

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
export function cellText(cell: Cell | undefined, table: ValueTable, reader: Reader): string {
  const { lang, messages } = reader;
  if (!cell || cell.value === null) return messages.notReported;
  if (table.measure === 'participation' && table.level === 'khoroo') {
    const entry = table.classes[cell.class];
    return (lang === 'en' ? entry?.label_en : entry?.label_mn) ?? '';
  }
  const first = formatNumber(cell.value, lang, table.decimals);
  if (table.measure === 'participation') return `${first} %`;
  return cell.second === undefined ? first : messages.pair(first, secondText(cell.second, reader));
}

/** What is written large: one figure with its words, or the two of a pair. */
export function readings(cell: Cell | undefined, table: ValueTable, words: string, reader: Reader): Figure[] {
  const { lang, messages } = reader;
  if (cell?.second === undefined || cell.value === null) {
    return [{ value: cellText(cell, table, reader), label: words }];
  }
  const { identifications = '', replications = '' } = messages.measures;
  return [
    { value: formatNumber(cell.value, lang), label: identifications.toLowerCase() },
    { value: secondText(cell.second, reader), label: replications.toLowerCase() },
  ];
}

function secondText(second: number | null, { lang, messages }: Reader): string {
  return second === null ? messages.notReported : formatNumber(second, lang);
}

/** The place's other counts: all measures of all cycles but the one that is written large. */
export function otherFigures(
  facts: PlaceFacts,
  shown: Pick<View, 'measure' | 'cycle'>,
  cycleTitle: (id: string) => string,
  { lang, messages }: Reader,
): Figure[] {
  const isShown = (measure: string, cycle: string): boolean =>
    cycle === shown.cycle &&
    (measure === shown.measure || (shown.measure === 'bivariate' && measure !== 'replications_hosted'));
  return facts.cycles.flatMap((figures) =>
    COUNTED.filter((measure) => !isShown(measure, figures.cycle)).map((measure) => {
      const value = figures[measure];
      const name = messages.measures[measure] ?? measure;
      return {
        label: figures.cycle === shown.cycle ? name : `${name}, ${cycleTitle(figures.cycle)}`,
        value: value === null ? messages.notReported : formatNumber(value, lang),
      };
    }),
  );
}

const COUNTED = ['identifications', 'replications', 'replications_hosted'] as const;

/** Sums over the units that reported, the second of a pair; `null` where none did. */
export function totals(table: ValueTable, cycle: string): { first: number | null; second: number | null } {
  const sums: { first: number | null; second: number | null } = { first: null, second: null };
  for (const { cells } of table.units) {
    const cell = cells.get(cycle);
    if (typeof cell?.value === 'number') sums.first = (sums.first ?? 0) + cell.value;
    if (typeof cell?.second === 'number') sums.second = (sums.second ?? 0) + cell.second;
  }
  return sums;
}

/** The city's figure, large; nothing where no unit reported, or where a sum means nothing. */
export function totalReadings(table: ValueTable, cycle: string, reader: Reader): Figure[] {
  const { first, second } = totals(table, cycle);
  if (first === null || (table.measure === 'participation' && table.level === 'district')) return [];
  const cell: Cell = table.measure === 'bivariate' ? { value: first, second, class: -1 } : { value: first, class: -1 };
  if (table.measure === 'participation') return [{ value: formatNumber(first, reader.lang), label: '' }];
  return readings(cell, table, '', reader);
}

export function paints(table: ValueTable, cycle: string, scheme: Scheme): Map<number, Paint> {
  const { inks } = THEMES[scheme];
  const ofClass = table.classes.map((entry): Paint => {
    const fill = entry.colour[scheme];
    return { fill, ink: inkOn(fill, inks), outline: isPale(entry), hatch: entry.kind === 'no_data' };
  });
  const unknown: Paint = { fill: null, ink: null, outline: true, hatch: true };
  return new Map(table.units.map((unit) => [unit.id, ofClass[unit.cells.get(cycle)?.class ?? -1] ?? unknown]));
}

/** Zero, unknown, and the field of a square where both figures are zero. */
function isPale({ kind, pair }: LegendClass): boolean {
  return pair ? pair[0] === 0 && pair[1] === 0 : kind !== 'range';
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
