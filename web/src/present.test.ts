import { expect, test } from 'vitest';
import { en } from './i18n/en';
import { mn } from './i18n/mn';
import {
  cellText, districtAverage, enteredText, linesOf, linesText, paints, placeName, populationYears, type Reader, readings, stepFigures, totalReadings, totals, trendOf,
} from './present';
import { csvRows, chosenUnits, rowsOf, type RowChoice, totalRow } from './rows';
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
    population_year: 2022,
    cells: new Map([['2022', cell]]),
  };
}

function classOf(kind: LegendClass['kind'], colour: string): LegendClass {
  return { kind, pair: null, colour: { light: colour, dark: '#000000' }, label_mn: 'Илгээсэн', label_en: 'Entered' };
}

function table(units: Unit[], other: Partial<ValueTable> = {}): ValueTable {
  const classes = [classOf('zero', '#f7fcf0'), classOf('range', '#084081'), classOf('no_data', '#cfcfcf')];
  return {
    measure: 'identifications', vintage: '2022', level: 'khoroo', rate: 'count', theme: null, decimals: 0, classes,
    breaks: [1], breaks_second: [], side_labels: [[], []], units, totals: {}, notes: [], illustrative: false, ...other,
  };
}

const reader: Reader = {
  lang: 'mn',
  messages: mn,
  districts: new Map([['bzd', 'Баянзүрх'], ['sbd', 'Сүхбаатар'], ['skhd', 'Сонгинохайрхан']]),
};

const none: Cell = { value: 0, class: 0 };
const three: Cell = { value: 3, class: 1 };
const unknown: Cell = { value: null, class: 2 };
const all: RowChoice = { cycle: '2022', order: { column: 'district', descending: false }, filter: '', within: null };

function codes(of: ValueTable, choice: Partial<RowChoice>): string[] {
  return chosenUnits(of, { ...all, ...choice }, reader).map(({ code }) => code);
}

test('rows stand by district in dictionary order, then by number', () => {
  const units = [unit('sbd-1', none), unit('bzd-10', none), unit('skhd-2', none), unit('bzd-9', none)];
  expect(codes(table(units), {})).toEqual(['bzd-9', 'bzd-10', 'skhd-2', 'sbd-1']);
  expect(codes(table(units), { order: { column: 'district', descending: true } })).toEqual(['sbd-1', 'skhd-2', 'bzd-9', 'bzd-10']);
  expect(codes(table(units), { order: { column: 'number', descending: false } })).toEqual(['sbd-1', 'skhd-2', 'bzd-9', 'bzd-10']);
});

test('by value the unknown stand last in either direction', () => {
  const units = [unit('bzd-1', unknown), unit('bzd-2', none), unit('bzd-3', three)];
  expect(codes(table(units), { order: { column: 'value', descending: true } })).toEqual(['bzd-3', 'bzd-2', 'bzd-1']);
  expect(codes(table(units), { order: { column: 'value', descending: false } })).toEqual(['bzd-2', 'bzd-3', 'bzd-1']);
  const rows = rowsOf(table(units), units, '2022', reader);
  expect(rows.map((row) => row.value)).toEqual(['мэдээлэл алга', '0', '3']);
  expect(rows[0]?.residents).toBe('12\u00a0345');
});

test('a filter finds names in either script, numbers and codes, and every word has to fit', () => {
  const units = [unit('bzd-1', none), unit('bzd-26', none), unit('sbd-26', none)];
  expect(codes(table(units), { filter: '26' })).toEqual(['bzd-26', 'sbd-26']);
  expect(codes(table(units), { filter: 'баянзүрх 26' })).toEqual(['bzd-26']);
  expect(codes(table(units), { filter: 'KHOROO 1' })).toEqual(['bzd-1']);
  expect(codes(table(units), { filter: 'sbd-' })).toEqual(['sbd-26']);
  expect(codes(table(units), { within: 'sbd' })).toEqual(['sbd-26']);
  expect(codes(table(units), { filter: 'нэггүй' })).toEqual([]);
});

test('a download has raw figures, and unknown is empty', () => {
  const units = [unit('bzd-1', unknown, null), unit('bzd-2', three)];
  expect(csvRows(table(units, { theme: 'waste', rate: 'per10000' }), units, '2022', reader)).toEqual([
    ['code', 'vintage', 'cycle', 'theme', 'district', 'name', 'identifications_per10000', 'population', 'population_year', 'illustrative'],
    ['bzd-1', '2022', '2022', 'waste', 'Баянзүрх', '1-р хороо', null, null, 2022, 'false'],
    ['bzd-2', '2022', '2022', 'waste', 'Баянзүрх', '2-р хороо', 3, 12345, 2022, 'false'],
  ]);
});

