import { expect, test } from 'vitest';
import { readCoordinates } from './coordinates';

test('two numbers are a place, longitude first', () => {
  for (const text of ['106.92,47.92', '106.92, 47.92', ' 106.92 47.92 ', '106.92; 47.92', '106.92°, 47.92°']) {
    expect(readCoordinates(text), text).toEqual({ lon: 106.92, lat: 47.92 });
  }
});

test('latitude first is understood where it cannot be meant otherwise', () => {
  expect(readCoordinates('47.92, 106.92')).toEqual({ lon: 106.92, lat: 47.92 });
});

test('what is no place is none', () => {
  for (const text of ['', '26', 'БЗД 26', '106.92', '200, 100', '1 2 3', '-181, 0']) expect(readCoordinates(text), text).toBeNull();
});
