// From figures to what is written and painted. Pure: the same table and view give the same words.

import type { PlaceFacts, Step } from './api';
import type { Lang, Messages } from './i18n';
import { nameIn } from './i18n';
import { formatNumber } from './i18n/number';
import type { Paint } from './paint';
import type { Figure, TrendPoint } from './panels/figures';
import { inkOn } from './style/contrast';
import { type Scheme, THEMES } from './style/theme';
import { type Cell, classAt, type LegendClass, type Unit, type ValueTable } from './values';

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

export function districtName(unit: Pick<Unit, 'district'>, { districts }: Reader): string {
  return districts.get(unit.district) ?? unit.district;
}

export function numberText(value: number | null, { lang, messages }: Reader, n_decimals = 0): string {
  return value === null ? messages.notReported : formatNumber(value, lang, n_decimals);
}

/** One figure with the table's decimals. */
export function figureText(value: number | null, table: ValueTable, reader: Reader): string {
  return numberText(value, reader, table.decimals);
}

/** A cell in words: unknown says so, yes and no are words, a pair is written as both. */
export function cellText(cell: Cell | undefined, table: ValueTable, reader: Reader): string {
  const { lang, messages } = reader;
  if (!cell || cell.value === null) return messages.notReported;
  if (table.measure === 'participation' && table.level === 'khoroo') {
    const entry = table.classes[cell.class];
    return (lang === 'en' ? entry?.label_en : entry?.label_mn) ?? '';
  }
  const first = figureText(cell.value, table, reader);
  if (table.measure === 'participation') return `${first} %`;
  return cell.second === undefined ? first : messages.pair(first, figureText(cell.second, table, reader));
}

/** What is written large: one figure with its words, or the two of a pair. */
export function readings(cell: Cell | undefined, table: ValueTable, words: string, reader: Reader): Figure[] {
  if (cell?.second === undefined || cell.value === null) {
    return [{ value: cellText(cell, table, reader), label: words }];
  }
  const { identifications = '', replications = '' } = reader.messages.measures;
  return [
    { value: figureText(cell.value, table, reader), label: identifications.toLowerCase() },
    { value: figureText(cell.second, table, reader), label: replications.toLowerCase() },
  ];
}

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

/** The city's figure, large; nothing where no unit reported, or where a sum means nothing: rates, shares. */
export function totalReadings(table: ValueTable, cycle: string, reader: Reader): Figure[] {
  const { first, second } = totals(table, cycle);
  if (first === null || !addsUp(table)) return [];
  const cell: Cell = table.measure === 'bivariate' ? { value: first, second, class: -1 } : { value: first, class: -1 };
  if (table.measure === 'participation') return [{ value: formatNumber(first, reader.lang), label: '' }];
  return readings(cell, table, '', reader);
}

/** True where figures of units can be added to one of the city. */
export function addsUp({ measure, level, rate }: ValueTable): boolean {
  return rate === 'count' && !(measure === 'participation' && level === 'district');
}

export function isReported(table: ValueTable, cycle: string): boolean {
  return totals(table, cycle).first !== null;
}

/** Years of the populations by which a rate was divided, ascending. */
export function populationYears(table: ValueTable, cycle: string): number[] {
  const years = table.units.flatMap(({ cells, population_year }) => cells.get(cycle)?.residents?.year ?? population_year ?? []);
  return [...new Set(years)].sort((a, b) => a - b);
}

/**
 * What a khoroo is compared with: the mean of its district's khoroos for counts, the district's own
 * rate or share otherwise. `districts` is the same measure by district.
 */
export function districtAverage(
  unit: Unit,
  table: ValueTable,
  districts: ValueTable,
  cycle: string,
  reader: Reader,
): { idx: number | null; text: string } | null {
  const cell = districts.units.find(({ code }) => code === unit.district)?.cells.get(cycle);
  if (table.level !== 'khoroo' || !cell || cell.value === null) return null;
  const { messages } = reader;
  if (table.measure === 'participation') return { idx: null, text: messages.districtShare(`${numberText(cell.value, reader)} %`) };
  const n_khoroos = table.units.filter(({ district }) => district === unit.district).length;
  const per = (value: number): number => (table.rate === 'count' ? value / n_khoroos : value);
  const text = (value: number | null | undefined): string => numberText(value == null ? null : per(value), reader, 1);
  if (cell.second !== undefined) return { idx: null, text: messages.pair(text(cell.value), text(cell.second)) };
  return { idx: classAt(table, per(cell.value)), text: text(cell.value) };
}

/**
 * One line for each cycle, with bars as long as their share of the highest. A khoroo of the same number in
 * other boundaries is other ground: its figure is told as such, and no bar compares it.
 */
export function trendOf(
  code: string,
  cycles: readonly { id: string; title: string; table: ValueTable | undefined }[],
  shown: string,
  reader: Reader,
): TrendPoint[] {
  const points = cycles.map(({ id, title, table }) => {
    const unit = table?.units.find((one) => one.code === code);
    return { id, title, table, unit, cell: unit?.cells.get(id) };
  });
  const ground = cycles.find(({ id }) => id === shown)?.table?.vintage;
  const isElsewhere = (table: ValueTable | undefined): boolean => table?.level === 'khoroo' && table.vintage !== ground;
  const most = Math.max(...points.map(({ cell, table }) => (isElsewhere(table) ? 0 : cell?.value ?? 0)));
  return points.map(({ id, title, table, unit, cell }) => {
    const value = cell?.value ?? null;
    const text = !table ? '…' : unit ? cellText(cell, table, reader) : reader.messages.notInVintage;
    if (unit && isElsewhere(table)) return { label: title, value: reader.messages.inOtherBoundaries(text), share: null, isShown: id === shown };
    return { label: title, value: text, share: value === null || most === 0 ? null : value / most, isShown: id === shown };
  });
}

/** The first figure of each step, which is its headline. */
export function stepFigures(steps: readonly Step[], reader: Reader): Figure[] {
  return steps.flatMap(({ figures: [headline] }, idx) =>
    headline ? [{ label: `${idx + 1}. ${headline.name}`, value: numberText(headline.value, reader) }] : []);
}

export function factFigures(facts: PlaceFacts, reader: Reader): Figure[] {
  const { messages } = reader;
  const area = facts.area_km2;
  return [
    {
      label: facts.population_year === null ? messages.residents : messages.residentsYear(facts.population_year),
      value: numberText(facts.population, reader),
    },
    { label: messages.households, value: numberText(facts.households, reader) },
    {
      label: messages.area,
      value: area === null ? messages.notReported : messages.squareKilometres(numberText(area, reader, area < 10 ? 2 : 0)),
    },
  ];
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
