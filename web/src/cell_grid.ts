// Where things stand in the layout of equal cells. Pure: columns and rows in, columns and rows out.

import type { CellLayout } from './api';
import type { Level } from './state';

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

/** Upper edge of a row, in heights of a cell from that of the grid: rows below a strip lie lower by it. */
export function topOf({ strips, strip_height }: CellLayout, row: number): number {
  return row + strip_height * strips.filter((strip) => strip <= row).length;
}

/** A ring of corners as it lies beside the strips: an edge above one stays there, an edge below it comes after it. */
export function ringOf(layout: CellLayout, ring: readonly (readonly [number, number])[]): [number, number][] {
  return ring.map(([column, row], idx) => {
    const [before, after] = [ring.at(idx - 1)!, ring[(idx + 1) % ring.length]!];
    // Rings go clockwise, so the edge along a row leads east where the district lies below it.
    const isAbove = after[1] === row ? after[0] > column : column > before[0];
    const isStrip = !isAbove && layout.strips.includes(row);
    return [column, topOf(layout, row) - (isStrip ? layout.strip_height : 0)];
  });
}

/** Where districts are shown and no cells, names stand on them, and no strip is needed but below the last row. */
export function withoutCells(layout: CellLayout): CellLayout {
  const districts = layout.districts.map((one) => ({ ...one, name: one.name_on_ground }));
  const isBelow = districts.some(({ name }) => name?.row === layout.n_rows);
  return { ...layout, strips: isBelow ? [layout.n_rows] : [], districts };
}

/** Height of a district's name, as `topOf` counts. */
export function nameHeight(layout: CellLayout, row: number, level: Level): number {
  const isOnGround = level === 'district' && row < layout.n_rows;
  return isOnGround ? row + 0.5 : topOf(layout, row) - layout.strip_height / 2;
}

/** The part of a layout that is looked at, in cells; `rows` with the strips between them. */
export interface CellFrame {
  left: number;
  upper: number;
  columns: number;
  rows: number;
}

export function wholeFrame(layout: CellLayout): CellFrame {
  return { left: 0, upper: 0, columns: layout.n_columns, rows: topOf(layout, layout.n_rows) };
}

/** One district of a layout, where it stands, without names, with the frame around it; all where it has no cells. */
export function partOf(layout: CellLayout, district: string): { layout: CellLayout; frame: CellFrame } {
  const cells = layout.cells.filter((cell) => cell.district === district);
  const districts = layout.districts.filter(({ code }) => code === district).map((one) => ({ ...one, name: null }));
  const corners = districts.flatMap(({ outline }) => outline.flat());
  if (cells.length === 0 || corners.length === 0) return { layout, frame: wholeFrame(layout) };
  const [columns, rows] = [corners.map(([column]) => column), corners.map(([, row]) => row)];
  const [left, upper] = [Math.min(...columns), Math.min(...rows)];
  const frame = { left, upper, columns: Math.max(...columns) - left, rows: Math.max(...rows) - upper };
  return { layout: { ...layout, cells, districts, strips: [] }, frame };
}
