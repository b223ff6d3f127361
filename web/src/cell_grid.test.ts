import { expect, test } from 'vitest';
import type { CellLayout } from './api';
import { nameHeight, neighbour, partOf, ringOf, topOf, wholeFrame, withoutCells } from './cell_grid';

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
  const districts = [...new Set(cells.map(({ district }) => district))].map((code) => (
    { code, outline: [], name: { x: 1, row: 1 }, name_on_ground: { x: 2, row: 0 } }));
  return { vintage: '2022', n_columns: lines[0]!.length, n_rows: lines.length, strip_height: 0.5, strips: [], cells, districts };
}

test('rows below a strip lie lower by it, and the frame holds all strips', () => {
  const layout = { ...layoutOf(['aa', 'aa', 'bb']), strips: [1, 3] };
  expect([0, 1, 2, 3].map((row) => topOf(layout, row))).toEqual([0, 1.5, 2.5, 4]);
  expect(wholeFrame(layout).rows).toBe(4);
});

test('a name stands in the middle of its strip; where there are no cells on its own ground', () => {
  const layout = { ...layoutOf(['aa', 'aa', 'bb']), strips: [1, 3] };
  expect([1, 3].map((row) => nameHeight(layout, row, 'khoroo'))).toEqual([1.25, 3.75]);
  const bare = withoutCells(layout);
  expect(bare.districts.map(({ name }) => name)).toEqual([{ x: 2, row: 0 }, { x: 2, row: 0 }]);
  expect([0, 2].map((row) => nameHeight(bare, row, 'district'))).toEqual([0.5, 2.5]);
  expect(wholeFrame(bare).rows).toBe(3);
  layout.districts[0]!.name_on_ground = { x: 2, row: 3 };
  const below = withoutCells(layout);
  expect([0, 3].map((row) => nameHeight(below, row, 'district'))).toEqual([0.5, 3.25]);
  expect(wholeFrame(below).rows).toBe(3.5);
});

test('an outline goes through the strips of its district and ends beside those between two', () => {
  const layout = { ...layoutOf(['aa', 'aa', 'bb']), strips: [1, 2] };
  const square = (from: number, to: number): [number, number][] => [[0, from], [2, from], [2, to], [0, to]];
  expect(ringOf(layout, square(0, 2))).toEqual([[0, 0], [2, 0], [2, 2.5], [0, 2.5]]);
  expect(ringOf(layout, square(2, 3))).toEqual([[0, 3], [2, 3], [2, 4], [0, 4]]);
});

test('a district is framed where it stands; one without cells leaves the whole', () => {
  const layout = layoutOf(['aab', 'abb', 'aab']);
  const corners: [number, number][] = [[2, 0], [3, 0], [3, 3], [2, 3], [2, 2], [1, 2], [1, 1], [2, 1]];
  const name = { x: 2, row: 1 };
  layout.districts = [
    { code: 'a', outline: [], name: null, name_on_ground: null },
    { code: 'b', outline: [corners], name, name_on_ground: name },
  ];
  layout.strips = [1];
  const { layout: part, frame } = partOf(layout, 'b');
  expect(frame).toEqual({ left: 1, upper: 0, columns: 2, rows: 3 });
  expect(part.cells.map(({ column, row }) => [column, row])).toEqual([[2, 0], [1, 1], [2, 1], [2, 2]]);
  expect(part.districts.map(({ code, name }) => [code, name])).toEqual([['b', null]]);
  expect(part.strips).toEqual([]);
  expect(partOf(layout, 'x')).toEqual({ layout, frame: wholeFrame(layout) });
});
