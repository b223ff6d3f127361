import { expect, test } from 'vitest';
import { messages } from './i18n';
import { cellText, otherFigures, paints, placeName, type Reader, readings, rows, totalReadings, totals } from './present';
import { LIGHT } from './style/theme';
import type { Cell, LegendClass, Unit, ValueTable } from './values';

function unit(code: string, cell: Cell, population: number | null = 12345): Unit {
  const [district = '', number = '0'] = code.split('-');
  return {
    id: Number(number),
    code,
    district,
    number: Number(number),
    name_mn: `${number}-р хороо`,
    name_en: `Khoroo ${number}`,
    population,
    cells: new Map([['2022', cell]]),
  };
}

function classOf(kind: LegendClass['kind'], colour: string): LegendClass {
  return { kind, pair: null, colour: { light: colour, dark: '#000000' }, label_mn: 'Илгээсэн', label_en: 'Entered' };
}

function table(units: Unit[], measure = 'identifications'): ValueTable {
  const classes = [classOf('zero', '#f7fcf0'), classOf('range', '#084081'), classOf('no_data', '#cfcfcf')];
  return {
    measure, vintage: '2022', level: 'khoroo', decimals: 0, classes,
    breaks: [1], breaks_second: [], units, illustrative: false,
  };
}

const reader: Reader = {
  lang: 'mn',
  messages: messages('mn'),
  districts: new Map([['bzd', 'Баянзүрх'], ['sbd', 'Сүхбаатар'], ['skhd', 'Сонгинохайрхан']]),
};

const none: Cell = { value: 0, class: 0 };
const three: Cell = { value: 3, class: 1 };
const unknown: Cell = { value: null, class: 2 };

test('rows stand by district in dictionary order, then by number', () => {
  const units = [unit('sbd-1', none), unit('bzd-10', none), unit('skhd-2', none), unit('bzd-9', none)];
  const codes = rows(table(units), '2022', 'place', reader).map((row) => row.code);
  expect(codes).toEqual(['bzd-9', 'bzd-10', 'skhd-2', 'sbd-1']);
});

test('by value the highest comes first and the unknown last', () => {
  const units = [unit('bzd-1', unknown), unit('bzd-2', none), unit('bzd-3', three)];
  const sorted = rows(table(units), '2022', 'value', reader);
  expect(sorted.map((row) => row.code)).toEqual(['bzd-3', 'bzd-2', 'bzd-1']);
  expect(sorted.map((row) => row.value)).toEqual(['3', '0', 'мэдээлэл алга']);
  expect(sorted[0]?.residents).toBe('12\u00a0345');
});

test('unknown is no zero: a sum of nothing is nothing', () => {
  expect(totals(table([unit('bzd-1', unknown)]), '2022').first).toBeNull();
  expect(totals(table([unit('bzd-1', unknown), unit('bzd-2', three)]), '2022').first).toBe(3);
  expect(totalReadings(table([unit('bzd-1', unknown)]), '2022', reader)).toEqual([]);
});

test('a unit is painted in its class, named in readable ink, hatched where unknown', () => {
  const painted = paints(table([unit('bzd-1', none), unit('bzd-2', three), unit('bzd-3', unknown)]), '2022', 'light');
  expect(painted.get(1)).toEqual({ fill: '#f7fcf0', ink: LIGHT.inks[0], outline: true, hatch: false });
  expect(painted.get(2)).toEqual({ fill: '#084081', ink: LIGHT.inks[1], outline: false, hatch: false });
  expect(painted.get(3)).toMatchObject({ fill: '#cfcfcf', hatch: true });
});

test('a cycle that the table does not have leaves the map unknown, not empty', () => {
  const painted = paints(table([unit('bzd-1', three)]), '2019', 'light');
  expect(painted.get(1)).toEqual({ fill: null, ink: null, outline: true, hatch: true });
});

test('a pair is written as two figures', () => {
  const pair: Cell = { value: 3, second: 0, class: 1 };
  const both = table([unit('bzd-1', pair)], 'bivariate');
  expect(readings(pair, both, '', reader).map(({ value }) => value)).toEqual(['3', '0']);
  expect(cellText(pair, both, reader)).toBe('3 тодорхойлсон, 0 нутагшуулсан');
  expect(cellText({ value: 3, second: null, class: 2 }, both, reader)).toContain('мэдээлэл алга');
});

test('participation of a khoroo is a word', () => {
  expect(cellText({ value: 1, class: 1 }, table([], 'participation'), reader)).toBe('Илгээсэн');
});

test('a khoroo is named with its district', () => {
  expect(placeName(unit('bzd-26', none), table([]), reader)).toBe('Баянзүрх, 26-р хороо');
  expect(placeName(unit('xx-1', none), table([]), reader)).toBe('xx, 1-р хороо');
});

test('the other counts leave out what is written large, and name another cycle', () => {
  const facts = {
    code: 'bzd-1', population: null, population_year: null, households: null, area_km2: null, bbox: null,
    cycles: [
      { cycle: '2022', identifications: 3, replications: 1, replications_hosted: 2 },
      { cycle: '2024', identifications: 5, replications: null, replications_hosted: 0 },
    ],
  };
  const shown = { measure: 'identifications', cycle: '2022' };
  const lines = otherFigures(facts, shown, (id) => `${id} он`, reader);
  expect(lines.map(({ value }) => value)).toEqual(['1', '2', '5', 'мэдээлэл алга', '0']);
  expect(lines[2]?.label).toBe('Тодорхойлсон, 2024 он');
  const ofPair = otherFigures(facts, { measure: 'bivariate', cycle: '2022' }, (id) => id, reader);
  expect(ofPair.map(({ value }) => value)).toEqual(['2', '5', 'мэдээлэл алга', '0']);
});
