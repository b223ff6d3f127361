import { expect, test } from 'vitest';
import { readPolygons } from './mvt';

// Written by hand after the specification: tag byte = field << 3 | wire type.
const text = (field: number, value: string) => bytes(field, [...new TextEncoder().encode(value)]);
const bytes = (field: number, content: number[]) => [(field << 3) | 2, content.length, ...content];
const number = (field: number, value: number) => [field << 3, value];

/** A triangle and its way back: MoveTo(2,3), LineTo(+4,0 · -4,+5), ClosePath. */
const triangle = [9, 4, 6, 18, 8, 0, 7, 10, 15];
const feature = [...number(1, 7), ...bytes(2, [0, 0, 1, 1]), ...number(3, 3), ...bytes(4, triangle)];
const point = [...number(1, 8), ...number(3, 1), ...bytes(4, [9, 4, 6])];
const layer = [
  ...text(1, 'khoroos'), ...bytes(2, feature), ...bytes(2, point),
  ...text(3, 'district'), ...text(3, 'number'), ...bytes(4, text(1, 'bn')), ...bytes(4, number(5, 12)), ...number(15, 2),
];
const tile = Uint8Array.from([...bytes(3, text(1, 'other')), ...bytes(3, layer)]);

test('polygons come with id, text properties and path, and points do not', () => {
  const polygons = readPolygons(tile, 'khoroos');
  expect(polygons).toHaveLength(1);
  expect(polygons[0]).toMatchObject({ id: 7, path: 'M2 3L6 3L2 8Z' });
  expect([...polygons[0]!.properties]).toEqual([['district', 'bn']]);
});

test('a layer that is not there has no polygons', () => {
  expect(readPolygons(tile, 'rivers')).toEqual([]);
  expect(readPolygons(new Uint8Array(), 'khoroos')).toEqual([]);
});

test('broken bytes are refused, not read beyond their end', () => {
  for (let length = 12; length < tile.length; length += 1) {
    expect(() => readPolygons(tile.subarray(0, length), 'khoroos'), `${length} bytes`).toThrow(RangeError);
  }
});
