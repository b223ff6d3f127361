// What fails is said in words, hides nothing that stands, and is left again; so is what is old or invented.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { act, baseUrl, getJson, inPage, insidePoints, launch, newPage, open, ready, withConfig } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

const unitsOf2022 = getJson('/api/v1/values/identifications.json?vintage=2022');

/** All that says, or shows, what is looked at. */
async function pictured(page) {
  const { units } = await unitsOf2022;
  return page.evaluate((ids) => {
    const map = document.querySelector('#viewer').hlpMap;
    const source = 'boundaries-2022';
    return {
      title: document.querySelector('h1').textContent,
      total: document.querySelector('.heading .figure').textContent,
      chosen: [...document.querySelectorAll('.controls :is(input:checked, select)')].map(({ name, value }) => `${name} ${value}`),
      legend: [...document.querySelectorAll('.legend tr[data-class]')].map((row) => row.querySelector('rect').getAttribute('fill') + row.textContent.trim()),
      fills: ids.map((id) => map.getFeatureState({ source, sourceLayer: 'khoroos', id }).fill),
      query: location.search,
    };
  }, units.map(({ id }) => id));
}

/** A message has its own room, at the edge. */
async function assertHidesNothing(page) {
  const [message, map] = [await page.locator('.message').boundingBox(), await page.locator('.map').boundingBox()];
  assert.ok(message.y + message.height <= map.y + 0.5, 'the message lies on the map');
  assert.ok(map.height > 300, 'no map is left');
}

