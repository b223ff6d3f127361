import { expect, test } from 'vitest';
import picture from '../css/picture.css?raw';
import { contrast, inkOn } from './contrast';
import { DARK, LIGHT } from './theme';

test('black on white is the most there is', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#777777')).toBe(1);
});

test('names are dark on pale fills and pale on dark ones', () => {
  expect(inkOn('#f7fcf0', LIGHT.inks)).toBe(LIGHT.inks[0]);
  expect(inkOn('#084081', LIGHT.inks)).toBe(LIGHT.inks[1]);
});

test('on any grey one of the two inks reaches 4.5 : 1', () => {
  for (const { inks } of [LIGHT, DARK]) {
    for (let grey = 0; grey < 256; grey += 1) {
      const fill = `#${grey.toString(16).padStart(2, '0').repeat(3)}`;
      expect(contrast(fill, inkOn(fill, inks)), fill).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test('names and numbers can be read on every colour that a unit can have, in both schemes', () => {
  // What light pages draw with, and what dark ones set in its place; a test of the server holds them equal to its palettes.
  const pairs = [...picture.matchAll(/--([0-9a-f]{6}): (#[0-9a-f]{6});/g)].map(([, light, dark]) => [`#${light}`, dark as string]);
  expect(pairs.length).toBeGreaterThanOrEqual(4 * 6 + 9 + 1);
  for (const [light = '', dark = ''] of pairs) {
    expect(contrast(light, inkOn(light, LIGHT.inks)), light).toBeGreaterThanOrEqual(4.5);
    expect(contrast(dark, inkOn(dark, DARK.inks)), dark).toBeGreaterThanOrEqual(4.5);
  }
});

test('the accent can be read on the ground of either theme', () => {
  for (const theme of [LIGHT, DARK]) expect(contrast(theme.accent, theme.ground)).toBeGreaterThanOrEqual(4.5);
});
