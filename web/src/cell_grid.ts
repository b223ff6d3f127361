// Where things stand in the layout of equal cells. Pure: columns and rows in, columns and rows out.

import type { CellLayout } from './api';

export interface Spot {
  column: number;
  row: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Steps sideways cost more than steps ahead, so that an arrow key keeps its line where it can. */
const SIDEWAYS_COST = 2.5;

/**
 * The neighbour that an arrow key leads to: the nearest that lies ahead, its own line preferred;
 * `null` at the edge. Gaps of the layout are stepped over.
 */
export function neighbour<T extends Spot>(spots: readonly T[], from: Spot, direction: Direction): T | null {
  let best: T | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const spot of spots) {
    const [east, south] = [spot.column - from.column, spot.row - from.row];
    const ahead = { left: -east, right: east, up: -south, down: south }[direction];
    const aside = Math.abs(direction === 'left' || direction === 'right' ? south : east);
    if (ahead <= 0) continue;
    const cost = ahead + aside * SIDEWAYS_COST;
    if (cost < least) [best, least] = [spot, cost];
  }
  return best;
}

/** Where a district's name stands, in cells: its middle, and the cells that it covers. */
export interface NamePlace {
  code: string;
  x: number;
  y: number;
  covers(spot: Spot): boolean;
}

/**
 * Places for the names of districts whose widths, in cells, are given: over a row of their own that is
 * wide enough, otherwise beside the district where nothing else stands, otherwise over its middle.
 */
export function namePlaces(layout: CellLayout, widthOf: (code: string) => number): NamePlace[] {
  const taken = new Set(layout.cells.map(({ column, row }) => `${column}/${row}`));
  return layout.districts.flatMap(({ code }) => {
    const own = layout.cells.filter(({ district }) => district === code);
    if (own.length === 0) return [];
    const width = widthOf(code);
    const columns = own.map(({ column }) => column);
    const rows = own.map(({ row }) => row);
    const middle = { x: mean(columns) + 0.5, y: mean(rows) + 0.5 };
    const [top, bottom] = [Math.min(...rows), Math.max(...rows)];
    const inside = [...new Set(rows)]
      .map((row) => ({ y: row + 0.5, run: longestRun(own.filter((cell) => cell.row === row)) }))
      .filter(({ run }) => run.length >= width)
      .map(({ y, run }) => ({ y, x: clamp(middle.x, run.from + width / 2, run.from + run.length - width / 2) }))
      .sort((a, b) => distance(a, middle) - distance(b, middle))[0];
    const x = clamp(middle.x, width / 2, layout.n_columns - width / 2);
    const outside = [bottom + 1.5, top - 0.5].map((y) => ({ x, y })).find(({ y }) => {
      const covered = cellsUnder(x, y, width);
      return y > 0 && y < layout.n_rows + 1 && covered.every((spot) => !taken.has(`${spot.column}/${spot.row}`));
    });
    const place = inside ?? outside ?? { x, y: middle.y };
    const covered = cellsUnder(place.x, place.y, width);
    return [{
      code,
      ...place,
      covers: (spot: Spot) => covered.some(({ column, row }) => column === spot.column && row === spot.row),
    }];
  });
}

function cellsUnder(x: number, y: number, width: number): Spot[] {
  const row = Math.floor(y);
  const [from, to] = [Math.floor(x - width / 2), Math.ceil(x + width / 2) - 1];
  return Array.from({ length: to - from + 1 }, (_, idx) => ({ column: from + idx, row }));
}

function longestRun(spots: readonly Spot[]): { from: number; length: number } {
  const columns = spots.map(({ column }) => column).sort((a, b) => a - b);
  let best = { from: columns[0] ?? 0, length: 0 };
  let from = best.from;
  for (const [idx, column] of columns.entries()) {
    if (idx > 0 && column !== columns[idx - 1]! + 1) from = column;
    if (column - from + 1 > best.length) best = { from, length: column - from + 1 };
  }
  return best;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, (a.y - b.y) * SIDEWAYS_COST);
}
