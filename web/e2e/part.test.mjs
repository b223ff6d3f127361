// A frame of one district: it alone has colours, figures, numbers and choices, and there is a way back to it.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { baseUrl, getJson, inPage, insidePoints, launch, newPage, open } from './support.mjs';

const BESIDE = { light: '#f3f5f7', dark: '#191e24' };
const WAIT_MS = 20_000;

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, { width: 900, height: 800, ...options }, body);

/** Fills of all khoroos of 2022, by code; labels know both code and id. */
const fillsByCode = (page) => page.evaluate(() => {
  const map = document.querySelector('#viewer').hlpMap;
  const features = map.querySourceFeatures('boundaries-2022', { sourceLayer: 'khoroo_labels' });
  return Object.fromEntries(features.map(({ id, properties }) =>
    [properties.code, map.getFeatureState({ source: 'boundaries-2022', sourceLayer: 'khoroos', id }).fill]));
});

const isInView = (page, box) => page.waitForFunction(([west, south, east, north]) => {
  const map = document.querySelector('#viewer').hlpMap;
  const seen = map.getBounds();
  return !map.isMoving() && seen.contains([west, south]) && seen.contains([east, north]);
}, box, { timeout: WAIT_MS });

describe('a frame of one district', () => {
  test('colours it alone, in both themes', async () => {
    const values = await getJson('/api/v1/values/identifications.json?vintage=2022&level=khoroo');
    for (const [colorScheme, colour] of [['light', 'colour'], ['dark', 'colour_dark']]) {
      await withPage({ colorScheme }, async ({ page }) => {
        await open(page, '/embed?area=bzd&lang=en&form=map');
        const fills = await fillsByCode(page);
        const seen = values.units.filter(({ code }) => code in fills);
        const own = seen.filter(({ district }) => district === 'bzd');
        assert.ok(own.length >= 40 && seen.length - own.length > 50, `${own.length} of ${seen.length} in view`);
        for (const { code, district, cells } of seen) {
          const expected = district === 'bzd' ? values.classes[cells['2022'].class][colour] : BESIDE[colorScheme];
          assert.equal(fills[code], expected, code);
        }
      });
    }
  });

  test('tells no number of khoroos that is the city’s', async () => {
    for (const lang of ['mn', 'en']) {
      await withPage({}, async ({ page }) => {
        await open(page, `/embed?area=bzd&lang=${lang}&form=cells`);
        const told = await page.textContent('.timeline');
        assert.doesNotMatch(told, /171|204/, told);
        assert.equal(await page.locator('.crossing').count(), 1, 'that boundaries changed is said');
        assert.doesNotMatch(await page.getAttribute('.timeline input', 'aria-valuetext'), /171|204|, $/);
      });
    }
  });

  test('is seen first where it is built up, with its whole a button away', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/embed?area=bzd&lang=en&form=map');
      const area = await page.evaluate(() => JSON.parse(document.querySelector('#hlp-config').textContent).embed.area);
      const seen = () => page.evaluate(() => document.querySelector('#viewer').hlpMap.getBounds().toArray().flat());
      await isInView(page, area.core);
      const [west, south, east, north] = await seen();
      const [w, s, e, n] = area.box;
      assert.ok(west > w || south > s || east < e || north < n, 'no more than the built-up part');
      await page.locator('[data-part-of-city]').click();
      await isInView(page, area.box);
      await page.getByRole('button', { name: 'Built-up part' }).click();
      await page.waitForFunction(([w, s, e, n]) => {
        const seen = document.querySelector('#viewer').hlpMap.getBounds();
        return !seen.contains([w, s]) || !seen.contains([e, n]);
      }, area.box, { timeout: WAIT_MS });
      await isInView(page, area.core);
    });
  });

  test('calls by number, chooses and tells figures of its own khoroos alone', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/embed?area=bzd&lang=en&form=map#map=11.50/47.9180/106.9500');
      const numbered = await page.evaluate(() => document.querySelector('#viewer').hlpMap
        .queryRenderedFeatures({ layers: ['khoroo-labels:2022'] }).map(({ properties }) => properties.district));
      assert.deepEqual([...new Set(numbered)], ['bzd']);
      const points = await insidePoints(page, '2022');
      const [own, beside] = [points.find(({ code }) => code.startsWith('bzd-')), points.find(({ code }) => code.startsWith('sbd-'))];
      await page.mouse.move(beside.x, beside.y);
      await page.waitForFunction(() => document.querySelector('.tooltip').textContent.includes('Sukhbaatar'), null, { timeout: WAIT_MS });
      assert.match(await page.textContent('.tooltip'), /^\s*Sukhbaatar, Khoroo \d+\s*$/, 'its name, without a figure');
      await page.mouse.click(own.x, own.y);
      await page.waitForSelector('.figures.open', { timeout: WAIT_MS });
      await page.mouse.click(beside.x, beside.y);
      await page.waitForSelector('.figures:not(.open)', { state: 'attached', timeout: WAIT_MS });
    });
  });

  test('takes no choice beside it, neither from its address nor from the page around', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/embed?area=bzd&lang=en&form=map&select=sbd-6');
      assert.equal(await page.locator('.figures.open').count(), 0);
      assert.match(await page.textContent('[data-misread]'), /sbd-6/);
    });
    // The page around is one of another site, which the server under test allows.
    const host = createServer((request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(`<!DOCTYPE html><link rel="icon" href="data:,">
        <script>window.heard = []; addEventListener('message', ({ data }) => heard.push(data));</script>
        <iframe src="${baseUrl}/embed?area=bzd&lang=en&form=cells&origin=${encodeURIComponent(`http://${request.headers.host}`)}"
          width="880" height="780"></iframe>`);
    });
    await new Promise((resolve) => host.listen(0, '0.0.0.0', resolve));
    const opened = await newPage(browser, { width: 900, height: 800 });
    try {
      const { page } = opened;
      await page.goto(`http://localhost:${host.address().port}/`);
      const hears = (type) => page.waitForFunction((wanted) => heard.some((data) => data.type === wanted), type, { timeout: 60_000 });
      await hears('ready');
      await page.evaluate((to) => {
        for (const code of ['sbd-6', 'bzd-26']) frames[0].postMessage({ v: 1, type: 'select', code }, to);
      }, new URL(baseUrl).origin);
      await hears('select');
      assert.deepEqual(
        await page.evaluate(() => heard.filter(({ type }) => type === 'select' || type === 'error').map(({ code, problem }) => code ?? problem)),
        ['message', 'bzd-26'],
      );
    } finally {
      await opened.close();
      await new Promise((resolve) => host.close(resolve));
    }
  });

  test('of one khoroo says that this one is shown where another was asked for', async () => {
    for (const lang of ['mn', 'en']) {
      await withPage({}, async ({ page }) => {
        await open(page, `/embed?area=bzd-26&lang=${lang}&form=cells&select=sbd-6`);
        const { name } = await page.evaluate(() => JSON.parse(document.querySelector('#hlp-config').textContent).embed.area);
        const told = (await page.textContent('[data-part="notices"] [data-misread]')).trim();
        assert.ok(told.includes('sbd-6') && told.endsWith(`: ${name}.`), told);
        assert.match(await page.textContent('.figures h2'), / 26 |Khoroo 26$/);
      });
    }
  });

  test('has a way back to it from wherever the visitor went, and none to the rest of the city', async () => {
    const { bbox } = (await getJson('/api/v1/districts')).items.find(({ code }) => code === 'bzd');
    for (const [lang, names] of [['mn', ['Суурьшлын хэсэг', 'Баянзүрх']], ['en', ['Built-up part', 'Bayanzurkh']]]) {
      await withPage({}, async ({ page }) => {
        await open(page, `/embed?area=bzd&lang=${lang}&form=map#map=12.00/47.7000/106.5000`);
        assert.deepEqual((await page.locator('.views button').allTextContents()).map((text) => text.trim()), names);
        await page.click('[data-part-of-city]');
        await isInView(page, bbox);
      });
    }
  });

  test('has the whole scale in its legend, and says of each class how many of its own are in it', async () => {
    const values = await getJson('/api/v1/values/identifications.json?vintage=2022&level=khoroo');
    for (const [area, form] of [['bzd', 'map'], ['bzd', 'cells'], ['bzd-26', 'map'], ['nd', 'cells']]) {
      const own = values.units.filter(({ district }) => district === area.split('-')[0]);
      const expected = values.classes.flatMap(({ kind }, idx) => {
        const count = own.filter(({ cells }) => cells['2022'].class === idx).length;
        return kind === 'no_data' && count === 0 ? [] : [{ idx: String(idx), count: String(count), quiet: count === 0 }];
      });
      assert.ok(expected.some(({ quiet }) => quiet), `${area} has no empty class: another has to be looked at`);
      await withPage({}, async ({ page }) => {
        await open(page, `/embed?area=${area}&lang=en&form=${form}`);
        const told = await page.$$eval('.legend tbody tr', (all) => all.map((row) => ({
          idx: row.dataset.class, count: row.querySelector('.count').textContent.trim(), quiet: row.classList.contains('nobody'),
        })));
        assert.deepEqual(told, expected, `${area}, ${form}`);
      });
    }
  });
});
