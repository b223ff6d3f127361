import { expect, test } from 'vitest';
import type { CellLayout } from './api';
import { namePlaces, neighbour, partOf, wholeFrame } from './cell_grid';

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

test('a name lies between two rows of its district that are wide enough, and on no number', () => {
  const [place] = namePlaces(layoutOf(['aaaa..', '.aaa..', 'aa....', 'aa....', 'aa....']), () => 3);
  expect(place).toEqual({ code: 'a', x: 2.5, y: 1 });
});

test('a name that its district has no room for stands beside it, where no cell is', () => {
  const places = namePlaces(layoutOf(['aaaa..', 'aaaa..', '......', '....b.', '......']), () => 3);
  expect(places.find(({ code }) => code === 'b')).toEqual({ code: 'b', x: 4.5, y: 4.5 });
});

test('where there is no room at all a name still lies between rows', () => {
  const layout = layoutOf(['abbb', 'abbb', 'cccc', 'cccc']);
  for (const { y } of namePlaces(layout, () => 3)) expect(Number.isInteger(y)).toBe(true);
  // Even of a single row: on its upper edge.
  expect(namePlaces(layoutOf(['aaa', 'bbb', 'ccc']), () => 4).map(({ y }) => y)).toEqual([0, 1, 2.5 + 1]);
});

test('a district is framed where it stands; one without cells leaves the whole', () => {
  const layout = layoutOf(['aab', 'abb', 'aab']);
  const corners: [number, number][] = [[2, 0], [3, 0], [3, 3], [2, 3], [2, 2], [1, 2], [1, 1], [2, 1]];
  layout.districts = [{ code: 'a', outline: [] }, { code: 'b', outline: [corners] }];
  const { layout: part, frame } = partOf(layout, 'b');
  expect(frame).toEqual({ left: 1, upper: 0, columns: 2, rows: 3 });
  expect(part.cells.map(({ column, row }) => [column, row])).toEqual([[2, 0], [1, 1], [2, 1], [2, 2]]);
  expect(part.districts.map(({ code }) => code)).toEqual(['b']);
  expect(partOf(layout, 'x')).toEqual({ layout, frame: wholeFrame(layout) });
});
