// Whatever does not come leaves all of what is looked at as it was: picture, table, place on the map, address,
// and every entry of the history; what was wished for is named, and to be had with a press.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { act, gate, getJson, launch, newPage, open, ready } from './support.mjs';

const WAIT_MS = 20_000;
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

async function withPage(options, body) {
  const opened = await newPage(browser, options);
  try {
    await body(opened.page);
  } finally {
    await opened.close();
  }
}

const told = (page) => page.waitForFunction(
  () => /could not be loaded/.test(document.querySelector('.message:not([hidden])')?.textContent ?? '') && document.querySelector('.message button') !== null,
  null, { timeout: WAIT_MS },
);

/** Address, table and place on the map. */
const looked = (page) => page.evaluate(() => {
  const map = document.querySelector('#viewer').hlpMap;
  const { lng, lat } = map.getCenter();
  return {
    query: location.search,
    hash: location.hash,
    filter: document.querySelector('.table-zone:not([hidden]) .table-filters input')?.value ?? null,
    camera: `#map=${map.getZoom().toFixed(2)}/${lat.toFixed(4)}/${lng.toFixed(4)}`,
  };
});

describe('a step back to where nobody had moved the map', () => {
  test('shows what is first seen again, as the address says', async () => {
    await withPage({}, async (page) => {
      await open(page, '/en/?view=table');
      const start = await looked(page);
      assert.equal(start.hash, '');
      await page.click('.table-zone tbody tr:nth-child(8) button');
      await page.waitForFunction(() => location.hash.startsWith('#map=') && !document.querySelector('#viewer').hlpMap.isMoving(), null, { timeout: WAIT_MS });
      // The scale follows from the room that the table leaves, the middle does not.
      const middle = ({ camera }) => camera.split('/').slice(1);
      assert.notDeepEqual(middle(await looked(page)), middle(start));
      await act(page, () => page.evaluate(() => history.back()));
      const now = await looked(page);
      assert.deepEqual([now.query, now.hash, middle(now)], [start.query, start.hash, middle(start)]);
    });
  });

  test('has the khoroo that is chosen there in view', async () => {
    await withPage({}, async (page) => {
      await open(page, '/en/?view=table&select=bn-1');
      const inView = () => page.waitForFunction(([x, y]) => {
        const map = document.querySelector('#viewer').hlpMap;
        return !map.isMoving() && map.getBounds().contains([x, y]);
      }, label, { timeout: WAIT_MS });
      const { label } = await getJson('/api/v1/khoroos/bn-1');
      await inView();
      await page.click('.table-zone tbody tr:last-child button');
      await page.waitForFunction(() => location.hash.startsWith('#map=') && !location.search.includes('bn-1'), null, { timeout: WAIT_MS });
      await act(page, () => page.evaluate(() => history.back()));
      await inView();
      assert.equal((await looked(page)).hash, '');
    });
  });
});

describe('a step back from one row of the table to another', () => {
  for (const form of ['cells', 'map']) {
    test(`leaves the page where it is, over ${form}`, async () => {
      await withPage({ width: 360, height: 740 }, async (page) => {
        const rowOf = (nth) => page.locator(`.table-zone tbody tr:nth-child(${nth}) button`);
        await open(page, `/en/?form=${form}&view=table`);
        const code = await page.getAttribute('.table-zone tbody tr:nth-child(3)', 'data-code');
        // Chosen in the address, so that no place on the map goes with it.
        await open(page, `/en/?form=${form}&view=table&select=${code}`);
        await page.waitForSelector('.figures .facts[aria-busy="false"]');
        await rowOf(5).scrollIntoViewIfNeeded();
        await rowOf(5).click();
        await page.waitForFunction((first) => !location.search.includes(`select=${first}`), code, { timeout: WAIT_MS });
        await page.waitForSelector('.figures .facts[aria-busy="false"]');
        await page.evaluate(() => document.querySelector('.table-zone').scrollIntoView());
        const place = () => page.evaluate(() => Math.round(window.scrollY));
        const before = await place();
        assert.ok(before > 300, `the table is seen at ${before} px`);
        await act(page, () => page.evaluate(() => history.back()));
        await page.waitForFunction((first) => document.querySelector(`.table-zone tr[data-code="${first}"] button[aria-pressed="true"]`) !== null, code, { timeout: WAIT_MS });
        await page.waitForSelector('.figures .facts[aria-busy="false"]');
        await page.evaluate(() => new Promise((later) => requestAnimationFrame(() => requestAnimationFrame(later))));
        assert.equal(await place(), before);
      });
    });
  }
});

describe('a step back while the map is still on its way', () => {
  test('is where the map looks once it stands', async () => {
    await withPage({}, async (page) => {
      await open(page, '/en/#map=13.00/47.9000/106.9500');
      await page.evaluate(() => history.replaceState({ place: 0 }, '', '/en/#map=12.00/47.9300/106.8500'));
      await page.evaluate(() => history.pushState({ place: 1 }, '', '/en/#map=13.00/47.9000/106.9500'));
      const held = gate();
      await page.route(/\/assets\/map-[\w-]+\.js/, async (route) => {
        await held.opened;
        await route.continue();
      });
      await page.reload({ waitUntil: 'commit' });
      await page.waitForSelector('.live.preparing .heading .figure', { state: 'attached', timeout: WAIT_MS });
      await page.evaluate(() => history.back());
      await page.waitForFunction(() => location.hash === '#map=12.00/47.9300/106.8500', null, { timeout: WAIT_MS });
      // Figures are kept: the step is taken in once what waits in line has run.
      await page.evaluate(() => new Promise((later) => setTimeout(later)));
      held.open();
      await ready(page);
      const { hash, camera } = await looked(page);
      assert.deepEqual([hash, camera], ['#map=12.00/47.9300/106.8500', '#map=12.00/47.9300/106.8500']);
    });
  });
});

