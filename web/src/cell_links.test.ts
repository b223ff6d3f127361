import { expect, test } from 'vitest';
import type { CellLayout } from './api';
import { bow, linksOf } from './cell_links';

function layoutOf(vintage: string, codes: Record<string, [number, number]>): CellLayout {
  const cells = Object.entries(codes).map(([code, [column, row]]) => ({ code, id: 0, district: code.split('-')[0]!, column, row }));
  return { vintage, n_columns: 9, n_rows: 9, strip_height: 0.7, strips: [], cells, districts: [] };
}

const layout = layoutOf('2022', { 'a-1': [2, 2], 'b-1': [3, 0] });

test('copies between the same cells are one line, a way back is another', () => {
  const copies = [
    { from: '2022:a-1', to: '2022:b-1' }, { from: '2022:b-1', to: '2022:a-1' }, { from: '2022:a-1', to: '2022:b-1' },
  ];
  expect(linksOf(copies, layout)).toEqual([
    { from: { column: 3, row: 0 }, to: { column: 2, row: 2 }, n: 1 },
    { from: { column: 2, row: 2 }, to: { column: 3, row: 0 }, n: 2 },
  ]);
});

test('what has no cell in these boundaries, or leads nowhere else, has no line', () => {
  const copies = [
    { from: null, to: '2022:b-1' }, { from: '2022:b-1', to: null }, { from: '2022:zz-1', to: '2022:b-1' },
    { from: '2022:b-1', to: '2022:b-1' }, { from: '2020:a-1', to: '2022:b-1' },
  ];
  expect(linksOf(copies, layout)).toEqual([]);
});

test('a line bends to the right of its way and keeps clear of the numbers at its ends', () => {
  const path = bow({ from: { column: 0, row: 0 }, to: { column: 4, row: 0 }, n: 1 }, { x: 10, y: 10 });
  const [startX, startY, bendX, bendY, endX, endY] = path.match(/-?[\d.]+/g)!.map(Number) as [number, number, number, number, number, number];
  expect([bendX, bendY]).toEqual([25, 10.6]);
  expect(startX).toBeGreaterThan(7);
  expect(endX).toBeLessThan(43);
  expect(startY).toBeCloseTo(endY);
});
