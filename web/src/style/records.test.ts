import { type FilterSpecification, featureFilter } from '@maplibre/maplibre-gl-style-spec';
import { expect, test } from 'vitest';
import { arrow } from './arrow';
import { recordFilter, recordLayers, strengthOf } from './records';
import { LIGHT } from './theme';

const choice = { layers: ['practices'], cycle: '2022', theme: null, own: null, within: null } as const;

test('records of another cycle or theme are left out', () => {
  expect(recordFilter('replications-line:2022', choice)).toEqual(['==', ['get', 'cycle'], '2022']);
  expect(recordFilter('practices-dot:2022', { ...choice, theme: 'waste' })).toEqual([
    'all', ['in', '2022', ['get', 'cycles']], ['==', ['get', 'theme'], 'waste'],
  ]);
});

/** Whether a feature of a tile passes. */
function passes(filter: FilterSpecification, properties: Record<string, string | number>): boolean {
  return featureFilter(filter, 'filter').filter({ zoom: 10 }, { type: 2, properties, geometry: [] } as never);
}

test('of a part of the city only what came from it or went to it is drawn, alone or several as one', () => {
  const [lines, dots] = ['replications-line:2022', 'practices-dot:2022'].map((layer) => recordFilter(layer, { ...choice, within: 'bzd' }));
  for (const count of [1, 2]) {
    const ends = (from: string, to: string) => ({ theme: 'waste', cycle: '2022', count, from, to });
    expect(passes(lines!, ends('bzd-26', 'sbd-1')), 'from it').toBe(true);
    expect(passes(lines!, ends('sbd-1', 'bzd-26')), 'to it').toBe(true);
    expect(passes(lines!, ends('sbd-1', 'sbd-2')), 'beside it').toBe(false);
    const dot = { theme: 'waste', cycles: '2020,2022', count };
    expect(passes(dots!, { ...dot, district: 'bzd' })).toBe(true);
    expect(passes(dots!, { ...dot, district: 'sbd' })).toBe(false);
  }
});

test('nothing lies over the colours until it is asked for', () => {
  for (const layer of recordLayers('2022', LIGHT)) expect(layer.layout?.visibility, layer.id).toBe('none');
});

test('of a chosen khoroo or district only lines that touch it are drawn, also several as one, and stronger; dots stay', () => {
  for (const own of ['bzd-2', 'bzd']) {
    const line = recordFilter('replications-line:2022', { ...choice, own });
    const isDrawn = (from: string, to: string) => passes(line, { cycle: '2022', count: 2, from, to });
    expect(isDrawn('bzd-2', 'sbd-1'), own).toBe(true);
    expect(isDrawn('sbd-1', 'bzd-2'), own).toBe(true);
    expect(isDrawn('sbd-1', 'sbd-2'), own).toBe(false);
    expect(isDrawn('bzd-26', 'sbd-1'), 'another number').toBe(own === 'bzd');
    expect(recordFilter('practices-dot:2022', { ...choice, own })).toEqual(recordFilter('practices-dot:2022', choice));
  }
  expect(strengthOf('bzd-2').line).toBeGreaterThan(strengthOf(null).line);
});

test('an arrow points east: full at its foot, gone at its tip’s corners', () => {
  const { data, width } = arrow('#b3420a', 18);
  const alpha = (x: number, y: number) => data[(y * width + x) * 4 + 3]!;
  expect(alpha(0, 9)).toBe(255);
  expect(alpha(17, 0)).toBe(0);
  expect(alpha(17, 17)).toBe(0);
  expect(alpha(14, 9)).toBeGreaterThan(128);
});
