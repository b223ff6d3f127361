import { expect, test } from 'vitest';
import { areaIn, districtOf, isBeside, ownOf, readInPart } from './part';
import { readView } from './state';
import type { Unit, ValueTable } from './values';

const unit = (code: string): Unit => ({ code, district: districtOf(code) }) as Unit;
const table = (...codes: string[]): ValueTable => ({ units: codes.map(unit) }) as ValueTable;
const codes = ({ units }: ValueTable): string[] => units.map(({ code }) => code);

test('of a district, its khoroos are its own, and at the level of districts it alone', () => {
  expect(codes(ownOf(table('bzd-1', 'bgd-1', 'bzd-26'), 'bzd'))).toEqual(['bzd-1', 'bzd-26']);
  expect(codes(ownOf(table('bgd', 'bzd'), 'bzd'))).toEqual(['bzd']);
});

test('nothing lies beside the whole city', () => {
  expect(codes(ownOf(table('bzd-1', 'bgd-1'), null))).toEqual(['bzd-1', 'bgd-1']);
  expect(isBeside(unit('bgd-1'), null)).toBe(false);
});

test('an address chooses nothing beside the district, and that it asked for it is known', () => {
  const choices = { measures: [''], cycles: [], defaultCycle: '', newestCycleOf: new Map(), current: null, vintages: [], themes: [] };
  const read = (search: string, part: string | null) => {
    const { view, unread } = readInPart(readView(search, '', choices), [], part);
    return [view.selected, ...unread.map(({ given }) => given)];
  };
  expect(read('?select=sbd-6', 'bzd')).toEqual([null, 'sbd-6']);
  expect(read('?level=district&select=sbd', 'bzd')).toEqual([null, 'sbd']);
  expect(read('?select=bzd-26', 'bzd')).toEqual(['bzd-26']);
  expect(read('?level=district&select=bzd', 'bzd')).toEqual(['bzd']);
  expect(read('?select=sbd-6', null)).toEqual(['sbd-6']);
});

test('a still picture shows a khoroo where it is there, and its district in a cycle before it', () => {
  expect(areaIn('bzd-43', table('bzd-1', 'bzd-43'))).toBe('bzd-43');
  expect(areaIn('bzd-43', table('bzd-1', 'bgd-1'))).toBe('bzd');
  expect(areaIn('bzd-43', table('bzd', 'bgd'))).toBe('bzd');
  expect(areaIn('bzd-43', table('bgd-1'))).toBeNull();
  expect(areaIn('bzd-43', null)).toBe('bzd');
  expect(areaIn('bzd', table('bzd-1'))).toBe('bzd');
  expect(areaIn(null, table('bzd-1'))).toBeNull();
});
