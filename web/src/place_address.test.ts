import { expect, test } from 'vitest';
import type { Vintage } from './config';
import { placeAddress } from './place_address';

const vintage = (id: string, in_force: boolean): Vintage =>
  ({ id, title_mn: id, title_en: id, valid_from: `${id}-01-01`, valid_to: null, source: '', has_lines: true, n_khoroos: 1, in_force });

test('the page of a place in boundaries that are not in force names them, past or to come', () => {
  expect(placeAddress('/en', 'khoroo', 'bzd-26', vintage('2022', true))).toBe('/en/khoroos/bzd-26');
  expect(placeAddress('/hlp/mn', 'khoroo', 'bzd-26', vintage('2020', false))).toBe('/hlp/mn/khoroos/bzd-26?vintage=2020');
  expect(placeAddress('/en', 'district', 'bzd', vintage('2027', false))).toBe('/en/districts/bzd?vintage=2027');
  expect(placeAddress('/en', 'district', 'bzd', null)).toBe('/en/districts/bzd');
});
