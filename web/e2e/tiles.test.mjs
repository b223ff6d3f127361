// The tiles as an independent decoder reads them: every tile of the city from z6 to z10.
//
// Whether a ring crosses itself or two khoroos overlap is asked of GEOS and of the geometry's own
// tests; here stands what a JavaScript client depends on: ids, rings, names, and that the khoroos of
// a tile cover exactly what its districts cover.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { classifyRings, VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { baseUrl, getJson } from './support.mjs';

const POLYGON = 3;
const ZOOMS = [6, 7, 8, 9, 10];

/** Column and row, counted from the north-west, of a place; may be fractional. */
function tilePlace(lon, lat, z) {
  const scale = 2 ** z;
  const sin = Math.sin((lat * Math.PI) / 180);
  return {
    x: ((lon + 180) / 360) * scale,
    y: (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * scale,
  };
}

function* tilesOver([west, south, east, north], z) {
  const upper = tilePlace(west, north, z);
  const lower = tilePlace(east, south, z);
  for (let x = Math.floor(upper.x); x <= Math.floor(lower.x); x += 1) {
    for (let y = Math.floor(upper.y); y <= Math.floor(lower.y); y += 1) yield { z, x, y };
  }
}

async function decode(template, { z, x, y }) {
  const url = new URL(template.replace('{z}', z).replace('{x}', x).replace('{y}', y), baseUrl);
  const response = await fetch(url);
  if (response.status === 204) return null;
  assert.equal(response.status, 200, url.href);
  return new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())));
}

function features(layer) {
  return layer ? Array.from({ length: layer.length }, (_, idx) => layer.feature(idx)) : [];
}

/** Twice the area of a closed ring in cells; positive for exteriors, with y to the south. */
function doubledArea(ring) {
  let sum = 0;
  for (let idx = 0; idx + 1 < ring.length; idx += 1) {
    sum += ring[idx].x * ring[idx + 1].y - ring[idx + 1].x * ring[idx].y;
  }
  return sum;
}

/** Checks a polygon feature's rings and returns its doubled area. */
function checkPolygons(feature, where) {
  assert.equal(feature.type, POLYGON, where);
  let area = 0;
  for (const polygon of classifyRings(feature.loadGeometry())) {
    for (const [idx, ring] of polygon.entries()) {
      assert.ok(ring.length >= 4, `${where}: a ring of ${ring.length} points`);
      assert.deepEqual({ ...ring[0] }, { ...ring.at(-1) }, `${where}: a ring is open`);
      const size = doubledArea(ring);
      assert.ok(idx === 0 ? size > 0 : size < 0, `${where}: ring ${idx} is wound the wrong way or empty (${size})`);
      area += size;
    }
  }
  assert.ok(area > 0, `${where}: no area`);
  return area;
}

for (const [vintage, n_khoroos] of [['2022', 204], ['2020', 171]]) {
  describe(`tiles of ${vintage}`, () => {
    let tileJson;
    let units;
    before(async () => {
      tileJson = await getJson(`/tiles/boundaries-${vintage}.json`);
      const of = (level) => getJson(`/api/v1/values/identifications.json?vintage=${vintage}&level=${level}`);
      units = { khoroos: (await of('khoroo')).units, districts: (await of('district')).units };
    });

    for (const z of ZOOMS) {
      test(`at z${z} every unit is there, whole, named and in its place`, async () => {
        const seen = { khoroos: new Set(), districts: new Set() };
        const labels = { khoroo_labels: new Map(), district_labels: new Map() };
        const borderLevels = new Set();
        for (const tile of tilesOver(tileJson.bounds, z)) {
          const where = `${tile.z}/${tile.x}/${tile.y}`;
          const decoded = await decode(tileJson.tiles[0], tile);
          if (!decoded) continue;
          const area = { khoroos: 0, districts: 0 };
          for (const name of ['khoroos', 'districts']) {
            const byId = new Map(units[name].map((unit) => [unit.id, unit]));
            const inTile = new Set();
            for (const feature of features(decoded.layers[name])) {
              const unit = byId.get(feature.id);
              assert.ok(unit, `${where}: ${name} has an unknown id ${feature.id}`);
              assert.ok(!inTile.has(feature.id), `${where}: ${unit.code} comes twice`);
              inTile.add(feature.id);
              seen[name].add(feature.id);
              const { code, number, name_mn, name_en, district } = feature.properties;
              assert.deepEqual(
                { code, number, name_mn, name_en, district },
                { code: unit.code, number: unit.number, name_mn: unit.name_mn, name_en: unit.name_en, district: unit.district },
              );
              area[name] += checkPolygons(feature, `${where} ${unit.code}`);
            }
          }
          assert.equal(area.khoroos, area.districts, `${where}: khoroos and districts cover different ground`);
          for (const name of Object.keys(labels)) {
            for (const feature of features(decoded.layers[name])) {
              const [[point]] = feature.loadGeometry();
              if (point.x < 0 || point.y < 0 || point.x >= 4096 || point.y >= 4096) continue;
              labels[name].set(feature.id, (labels[name].get(feature.id) ?? 0) + 1);
            }
          }
          for (const feature of features(decoded.layers.borders)) borderLevels.add(feature.properties.level);
        }
        assert.equal(seen.khoroos.size, n_khoroos);
        assert.equal(seen.districts.size, 9);
        assert.deepEqual([...new Set(labels.khoroo_labels.values())], [1], 'a khoroo’s name has not exactly one point');
        assert.equal(labels.khoroo_labels.size, n_khoroos);
        assert.deepEqual([...labels.district_labels.values()], Array(9).fill(1));
        assert.deepEqual([...borderLevels].sort(), ['city', 'district', 'khoroo']);
      });
    }
  });
}