test('a download of rates has the residents that they were divided by, as the table has', () => {
  const divided = { ...three, residents: { population: 11_000, year: 2021 } };
  const units = [unit('bzd-2', divided), unit('bzd-3', { ...three, residents: { population: null, year: null } })];
  const of = table(units, { rate: 'per10000' });
  const [head, ...rows] = csvRows(of, units, '2022', reader);
  const at = (name: string) => head?.indexOf(name) ?? -1;
  expect(rows.map((row) => [row[at('population')], row[at('population_year')]])).toEqual([[11_000, 2021], [null, null]]);
});

test('unknown is no zero: a sum of nothing is nothing', () => {
  expect(totals(table([unit('bzd-1', unknown)]), '2022').first).toBeNull();
  expect(totals(table([unit('bzd-1', unknown), unit('bzd-2', three)]), '2022').first).toBe(3);
  expect(totalReadings(table([unit('bzd-1', unknown)]), null, '2022', reader)).toEqual([]);
});

test('rates are not added up', () => {
  const rates = table([unit('bzd-2', three)], { rate: 'per10000' });
  expect(totalReadings(rates, null, '2022', reader)).toEqual([]);
  const whole = { ...rates, decimals: 2, totals: { city: { 2022: { value: 1.6, residents: 1_596_335 } }, bzd: { 2022: { value: 2 } } } };
  expect(totalReadings(whole, null, '2022', reader)).toEqual([{ value: '1.60', label: '' }]);
  expect(totalReadings(whole, 'bzd', '2022', reader)).toEqual([{ value: '2.00', label: '' }]);
  expect(populationYears(rates, '2022')).toEqual([2022]);
});

test('a share of districts says of what it is', () => {
  const share = table([unit('bzd', three)], { measure: 'participation', level: 'district', totals: { city: { 2022: { value: 61, khoroos: { entering: 125, of: 204 } } }, bzd: { 2022: { value: 61 } } } });
  expect(totalReadings(share, null, '2022', reader)).toEqual([{ value: '61 %', label: 'хороодын хувь (204 хорооноос 125)' }]);
  expect(totalReadings(share, 'bzd', '2022', reader)).toEqual([{ value: '61 %', label: 'хороодын хувь' }]);
  expect(totalReadings(share, null, '2022', { ...reader, lang: 'en', messages: en })).toEqual([{ value: '61 %', label: 'of khoroos (125 of 204)' }]);
});

test('below the rows stands the area as a whole', () => {
  const units = [unit('bzd-1', none), unit('bzd-2', three), unit('sbd-3', three)];
  const totals = { city: { 2022: { value: 6 } }, bzd: { 2022: { value: 3 } } };
  const row = (choice: Partial<RowChoice>, other: Partial<ValueTable> = {}) => {
    const of = table(units, { totals, ...other });
    return totalRow(of, chosenUnits(of, { ...all, ...choice }, reader), { ...all, ...choice }, reader);
  };
  expect(row({})).toEqual({ label: 'Улаанбаатар, нийт', value: '6', second: null, residents: '37\u00a0035' });
  expect(row({ within: 'bzd' })).toMatchObject({ label: 'Баянзүрх, нийт', value: '3', residents: '24\u00a0690' });
  expect(row({ filter: '3' })).toMatchObject({ label: 'Эдгээр мөрийн нийлбэр', value: '3', residents: '12\u00a0345' });
  expect(row({ filter: '9' })).toBeNull();
  // Rates are told of the area as one, and of picked rows not at all.
  const rate = { rate: 'per10000', decimals: 2, totals: { city: { 2022: { value: 1.6 } } } } as const;
  expect(row({}, rate)).toMatchObject({ label: 'Улаанбаатар, нийтдээ', value: '1.60' });
  expect(row({ filter: '3' }, rate)).toBeNull();
  const divided = { ...rate, totals: { city: { 2022: { value: 1.6, residents: 1_596_335 } } } };
  expect(row({}, divided)?.residents).toBe('1\u00a0596\u00a0335');
  const divisor = { population: 11_000, year: 2021 };
  const ofRate = [unit('bzd-2', { ...three, residents: divisor }), unit('bzd-3', { ...three, residents: { population: null, year: null } })];
  expect(rowsOf(table(ofRate, rate), ofRate, '2022', reader).map(({ residents }) => residents)).toEqual(['11\u00a0000', reader.messages.notReported]);
  expect(row({}, { measure: 'participation', totals: { city: { 2022: { value: 2 } } } })?.value).toBe('2 хороо');
  expect(row({}, { measure: 'bivariate', totals: { city: { 2022: { value: 6, second: 1 } } } })).toMatchObject({ value: '6', second: '1' });
  const someUnknown = table([...units, unit('sbd-4', none, null)], { totals });
  expect(totalRow(someUnknown, someUnknown.units, all, reader)?.residents).toBe('');
});

