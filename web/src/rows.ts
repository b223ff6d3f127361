// The table twin's rows: which units, in which order, in which words. Pure.

import { nameIn } from './i18n';
import { matcher } from './i18n/fold';
import { formatNumber } from './i18n/number';
import { compareNames } from './i18n/sort';
import { addsUp, cellText, districtName, figureText, numberText, type Reader, totalOf, totals, totalTexts } from './present';
import type { Column, Order, View } from './state';
import type { Total, Unit, ValueTable } from './values';

export interface Row {
  code: string;
  district: string;
  name: string;
  value: string;
  /** Only of a bivariate measure. */
  second: string | null;
  residents: string;
}

/** The line below the rows, in words. */
export interface TotalRow {
  label: string;
  value: string;
  /** Only of a bivariate measure. */
  second: string | null;
  residents: string;
}

export type RowChoice = Pick<View, 'cycle' | 'order' | 'filter' | 'within'>;

/** Units that pass the filter, in the order asked for; unknown figures stand last in either direction. */
export function chosenUnits(table: ValueTable, { cycle, order, filter, within }: RowChoice, reader: Reader): Unit[] {
  const isMeant = matcher(filter);
  const fits = (unit: Unit): boolean => {
    if (within !== null && unit.district !== within) return false;
    const district = [unit.district, districtName(unit, reader), ...(reader.aliases?.get(unit.district) ?? [])];
    return isMeant({ number: table.level === 'khoroo' ? unit.number : null, names: [...district, unit.name_mn, unit.name_en] });
  };
  const compare = comparer(table, cycle, order, reader);
  return table.units.filter(fits).sort(compare);
}

/** Whom a rate was divided by; where nothing is, who lives there. With the year that they were counted in. */
function residentsOf({ cells, population, population_year }: Unit, cycle: string): { population: number | null; year: number | null } {
  return cells.get(cycle)?.residents ?? { population, year: population_year };
}

export function rowsOf(table: ValueTable, units: readonly Unit[], cycle: string, reader: Reader): Row[] {
  const paired = table.measure === 'bivariate';
  return units.map((unit) => {
    const cell = unit.cells.get(cycle);
    return {
      code: unit.code,
      district: districtName(unit, reader),
      name: nameIn(reader.lang, unit),
      value: paired ? figureText(cell?.value ?? null, table, reader) : cellText(cell, table, reader),
      second: paired ? figureText(cell?.second ?? null, table, reader) : null,
      residents: numberText(residentsOf(unit, cycle).population, reader),
    };
  });
}

/** The line below the rows: the area as a whole, or where rows are picked by words their sum; none without any. */
export function totalRow(table: ValueTable, units: readonly Unit[], { cycle, filter, within }: RowChoice, reader: Reader): TotalRow | null {
  const { lang, messages } = reader;
  if (units.length === 0) return null;
  const isPicked = filter.trim() !== '';
  if (isPicked && !addsUp(table)) return null;
  const total = isPicked ? summed(units, cycle, table) : totalOf(table, within, cycle);
  if (total === null || total.value === null) return null;
  const place = within === null ? messages.city : (reader.districts.get(within) ?? within);
  const figures = totalTexts(total, table, reader);
  const counted = units.map((unit) => residentsOf(unit, cycle).population);
  const people = total.residents ?? (counted.includes(null) ? null : counted.reduce<number>((sum, n) => sum + (n ?? 0), 0));
  const n_took_part = table.measure === 'participation' && table.level === 'khoroo' ? messages.nKhoroos(total.value) : null;
  return {
    label: isPicked ? messages.totalOfRows : addsUp(table) ? messages.totalOf(place) : messages.overallOf(place),
    value: n_took_part ?? figures[0]?.value ?? '',
    second: table.measure === 'bivariate' ? (figures[1]?.value ?? '') : null,
    residents: people === null ? '' : formatNumber(people, lang),
  };
}

function summed(units: readonly Unit[], cycle: string, table: ValueTable): Total {
  const { first, second } = totals({ ...table, units: [...units] }, cycle);
  return table.measure === 'bivariate' ? { value: first, second } : { value: first };
}

/** The same rows as raw figures, under the names that the service's own downloads use. */
export function csvRows(table: ValueTable, units: readonly Unit[], cycle: string, reader: Reader): (string | number | null)[][] {
  const paired = table.measure === 'bivariate';
  const suffix = table.rate === 'per10000' ? '_per10000' : '';
  const measures = (paired ? ['identifications', 'replications'] : [table.measure]).map((measure) => measure + suffix);
  const theme = table.theme === null ? [] : ['theme'];
  const head = ['code', 'vintage', 'cycle', ...theme, 'district', 'name', ...measures, 'population', 'population_year', 'illustrative'];
  const body = units.map((unit) => {
    const cell = unit.cells.get(cycle);
    const residents = residentsOf(unit, cycle);
    return [
      unit.code,
      table.vintage,
      cycle,
      ...(table.theme === null ? [] : [table.theme]),
      districtName(unit, reader),
      nameIn(reader.lang, unit),
      cell?.value ?? null,
      ...(paired ? [cell?.second ?? null] : []),
      residents.population,
      residents.year,
      String(table.illustrative),
    ];
  });
  return [head, ...body];
}

function comparer(table: ValueTable, cycle: string, { column, descending }: Order, reader: Reader) {
  const sign = descending ? -1 : 1;
  const byDistrict = (a: Unit, b: Unit): number => compareNames(districtName(a, reader), districtName(b, reader));
  const byNumber = (a: Unit, b: Unit): number => (table.level === 'khoroo' ? a.number - b.number : 0);
  const byPlace = (a: Unit, b: Unit): number => byDistrict(a, b) || byNumber(a, b);
  const figures: Partial<Record<Column, (unit: Unit) => number | null>> = {
    value: (unit) => unit.cells.get(cycle)?.value ?? null,
    second: (unit) => unit.cells.get(cycle)?.second ?? null,
    residents: (unit) => residentsOf(unit, cycle).population,
  };
  const figureOf = figures[column];
  if (figureOf) return (a: Unit, b: Unit): number => byFigure(figureOf(a), figureOf(b), sign) || byPlace(a, b);
  if (column === 'number') return (a: Unit, b: Unit): number => sign * byNumber(a, b) || byDistrict(a, b);
  return (a: Unit, b: Unit): number => sign * byDistrict(a, b) || byNumber(a, b);
}

function byFigure(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return sign * (a - b);
}