describe('offline, old, illustrative', () => {
  test('no network is said at once with the time of the figures, and the page goes on working', async () => {
    for (const [lang, words] of [['mn', /Сүлжээ алга\. Тоо баримт \d{4}\sоны/], ['en', /no network\. Figures as of \d+\s\w+\s\d{4}/]]) {
      await withPage({}, async (opened) => {
        opened.expectsFaults = true;
        const { page } = opened;
        const told = page.waitForResponse((response) => response.url().endsWith('/api/v1/revision'));
        await open(page, `/${lang}/`);
        // Told, and read: the time of the figures is in it.
        await (await told).finished();
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
        await page.context().setOffline(true);
        await page.waitForSelector('[data-freshness="offline"]');
        await page.waitForFunction(
          ([source]) => new RegExp(source).test(document.querySelector('[data-freshness]')?.textContent ?? ''),
          [words.source],
        );
        await assertAccessible(page, `offline, ${lang}`);
        const before = await pictured(page);
        // The choice goes back by itself, perhaps at once.
        await page.click('input[value="replications"]', { force: true });
        await page.waitForSelector('#viewer[data-state="error"]');
        assert.deepEqual(await pictured(page), before, 'title, choice, colours and legend are not of one view');
        assert.match(await page.textContent('.message'), lang === 'mn' ? /Сүлжээ алга: «Нутагшуулсан/ : /There is no network: “Good practices replicated/);
        assert.match(await page.textContent('.message'), lang === 'mn' ? /Тоо баримт \d{4}\sоны/ : /Figures as of \d+\s\w+\s\d{4}/);
        assert.equal(await page.locator('[data-freshness]').count(), 0, 'that there is no network is said twice');
        await assertHidesNothing(page);
        await assertAccessible(page, `kept, ${lang}`);
        await page.context().setOffline(false);
        await page.waitForSelector('[data-freshness]', { state: 'detached' });
        await page.getByRole('button', { name: lang === 'mn' ? 'Дахин оролдох' : 'Try again' }).click();
        await page.waitForSelector('#viewer[data-state="ready"]', { timeout: 20_000 });
        assert.equal(await page.textContent('.heading .figure'), '95');
      });
    }
  });

  test('a window that turns without a network keeps the form that is drawn, and has the other one once there is one', async () => {
    await withPage({ width: 740, height: 360 }, async (opened) => {
      opened.expectsFaults = true;
      const { page } = opened;
      const form = () => page.getAttribute('.stage', 'data-form');
      await open(page, '/mn/');
      assert.equal(await form(), 'map');
      await page.context().setOffline(true);
      const asked = page.waitForEvent('requestfailed', (request) => request.url().includes('/api/v1/cells'));
      await page.setViewportSize({ width: 360, height: 740 });
      await asked;
      await ready(page);
      assert.equal(await form(), 'map');
      assert.ok(await page.locator('.map canvas').isVisible());
      assert.ok(await page.isChecked('input[value="map"]'));
      assert.equal(await page.locator('.message').isVisible(), false, 'nobody asked for another form');
      await page.context().setOffline(false);
      await page.waitForSelector('.stage[data-form="cells"]', { timeout: 20_000 });
      assert.equal(await page.locator('.cells [role=option]').count(), 204);
    });
  });

  test('a step back that does not come is taken back, and taken again on a press; no entry is lost', async () => {
    await withPage({}, async (opened) => {
      opened.expectsFaults = true;
      const { page } = opened;
      await open(page, '/en/?measure=replications');
      // Kept by nobody: a new page knows nothing of the one before.
      await act(page, () => page.check('input[value="identifications"]', { force: true }));
      await page.reload();
      await ready(page);
      await page.context().setOffline(true);
      await page.evaluate(() => history.back());
      await page.waitForSelector('.message button');
      await page.waitForFunction(() => !location.search.includes('measure'), null, { timeout: 10_000 });
      assert.match(await page.textContent('.message'), /Good practices replicated, .*could not be loaded/);
      assert.match(await page.textContent('h1'), /identified/);
      await page.context().setOffline(false);
      await page.click('.message button');
      await page.waitForFunction(() => document.querySelector('h1').textContent.includes('replicated'), null, { timeout: 20_000 });
      assert.match(page.url(), /measure=replications/);
      await ready(page);
      await act(page, () => page.goForward());
      assert.doesNotMatch(page.url(), /measure/);
      assert.match(await page.textContent('h1'), /identified/);
    });
  });

  test('a server that is behind its records says so, until it is not', async () => {
    await withPage({}, async ({ page }) => {
      let status = 'degraded';
      await page.route('**/health/ready', (route) => route.fulfill({ json: { status, revision: 1, reasons: [], faulty_rows: 0 } }));
      await open(page, '/en/');
      await page.waitForSelector('[data-freshness="stale"]');
      assert.match(await page.textContent('[data-freshness]'), /latest changes are not in yet\. Figures as of \d/);
      await assertAccessible(page, 'stale');
      status = 'ready';
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
      await page.waitForSelector('[data-freshness]', { state: 'detached' });
    });
  });

  test('a server that has not answered for a while is said not to answer', async () => {
    await withPage({}, async (opened) => {
      opened.expectsFaults = true;
      const { page } = opened;
      await page.clock.install();
      await page.goto(`${baseUrl}/mn/`);
      await page.clock.resume();
      await ready(page);
      await page.route('**/api/v1/revision', (route) => route.abort());
      // An answer that was under way counts from its coming, so the silence begins with the first that fails.
      for (let silence = 0; silence < 2; silence += 1) {
        const failed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/v1/revision'));
        await page.clock.fastForward(80_000);
        await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
        await failed;
      }
      await page.waitForSelector('[data-freshness="unreachable"]');
      assert.match(await page.textContent('[data-freshness]'), /Сервер хариу өгөхгүй байна/);
    });
  });

  test('real data carries no mark of invention', async () => {
    await withPage({}, async ({ page }) => {
      await withConfig(page, 'en', (config) => { config.illustrative = false; });
      await page.route('**/api/v1/values/**', async (route) => {
        const answer = await (await route.fetch()).json();
        await route.fulfill({ json: { ...answer, illustrative: null } });
      });
      await open(page, '/en/');
      assert.equal(await page.locator('.live .notice').count(), 0);
    });
  });
});

/** Where the middle tile of these tests lies. */
const [lon, lat] = [106.917, 47.918];

/** The tile in the middle of the view, whatever its zoom, does not come while `fails(zoom)`. */
const withoutMiddle = (page, fails) => page.route(/\/boundaries-2022\/.*\.mvt/, async (route) => {
  const [z, x, y] = /\/(\d+)\/(\d+)\/(\d+)\.mvt/.exec(route.request().url()).slice(1).map(Number);
  const scale = 2 ** z;
  const north = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  const isMiddle = x === Math.floor(((lon + 180) / 360) * scale) && y === Math.floor(north * scale);
  return isMiddle && fails(z) ? route.fulfill({ status: 503 }) : route.continue();
});

const toldOfTiles = (page) => page.waitForFunction(() => document.querySelector('#viewer').dataset.problem === 'tiles'
  && document.querySelector('.message:not([hidden]) button') !== null, null, { timeout: 20_000 });

