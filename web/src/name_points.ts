// Where districts' names stand while their khoroos are looked at. Pure.
//
// A district's own label point lies in its middle, which for most is empty land far from the city. The name
// stands as near as it can to where the district's khoroos are that are in view, on its own ground where there
// is room: no name lies over another, none hides a number, and none is left out.

import type { Rect } from './free_part';

/** A khoroo's label point. */
export interface Spot {
  /** Feature id: district number × 1,000,000 + khoroo number. */
  id: number;
  district: string;
  /** CSS pixels on screen. */
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface NameView {
  /** What districts are called, by code. */
  names: ReadonlyMap<string, string>;
  /** The part that is seen, from its upper left corner. */
  size: Size;
  /** Room that a name takes. */
  sizeOf(name: string): Size;
  /** Room that a khoroo's number takes; `null` where numbers are not shown. */
  number: Size | null;
  /** What lies on the map. */
  covered: readonly Rect[];
}

export interface NamePoint {
  /** The district's feature id. */
  id: number;
  district: string;
  name: string;
  x: number;
  y: number;
}

interface Point {
  x: number;
  y: number;
}

const KHOROOS_PER_DISTRICT = 1_000_000;
/** Steps aside that are tried, in widths of the name, and steps up and down, in rooms of a name. */
const ASIDE = [0, -0.25, 0.25, -0.5, 0.5];
const UP_DOWN = [-2, -1, 1, 2];
/** Around so many khoroos places are tried: those in the middle. */
const SPOTS_MAX = 16;
/** What is worse than being far away, in pixels: to stand on other ground, run out of view, hide one number, lie under something, lie over a name. */
const COST = { edge: 3_000, number: 2_000, covered: 4_000, ground: 9_000, name: 100_000 };

/** One point for each district that has a spot, in the order of ids. */
export function namePoints(spots: readonly Spot[], view: NameView): NamePoint[] {
  const all = [...new Map(spots.map((one) => [one.id, one])).values()];
  const districts = new Map<string, Spot[]>();
  for (const spot of all) districts.set(spot.district, [...(districts.get(spot.district) ?? []), spot]);
  const placed: { at: Point; size: Size }[] = [];
  // Who has the least choice comes first.
  const inTurn = [...districts].sort(([, a], [, b]) => a.length - b.length || (a[0]?.id ?? 0) - (b[0]?.id ?? 0));
  return inTurn.map(([code, own]): NamePoint => {
    const name = view.names.get(code) ?? code;
    const size = view.sizeOf(name);
    const middle = { x: mean(own.map(({ x }) => x)), y: mean(own.map(({ y }) => y)) };
    const costOf = (at: Point): number => {
      const n_numbers = view.number === null ? 0 : all.filter((spot) => meet(at, size, spot, view.number as Size)).length;
      const n_names = placed.filter((other) => meet(at, size, other.at, other.size)).length;
      const isCovered = view.covered.some((rect) => meet(at, size, middleOf(rect), sizeOf(rect)));
      const isCut = at.x < size.width / 2 || at.y < size.height / 2
        || at.x > view.size.width - size.width / 2 || at.y > view.size.height - size.height / 2;
      const ground = nearest(at, all)?.district === code ? 0 : COST.ground;
      return distance(at, middle) + ground + n_numbers * COST.number + n_names * COST.name + (isCut ? COST.edge : 0)
        + (isCovered ? COST.covered : 0);
    };
    const central = [...own].sort((a, b) => distance(a, middle) - distance(b, middle)).slice(0, SPOTS_MAX);
    const places = [...own, ...central.flatMap((spot) => around(spot, size, view.number))].map((at) => ({ at, cost: costOf(at) }));
    const { at } = places.reduce((best, one) => (one.cost < best.cost ? one : best), { at: middle, cost: Infinity });
    placed.push({ at, size });
    return { id: Math.floor((own[0]?.id ?? 0) / KHOROOS_PER_DISTRICT) * KHOROOS_PER_DISTRICT, district: code, name, x: at.x, y: at.y };
  }).sort((a, b) => a.id - b.id);
}

/** Places above and below a spot, the nearest right beside its number. */
function around({ x, y }: Point, size: Size, number: Size | null): Point[] {
  const away = (size.height + (number?.height ?? size.height / 2)) / 2;
  return ASIDE.flatMap((share) => UP_DOWN.map((by) => ({ x: x + share * size.width, y: y + by * away })));
}

function nearest(at: Point, spots: readonly Spot[]): Spot | undefined {
  return spots.reduce<Spot | undefined>((best, spot) => (best && distance(at, best) <= distance(at, spot) ? best : spot), undefined);
}

function meet(a: Point, one: Size, b: Point, other: Size): boolean {
  return Math.abs(a.x - b.x) * 2 < one.width + other.width && Math.abs(a.y - b.y) * 2 < one.height + other.height;
}

function middleOf({ left, right, top, bottom }: Rect): Point {
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

function sizeOf({ left, right, top, bottom }: Rect): Size {
  return { width: right - left, height: bottom - top };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
