import { expect, test } from 'vitest';
import type { Box } from './api';
import { contains, districtsApart, innermost, tileAround } from './apart';

function district(code: string, bbox: Box | null, n_khoroos: number) {
  return { code, name_mn: code, name_en: code, bbox, n_khoroos };
}

test('a district lies apart if no chain of touching boxes leads from it to the city', () => {
  const apart = districtsApart([
    district('far', [108.2, 47.6, 108.5, 47.9], 5),
    district('west', [106, 47, 106.5, 48], 20),
    district('middle', [106.5, 47, 107, 48], 20),
    district('east', [106.9, 47.5, 107.3, 48], 20),
    district('south', [107.3, 46, 107.5, 46.4], 2),
    district('unknown', null, 3),
  ]);
  expect(apart.map(({ code }) => code)).toEqual(['far', 'south']);
});

test('the core is where khoroos lie closest, in the city itself', () => {
  const city = [
    district('far', [9, 9, 9.1, 9.1], 9), district('wide', [0, 0, 4, 4], 30), district('inner', [1, 1, 2, 2], 20), district('bare', null, 50),
  ];
  expect(innermost(city)).toBe('inner');
  expect(innermost([])).toBeNull();
});

test('a district that joins two groups makes them one', () => {
  const boxes = [district('a', [0, 0, 1, 1], 1), district('b', [2, 0, 3, 1], 1), district('between', [1, 0, 2, 1], 1)];
  expect(districtsApart(boxes)).toEqual([]);
});

test('a city of one piece, or without lines, has nothing apart', () => {
  expect(districtsApart([])).toEqual([]);
  expect(districtsApart([district('only', [0, 0, 1, 1], 9)])).toEqual([]);
});

test('a box is seen in the finest tile that holds it whole', () => {
  expect(tileAround([1, 1, 2, 2], 6, 10, 4096)).toMatchObject({ z: 7, x: 64, y: 63 });
  const tile = tileAround([106.9, 47.9, 106.91, 47.91], 0, 10, 4096);
  expect(tile).toMatchObject({ z: 10, x: 816, y: 356 });
  const [x, y, width, height] = tile!.viewBox;
  expect([x >= 0, y >= 0, x + width <= 4096, y + height <= 4096]).toEqual([true, true, true, true]);
  // One hundredth of a degree of 360 / 2^10 degrees to a tile.
  expect(width).toBeCloseTo((0.01 / (360 / 1024)) * 4096, 3);
});

test('a box that every tile cuts is not shown', () => {
  expect(tileAround([-1, -1, 1, 1], 6, 10, 4096)).toBeNull();
});

test('a view holds a box only whole', () => {
  expect(contains([0, 0, 2, 2], [0.5, 0.5, 2, 2])).toBe(true);
  expect(contains([0, 0, 2, 2], [0.5, 0.5, 2.1, 2])).toBe(false);
});
