import { expect, test } from 'vitest';
import { compareNames } from './sort';

function check(sorted: string[]): void {
  const shuffled = [...sorted].reverse();
  expect(shuffled.sort(compareNames)).toEqual(sorted);
}

test('Ө follows О and Ү follows У, in either case', () => {
  check(['Оюу', 'Өвөр', 'Пагма', 'Сонгино', 'Сүхбаатар', 'Туул', 'Уул', 'Үүл', 'Хан']);
  check(['сонгино', 'СҮХ', 'тал']);
});

test('the nine districts stand in dictionary order', () => {
  check([
    'Багануур', 'Багахангай', 'Баянгол', 'Баянзүрх', 'Налайх',
    'Сонгинохайрхан', 'Сүхбаатар', 'Хан-Уул', 'Чингэлтэй',
  ]);
});

test('numbers inside names count by value', () => {
  check(['2-р хороо', '9-р хороо', '10-р хороо', '26-р хороо']);
});

test('a name comes before its own continuation', () => {
  check(['Хан', 'Хан-Уул', 'Ханд']);
});
