// Where districts' names stand while their khoroos are looked at. Pure.
//
// A district's own label point lies in its middle, which for most is empty land far from the city. The name
// stands as near as it can to where the district's khoroos are that are in view, on its own ground where there
// is room: none is left out, none lies over another, and one hides a number or a dot only where any other place
// would be worse.

import type { Rect } from './free_part';

/** A khoroo's label point. */
export interface Spot {
  /** Feature id: district number × 1,000,000 + khoroo number. */
  id: number;
  district: string;
  /** CSS pixels on screen. */
  x: number;
  y: number;
  /** To the nearest border of the khoroo, pixels. */
  room: number;
  /** Its number is shown. */
  isNumbered: boolean;
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
  /** Room that a khoroo's number takes. */
  number: Size;
  /** Khoroos whose label points are out of view; some reach into it. */
  beyond: readonly Spot[];
  /** What lies on the map. */
  covered: readonly Rect[];
  /** Practices that are drawn. */
  dots: readonly Rect[];
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
/** What is worse than being far away, in pixels: to stand on other ground, run out of view, each by its whole length, hide one number, lie on a dot, under something, over a name. */
const COST = { edge: 30_000, number: 2_000, dot: 1_500, covered: 15_000, ground: 9_000, name: 100_000 };
/** Where the ground below a name is looked at, from its middle in widths of the name. */
const LOOKED_AT = [-0.4, 0, 0.4];

/** One point for each district that has a spot, in the order of ids. */
export function namePoints(spots: readonly Spot[], view: NameView): NamePoint[] {
  const all = [...new Map(spots.map((one) => [one.id, one])).values()];
  const grounds = [...all, ...view.beyond];
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
      const n_numbers = all.filter((spot) => spot.isNumbered && meet(at, size, spot, view.number)).length;
      const n_dots = view.dots.filter((rect) => meet(at, size, middleOf(rect), sizeOf(rect))).length;
      const n_names = placed.filter((other) => meet(at, size, other.at, other.size)).length;
      const isCovered = view.covered.some((rect) => meet(at, size, middleOf(rect), sizeOf(rect)));
      const out = (middle: number, length: number, whole: number): number =>
        Math.max(0, length / 2 - middle, middle + length / 2 - whole) / length;
      const cut = Math.max(out(at.x, size.width, view.size.width), out(at.y, size.height, view.size.height));
      return distance(at, middle) + n_numbers * COST.number + n_dots * COST.dot + n_names * COST.name
        + cut * COST.edge + (isCovered ? COST.covered : 0);
    };
    /** Costs of other ground below the name: it would be read as that district's. */
    const groundOf = ({ x, y }: Point): number => {
      const isOther = (by: number): boolean => ground({ x: x + by * size.width, y }, grounds)?.district !== code;
      return (COST.ground * LOOKED_AT.filter(isOther).length) / LOOKED_AT.length;
    };
    const central = [...own].sort((a, b) => distance(a, middle) - distance(b, middle)).slice(0, SPOTS_MAX);
    let [at, least]: [Point, number] = [middle, Infinity];
    for (const place of [...own, ...central.flatMap((spot) => around(spot, size, view.number))]) {
      const cost = costOf(place);
      const whole = cost < least ? cost + groundOf(place) : Infinity;
      if (whole < least) [at, least] = [place, whole];
    }
    placed.push({ at, size });
    return { id: Math.floor((own[0]?.id ?? 0) / KHOROOS_PER_DISTRICT) * KHOROOS_PER_DISTRICT, district: code, name, x: at.x, y: at.y };
  }).sort((a, b) => a.id - b.id);
}

/** Places above and below a spot, the nearest right beside its number. */
function around({ x, y, isNumbered }: Spot, size: Size, number: Size): Point[] {
  const away = (size.height + (isNumbered ? number.height : size.height / 2)) / 2;
  return ASIDE.flatMap((share) => UP_DOWN.map((by) => ({ x: x + share * size.width, y: y + by * away })));
}

/** The khoroo on which a place most likely lies: a wide one reaches further from its label point. */
function ground(at: Point, spots: readonly Spot[]): Spot | undefined {
  const off = (spot: Spot): number => distance(at, spot) - spot.room;
  return spots.reduce<Spot | undefined>((best, spot) => (best && off(best) <= off(spot) ? best : spot), undefined);
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
