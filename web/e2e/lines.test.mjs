// Replication lines: whose stand out, which way they lead, and a word where there are none.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { act, distance, getJson, launch, newPage, open, pixels } from './support.mjs';

const RECORD = { light: '#b80f4e', dark: '#ff86ab' };

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

async function withPage(options, body) {
  const opened = await newPage(browser, options);
  try {
    await body(opened);
    await opened.assertClean();
  } finally {
    await opened.close();
  }
}

/** Copies that have a line: both ends are known in the boundaries of the cycle, and they are two. */
async function linesOf2022() {
  const statuses = (await getJson('/api/v1/replication-statuses')).items.filter(({ counts }) => counts).map(({ code }) => code).join();
  const { items } = await getJson(`/api/v1/replications?cycle=2022&status=${statuses}&limit=1000`);
  return items.filter(({ from, to }) => from !== null && to !== null && from !== to);
}

/** Ids of the drawn lines that are strong, and how strong the others are. */
const drawn = (page, code) => page.evaluate((own) => {
  const map = document.querySelector('#viewer').hlpMap;
  const [, isOwn, strong, weak] = map.getPaintProperty('replications-line:2022', 'line-opacity');
  return { isOwn: JSON.stringify(isOwn).includes(own), strong, weak };
}, code);

describe('lines of the chosen khoroo', () => {
  test('stand out while others fade, and are counted both ways', async () => {
    const lines = await linesOf2022();
    const ofHost = (id) => lines.filter(({ from }) => from === id).length;
    const ofCopier = (id) => lines.filter(({ to }) => to === id).length;
    const id = lines.map(({ from }) => from).find((from) => ofHost(from) > 0 && ofCopier(from) > 1);
    const code = id.split(':')[1];
    for (const [form, colorScheme] of [['map', 'light'], ['map', 'dark'], ['cells', 'light']]) {
      await withPage({ colorScheme }, async ({ page }) => {
        await open(page, `/mn/?layers=replications&select=${code}&form=${form}`);
        assert.match(await page.textContent('.own-lines'), new RegExp(`ирсэн ${ofCopier(id)}, гарсан ${ofHost(id)} нутагшуулалтыг`));
        if (form === 'map') assert.deepEqual(await drawn(page, code), { isOwn: true, strong: 1, weak: 0.18 });
        else assert.ok(await page.locator('.link.own').count() > 0 && await page.locator('.link.others').count() > 0);
      });
    }
  });

  test('are those of practices recorded under earlier boundaries too', async () => {
    const lines = await linesOf2022();
    const carried = lines.find(({ host, from }) => host !== null && !host.startsWith('2022:') && from.startsWith('2022:'));
    const code = carried.from.split(':')[1];
    const n_from = lines.filter(({ from }) => from === carried.from).length;
    await withPage({}, async ({ page }) => {
      await open(page, `/mn/?layers=replications&select=${code}&form=map`);
      assert.match(await page.textContent('.own-lines'), new RegExp(`гарсан ${n_from} нутагшуулалтыг`));
      const strong = await page.evaluate((own) => document.querySelector('#viewer').hlpMap
        .queryRenderedFeatures({ layers: ['replications-line:2022'] }).filter(({ properties }) => properties.from === own).length, code);
      assert.ok(strong > 0, `${code} has no line of its own`);
    });
  });

  test('of a district that is shown alone are counted as they are drawn', async () => {
    const lines = await linesOf2022();
    const isIn = (id) => id.startsWith('2022:bzd-');
    for (const form of ['map', 'cells']) {
      const seen = lines.filter(({ from, to }) => (form === 'map' ? isIn(from) || isIn(to) : isIn(from) && isIn(to)));
      const khoroos = [...new Set(seen.flatMap(({ from, to }) => [from, to]).filter(isIn))];
      const outer = (id) => lines.filter(({ from, to }) => (from === id || to === id) && !(isIn(from) && isIn(to))).length;
      // One whose lines are not all inside, so that counting all of them in cells would be seen.
      const id = khoroos.sort((a, b) => outer(b) - outer(a))[0];
      assert.ok(outer(id) > 0);
      const [n_to, n_from] = [seen.filter(({ to }) => to === id).length, seen.filter(({ from }) => from === id).length];
      await withPage({ width: 900, height: 800 }, async ({ page }) => {
        await open(page, `/embed?area=bzd&lang=mn&layers=replications&form=${form}&select=${id.split(':')[1]}`);
        assert.match(await page.textContent('.own-lines'), new RegExp(`ирсэн ${n_to}, гарсан ${n_from} нутагшуулалтыг`));
        if (form === 'cells') return assert.ok(await page.locator('.link.own').count() > 0);
        const drawn = await page.evaluate(() => {
          const map = document.querySelector('#viewer').hlpMap;
          const own = (features) => features.filter(({ properties: { from, to } }) => from.startsWith('bzd-') || to.startsWith('bzd-'));
          const rendered = map.queryRenderedFeatures({ layers: ['replications-line:2022'] });
          return { beside: rendered.length - own(rendered).length, n: rendered.length };
        });
        assert.equal(drawn.beside, 0);
        assert.ok(drawn.n > 0);
      });
    }
  });

  test('are none where it has none, which a word says; then no line fades', async () => {
    const ends = new Set((await linesOf2022()).flatMap(({ from, to }) => [from, to]));
    const { units } = await getJson('/api/v1/values/replications.json?vintage=2022&level=khoroo');
    const { code } = units.find((unit) => !ends.has(`2022:${unit.code}`));
    for (const form of ['map', 'cells']) {
      await withPage({}, async ({ page }) => {
        await open(page, `/en/?layers=replications&select=${code}&form=${form}`);
        assert.match(await page.textContent('.own-lines'), /no line on the map leads here or from here in this cycle/);
        if (form === 'cells') assert.equal(await page.locator('.link.others').count(), 0);
        else {
          const opacity = await page.evaluate(() => document.querySelector('#viewer').hlpMap.getPaintProperty('replications-line:2022', 'line-opacity'));
          assert.equal(opacity, 0.9);
        }
        await act(page, () => page.uncheck('input[name="hlp-replications"]', { force: true }));
        assert.equal(await page.locator('.own-lines').count(), 0, 'nothing is said of lines that are not shown');
      });
    }
  });

  test('can be told from the colours below on every ramp, in both themes', async () => {
    for (const colorScheme of ['light', 'dark']) {
      for (const measure of ['identifications', 'replications', 'replications_hosted', 'participation', 'bivariate']) {
        await withPage({ colorScheme }, async ({ page }) => {
          await open(page, `/en/?measure=${measure}&layers=replications&select=bzd-29`);
          // Places along the khoroo's own lines, where no name or number and no arrow lies over them.
          const points = await page.evaluate(() => {
            const map = document.querySelector('#viewer').hlpMap;
            const box = map.getCanvas().getBoundingClientRect();
            const own = map.queryRenderedFeatures({ layers: ['replications-line:2022'] })
              .filter(({ properties: { from, to } }) => from === 'bzd-29' || to === 'bzd-29');
            return own.flatMap(({ geometry }) => {
              const ends = (geometry.type === 'LineString' ? geometry.coordinates : geometry.coordinates[0]).map((at) => map.project(at));
              const [from, to] = [ends[0], ends.at(-1)];
              return Array.from({ length: 40 }, (_, n) => ({ x: from.x + ((to.x - from.x) * n) / 40, y: from.y + ((to.y - from.y) * n) / 40 }));
            }).filter(({ x, y }) => x > 0 && y > 0 && x < box.width && y < box.height && document.elementFromPoint(box.x + x, box.y + y) === map.getCanvas())
              .map(({ x, y }) => ({ x: box.x + x, y: box.y + y }));
          });
          assert.ok(points.length > 8, `${points.length} places`);
          const clear = (await pixels(page, points)).filter((colour) => distance(colour, RECORD[colorScheme]) <= 24).length;
          assert.ok(clear > points.length / 2, `${measure}, ${colorScheme}: ${clear} of ${points.length}`);
        });
      }
    }
  });
});
