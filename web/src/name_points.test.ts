import { expect, test } from 'vitest';
import { namePoints } from './name_points';

const spot = (id: number, district: string, lon: number, lat: number) => ({ id, district, lon, lat });
const names = new Map([['bzd', 'Баянзүрх']]);

test('a name stands at the khoroo in the middle of those in view, one name a district', () => {
  const points = namePoints([
    spot(4000001, 'bzd', 106.9, 47.9), spot(4000002, 'bzd', 106.95, 47.91), spot(4000003, 'bzd', 107.0, 47.92),
    // A khoroo comes once for each tile that holds it.
    spot(4000003, 'bzd', 107.0, 47.92), spot(4000003, 'bzd', 107.0, 47.92),
    spot(7000001, 'sbd', 106.8, 47.95),
  ], names);
  expect(points.map(({ id, geometry, properties }) => [id, geometry.coordinates, properties.name])).toEqual([
    [4000000, [106.95, 47.91], 'Баянзүрх'],
    [7000000, [106.8, 47.95], 'sbd'],
  ]);
});

test('where nothing is in view nothing is named', () => {
  expect(namePoints([], names)).toEqual([]);
});
