import { expect, test } from 'vitest';
import { mn } from './mn';
import { genitiveOfDay, harmonyOf, ordinalEn, ordinalMn } from './ordinal';

test('numbers read with front vowels at their end take дүгээр', () => {
  for (const n of [1, 4, 9, 11, 14, 19, 21, 24, 34, 40, 41, 90, 140, 190]) {
    expect(ordinalMn(n)).toBe(`${n} дүгээр`);
  }
});

test('all other numbers take дугаар', () => {
  for (const n of [2, 3, 5, 6, 7, 8, 10, 12, 20, 26, 30, 43, 50, 80, 100, 400, 1000]) {
    expect(ordinalMn(n)).toBe(`${n} дугаар`);
  }
});

test('every number has exactly one harmony that repeats each hundred', () => {
  for (let n = 1; n <= 100; n += 1) expect(harmonyOf(n + 100)).toBe(harmonyOf(n));
});

test('a date is declined by its day', () => {
  const days = Array.from({ length: 31 }, (_, nth) => nth + 1);
  const front = days.filter((day) => genitiveOfDay(`2022 оны 1 сарын ${day}`).endsWith(`${day}-ний`));
  expect(front).toEqual([1, 4, 9, 11, 14, 19, 21, 24, 29, 31]);
  expect(genitiveOfDay('2022 оны 4 сарын 10')).toBe('2022 оны 4 сарын 10-ны');
  expect(mn.validity('2022 оны 1 сарын 2', null)).toBe('2022 оны 1 сарын 2-ны өдрөөс');
});

test('English ordinals know the teens', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 112].map(ordinalEn)).toEqual([
    '1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '22nd', '112th',
  ]);
});
