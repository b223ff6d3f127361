import { expect, test } from 'vitest';
import type { Vintage } from './config';
import { placeAddress } from './place_address';

const vintage = (id: string, valid_to: string | null): Vintage =>
  ({ id, title_mn: id, title_en: id, valid_from: '2020-01-01', valid_to, source: '', has_lines: true, n_khoroos: 1 });

test('the page of a place of the past names its boundaries, that of one of today needs not', () => {
  expect(placeAddress('/en', 'khoroo', 'bzd-26', vintage('2022', null))).toBe('/en/khoroos/bzd-26');
  expect(placeAddress('/hlp/mn', 'khoroo', 'bzd-26', vintage('2020', '2021-12-31'))).toBe('/hlp/mn/khoroos/bzd-26?vintage=2020');
  expect(placeAddress('/en', 'district', 'bzd', vintage('2020', '2021-12-31'))).toBe('/en/districts/bzd?vintage=2020');
  expect(placeAddress('/en', 'district', 'bzd', null)).toBe('/en/districts/bzd');
});
