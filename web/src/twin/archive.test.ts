import { expect, test } from 'vitest';
import { entries, tileId } from './archive';

test.each([
  [0, 0, 0, 0], [1, 0, 0, 1], [1, 0, 1, 2], [1, 1, 1, 3], [1, 1, 0, 4], [2, 0, 0, 5], [2, 3, 0, 20], [3, 0, 0, 21],
])('the tile %i/%i/%i has the number %i', (z, x, y, id) => {
  expect(tileId(z, x, y)).toBe(id);
});

test('every tile of a zoom has a number of its own', () => {
  const ids = new Set(Array.from({ length: 64 }, (_, idx) => tileId(3, idx % 8, idx >> 3)));
  expect([Math.min(...ids), Math.max(...ids), ids.size]).toEqual([21, 84, 64]);
});

test('a directory is read: steps, runs, lengths, offsets where they are not the end of the one before', () => {
  expect(entries(new Uint8Array([2, 5, 3, 1, 2, 200, 1, 7, 1, 0]))).toEqual([
    { id: 5, run: 1, length: 200, offset: 0 },
    { id: 8, run: 2, length: 7, offset: 200 },
  ]);
  expect(() => entries(new Uint8Array([9, 1]))).toThrow('promises more');
});
