import { expect, test } from 'vitest';
import { formatDate } from './date';

test('a civil date reads in both languages', () => {
  expect(formatDate('2022-01-01', 'mn')).toBe('2022 оны 1 сарын 1');
  expect(formatDate('2021-12-31', 'en')).toBe('31 December 2021');
});

test('what is no date stays as it is', () => {
  expect(formatDate('soon', 'en')).toBe('soon');
  expect(formatDate('2022-13-01', 'en')).toBe('2022-13-01');
});