test('a unit is painted in its class, named in readable ink, hatched where unknown', () => {
  const painted = paints(table([unit('bzd-1', none), unit('bzd-2', three), unit('bzd-3', unknown)]), '2022', 'light');
  expect(painted.get(1)).toEqual({ fill: '#f7fcf0', ink: LIGHT.inks[0], outline: true, hatch: false });
  expect(painted.get(2)).toEqual({ fill: '#084081', ink: LIGHT.inks[1], outline: false, hatch: false });
  expect(painted.get(3)).toMatchObject({ fill: '#cfcfcf', hatch: true });
});

test('beside the district that is shown nothing has a colour of its figure', () => {
  const painted = paints(table([unit('bzd-1', three), unit('sbd-2', three)]), '2022', 'light', 'bzd');
  expect(painted.get(1)?.fill).toBe('#084081');
  expect(painted.get(2)).toEqual({ fill: LIGHT.beside, ink: LIGHT.inkBeside, outline: true, hatch: false });
});

test('copies are counted by where their lines begin and end, each once', () => {
  const copies = [
    { from: '2022:bzd-26', to: '2022:sbd-1' }, { from: '2022:bzd-26', to: '2022:sbd-1' }, { from: null, to: '2022:bzd-26' },
    { from: '2022:bzd-26', to: '2022:bzd-26' }, { from: '2022:sbd-9', to: '2022:bzd-26' }, { from: '2022:bzd-2', to: '2022:bzd-26' },
    { from: '2022:bzd-2', to: '2022:sbd-3' }, { from: '2022:bzd-2', to: null },
  ];
  const map = { form: 'map', part: null } as const;
  const own = unit('bzd-26', three);
  expect(linesOf(own, copies, map)).toEqual({ n_to: 2, n_from: 2, n_within: 0 });
  const district = { ...own, code: 'bzd' };
  expect(linesOf(district, copies, map)).toEqual({ n_to: 1, n_from: 3, n_within: 1 });
  expect(linesText(own, table([own]), copies, map, reader)).toBe('Баянзүрх, 26-р хороо: ирсэн 2, гарсан 2 нутагшуулалтыг шугамаар үзүүлэв. Сонголтыг цуцлах хүртэл бусад шугамыг нуусан.');
  expect(linesText(district, table([district], { level: 'district' }), copies, map, reader)).toContain('ирсэн 1, гарсан 3, өөрийн хороод хооронд 1 нутагшуулалтыг');
  expect(linesText(own, table([own]), [], map, reader)).toBe('Баянзүрх, 26-р хороо: энэ мөчлөгт ирсэн, гарсан шугам зурагт алга.');
});

test('cells of a part of the city have lines between its own khoroos alone, its map all that touch it', () => {
  const copies = [{ from: '2022:bzd-26', to: '2022:sbd-1' }, { from: '2022:sbd-9', to: '2022:bzd-26' }, { from: '2022:bzd-2', to: '2022:bzd-26' }];
  const own = unit('bzd-26', three);
  expect(linesOf(own, copies, { form: 'cells', part: 'bzd' })).toEqual({ n_to: 1, n_from: 0, n_within: 0 });
  expect(linesOf(own, copies, { form: 'map', part: 'bzd' })).toEqual({ n_to: 2, n_from: 1, n_within: 0 });
  expect(linesOf(own, copies.slice(0, 2), { form: 'cells', part: 'bzd' }), 'nothing of it is drawn').toEqual({ n_to: 0, n_from: 0, n_within: 0 });
});

