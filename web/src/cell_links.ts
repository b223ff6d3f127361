// Replications as lines between equal cells, from the khoroo at home with a practice to the one that
// copied it. Pure.

import type { CellLayout, Way } from './api';
import type { Spot } from './cell_grid';

/** Cells between which practices went, in one direction. */
export interface CellLink {
  from: Spot;
  to: Spot;
  n: number;
}

/** How far a line bends to its side, as a part of its length: there and back are two lines. */
const BEND = 0.14;
/** From the middle of a cell to where a line begins or ends, in cells, so that numbers stay free. */
const GAP = 0.3;

/** Lines of copies, thickest last. What has no cell has no line. */
export function linksOf(copies: readonly Way[], { vintage, cells }: CellLayout): CellLink[] {
  const spots = new Map<string, Spot>(cells.map(({ code, column, row }) => [`${vintage}:${code}`, { column, row }]));
  const links = new Map<string, CellLink>();
  for (const copy of copies) {
    const [from, to] = [spots.get(copy.from ?? ''), spots.get(copy.to ?? '')];
    if (!from || !to || (from.column === to.column && from.row === to.row)) continue;
    const key = [from.column, from.row, to.column, to.row].join();
    const known = links.get(key);
    links.set(key, { from, to, n: (known?.n ?? 0) + 1 });
  }
  return [...links.values()].sort((a, b) => a.n - b.n);
}

/** The line as an SVG path, cells being `side` wide and high: a bow to the right of the way it goes. */
export function bow({ from, to }: CellLink, side: { x: number; y: number }): string {
  const [x, y] = [to.column - from.column, to.row - from.row];
  const length = Math.hypot(x, y);
  const bend = { x: x / 2 - y * BEND, y: y / 2 + x * BEND };
  const reach = Math.hypot(bend.x, bend.y);
  const at = (column: number, row: number): string => [(column + 0.5) * side.x, (row + 0.5) * side.y].map(round).join(' ');
  // Towards the bend, so that the line leaves and arrives along its own direction.
  const start = [from.column + (bend.x / reach) * GAP, from.row + (bend.y / reach) * GAP] as const;
  const back = { x: bend.x - x, y: bend.y - y };
  const end = [to.column + (back.x / reach) * GAP, to.row + (back.y / reach) * GAP] as const;
  return length === 0 ? '' : `M${at(...start)}Q${at(from.column + bend.x, from.row + bend.y)} ${at(...end)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
