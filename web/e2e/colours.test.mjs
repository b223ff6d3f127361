// Classes stay apart for every kind of eye, in both themes, as the service serves them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { difference, lab, VISIONS } from './colour_science.mjs';
import { getJson } from './support.mjs';

const MEASURES = ['identifications', 'replications', 'replications_hosted', 'participation', 'bivariate'];
/** Just told apart side by side is 1; on a map classes lie apart, between other colours. */
const APART_MIN = 6;
/** Neighbours in a ramp are told apart most often. */
const NEIGHBOURS_MIN = 8.5;
/** What lies around the city, in either theme; zero is no part of it. */
const GROUNDS = { colour: '#ffffff', colour_dark: '#14181d' };
const FROM_GROUND_MIN = 5;

test('the measure of difference agrees with its authors’ pairs', () => {
  for (const [one, other, expected] of [
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1.0],
    [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
    [[50, 2.5, 0], [61, -5, 29], 22.8977],
    [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ]) assert.ok(Math.abs(difference(one, other) - expected) < 1e-4, `${one} ${other}`);
});

test('the simulation leaves greys grey and takes red from green', () => {
  for (const vision of Object.values(VISIONS)) {
    const [, a, b] = lab('#808080', vision);
    assert.ok(Math.hypot(a, b) < 1);
  }
  const apart = (vision) => difference(lab('#c03020', vision), lab('#5a7a20', vision));
  assert.ok(apart(VISIONS.deuteranopia) < apart(VISIONS.normal) / 2);
});

/** WCAG 2.2. */
function contrast(a, b) {
  const luminance = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, idx) => sum + c * [0.2126, 0.7152, 0.0722][idx], 0);
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe('classes as they are served', () => {
  for (const measure of MEASURES) {
    test(`${measure}: neighbours differ clearly, zero from the ground, and figures can be read on all`, async () => {
      for (const query of ['level=khoroo', 'level=district', 'level=khoroo&rate=per10000', 'level=khoroo&classes=3']) {
        if (measure === 'participation' && query.includes('rate')) continue;
        if (measure === 'bivariate' && query.includes('classes')) continue;
        const { classes } = await getJson(`/api/v1/values/${measure}.json?vintage=2022&${query}`);
        for (const [theme, ground] of Object.entries(GROUNDS)) {
          for (const { [theme]: fill } of classes) {
            assert.ok(Math.max(contrast(fill, '#000000'), contrast(fill, '#ffffff')) >= 4.5, `${fill} takes neither ink`);
          }
          for (const [name, vision] of Object.entries(VISIONS)) {
            const seen = (entry) => lab(entry[theme], vision);
            const zero = difference(seen(classes[0]), lab(ground, vision));
            assert.ok(zero >= FROM_GROUND_MIN, `${theme}, ${name}: zero and the ground differ by ${zero.toFixed(1)}`);
            const ramp = classes.filter(({ kind }) => kind === 'zero' || kind === 'range');
            for (const [idx, one] of ramp.slice(1).entries()) {
              const apart = difference(seen(ramp[idx]), seen(one));
              assert.ok(apart >= NEIGHBOURS_MIN, `${theme}, ${name}, ${query}: ${ramp[idx].label_en} and ${one.label_en} differ by ${apart.toFixed(1)}`);
            }
          }
        }
      }
    });

    for (const level of ['khoroo', 'district']) {
      test(`${measure} by ${level}`, async (t) => {
        const { classes } = await getJson(`/api/v1/values/${measure}.json?vintage=2022&level=${level}`);
        for (const theme of ['colour', 'colour_dark']) {
          for (const [name, vision] of Object.entries(VISIONS)) {
            let closest = { apart: Infinity };
            for (const [idx, one] of classes.entries()) {
              for (const other of classes.slice(idx + 1)) {
                const apart = difference(lab(one[theme], vision), lab(other[theme], vision));
                if (apart < closest.apart) closest = { apart, pair: `${one.label_en} ${one[theme]} – ${other.label_en} ${other[theme]}` };
              }
            }
            t.diagnostic(`${theme} ${name}: ${closest.apart.toFixed(1)} (${closest.pair})`);
            assert.ok(closest.apart >= APART_MIN, `${theme}, ${name}: ${closest.pair} differ by ${closest.apart.toFixed(1)}`);
          }
        }
      });
    }
  }
});
