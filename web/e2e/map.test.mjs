// The map shows what the service says: units, figures, colours, names.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  act, bareFills, distance, fills, framed, gate, getJson, inPage, insidePoints, launch, open, pixels, ready, toCycle,
} from './support.mjs';

/** Software rendering and colour management may move a channel by one or two. */
const COLOUR_TOLERANCE = 3;

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const valuesOf = (measure, vintage, level = 'khoroo') =>
  getJson(`/api/v1/values/${measure}.json?vintage=${vintage}&level=${level}`);

const withPage = (options, body) => inPage(browser, options, body);

/** What every unit should be filled with, by feature id, in a theme. */
function expectedFills(values, cycle, dark = false) {
  return new Map(values.units.map((unit) => {
    const entry = values.classes[unit.cells[cycle].class];
    return [unit.id, dark ? entry.colour_dark : entry.colour];
  }));
}

async function assertFilled(page, vintage, values, cycle, layer = 'khoroos', dark = false) {
  const expected = expectedFills(values, cycle, dark);
  assert.deepEqual(await fills(page, vintage, layer, [...expected.keys()]), [...expected.values()]);
}

describe('the map', () => {
  test('all 204 khoroos carry the colour of their class, and the screen shows it', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/mn/');
      const values = await valuesOf('identifications', '2022');
      assert.equal(values.units.length, 204);
      await assertFilled(page, '2022', values, '2022');

      const rendered = await page.evaluate(() => {
        const map = document.querySelector('#viewer').hlpMap;
        return new Set(map.queryRenderedFeatures({ layers: ['khoroos-fill:2022'] }).map((f) => f.id)).size;
      });
      assert.ok(rendered > 100, `only ${rendered} khoroos are drawn in the first view`);

      await bareFills(page);
      const points = await insidePoints(page, '2022');
      assert.ok(points.length > 40, `only ${points.length} khoroos are large enough to look at`);
      const expected = expectedFills(values, '2022');
      const seen = await pixels(page, points);
      const wrong = points
        .map((point, idx) => ({ code: point.code, seen: seen[idx], expected: expected.get(point.id) }))
        .filter((p) => distance(p.seen, p.expected) > COLOUR_TOLERANCE);
      assert.deepEqual(wrong, []);
    });
  });

  test('the legend counts the units and has the colours of the values', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      const values = await valuesOf('identifications', '2022');
      const lines = await page.$$eval('.legend tr[data-class]', (rows) =>
        rows.map((row) => ({
          idx: Number(row.dataset.class),
          colour: row.querySelector('rect').getAttribute('fill'),
          label: row.querySelector('th').textContent.trim(),
          count: Number(row.querySelector('.count').textContent),
        })));
      for (const { idx, colour, label, count } of lines) {
        const entry = values.classes[idx];
        assert.equal(colour, entry.colour);
        assert.equal(label, entry.label_en);
        assert.equal(count, values.units.filter((unit) => unit.cells['2022'].class === idx).length);
      }
      assert.equal(lines.reduce((sum, line) => sum + line.count, 0), 204);
      assert.equal(await page.textContent('.heading .figure'), '248');
    });
  });

  test('another measure repaints without one more tile', async () => {
    await withPage({}, async ({ page, tileRequests }) => {
      await open(page, '/mn/');
      await framed(page);
      const before = tileRequests().length;
      assert.ok(before > 0, 'no tile was asked for at all');
      const pictureBefore = await page.locator('.map canvas').screenshot();
      await act(page, () => page.check('input[value="replications"]', { force: true }));
      assert.equal(tileRequests().length, before);
      await assertFilled(page, '2022', await valuesOf('replications', '2022'), '2022');
      assert.ok(!pictureBefore.equals(await page.locator('.map canvas').screenshot()), 'the picture did not change');
      assert.equal(await page.textContent('.heading .figure'), '95');
      await act(page, () => page.check('input[value="identifications"]', { force: true }));
      assert.equal(tileRequests().length, before);
    });
  });

  test('the cycle of 2020 is drawn on the lines of 2020', async () => {
    await withPage({}, async ({ page, tileRequests }) => {
      await open(page, '/en/');
      await act(page, () => toCycle(page, 0));
      const values = await valuesOf('identifications', '2020');
      assert.equal(values.units.length, 171);
      await assertFilled(page, '2020', values, '2020');
      assert.equal(await page.textContent('.heading .figure'), '144');
      assert.ok(tileRequests().some((url) => url.includes('/boundaries-2020/')));
      const shown = await page.evaluate(() => {
        const map = document.querySelector('#viewer').hlpMap;
        const of = (vintage) => map.queryRenderedFeatures({ layers: [`khoroos-fill:${vintage}`] }).length;
        return { of2020: of('2020'), of2022: of('2022') };
      });
      assert.ok(shown.of2020 > 0);
      assert.equal(shown.of2022, 0);

      await act(page, () => toCycle(page, 1));
      await assertFilled(page, '2022', await valuesOf('identifications', '2022'), '2022');
    });
  });

  test('a cycle chosen while the map still loads is drawn on its own lines', async () => {
    await withPage({}, async ({ page }) => {
      const [asked, held] = [gate(), gate()];
      await page.route('**/tiles/boundaries-2022.json*', async (route) => {
        asked.open();
        await held.opened;
        await route.continue();
      });
      await open(page, '/en/?form=cells');
      await page.check('input[value="map"]', { force: true });
      await asked.opened;
      await toCycle(page, 0);
      await page.waitForFunction(() => document.querySelector('.heading .figure')?.textContent === '144');
      held.open();
      await ready(page);
      await assertFilled(page, '2020', await valuesOf('identifications', '2020'), '2020');
    });
  });

  test('replications of 2020 are unknown, not none', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?measure=replications&cycle=2020');
      const values = await valuesOf('replications', '2020');
      assert.ok(values.units.every((unit) => unit.cells['2020'].value === null));
      assert.equal(await page.locator('.heading .figure').count(), 0);
      assert.match(await page.textContent('.heading .base'), /not reported/i);
      const hatched = await page.evaluate((ids) => {
        const map = document.querySelector('#viewer').hlpMap;
        const state = (id) => map.getFeatureState({ source: 'boundaries-2020', sourceLayer: 'khoroos', id });
        return ids.every((id) => state(id).hatch === true);
      }, values.units.map((unit) => unit.id));
      assert.ok(hatched);
    });
  });

  test('districts carry their own figures', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/mn/?level=district');
      const values = await valuesOf('identifications', '2022', 'district');
      assert.equal(values.units.length, 9);
      await assertFilled(page, '2022', values, '2022', 'districts');
      const drawn = await page.evaluate(() => {
        const map = document.querySelector('#viewer').hlpMap;
        return [new Set(map.queryRenderedFeatures({ layers: ['districts-fill:2022'] }).map((f) => f.id)).size,
          map.getLayoutProperty('khoroos-fill:2022', 'visibility')];
      });
      assert.equal(drawn[0], 9, 'districts are first seen all at once');
      assert.equal(drawn[1], 'none');
    });
  });

  test('districts are fitted clear of the buttons, by a click as by their address', async () => {
    await withPage({ width: 1440, height: 900 }, async ({ page }) => {
      const look = () => page.evaluate(() => {
        const map = document.querySelector('#viewer').hlpMap;
        return [map.getZoom(), ...map.getCenter().toArray()].map((value) => Number(value.toFixed(4)));
      });
      await open(page, '/en/?level=district');
      const opened = await look();
      const isClear = await page.evaluate(() => {
        const map = document.querySelector('#viewer').hlpMap;
        const { bottom } = document.querySelector('.views').getBoundingClientRect();
        const { top } = document.querySelector('.field').getBoundingClientRect();
        const districts = map.querySourceFeatures('boundaries-2022', { sourceLayer: 'districts' });
        const points = districts.flatMap(({ geometry }) => geometry.coordinates.flat(geometry.type === 'Polygon' ? 1 : 2));
        return points.length > 0 && points.every((point) => map.project(point).y >= bottom - top);
      });
      assert.ok(isClear, 'a district lies under the buttons');
      await open(page, '/en/');
      await page.check('input[value="district"]', { force: true });
      await ready(page);
      assert.deepEqual(await look(), opened);
    });
  });

  test('a click shows the figures that the service has for the khoroo', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      const [point] = (await insidePoints(page, '2022', 6)).slice(-1);
      const answer = page.waitForResponse((r) => r.url().includes(`/khoroos/${point.code}`) && r.ok());
      await page.mouse.click(point.x, point.y);
      await answer;
      const values = await valuesOf('identifications', '2022');
      const unit = values.units.find((u) => u.id === point.id);
      await page.waitForSelector('.figures dl[aria-busy="false"]');
      assert.equal(await page.textContent('.figures .figure'), String(unit.cells['2022'].value));
      assert.ok((await page.textContent('.figures h2')).endsWith(unit.name_en));
      const facts = await page.$$eval('.figures dd', (all) => all.map((dd) => dd.textContent));
      assert.ok(facts.includes(unit.population.toLocaleString('en-US')), `${facts} has no ${unit.population}`);
      assert.match(page.url(), new RegExp(`select=${point.code}`));
      await ready(page);
      const outlined = await page.evaluate(() => {
        const map = document.querySelector('#viewer').hlpMap;
        return map.queryRenderedFeatures({ layers: ['khoroos-selected:2022'] }).length;
      });
      assert.ok(outlined > 0, 'the chosen khoroo has no outline');
    });
  });

  test('hovering names the khoroo and its value beside the pointer', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/mn/');
      const [point] = (await insidePoints(page, '2022', 6)).slice(0, 1);
      await page.mouse.move(point.x - 2, point.y);
      await page.mouse.move(point.x, point.y);
      await page.waitForSelector('.tooltip:not([hidden])');
      const unit = (await valuesOf('identifications', '2022')).units.find((u) => u.id === point.id);
      const text = await page.textContent('.tooltip');
      assert.ok(text.includes(unit.name_mn) && text.endsWith(`: ${unit.cells['2022'].value}`), text);
    });
  });

  /** Words for whatever lies at a place of the window in a vintage. */
  async function wordsAt(page, { x, y }, measure, cycle) {
    const { lng, lat } = await page.evaluate(([left, top]) => {
      const map = document.querySelector('#viewer').hlpMap;
      const box = map.getCanvas().getBoundingClientRect();
      return map.unproject([left - box.x, top - box.y]);
    }, [x, y]);
    const { code } = await getJson(`/api/v1/khoroos-at?lon=${lng}&lat=${lat}&vintage=${cycle}`);
    const unit = (await valuesOf(measure, cycle)).units.find((one) => one.code === code);
    const { items } = await getJson('/api/v1/districts');
    return `${items.find((one) => one.code === unit.district).name_en}, ${unit.name_en}: ${unit.cells[cycle].value}`;
  }
  const says = (page, words) =>
    page.waitForFunction((wanted) => document.querySelector('.tooltip:not([hidden])')?.textContent === wanted, words, { timeout: 20_000 });

  test('the words at a pointer that rests are of the cycle that is drawn, and of the measure', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?cycle=2020');
      const points = await insidePoints(page, '2020', 6);
      const told = await Promise.all(points.slice(0, 12).map(async (point) =>
        ({ point, of2020: await wordsAt(page, point, 'identifications', '2020'), of2022: await wordsAt(page, point, 'identifications', '2022') })));
      const { point, of2020, of2022 } = told.find((one) => one.of2020 !== one.of2022) ?? assert.fail('no khoroo differs between the cycles');
      await page.mouse.move(point.x - 2, point.y);
      await page.mouse.move(point.x, point.y);
      await says(page, of2020);
      await page.focus('.timeline .play');
      await page.keyboard.press('Enter');
      await says(page, of2022);
      await ready(page);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('.tooltip').isVisible(), false);
      await act(page, () => page.check('input[value="replications"]', { force: true }));
      // They were sent away, and are of the same place.
      assert.equal(await page.locator('.tooltip').isVisible(), false);
      await page.mouse.move(5, 5);
      await page.mouse.move(point.x, point.y);
      await says(page, await wordsAt(page, point, 'replications', '2022'));
    });
  });

  test('no name stands on the map twice, in either language', async () => {
    for (const [lang, word] of [['mn', 'хороо'], ['en', 'Khoroo']]) {
      await withPage({}, async ({ page }) => {
        for (const camera of ['10.00/47.9200/106.9000', '11.60/47.9200/106.9100', '13.30/47.9180/106.9170']) {
          await open(page, `/${lang}/?camera=${encodeURIComponent(camera)}#map=${camera}`);
          const names = await page.evaluate(() => {
            const map = document.querySelector('#viewer').hlpMap;
            return map.queryRenderedFeatures({ layers: ['khoroo-labels:2022', 'district-labels:2022', 'district-names'] })
              .map((f) => ({ id: f.id, layer: f.layer.id, text: f.layer.layout['text-field'].toString() }));
          });
          assert.ok(names.length > 0, `no name at ${camera}`);
          const keys = names.map((name) => `${name.layer} ${name.id}`);
          assert.equal(new Set(keys).size, keys.length, `repeated at ${camera}: ${keys}`);
          if (camera.startsWith('13')) assert.ok(names.some((n) => n.text.includes(word)), JSON.stringify(names));
        }
      });
    }
  });

  test('the first view names every district whose khoroos are in it, among them', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      const { names, held } = await page.evaluate(() => {
        const map = document.querySelector('#viewer').hlpMap;
        const box = map.getBounds();
        const inView = map.querySourceFeatures('boundaries-2022', { sourceLayer: 'khoroo_labels' })
          .filter(({ geometry }) => box.contains(geometry.coordinates));
        return {
          names: map.queryRenderedFeatures({ layers: ['district-names'] }).map(({ id, properties }) => [id, properties.name]),
          held: [...new Set(inView.map(({ id }) => Math.floor(id / 1_000_000) * 1_000_000))],
        };
      });
      const { items } = await getJson('/api/v1/districts');
      const titles = new Map(items.map((district) => [district.mvt_id, district.name_en]));
      assert.ok(held.length >= 6, `${held}`);
      assert.deepEqual(names.map(([id]) => id).sort(), [...held].sort());
      for (const [id, name] of names) assert.equal(name, titles.get(id));
    });
  });

  test('every district is named in the view of the whole city, and no name hides a number among khoroos', async () => {
    for (const lang of ['mn', 'en']) {
      await withPage({}, async ({ page }) => {
        await open(page, `/${lang}/#map=8.00/47.7000/107.4000`);
        const held = await page.evaluate(() => {
          const map = document.querySelector('#viewer').hlpMap;
          const box = map.getBounds();
          return [...new Set(map.querySourceFeatures('boundaries-2022', { sourceLayer: 'khoroo_labels' })
            .filter(({ geometry }) => box.contains(geometry.coordinates)).map(({ properties }) => properties.district))].sort();
        });
        assert.equal(held.length, 9, `${held}`);
        const named = await page.evaluate(() => document.querySelector('#viewer').hlpMap
          .queryRenderedFeatures({ layers: ['district-names'] }).map(({ id }) => id));
        assert.equal(new Set(named).size, 9, `${named}`);

        await open(page, `/${lang}/#map=11.00/47.9200/106.9200`);
        await page.reload();
        await ready(page);
        const hidden = await page.evaluate(() => {
          const map = document.querySelector('#viewer').hlpMap;
          const pen = document.createElement('canvas').getContext('2d');
          pen.font = '600 15px "Noto Sans"';
          const names = map.queryRenderedFeatures({ layers: ['district-names'] }).map(({ geometry, properties: { name } }) =>
            ({ name, ...map.project(geometry.coordinates), half: pen.measureText(name).width / 2 }));
          const numbers = new Map(map.querySourceFeatures('boundaries-2022', { sourceLayer: 'khoroo_labels' })
            .map(({ id, geometry, properties }) => [id, { code: properties.code, ...map.project(geometry.coordinates) }]));
          if (names.length < 5) return ['too few names'];
          return [...numbers.values()].flatMap(({ code, x, y }) => names
            .filter((name) => Math.abs(name.x - x) < name.half + 7 && Math.abs(name.y - y) < 13).map(({ name }) => `${code} under ${name}`));
        });
        assert.deepEqual(hidden, [], lang);
      });
    }
  });

  test('no number lies on the dot of a practice, and most stand beside one', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/mn/?layers=practices#map=11.50/47.9200/106.9200');
      const { dots, hidden, shown } = await page.evaluate(() => {
        const map = document.querySelector('#viewer').hlpMap;
        const numbers = { layers: ['khoroo-labels:2022'] };
        const dots = map.queryRenderedFeatures({ layers: ['practices-dot:2022'] }).map(({ geometry }) => map.project(geometry.coordinates));
        return {
          dots: dots.length,
          hidden: dots.flatMap(({ x, y }) => map.queryRenderedFeatures([x, y], numbers)).map(({ properties }) => properties.code),
          shown: new Set(map.queryRenderedFeatures(numbers).map(({ id }) => id)).size,
        };
      });
      assert.ok(dots > 80, `${dots} dots`);
      assert.deepEqual(hidden, []);
      assert.ok(shown > 60, `${shown} numbers`);
    });
  });

  test('wide khoroos have their numbers where a far district fills the map', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/mn/#map=9.60/47.7500/108.3000');
      const codes = await page.evaluate(() => document.querySelector('#viewer').hlpMap
        .queryRenderedFeatures({ layers: ['khoroo-labels-wide:2022', 'khoroo-labels:2022'] }).map(({ properties }) => properties.code));
      assert.ok(codes.includes('bn-1') && codes.includes('bn-5'), `${codes}`);
    });
  });

  test('names of districts keep away from the buttons and frames that lie on the map', async () => {
    for (const [width, path] of [[1440, '/mn/?select=bzd-26'], [768, '/en/?select=bzd-26'], [360, '/mn/?form=map'], [1440, '/mn/#map=8.40/47.9000/106.9000']]) {
      await withPage({ width, height: 900 }, async ({ page }) => {
        await open(page, path);
        const covered = () => page.evaluate(() => {
          const map = document.querySelector('#viewer').hlpMap;
          const own = map.getCanvas().getBoundingClientRect();
          const pen = document.createElement('canvas').getContext('2d');
          pen.font = '600 12px "Noto Sans"';
          const lying = [...document.querySelectorAll('.map-buttons > *, .inset')].map((one) => [one.className, one.getBoundingClientRect()]);
          return map.queryRenderedFeatures({ layers: ['district-names'] }).flatMap(({ geometry, properties: { name } }) => {
            const { x, y } = map.project(geometry.coordinates);
            const half = pen.measureText(name).width / 2;
            const [left, right, top, bottom] = [own.x + x - half, own.x + x + half, own.y + y - 6, own.y + y + 6];
            return lying.filter(([, box]) => left < box.right && box.left < right && top < box.bottom && box.top < bottom)
              .map(([part]) => `${name} under ${part}`);
          });
        });
        // Frames come after the map, and names make room for them then.
        for (let n_looks = 0; n_looks < 100 && (await covered()).length > 0; n_looks += 1) {
          await page.evaluate(() => new Promise((later) => requestAnimationFrame(() => requestAnimationFrame(later))));
        }
        assert.deepEqual(await covered(), [], `${width} px, ${path}`);
      });
    }
  });

  test('the dark theme takes the legend’s dark colours, also when it changes', async () => {
    await withPage({ colorScheme: 'dark' }, async ({ page }) => {
      await open(page, '/mn/');
      const values = await valuesOf('identifications', '2022');
      await assertFilled(page, '2022', values, '2022', 'khoroos', true);
      await act(page, () => page.emulateMedia({ colorScheme: 'light' }));
      await assertFilled(page, '2022', values, '2022');
      assert.equal(await page.evaluate(() =>
        document.querySelector('#viewer').hlpMap.getPaintProperty('ground', 'background-color')), '#ffffff');
    });
  });

  test('a map that was away comes back at its size: to the whole city, and to what was chosen without it', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?select=bzd-26');
      const toForm = (form) => act(page, () => page.check(`[name="hlp-form"][value="${form}"]`, { force: true }));
      const looks = () => page.evaluate(() => {
        const map = document.querySelector('#viewer').hlpMap;
        const { clientWidth, clientHeight } = map.getContainer();
        return { bounds: map.getBounds().toArray().flat(), fits: map.getCanvas().clientWidth === clientWidth && map.getCanvas().clientHeight === clientHeight };
      });
      await act(page, () => page.check('[name="hlp-level"][value="district"]', { force: true }));
      const { bounds } = await looks();
      await act(page, () => page.check('[name="hlp-level"][value="khoroo"]', { force: true }));
      await toForm('cells');
      await act(page, () => page.check('[name="hlp-level"][value="district"]', { force: true }));
      await toForm('map');
      const after = await looks();
      assert.ok(after.fits, 'the map is of another size than its place');
      after.bounds.forEach((edge, idx) => assert.ok(Math.abs(edge - bounds[idx]) < 0.01, `${after.bounds} for ${bounds}`));
    });
  });

  test('what a wheel has zoomed to is what the address says', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      const { x, y, width, height } = await page.locator('.map canvas').boundingBox();
      await page.mouse.move(x + width / 2, y + height / 2);
      for (const [n_turns, delta] of [[1, -120], [5, -120], [3, 120]]) {
        const before = await page.evaluate(() => document.querySelector('#viewer').hlpMap.getZoom());
        for (let n = 0; n < n_turns; n += 1) await page.mouse.wheel(0, delta);
        await page.waitForFunction((was) => {
          const map = document.querySelector('#viewer').hlpMap;
          const said = Number(/#map=([\d.]+)/.exec(location.hash.length > 0 ? location.href : '')?.[1]);
          return map.getZoom() !== was && !map.isMoving() && Math.abs(said - map.getZoom()) < 0.006;
        }, before, { timeout: 20_000 });
        await ready(page);
        const [said, is] = await page.evaluate(() => [Number(/#map=([\d.]+)/.exec(location.href)[1]), document.querySelector('#viewer').hlpMap.getZoom()]);
        assert.ok(Math.abs(said - is) < 0.006, `${said} instead of ${is}`);
      }
    });
  });

  test('the words at the pointer do not stay behind when the ground is dragged', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      const { x, y, width, height } = await page.locator('.map canvas').boundingBox();
      const middle = [x + width / 2, y + height / 2];
      await page.mouse.move(...middle);
      await page.waitForSelector('.tooltip:not([hidden])');
      const words = await page.textContent('.tooltip');
      await page.mouse.down();
      await page.mouse.move(middle[0] - 60, middle[1] - 40, { steps: 4 });
      await page.waitForFunction(() => document.querySelector('#viewer').hlpMap.isMoving());
      assert.equal(await page.locator('.tooltip').isVisible(), false, 'while it is dragged');
      await page.mouse.move(middle[0] - 150, middle[1] - 100, { steps: 4 });
      await page.mouse.up();
      // The same ground is under the pointer again.
      await page.waitForFunction((told) => document.querySelector('.tooltip:not([hidden])')?.textContent === told, words, { timeout: 20_000 });
      const tip = await page.locator('.tooltip').boundingBox();
      const away = Math.hypot(tip.x - (middle[0] - 150), tip.y - (middle[1] - 100));
      assert.ok(away < 80, `the words stand ${away} pixels from the pointer`);
    });
  });

  test('buttons look at the core, the whole city, and move without a drag', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      const look = () => page.evaluate(() => {
        const map = document.querySelector('#viewer').hlpMap;
        const { lng, lat } = map.getCenter();
        return { zoom: map.getZoom(), lng, lat };
      });
      const press = async (name) => {
        const before = await look();
        await page.evaluate(() => {
          const map = document.querySelector('#viewer').hlpMap;
          window.moved = new Promise((resolve) => map.once('moveend', resolve));
        });
        await page.getByRole('button', { name, exact: true }).click();
        await page.evaluate(async () => { await window.moved; });
        return [before, await look()];
      };
      let [was, is] = await press('Zoom in');
      assert.ok(is.zoom > was.zoom);
      [was, is] = await press('Move north');
      assert.ok(is.lat > was.lat);
      [was, is] = await press('Move west');
      assert.ok(is.lng < was.lng);
      [was, is] = await press('Move east');
      assert.ok(is.lng > was.lng);
      [was, is] = await press('Move south');
      assert.ok(is.lat < was.lat);
      [was, is] = await press('Whole city');
      const { bounds } = await getJson('/tiles/boundaries-2022.json');
      const inView = await page.evaluate(([w, s, e, n]) => {
        const view = document.querySelector('#viewer').hlpMap.getBounds();
        return view.contains([w, s]) && view.contains([e, n]);
      }, bounds);
      assert.ok(inView, 'the whole city is not in view');
      assert.match(page.url(), /#map=/);
      [was, is] = await press('City centre');
      assert.ok(is.zoom > was.zoom + 1);
    });
  });
});
