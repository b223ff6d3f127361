import { expect, test } from 'vitest';
import { arrow } from './arrow';
import { opacityOf, recordFilter, recordLayers } from './records';
import { LIGHT } from './theme';

const choice = { layers: ['practices'], cycle: '2022', theme: null, selected: null } as const;

test('records of another cycle or theme are left out', () => {
  expect(recordFilter('replications-line:2022', choice)).toEqual(['==', ['get', 'cycle'], '2022']);
  expect(recordFilter('practices-dot:2022', { ...choice, theme: 'waste' })).toEqual([
    'all', ['in', '2022', ['get', 'cycles']], ['==', ['get', 'theme'], 'waste'],
  ]);
});

test('nothing lies over the colours until it is asked for', () => {
  for (const layer of recordLayers('2022', LIGHT)) expect(layer.layout?.visibility, layer.id).toBe('none');
});

test('lines of the chosen khoroo stand out at either end', () => {
  expect(opacityOf(null)).toBe(0.75);
  expect(JSON.stringify(opacityOf('bzd-26'))).toMatch(/"host"\],"bzd-26".*"khoroo"\],"bzd-26"/);
});

test('an arrow points east: full at its foot, gone at its tip’s corners', () => {
  const { data, width } = arrow('#b3420a', 18);
  const alpha = (x: number, y: number) => data[(y * width + x) * 4 + 3]!;
  expect(alpha(0, 9)).toBe(255);
  expect(alpha(17, 0)).toBe(0);
  expect(alpha(17, 17)).toBe(0);
  expect(alpha(14, 9)).toBeGreaterThan(128);
});
