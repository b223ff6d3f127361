import { expect, test } from 'vitest';
import { formatNumber } from './number';

test('Mongolian groups thousands with a space that does not break', () => {
  expect(formatNumber(1596335, 'mn')).toBe('1\u00a0596\u00a0335');
  expect(formatNumber(999, 'mn')).toBe('999');
  expect(formatNumber(100200, 'mn')).toBe('100\u00a0200');
});

test('English groups thousands with a comma', () => {
  expect(formatNumber(1596335, 'en')).toBe('1,596,335');
  expect(formatNumber(4704.36, 'en', 1)).toBe('4,704.4');
});

test('halves are rounded away from zero, as on the pages of the server', () => {
  expect([0.25, 0.15, 2].map((value) => formatNumber(value, 'en', 1))).toEqual(['0.3', '0.2', '2.0']);
  expect(formatNumber(-0.25, 'mn', 1)).toBe('\u22120.3');
});

test('a number that rounds to nothing has no sign', () => {
  expect(formatNumber(-0.04, 'mn', 1)).toBe('0.0');
  expect(formatNumber(-12.5, 'en', 1)).toBe('\u221212.5');
});

test('what is not a number is refused', () => {
  expect(() => formatNumber(Number.NaN, 'mn')).toThrow('not a finite number');
});
