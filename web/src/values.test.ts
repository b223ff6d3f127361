import { expect, test } from 'vitest';
import { countClasses, parseValues, placeAt } from './values';

const answer = {
  measure: 'identifications',
  vintage: '2022',
  level: 'khoroo',
  rate: 'count',
  theme: null,
  notes: [],
  decimals: 0,
  breaks: [1],
  illustrative: null,
  classes: ['zero', 'range', 'no_data'].map((kind) => ({
    kind,
    colour: '#ffffff',
    colour_dark: '#000000',
    label_mn: kind,
    label_en: kind,
  })),
  units: [
    { id: 4000026, code: 'bzd-26', district: 'bzd', number: 26, name_mn: '', name_en: '', population: null, population_year: null,
      cells: { '2022': { value: 3, class: 1 }, '2024': { value: null, class: 2 } } },
    { id: 4000027, code: 'bzd-27', district: 'bzd', number: 27, name_mn: '', name_en: '', population: 9, population_year: 2022,
      cells: { '2022': { value: 0, class: 0 }, '2024': { value: null, class: 2 } } },
  ],
};

test('units are counted by class, cycle by cycle', () => {
  const table = parseValues(answer);
  expect(countClasses(table, '2022')).toEqual([1, 1, 0]);
  expect(countClasses(table, '2024')).toEqual([0, 0, 2]);
  expect(countClasses(table, '1999'), 'what the table does not have is no data').toEqual([0, 0, 2]);
});

test('a colour is kept for each theme', () => {
  expect(parseValues(answer).classes[0]?.colour).toEqual({ light: '#ffffff', dark: '#000000' });
});

test('the sides of a bivariate square are those that the server tells', () => {
  const side = ['0', '0.4–4.6', '4.7+'].map((text) => ({ mn: text, en: text }));
  expect(parseValues({ ...answer, side_labels: [side, side.slice(0, 2)] }).side_labels).toEqual([side, side.slice(0, 2)]);
  expect(parseValues(answer).side_labels, 'of other measures there are none').toEqual([[], []]);
});

test('an average lies in the class that its size falls into', () => {
  const kinds = ['zero', 'range', 'range', 'no_data'] as const;
  const table = parseValues({
    ...answer, breaks: [2, 5],
    classes: kinds.map((kind) => ({ kind, colour: '#ffffff', colour_dark: '#000000', label_mn: kind, label_en: kind })),
  });
  expect([0, 0.4, 2, 4.9, 5, 80].map((value) => placeAt(table, value)?.idx)).toEqual([0, 1, 1, 1, 2, 2]);
  expect([0, 0.4, 2].map((value) => placeAt(table, value)?.isBelow)).toEqual([false, true, false]);
});