describe('a step that does not come', () => {
  test('leaves table, filter, place on the map and address where it started, and takes them along when it comes', async () => {
    await withPage({}, async (page) => {
      await open(page, '/en/?measure=replications&view=table&filter=bay#map=12.00/47.9300/106.8500');
      const target = await looked(page);
      assert.deepEqual([target.filter, target.camera], ['bay', '#map=12.00/47.9300/106.8500']);
      await open(page, '/en/#map=13.00/47.9000/106.9500');
      const start = await looked(page);
      assert.deepEqual([start.filter, start.camera], [null, '#map=13.00/47.9000/106.9500']);
      // From one page to the next nothing is kept; as entries of one page both are looked at again.
      await page.evaluate((address) => history.replaceState({ place: 0 }, '', address), target.query + target.hash);
      await page.evaluate((address) => history.pushState({ place: 1 }, '', address), `/en/${start.hash}`);
      await page.reload();
      await ready(page);
      assert.deepEqual(await looked(page), start);
      await page.context().setOffline(true);
      await page.evaluate(() => history.back());
      await told(page);
      await page.waitForFunction((hash) => location.hash === hash && !location.search, start.hash, { timeout: WAIT_MS });
      await page.waitForFunction(() => document.querySelector('.table-zone').hidden, null, { timeout: WAIT_MS });
      assert.deepEqual(await looked(page), start);
      assert.match(await page.textContent('h1'), /identified/);
      await page.context().setOffline(false);
      await page.click('.message button');
      await page.waitForFunction(() => document.querySelector('h1').textContent.includes('replicated'), null, { timeout: WAIT_MS });
      await ready(page);
      assert.deepEqual(await looked(page), target);
      await act(page, () => page.goForward());
      assert.deepEqual(await looked(page), start);
    });
  });
});

describe('a choice that does not come', () => {
  for (const [name, fail] of [
    ['of the measure', (page) => page.click('input[name="hlp-measure"][value="replications"]', { force: true })],
    ['of a step back', (page) => page.evaluate(() => history.back())],
  ]) {
    test(`${name} is tried again for the khoroo that was chosen since`, async () => {
      await withPage({}, async (page) => {
        await open(page, '/en/?form=cells&measure=replications&select=bzd-26');
        await act(page, () => page.check('input[name="hlp-measure"][value="identifications"]', { force: true }));
        await page.waitForSelector('.figures .facts[aria-busy="false"]');
        // What was looked at is kept; asked for anew it does not come.
        await page.evaluate(() => location.reload());
        await page.waitForFunction(() => document.querySelector('.cells [role=option]') !== null, null, { timeout: WAIT_MS });
        await ready(page);
        await page.context().setOffline(true);
        await fail(page);
        await told(page);
        await page.click('.cells [role=option][data-code="skhd-21"]');
        await page.waitForFunction(() => location.search.includes('select=skhd-21'), null, { timeout: WAIT_MS });
        await page.context().setOffline(false);
        await page.click('.message button');
        await page.waitForFunction(() => document.querySelector('h1').textContent.includes('replicated'), null, { timeout: WAIT_MS });
        await ready(page);
        assert.equal(await page.getAttribute('.cells [aria-selected="true"]', 'data-code'), 'skhd-21');
        assert.match(page.url(), /select=skhd-21/);
      });
    });
  }
});

describe('a window that turns', () => {
  const [wide, high] = [{ width: 740, height: 360 }, { width: 360, height: 740 }];
  const choose = (page) => page.selectOption('select[name="hlp-measure"]', 'replications');
  const form = (page) => page.getAttribute('.stage', 'data-form');

  test('while a choice is on its way leaves it a choice: it is told that it did not come, and goes back', async () => {
    await withPage(wide, async (page) => {
      await open(page, '/en/');
      const title = await page.textContent('h1');
      const asked = page.waitForRequest(/values\/replications/);
      let fail;
      const failing = new Promise((resolve) => { fail = resolve; });
      await page.route('**/api/v1/values/replications.json*', async (route) => {
        await failing;
        await route.abort();
      });
      await choose(page);
      await asked;
      const turned = page.waitForRequest(/api\/v1\/cells/);
      await page.setViewportSize(high);
      await turned;
      fail();
      await told(page);
      assert.equal(await page.textContent('h1'), title);
      assert.equal(await page.inputValue('select[name="hlp-measure"]'), 'identifications');
      assert.doesNotMatch(page.url(), /measure/);
    });
  });

  test('after a choice that did not come leaves it told, with its press to try again', async () => {
    await withPage(wide, async (page) => {
      await open(page, '/en/');
      await page.context().setOffline(true);
      await choose(page);
      await page.waitForSelector('#viewer[data-state="error"] .message button');
      const words = await page.textContent('.message');
      assert.match(words, /There is no network: “Good practices replicated/);
      const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('/api/v1/cells'));
      await page.setViewportSize(high);
      await failed;
      assert.equal(await form(page), 'map');
      assert.equal(await page.textContent('.message'), words);
      await page.context().setOffline(false);
      // What the window asks for comes by itself; what the visitor asked for still does not.
      await page.waitForSelector('.stage[data-form="cells"]', { timeout: WAIT_MS });
      await told(page);
      await page.click('.message button');
      await page.waitForFunction(() => document.querySelector('.heading .figure')?.textContent === '95', null, { timeout: WAIT_MS });
      await ready(page);
      assert.equal(await form(page), 'cells');
    });
  });
});
