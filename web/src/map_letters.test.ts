import { expect, test } from 'vitest';
import { scaledSize } from './map_letters';

test('letters of a fixed size and of one that follows the zoom grow by the same, zooms stay', () => {
  expect(scaledSize(14, 2)).toBe(28);
  expect(scaledSize(['interpolate', ['linear'], ['zoom'], 7, 12, 11, 15], 2)).toEqual(['interpolate', ['linear'], ['zoom'], 7, 24, 11, 30]);
});