describe('records in the tiles of 2022', () => {
  const BUFFER = 64;
  let tileJson;
  let themes;
  before(async () => {
    tileJson = await getJson('/tiles/tracker-2022.json');
    themes = new Set((await getJson('/api/v1/themes')).items.map(({ code }) => code));
  });

  async function* recordsAt(z) {
    for (const tile of tilesOver(tileJson.bounds, z)) {
      const decoded = await decode(tileJson.tiles[0], tile);
      if (decoded) yield { where: `${tile.z}/${tile.x}/${tile.y}`, layers: decoded.layers };
    }
  }

  for (const z of [6, 8, 10, 11]) {
    test(`at z${z} no practice is lost, and each dot is in one tile`, async () => {
      const { total } = await getJson('/api/v1/practices?cycle=2022&limit=1');
      const ids = new Set();
      let [n_practices, n_dots] = [0, 0];
      for await (const { where, layers } of recordsAt(z)) {
        for (const feature of features(layers.practices)) {
          const { id, theme, count, cycles, placed, host, status } = feature.properties;
          assert.ok(themes.has(theme) && count >= 1, `${where}: ${theme} ${count}`);
          const [[point]] = feature.loadGeometry();
          assert.ok([point.x, point.y].every((v) => v >= 0 && v < 4096), `${where}: ${id} lies outside`);
          n_dots += 1;
          n_practices += count;
          if (count > 1) {
            // Of several, only what they share.
            assert.deepEqual(Object.keys(feature.properties).sort(), cycles ? ['count', 'cycles', 'district', 'theme'] : ['count', 'district', 'theme']);
            continue;
          }
          assert.match(host, /^[a-z]+-\d+$/, `${where}: ${id}`);
          assert.ok(['point', 'khoroo', 'district'].includes(placed), `${where}: ${id} ${placed}`);
          assert.ok(['identified', 'shared', 'archived'].includes(status), `${where}: ${id} is ${status}`);
          assert.ok(!ids.has(id), `${id} comes twice`);
          ids.add(id);
        }
      }
      assert.equal(n_practices, total);
      assert.ok(z > 6 || n_dots < total, 'an overview is not thinned');
    });
  }

  test('a line is the same in each of its tiles, and ends where they do', async () => {
    const counts = new Map();
    for await (const { where, layers } of recordsAt(11)) {
      for (const feature of features(layers.replications)) {
        const { id, practice, khoroo, cycle, year, count, from, to } = feature.properties;
        assert.match(`${from} ${to}`, /^[a-z]+-\d+ [a-z]+-\d+$/, `${where}: ${id}`);
        assert.ok(practice && khoroo && cycle === '2022' && year >= 2022, `${where}: ${id}`);
        for (const line of feature.loadGeometry()) {
          assert.ok(line.length >= 2, `${where}: ${id}`);
          assert.ok(line.every(({ x, y }) => [x, y].every((v) => v >= -BUFFER && v <= 4096 + BUFFER)), `${where}: ${id}`);
        }
        assert.equal(counts.get(id) ?? count, count, `${id} is another line in ${where}`);
        counts.set(id, count);
      }
    }
    const drawn = [...counts.values()].reduce((sum, count) => sum + count, 0);
    assert.ok(drawn > 85 && drawn <= 95, `${drawn} of 95 replications`);
  });
});