test('a cycle that the table does not have leaves the map unknown, not empty, as the legend says it', () => {
  const painted = paints(table([unit('bzd-1', three)]), '2019', 'light');
  expect(painted.get(1)).toEqual({ fill: '#cfcfcf', ink: LIGHT.inks[0], outline: true, hatch: true });
});

test('a pair is written as two figures', () => {
  const pair: Cell = { value: 3, second: 0, class: 1 };
  const both = table([unit('bzd-1', pair)], { measure: 'bivariate' });
  expect(readings(pair, both, '', reader).map(({ value }) => value)).toEqual(['3', '0']);
  expect(cellText(pair, both, reader)).toBe('3 тодорхойлсон, 0 нутагшуулсан');
  expect(cellText({ value: 3, second: null, class: 2 }, both, reader)).toContain('мэдээлэл алга');
});

test('participation of a khoroo is a word', () => {
  expect(cellText({ value: 1, class: 1 }, table([], { measure: 'participation' }), reader)).toBe('Илгээсэн');
});

test('a khoroo is named with its district', () => {
  expect(placeName(unit('bzd-26', none), table([]), reader)).toBe('Баянзүрх, 26-р хороо');
  expect(placeName(unit('xx-1', none), table([]), reader)).toBe('xx, 1-р хороо');
});

test('counts are compared with the mean of the district’s khoroos, rates with its own rate', () => {
  const units = [unit('bzd-1', none), unit('bzd-2', three), unit('bzd-3', none), unit('sbd-1', three)];
  const districts = table([{ ...unit('bzd', { value: 3, class: 1 }), code: 'bzd' }], { level: 'district' });
  expect(districtAverage(units[0]!, table(units), districts, '2022', reader)).toEqual({ place: { idx: 1, isBelow: false }, text: '1.0' });
  const rates = table(units, { rate: 'per10000', decimals: 2 });
  expect(districtAverage(units[0]!, rates, districts, '2022', reader)).toEqual({ place: { idx: 1, isBelow: false }, text: '3.00' });
  expect(districtAverage(units[3]!, table(units), districts, '2022', reader)).toBeNull();
});

test('a trend says where there was no such khoroo, and what was not reported', () => {
  const before = table([unit('bzd-1', three)], { vintage: '2020' });
  const now = table([unit('bzd-1', unknown), unit('bzd-9', { value: 6, class: 1 })]);
  const cycles = [{ id: '2020', title: '2020', table: before }, { id: '2022', title: '2022', table: now }];
  const points = trendOf('bzd-9', cycles, '2022', reader);
  expect(points.map(({ value, share, isShown }) => [value, share, isShown])).toEqual([
    ['ийм хороо байгаагүй', null, false],
    ['6', 1, true],
  ]);
  expect(trendOf('bzd-1', cycles, '2022', reader)[1]?.value).toBe('мэдээлэл алга');
  const later = [{ id: '2022', title: 'a', table: before }, { id: '2024', title: 'b', table: now }];
  const elsewhere = trendOf('bzd-1', later, '2024', reader)[0];
  expect([elsewhere?.value, elsewhere?.share]).toEqual(['өөр хилээр', null]);
});

test('a step is told by its headline', () => {
  const figure = { id: 'workshops', name: 'Семинар', unit: 'workshops' };
  const step = { code: 'share', name_mn: '', name_en: '' };
  expect(stepFigures([{ ...step, figures: [{ ...figure, value: 0 }] }, { ...step, figures: [{ ...figure, value: null }] }], reader))
    .toEqual([{ label: '1. Семинар', value: '0' }, { label: '2. Семинар', value: 'мэдээлэл алга' }]);
});

test('a figure of entries is told apart from their pages, where there are fewer and such a figure is shown', () => {
  const { messages: words } = reader;
  const told = (measure: string, theme: string | null, n_with_page: number) => enteredText({ measure, theme }, { n_entered: 5, n_with_page }, words);
  expect(told('identifications', null, 3)).toBe(words.entered(5, 3));
  expect(told('bivariate', null, 0)).toBe(words.entered(5, 0));
  expect(told('identifications', null, 5), 'each has one').toBe(null);
  expect(told('replications', null, 3), 'another figure').toBe(null);
  expect(told('identifications', 'waste', 3), 'numbers are of all themes').toBe(null);
  expect(enteredText({ measure: 'identifications', theme: null }, null, words)).toBe(null);
});
