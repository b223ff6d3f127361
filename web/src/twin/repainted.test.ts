import { expect, test } from 'vitest';
import { unitOf } from './repainted';

const painted = (fill: string) => ({ paint: { fill, ink: null, outline: false, hatch: false }, isChosen: false });
const units = new Map([
  ['Khoroo 1, Baganuur', painted('#000001')],
  ['Camp', painted('#000002')],
  ['Camp: north, Nalaikh', painted('#000003')],
]);
const fillOf = (title: string) => unitOf(title, units)?.paint?.fill;

test('a unit is known by its title, also where its name holds a colon or begins like another', () => {
  expect(fillOf('Khoroo 1, Baganuur: 3')).toBe('#000001');
  expect(fillOf('Camp: north, Nalaikh: 3')).toBe('#000003');
  expect(fillOf('Camp: No data')).toBe('#000002');
});

test('what has no name of a unit is none', () => {
  expect(fillOf('Khoroo 1, Baganuur')).toBeUndefined();
  expect(fillOf('Khoroo 2, Baganuur: 3')).toBeUndefined();
  expect(fillOf('')).toBeUndefined();
});
