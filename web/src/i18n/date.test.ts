import { expect, test } from 'vitest';
import { formatDate, formatMoment } from './date';

test('a civil date reads in both languages', () => {
  expect(formatDate('2022-01-01', 'mn')).toBe('2022\u00a0оны 1\u00a0сарын\u00a01');
  expect(formatDate('2021-12-31', 'en')).toBe('31\u00a0December\u00a02021');
});

test('what is no date stays as it is', () => {
  expect(formatDate('soon', 'en')).toBe('soon');
  expect(formatDate('2022-13-01', 'en')).toBe('2022-13-01');
});

test('a moment is told by the clocks of Ulaanbaatar', () => {
  expect(formatMoment('2022-12-31T18:05:59Z', 'mn')).toBe('2023\u00a0оны 1\u00a0сарын\u00a01, 02:05');
  expect(formatMoment('2022-06-30T01:00:00Z', 'en')).toBe('30\u00a0June\u00a02022, 09:00');
  expect(formatMoment('yesterday', 'en')).toBe('yesterday');
});
