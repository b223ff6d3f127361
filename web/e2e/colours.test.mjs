// Classes stay apart for every kind of eye, in both themes, as the service serves them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { difference, lab, VISIONS } from './colour_science.mjs';
import { getJson } from './support.mjs';

const MEASURES = ['identifications', 'replications', 'replications_hosted', 'participation', 'bivariate'];
/** Just told apart side by side is 1; on a map classes lie apart, between other colours. */
const APART_MIN = 6;

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

describe('classes as they are served', () => {
  for (const measure of MEASURES) {
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
