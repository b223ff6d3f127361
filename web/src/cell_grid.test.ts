import { expect, test } from 'vitest';
import type { CellLayout } from './api';
import { namePlaces, neighbour } from './cell_grid';

const grid = ['ab.c', 'a..c', 'd...'].flatMap((line, row) =>
  [...line].flatMap((letter, column) => (letter === '.' ? [] : [{ letter, column, row }])));
const at = (column: number, row: number) => grid.find((spot) => spot.column === column && spot.row === row)!;

test('an arrow key keeps its line and steps over gaps', () => {
  expect(neighbour(grid, at(0, 0), 'right')).toBe(at(1, 0));
  expect(neighbour(grid, at(1, 0), 'right')).toBe(at(3, 0));
  expect(neighbour(grid, at(0, 1), 'right')).toBe(at(3, 1));
  expect(neighbour(grid, at(0, 2), 'up')).toBe(at(0, 1));
});

test('where its line ends an arrow key takes the nearest ahead', () => {
  expect(neighbour(grid, at(1, 0), 'down')).toBe(at(0, 1));
  expect(neighbour(grid, at(3, 1), 'down')).toBe(at(0, 2));
});

test('nothing lies beyond the edge', () => {
  expect(neighbour(grid, at(0, 0), 'left')).toBeNull();
  expect(neighbour(grid, at(0, 0), 'up')).toBeNull();
  expect(neighbour(grid, at(0, 2), 'down')).toBeNull();
});

test('every cell can be reached by arrow keys', () => {
  const reached = new Set([at(0, 0)]);
  for (const spot of reached) {
    for (const direction of ['left', 'right', 'up', 'down'] as const) {
      const next = neighbour(grid, spot, direction);
      if (next) reached.add(next);
    }
  }
  expect(reached.size).toBe(grid.length);
});

function layoutOf(lines: string[]): CellLayout {
  const cells = lines.flatMap((line, row) =>
    [...line].flatMap((district, column) => (district === '.' ? [] : [{ code: `${district}-${row}${column}`, id: 0, district, column, row }])));
  const districts = [...new Set(cells.map(({ district }) => district))].map((code) => ({ code, outline: [] }));
  return { vintage: '2022', n_columns: lines[0]!.length, n_rows: lines.length, cells, districts };
}

test('a name stands in its district where that is wide enough, beside it where it is not', () => {
  const places = namePlaces(layoutOf(['aaaa..', 'aaaa..', '......', '....b.', '......']), () => 3);
  expect(places.find(({ code }) => code === 'a')).toMatchObject({ x: 2 });
  const beside = places.find(({ code }) => code === 'b')!;
  expect(beside.y).toBe(4.5);
  expect(beside.x).toBe(4.5);
  expect(places[0]!.covers({ column: 1, row: Math.floor(places[0]!.y) })).toBe(true);
  expect(places[0]!.covers({ column: 5, row: 3 })).toBe(false);
});
