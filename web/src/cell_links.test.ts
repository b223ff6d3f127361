import { expect, test } from 'vitest';
import type { CellLayout } from './api';
import { bow, linksOf, vintagesOf } from './cell_links';

function layoutOf(vintage: string, codes: Record<string, [number, number]>): CellLayout {
  const cells = Object.entries(codes).map(([code, [column, row]]) => ({ code, id: 0, district: code.split('-')[0]!, column, row }));
  return { vintage, n_columns: 9, n_rows: 9, cells, districts: [] };
}

const layouts = new Map([
  ['2020', layoutOf('2020', { 'a-1': [0, 0], 'a-9': [4, 4] })],
  ['2022', layoutOf('2022', { 'a-1': [2, 2], 'b-1': [3, 0] })],
]);

test('copies between the same cells are one line, a way back is another', () => {
  const copies = [
    { host: '2022:a-1', khoroo: '2022:b-1' }, { host: '2022:b-1', khoroo: '2022:a-1' }, { host: '2022:a-1', khoroo: '2022:b-1' },
  ];
  expect(linksOf(copies, layouts)).toEqual([
    { from: { column: 3, row: 0 }, to: { column: 2, row: 2 }, n: 1 },
    { from: { column: 2, row: 2 }, to: { column: 3, row: 0 }, n: 2 },
  ]);
});

test('a host of an earlier vintage is where that vintage has it, not where its number is now', () => {
  expect(linksOf([{ host: '2020:a-1', khoroo: '2022:b-1' }], layouts)[0]?.from).toEqual({ column: 0, row: 0 });
});

test('what has no cell, or leads nowhere else, has no line', () => {
  const copies = [
    { host: null, khoroo: '2022:b-1' }, { host: '2022:zz-1', khoroo: '2022:b-1' }, { host: '2022:b-1', khoroo: '2022:b-1' },
  ];
  expect(linksOf(copies, layouts)).toEqual([]);
  expect(vintagesOf([...copies, { host: '2020:a-1', khoroo: '2022:b-1' }]).sort()).toEqual(['2020', '2022']);
});

test('a line bends to the right of its way and keeps clear of the numbers at its ends', () => {
  const path = bow({ from: { column: 0, row: 0 }, to: { column: 4, row: 0 }, n: 1 }, 10);
  const [startX, startY, bendX, bendY, endX, endY] = path.match(/-?[\d.]+/g)!.map(Number) as [number, number, number, number, number, number];
  expect([bendX, bendY]).toEqual([25, 10.6]);
  expect(startX).toBeGreaterThan(7);
  expect(endX).toBeLessThan(43);
  expect(startY).toBeCloseTo(endY);
});
