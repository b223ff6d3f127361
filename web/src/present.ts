// From figures to what is written and painted. Pure: the same table and view give the same words.

import type { District, Entered, PlaceFacts, Step, Way } from './api';
import type { Drawn } from './drawn';
import type { Lang, Messages } from './i18n';
import { nameIn } from './i18n';
import { AREA_DECIMALS, AVERAGE_DECIMALS, formatNumber } from './i18n/number';
import type { Paint } from './paint';
import type { Figure, TrendPoint } from './panels/figures';
import { districtOf, isBeside } from './part';
import type { Form } from './state';
import { inkOn } from './style/contrast';
import { type Scheme, THEMES } from './style/theme';
import { type Cell, classOf, type LegendClass, type LegendPlace, placeAt, type Total, type Unit, type ValueTable } from './values';

/** Who is read to: language, its words, and what districts are called in it. */
export interface Reader {
  lang: Lang;
  messages: Messages;
  /** District names by code. */
  districts: ReadonlyMap<string, string>;
  /** What else districts are called, by code. */
  aliases?: ReadonlyMap<string, readonly string[]>;
}

export function withDistricts(reader: Reader, districts: readonly District[]): Reader {
  return {
    ...reader,
    aliases: new Map(districts.map(({ code, aliases }) => [code, aliases ?? []])),
    districts: new Map(districts.map((district) => [district.code, nameIn(reader.lang, district)])),
  };
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

/** What the figures of an area are kept under: its district's code, or the city. */
const CITY = 'city';

/** Figures of a whole area, `null` for the city; `null` where nobody computed them: a khoroo's are its own. */
export function totalOf(table: ValueTable, area: string | null, cycle: string): Total | null {
  return table.totals[area ?? CITY]?.[cycle] ?? null;
}

/** The area's figure, large: a sum, or the rate or share of it as one; nothing where nothing was reported. */
export function totalReadings(table: ValueTable, area: string | null, cycle: string, reader: Reader): Figure[] {
  const { first, second } = totals(table, cycle);
  if (first === null) return [];
  const [unit] = table.units;
  if (area?.includes('-') && unit && !addsUp(table)) return readings(unit.cells.get(cycle), table, '', reader);
  const total = totalOf(table, area, cycle) ?? (addsUp(table) ? { value: first, second } : null);
  if (total === null || total.value === null) return [];
  return totalTexts(total, table, reader);
}

/** One figure, or the two of a pair with their words. */
export function totalTexts({ value, second, khoroos }: Total, table: ValueTable, reader: Reader): Figure[] {
  const text = figureText(value, table, reader);
  if (table.measure === 'participation') {
    if (table.level === 'khoroo') return [{ value: text, label: '' }];
    const { ofKhoroos, khoroosOf } = reader.messages;
    return [{ value: `${text} %`, label: khoroos ? `${ofKhoroos} ${khoroosOf(khoroos.entering, khoroos.of)}` : ofKhoroos }];
  }
  const cell: Cell = table.measure === 'bivariate' ? { value, second: second ?? null, class: -1 } : { value, class: -1 };
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
): { place: LegendPlace | null; text: string } | null {
  const cell = districts.units.find(({ code }) => code === unit.district)?.cells.get(cycle);
  if (table.level !== 'khoroo' || !cell || cell.value === null) return null;
  const { messages } = reader;
  if (table.measure === 'participation') return { place: null, text: messages.districtShare(`${numberText(cell.value, reader)} %`) };
  const n_khoroos = table.units.filter(({ district }) => district === unit.district).length;
  const per = (value: number): number => (table.rate === 'count' ? value / n_khoroos : value);
  const n_decimals = table.rate === 'count' ? AVERAGE_DECIMALS : table.decimals;
  const text = (value: number | null | undefined): string => numberText(value == null ? null : per(value), reader, n_decimals);
  if (cell.second !== undefined) return { place: null, text: messages.pair(text(cell.value), text(cell.second)) };
  return { place: placeAt(table, per(cell.value)), text: text(cell.value) };
}

/** Where lines are drawn: cells of a part of the city have only those between its own khoroos. */
export interface LinesShown {
  form: Form;
  /** Code of the district that is shown alone. */
  part: string | null;
}

/** How many copies have a line to a chosen khoroo or district, from it, and between khoroos of the district. */
export interface LineCount {
  n_to: number;
  n_from: number;
  n_within: number;
}

/** Several copies may share a line, so copies are counted, and only those whose line is shown: between two khoroos. */
export function linesOf({ code }: Pick<Unit, 'code'>, copies: readonly Way[], { form, part }: LinesShown): LineCount {
  const isOwn = (khoroo: string): boolean => khoroo === code || districtOf(khoroo) === code;
  const isShown = (khoroo: string): boolean => form === 'map' || part === null || districtOf(khoroo) === part;
  const count: LineCount = { n_to: 0, n_from: 0, n_within: 0 };
  for (const copy of copies) {
    const [from, to] = [codeOf(copy.from), codeOf(copy.to)];
    if (from === null || to === null || from === to || !isShown(from) || !isShown(to)) continue;
    if (isOwn(from) && isOwn(to)) count.n_within += 1;
    else if (isOwn(to)) count.n_to += 1;
    else if (isOwn(from)) count.n_from += 1;
  }
  return count;
}

/** The same in words. */
export function linesText(unit: Unit, table: ValueTable, copies: readonly Way[], shown: LinesShown, reader: Reader): string {
  const { n_to, n_from, n_within } = linesOf(unit, copies, shown);
  return reader.messages.linesOf(placeName(unit, table, reader), n_to, n_from, n_within);
}

/** Of `2022:bzd-26` it is `bzd-26`. */
export function codeOf(khoroo: string | null): string | null {
  return khoroo === null ? null : khoroo.slice(khoroo.lastIndexOf(':') + 1);
}

/**
 * One line for each cycle, with bars as long as their share of the highest. A khoroo of the same number in
 * other boundaries is other ground: its figure is none of this one's. What the ground had is on the khoroo's page.
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
    if (unit && isElsewhere(table)) return { label: title, value: reader.messages.inOtherBoundaries, share: null, isShown: id === shown };
    return { label: title, value: text, share: value === null || most === 0 ? null : value / most, isShown: id === shown };
  });
}

/** Why a place has fewer pages of practices than its figure says; `null` where each has one, or no such figure is shown. */
export function enteredText({ measure, theme }: Pick<Drawn, 'measure' | 'theme'>, entered: Entered | null, messages: Messages): string | null {
  const isTold = (measure === 'identifications' || measure === 'bivariate') && theme === null;
  if (!isTold || entered === null || entered.n_with_page >= entered.n_entered) return null;
  return messages.entered(entered.n_entered, entered.n_with_page);
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
      value: area === null ? messages.notReported : messages.squareKilometres(numberText(area, reader, AREA_DECIMALS)),
    },
  ];
}

/** Colours of units by their figures; beside the district `part` that is shown, units have none. */
export function paints(table: ValueTable, cycle: string, scheme: Scheme, part: string | null = null): Map<number, Paint> {
  const { inks, beside: ground, inkBeside } = THEMES[scheme];
  const ofClass = table.classes.map((entry): Paint => {
    const fill = entry.colour[scheme];
    return { fill, ink: inkOn(fill, inks), outline: isPale(entry), hatch: entry.kind === 'no_data' };
  });
  const unknown: Paint = { fill: null, ink: null, outline: true, hatch: true };
  const beside: Paint = { fill: ground, ink: inkBeside, outline: true, hatch: false };
  return new Map(table.units.map((unit) =>
    [unit.id, isBeside(unit, part) ? beside : (ofClass[classOf(table, unit, cycle)] ?? unknown)]));
}

/** Zero, unknown, and the field of a square where both figures are zero. */
function isPale({ kind, pair }: LegendClass): boolean {
  return pair ? pair[0] === 0 && pair[1] === 0 : kind !== 'range';
}
