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

/** How much wider than its place a name may be, in cells. */
const OVERHANG = 0.5;

/** Where a district's name stands, in cells: its middle. */
export interface NamePlace {
  code: string;
  x: number;
  y: number;
}

/**
 * Places for the names of districts whose widths, in cells, are given. A name never hides a number, which
 * stands in the middle of its cell: it lies on the line between two rows of its own that are wide enough,
 * otherwise beside the district where no cell is, otherwise on the line between rows that is nearest.
 */
export function namePlaces(layout: CellLayout, widthOf: (code: string) => number): NamePlace[] {
  const taken = new Set(layout.cells.map(({ column, row }) => `${column}/${row}`));
  return layout.districts.flatMap(({ code }) => {
    const own = layout.cells.filter(({ district }) => district === code);
    if (own.length === 0) return [];
    const width = widthOf(code);
    const inRow = (row: number): Spot[] => own.filter((cell) => cell.row === row);
    const rows = [...new Set(own.map(({ row }) => row))];
    const middle = { x: mean(own.map(({ column }) => column)) + 0.5, y: mean(own.map(({ row }) => row)) + 0.5 };
    const [top, bottom] = [Math.min(...rows), Math.max(...rows)];
    const between = rows
      .map((row) => {
        const above = new Set(inRow(row - 1).map(({ column }) => column));
        return { y: row, run: longestRun(inRow(row).filter(({ column }) => above.has(column))) };
      })
      .map(({ y, run }) => {
        // A name that hangs over a little stands in the middle of its run.
        const spare = Math.max(0, run.length - width) / 2;
        const centre = run.from + run.length / 2;
        return { y, length: run.length, x: clamp(middle.x, centre - spare, centre + spare) };
      })
      .sort((one, other) => distance(one, middle) - distance(other, middle));
    const x = clamp(middle.x, width / 2, layout.n_columns - width / 2);
    const beside = [bottom + 1.5, top - 0.5].map((y) => ({ x, y })).find(({ y }) =>
      y > 0 && y < layout.n_rows + 1 && cellsUnder(x, y, width).every((spot) => !taken.has(`${spot.column}/${spot.row}`)));
    const nearest = between.filter(({ length }) => length > 0)[0] ?? { y: top };
    const place = between.find(({ length }) => length + OVERHANG >= width) ?? beside ?? { x, y: nearest.y };
    return [{ code, x: clamp(place.x, width / 2, layout.n_columns - width / 2), y: place.y }];
  });
}

/** The part of a layout that is looked at, in cells. */
export interface CellFrame {
  left: number;
  upper: number;
  columns: number;
  rows: number;
}

export function wholeFrame({ n_columns, n_rows }: CellLayout): CellFrame {
  return { left: 0, upper: 0, columns: n_columns, rows: n_rows };
}

/** One district of a layout, where it stands, with the frame around it; all where it has no cells. */
export function partOf(layout: CellLayout, district: string): { layout: CellLayout; frame: CellFrame } {
  const cells = layout.cells.filter((cell) => cell.district === district);
  const districts = layout.districts.filter(({ code }) => code === district);
  const corners = districts.flatMap(({ outline }) => outline.flat());
  if (cells.length === 0 || corners.length === 0) return { layout, frame: wholeFrame(layout) };
  const [columns, rows] = [corners.map(([column]) => column), corners.map(([, row]) => row)];
  const [left, upper] = [Math.min(...columns), Math.min(...rows)];
  const frame = { left, upper, columns: Math.max(...columns) - left, rows: Math.max(...rows) - upper };
  return { layout: { ...layout, cells, districts }, frame };
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