describe('errors', () => {
  test('what does not come leaves what is shown, says which it was, and gives way to another choice', async () => {
    await withPage({}, async (opened) => {
      opened.expectsFaults = true;
      const { page } = opened;
      await open(page, '/en/?select=bzd-26');
      await page.route('**/api/v1/values/replications.json*', (route) => route.fulfill({ status: 503, json: { code: 'not_ready' } }));
      const before = await pictured(page);
      await page.click('input[value="replications"]', { force: true });
      await page.waitForSelector('#viewer[data-state="error"][data-problem="data"]');
      assert.deepEqual(await pictured(page), before);
      assert.equal(await page.textContent('.figures h2'), 'Bayanzurkh, Khoroo 26');
      assert.match(await page.textContent('.message'), /“Good practices replicated, by khoroo, 2022 cycle” could not be loaded/);
      await assertHidesNothing(page);
      // Addresses of tiles that do not come are no other case.
      await page.route('**/tiles/boundaries-2020.json*', (route) => route.fulfill({ status: 503, json: { code: 'not_ready' } }));
      await page.locator('.timeline input').fill('0');
      await page.waitForFunction(() => /2020 cycle” could not be loaded/.test(document.querySelector('.message').textContent));
      assert.deepEqual(await pictured(page), before);
      assert.equal(await page.inputValue('.timeline input'), '1');
      await act(page, () => page.selectOption('select[name="hlp-theme"]', 'waste'));
      assert.equal(await page.locator('.message').isVisible(), false);
      assert.match(page.url(), /theme=waste/);
      assert.ok(await page.isChecked('input[value="identifications"]'));
    });
  });

  test('a context tile that does not come leaves the map as whole as it is', async () => {
    await withPage({}, async (opened) => {
      opened.expectsFaults = true;
      const { page, requests } = opened;
      const line = { id: 'context-test', type: 'line', source: 'context', 'source-layer': 'roads', metadata: { 'hlp:place': 'over' } };
      await page.route('**/styles/context.json*', (route) => route.fulfill({ json: { version: 8, sources: { context: {} }, layers: [line] } }));
      await page.route('**/tiles/context.json', (route) => route.fulfill({
        json: { tilejson: '3.0.0', tiles: ['context/{z}/{x}/{y}.mvt'], minzoom: 0, maxzoom: 14 },
      }));
      await page.route('**/tiles/context/**', (route) => route.fulfill({ status: 500, body: 'damaged' }));
      const failed = page.waitForResponse((response) => response.url().includes('/tiles/context/'));
      await open(page, '/en/');
      await (await failed).finished();
      await act(page, () => page.check('input[value="replications"]', { force: true }));
      // Each failure is known once the map rests again after the last of them.
      await page.evaluate(() => new Promise((resolve) => {
        const { hlpMap } = document.querySelector('#viewer');
        hlpMap.once('idle', resolve);
        hlpMap.triggerRepaint();
      }));
      assert.ok(requests.some((url) => url.includes('/tiles/context/')));
      assert.equal(await page.getAttribute('#viewer', 'data-state'), 'ready');
      assert.equal(await page.locator('.message').isVisible(), false);
    });
  });

  test('are accessible in both languages and both forms', async () => {
    for (const [lang, form] of [['mn', 'map'], ['en', 'cells']]) {
      await withPage({}, async (opened) => {
        opened.expectsFaults = true;
        const { page } = opened;
        await page.route('**/api/v1/values/**', (route) => route.fulfill({ status: 503, json: { code: 'not_ready' } }));
        await page.goto(`${baseUrl}/${lang}/?form=${form}`);
        await page.waitForSelector('#viewer[data-state="error"][data-problem="data"]', { timeout: 20_000 });
        assert.ok(await page.locator('.message[hidden]').count() === 0);
        await assertAccessible(page, `error, ${lang}, ${form}`);
      });
    }
  });

  test('without WebGL equal cells stand in for the map, with every value', async () => {
    const blind = await launch(['--disable-3d-apis']);
    try {
      for (const lang of ['mn', 'en']) {
        const opened = await newPage(blind);
        const { page } = opened;
        await page.goto(`${baseUrl}/${lang}/`);
        await page.waitForSelector('#viewer[data-state="error"][data-problem="webgl"]', { timeout: 20_000 });
        await page.waitForSelector('.cells [role=option]');
        assert.equal(await page.locator('.cells [role=option]').count(), 204);
        assert.match(await page.textContent('[role="alert"]'), /WebGL/);
        const { units } = await getJson('/api/v1/values/identifications.json?vintage=2022');
        const unit = units.find(({ code }) => code === 'bzd-26');
        const name = await page.getAttribute('.cells [data-code="bzd-26"][role=option]', 'aria-label');
        assert.ok(name.endsWith(`: ${unit.cells['2022'].value}`), name);
        await page.check('input[value="replications"]', { force: true });
        await page.waitForFunction(() => document.querySelector('.heading .figure')?.textContent === '95');
        await assertAccessible(page, `no WebGL, ${lang}`);
        await opened.close();
      }
    } finally {
      await blind.close();
    }
  });

  test('figures that do not come are an error with a way out', async () => {
    await withPage({}, async (opened) => {
      opened.expectsFaults = true;
      const { page } = opened;
      await page.route('**/api/v1/values/**', (route) => route.fulfill({ status: 503, json: { code: 'not_ready' } }));
      await page.goto(`${baseUrl}/en/`);
      await page.waitForSelector('#viewer[data-state="error"][data-problem="data"]', { timeout: 20_000 });
      assert.match(await page.textContent('[role="alert"]'), /could not be loaded/);
      await page.unroute('**/api/v1/values/**');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.waitForSelector('#viewer[data-state="ready"]', { timeout: 20_000 });
      assert.equal(await page.locator('.message').isVisible(), false);
    });
  });

  test('tiles that do not come are an error with a way out', async () => {
    await withPage({}, async (opened) => {
      opened.expectsFaults = true;
      const { page } = opened;
      await page.route('**/*.mvt*', (route) => route.fulfill({ status: 503 }));
      await page.goto(`${baseUrl}/mn/`);
      await page.waitForSelector('#viewer[data-state="error"][data-problem="tiles"]', { timeout: 20_000 });
      assert.ok((await page.locator('.legend tr[data-class]').count()) > 2, 'the legend went with the tiles');
      await page.unroute('**/*.mvt*');
      await page.getByRole('button', { name: 'Дахин оролдох' }).click();
      await page.waitForSelector('#viewer[data-state="ready"]', { timeout: 20_000 });
      const drawn = await page.evaluate(() =>
        document.querySelector('#viewer').hlpMap.queryRenderedFeatures({ layers: ['khoroos-fill:2022'] }).length);
      assert.ok(drawn > 100, `${drawn} khoroos after another try`);
    });
  });

  test('a tile that does not come is told of, and asked for again, with every choice', async () => {
    await withPage({}, async (opened) => {
      opened.expectsFaults = true;
      const { page } = opened;
      let fails = true;
      let n_failed = 0;
      await withoutMiddle(page, () => {
        n_failed += fails ? 1 : 0;
        return fails;
      });
      const toldOf = () => toldOfTiles(page);
      const holds = () => page.evaluate(([at]) => {
        const map = document.querySelector('#viewer').hlpMap;
        return map.queryRenderedFeatures(map.project(at), { layers: ['khoroos-fill:2022'] }).length;
      }, [[lon, lat]]);
      await page.goto(`${baseUrl}/en/#map=12.00/${lat}0/${lon}0`);
      await toldOf();
      await page.waitForFunction(() => document.querySelector('#viewer').hlpMap.loaded(), null, { timeout: 20_000, polling: 50 });
      assert.equal(await holds(), 0);
      const chooseOther = async (than) => {
        await page.waitForFunction(() => !document.querySelector('#viewer').hlpMap.isMoving(), null, { timeout: 20_000, polling: 50 });
        const { code, x, y } = (await insidePoints(page, '2022')).find((point) => point.code !== than) ?? assert.fail('nothing is seen beside the hole');
        await page.mouse.click(x, y);
        await page.waitForFunction((wanted) => location.search.includes(`select=${wanted}`), code);
        return code;
      };
      const n_before = n_failed;
      const chosen = await chooseOther(null);
      const deadline = Date.now() + 20_000;
      while (n_failed === n_before && Date.now() < deadline) await page.evaluate(() => new Promise(requestAnimationFrame));
      assert.ok(n_failed > n_before, 'the tile is not asked for again');
      await toldOf();
      fails = false;
      // What was asked for with the choice before may still be on its way, and fail: then the next choice asks again.
      const isFilled = () => page.waitForFunction(([at]) => {
        const map = document.querySelector('#viewer').hlpMap;
        return document.querySelector('#viewer').dataset.state === 'ready'
          && map.queryRenderedFeatures(map.project(at), { layers: ['khoroos-fill:2022'] }).length > 0;
      }, [[lon, lat]], { timeout: 5_000, polling: 50 }).then(() => true, () => false);
      let last = chosen;
      let filled = false;
      for (let n_choices = 0; n_choices < 5 && !filled; n_choices += 1) {
        last = await chooseOther(last);
        filled = await isFilled();
      }
      assert.ok(filled, 'the hole stays');
      assert.equal(await page.locator('.message').isVisible(), false);
    });
  });

  test('what is said of a hole stays as it is while something else is chosen, and is said once', async () => {
    await withPage({}, async (opened) => {
      opened.expectsFaults = true;
      const { page } = opened;
      await withoutMiddle(page, () => true);
      await page.goto(`${baseUrl}/en/#map=12.00/${lat}0/${lon}0`);
      await toldOfTiles(page);
      await page.waitForFunction(() => document.querySelector('#viewer').hlpMap.loaded(), null, { timeout: 20_000, polling: 50 });
      await page.evaluate(() => {
        window.changes = [];
        const bar = document.querySelector('.message');
        new MutationObserver((all) => window.changes.push(...all.map(({ type, attributeName }) => attributeName ?? type)))
          .observe(bar, { childList: true, characterData: true, attributes: true, subtree: true });
        const map = document.querySelector('#viewer').hlpMap;
        map.on('resize', () => window.changes.push('resize'));
      });
      await page.check('input[value="replications"]', { force: true });
      await page.waitForFunction(() => document.querySelector('.heading .figure')?.textContent === '95', null, { timeout: 20_000 });
      // All that was asked for again has been answered when the map rests.
      await page.evaluate(() => new Promise((resolve) => {
        const { hlpMap } = document.querySelector('#viewer');
        hlpMap.once('idle', resolve);
        hlpMap.triggerRepaint();
      }));
      await toldOfTiles(page);
      assert.deepEqual(await page.evaluate(() => window.changes), []);
    });
  });

  test('what is said of a hole goes with the hole, where the visitor looks at what has all come', async () => {
    await withPage({}, async (opened) => {
      opened.expectsFaults = true;
      const { page } = opened;
      // Frames of far districts have tiles of their own, of smaller zooms.
      await withoutMiddle(page, (zoom) => zoom === 11);
      await page.goto(`${baseUrl}/en/#map=11.00/${lat}0/${lon}0`);
      await toldOfTiles(page);
      await page.waitForFunction(() => document.querySelector('#viewer').hlpMap.loaded(), null, { timeout: 20_000, polling: 50 });
      await page.getByRole('button', { name: 'Zoom in', exact: true }).click();
      await page.waitForSelector('#viewer[data-state="ready"]', { timeout: 20_000 });
      assert.equal(await page.locator('.message').isVisible(), false);
      assert.ok(await page.evaluate(() => document.querySelector('#viewer').hlpMap.getZoom()) >= 12);
      await page.getByRole('button', { name: 'Zoom out', exact: true }).click();
      await toldOfTiles(page);
    });
  });

  test('without WebGL the table and the legend remain, and a sentence says why', async () => {
    const blind = await launch(['--disable-3d-apis']);
    try {
      const { page } = await newPage(blind);
      await page.goto(`${baseUrl}/en/`);
      await page.waitForSelector('#viewer[data-state="error"][data-problem="webgl"]', { timeout: 20_000 });
      assert.match(await page.textContent('[role="alert"]'), /WebGL/);
      await page.click('[data-part="tableToggle"]');
      assert.equal(await page.locator('.table-zone tbody tr').count(), 204);
      await page.click('.table-zone tbody tr:nth-child(8) button');
      await page.waitForSelector('.figures dl[aria-busy="false"]');
      assert.ok((await page.locator('.legend tr[data-class]').count()) > 2);
      assert.equal(await page.getAttribute('#viewer', 'data-problem'), 'webgl');
    } finally {
      await blind.close();
    }
  });
});
