// The served styles, as anyone's MapLibre sees them: valid by the style specification, and over the
// tiles of the tileset they name, without a join, they paint every unit as the values say.
//
// MapLibre's own parser and evaluator read the styles, Mapbox' decoder the tiles.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { VectorTile } from '@mapbox/vector-tile';
import { createPropertyExpression, latest, validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { PbfReader } from 'pbf';
import { getJson } from './support.mjs';

const MEASURES = ['identifications', 'replications', 'replications_hosted', 'participation', 'bivariate'];
const ZOOM = 8;

/** Properties of every unit in the tiles that a TileJSON tells of, by layer and feature id. */
async function unitsOf(tileJson) {
  const [west, south, east, north] = tileJson.bounds;
  const column = (lon) => Math.floor(((lon + 180) / 360) * 2 ** ZOOM);
  const row = (lat) => {
    const sin = Math.sin((lat * Math.PI) / 180);
    return Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 2 ** ZOOM);
  };
  const units = { khoroos: new Map(), districts: new Map() };
  for (let x = column(west); x <= column(east); x += 1) {
    for (let y = row(north); y <= row(south); y += 1) {
      const url = tileJson.tiles[0].replace('{z}', ZOOM).replace('{x}', x).replace('{y}', y);
      const response = await fetch(url);
      if (response.status === 204) continue;
      assert.equal(response.status, 200, url);
      const { layers } = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())));
      for (const [name, found] of Object.entries(units)) {
        for (let idx = 0; idx < (layers[name]?.length ?? 0); idx += 1) {
          const { id, properties } = layers[name].feature(idx);
          found.set(id, properties);
        }
      }
    }
  }
  return units;
}

/** The fill of a style as a function of a unit's properties, `#rrggbb`. */
function fillOf(style) {
  const fill = style.layers.find(({ type }) => type === 'fill');
  const parsed = createPropertyExpression(fill.paint['fill-color'], 'fill-color', latest.paint_fill['fill-color']);
  assert.equal(parsed.result, 'success', JSON.stringify(parsed.value));
  const hex = ({ r, g, b }) => `#${[r, g, b].map((v) => Math.round(v * 255).toString(16).padStart(2, '0')).join('')}`;
  return {
    layer: fill['source-layer'],
    colour: (properties) => hex(parsed.value.evaluate({ zoom: ZOOM }, { type: 'Polygon', properties })),
  };
}

describe('styles over the tiles they name', () => {
  let themes;
  const tilesets = new Map();
  before(async () => {
    themes = ['all', ...(await getJson('/api/v1/themes')).items.map(({ code }) => code)];
  });

  for (const measure of MEASURES) {
    for (const level of ['khoroo', 'district']) {
      for (const rate of measure === 'participation' ? ['count'] : ['count', 'per10000']) {
        test(`${measure} by ${level}, ${rate}, in every cycle and theme`, async () => {
          let n_painted = 0;
          const colours = new Set();
          for (const cycle of ['2020', '2022', 'all']) {
            for (const theme of themes) {
              const query = new URLSearchParams({ level, rate, cycle, theme, lang: 'en' });
              const style = await getJson(`/styles/${measure}.json?${query}`);
              assert.deepEqual(validateStyleMin(style), [], `${measure} ${query}`);
              const { url } = style.sources.tracker;
              if (!tilesets.has(url)) tilesets.set(url, await unitsOf(await (await fetch(url)).json()));
              const { layer, colour } = fillOf(style);
              assert.equal(layer, `${level}s`);
              const values = await getJson(`/api/v1/values/${measure}.json?${query}`);
              for (const unit of values.units) {
                const properties = tilesets.get(url)[layer].get(unit.id);
                const expected = values.classes[unit.cells[cycle].class].colour;
                assert.equal(colour(properties), expected, `${unit.code} in ${measure} ${query}`);
                colours.add(expected);
                n_painted += 1;
              }
            }
          }
          assert.equal(n_painted, themes.length * (level === 'khoroo' ? 171 + 204 + 204 : 27));
          assert.ok(colours.size >= 2, `only ${[...colours]}`);
        });
      }
    }
  }
});
