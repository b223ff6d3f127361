import { expect, test } from 'vitest';
import { khorooAt, nearestKhoroo, spotOf, spotsIn } from './ground';

// Written by hand after the specification: tag byte = field << 3 | wire type.
const bytes = (field: number, content: number[]) => [(field << 3) | 2, content.length, ...content];
const text = (field: number, value: string) => bytes(field, [...new TextEncoder().encode(value)]);
const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
const steps = (...numbers: number[]) => numbers.flatMap((number) => varint(number < 0 ? -number * 2 - 1 : number * 2));

const Z = 10;
const HOME = { lon: 106.9, lat: 47.9 };
const home = spotOf(HOME.lon, HOME.lat, Z);

/** A square of 200 units whose corner in the north-west is there. */
function square(code: number, x: number, y: number): number[] {
  const ring = [9, ...steps(x, y), 26, ...steps(200, 0, 0, 200, -200, 0), 15];
  return [8, code + 1, ...bytes(2, [0, code]), 24, 3, ...bytes(4, ring)];
}
const layer = (...squares: number[][]) => {
  const content = [...text(1, 'khoroos'), ...squares.flatMap((one) => [18, one.length, ...one]), ...text(3, 'code'), ...bytes(4, text(1, 'bn-1')), ...bytes(4, text(1, 'bn-2'))];
  return Uint8Array.from([26, ...varint(content.length), ...content]);
};
const tile = layer(square(0, 1000, 1000), square(1, 1400, 1000));
const placeOf = (x: number, y: number) => {
  const [across, down] = [(home.column + x / 4096) / 2 ** Z, (home.row + y / 4096) / 2 ** Z];
  return { lon: (across - 0.5) * 360, lat: (Math.atan(Math.sinh((0.5 - down) * 2 * Math.PI)) * 180) / Math.PI };
};

test('a place lies in the khoroo whose lines are around it', () => {
  expect(khorooAt(tile, { ...home, x: 1100, y: 1100 })).toBe('bn-1');
  expect(khorooAt(tile, { ...home, x: 1500, y: 1100 })).toBe('bn-2');
  expect(khorooAt(tile, { ...home, x: 1300, y: 1100 })).toBeNull();
});

test('outside, the nearest is named with its distance on the ground', () => {
  const tiles = [{ ...home, bytes: tile }];
  const unit_m = (40_030_000 * Math.cos((HOME.lat * Math.PI) / 180)) / 2 ** Z / 4096;
  for (const [x, y, code, units] of [[1700, 1100, 'bn-2', 100], [1290, 1100, 'bn-1', 90], [700, 600, 'bn-1', 500]] as const) {
    const { lon, lat } = placeOf(x, y);
    const found = nearestKhoroo(tiles, Z, lon, lat);
    expect(found?.code).toBe(code);
    expect(Math.abs((found?.distance_m ?? 0) - units * unit_m), `${found?.distance_m}`).toBeLessThan(0.01 * units * unit_m + 10);
  }
  expect(nearestKhoroo(tiles, Z, 2.35, 48.85)).toBeNull();
  expect(nearestKhoroo([], Z, HOME.lon, HOME.lat)).toBeNull();
});

test('a place beside the lines is outside all the same', () => {
  const { lon, lat } = placeOf(1200.1, 1100);
  expect(nearestKhoroo([{ ...home, bytes: tile }], Z, lon, lat)?.distance_m).toBe(10);
});

test('the tiles of a box are those that it touches', () => {
  const [west, south, east, north] = [106.5, 47.7, 107.3, 48.1];
  const [first, last] = [spotOf(west, north, Z), spotOf(east, south, Z)];
  const spots = spotsIn([west, south, east, north], Z);
  expect(spots).toHaveLength((last.column - first.column + 1) * (last.row - first.row + 1));
  expect(spots).toContainEqual({ column: home.column, row: home.row });
});
