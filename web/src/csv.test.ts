import { expect, test } from 'vitest';
import { toCsv } from './csv';

function check(value: string | number | null, expected: string): void {
  expect(toCsv([[value]])).toBe(`\ufeff${expected}\r\n`);
}

test('text that a spreadsheet would run is made text', () => {
  check('=1+1', `"'=1+1"`);
  check('@SUM(A1)', `"'@SUM(A1)"`);
  check('+976', `"'+976"`);
  check('-2', `"'-2"`);
  check('\tx', `"'\tx"`);
});

test('numbers stay numbers, and unknown is empty', () => {
  check(-2.5, '-2.5');
  check(0, '0');
  check(null, '');
});

test('separators, quotes and line ends inside a field are kept', () => {
  check('Баянзүрх, 26', '"Баянзүрх, 26"');
  check('the "best"', '"the ""best"""');
  check('a\nb', '"a\nb"');
  expect(toCsv([['a', 1], ['b', 2]])).toBe('\ufeffa,1\r\nb,2\r\n');
});
