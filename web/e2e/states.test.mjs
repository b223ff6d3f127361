// Every state that the viewer can be in is designed: it is said in words, accessible, and left again.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { act, baseUrl, getJson, inPage, launch, newPage, open, ready } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

function gate() {
  const made = {};
  made.opened = new Promise((resolve) => { made.open = resolve; });
  return made;
}

/** Rewrites the page's data block before the viewer reads it. */
async function withConfig(page, lang, change) {
  await page.route(new RegExp(`/${lang}/(\\?.*)?$`), async (route) => {
    const html = await (await route.fetch()).text();
    const block = /(<script type="application\/json" id="hlp-config">)(.*?)(<\/script>)/s;
    const body = html.replace(block, (_, head, json, tail) => {
      const config = JSON.parse(json);
      change(config);
      return head + JSON.stringify(config).replaceAll('<', '\\u003c') + tail;
    });
    await route.fulfill({ body, contentType: 'text/html; charset=utf-8' });
  });
}

describe('loading', () => {
  test('the server’s page stays until the map stands, and nothing jumps when it does', async () => {
    for (const size of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
      await withPage(size, async ({ page }) => {
        const held = gate();
        await page.addInitScript(() => {
          window.shifts = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.shifts += entry.value;
          }).observe({ type: 'layout-shift', buffered: true });
        });
        await page.route('**/api/v1/values/**', async (route) => {
          await held.opened;
          await route.continue();
        });
        await page.goto(`${baseUrl}/en/`);
        await page.waitForSelector('.live.preparing', { state: 'attached' });
        assert.ok(await page.locator('#viewer > main h1').isVisible(), 'the server’s title is gone');
        assert.equal(await page.locator('.live main').isVisible(), false);
        // On a busy machine it may be late already.
        assert.match(await page.textContent('.coming'), /Loading the map|taking longer/);
        held.open();
        await ready(page);
        assert.equal(await page.locator('#viewer > main').count(), 0);
        assert.ok(await page.locator('.live h1').isVisible());
        assert.equal(await page.locator('h1').count(), 1);
        assert.ok(await page.evaluate(() => window.shifts) < 0.01, 'the layout moved');
      });
    }
  });

  test('whoever reads already keeps the server’s page, its place and the focus, until they ask for the map', async () => {
    for (const [lang, name] of [['mn', 'Газрын зургийг нээх'], ['en', 'Show the live map']]) {
      await withPage({ width: 360, height: 740 }, async ({ page }) => {
        const held = gate();
        await page.route('**/api/v1/values/**', async (route) => {
          await held.opened;
          await route.continue();
        });
        await page.goto(`${baseUrl}/${lang}/`);
        await page.waitForSelector('.live.preparing', { state: 'attached' });
        await page.evaluate(() => window.scrollTo(0, 900));
        await page.focus('#viewer > main table a');
        const place = () => page.evaluate(() => [Math.round(window.scrollY), document.activeElement.textContent]);
        const before = await place();
        assert.ok(before[0] > 100);
        held.open();
        await ready(page);
        const button = page.getByRole('button', { name, exact: true });
        await button.waitFor();
        assert.deepEqual(await place(), before, 'the page was taken away');
        assert.ok(await page.locator('#viewer > main h1').count() === 1);
        assert.equal(await page.locator('.live main').isVisible(), false);
        await assertAccessible(page, `offered, ${lang}`);
        await button.click();
        await page.waitForSelector('.live h1');
        assert.equal(await page.locator('#viewer > main').count(), 0);
        assert.equal(await page.locator('.coming').count(), 0);
        assert.deepEqual(await page.evaluate(() => [window.scrollY, document.activeElement.closest('.live') !== null]), [0, true]);
      });
    }
  });

  test('says after three seconds that it takes long, and later that it is done', async () => {
    for (const [lang, words] of [['mn', /Удаан ачаалж байна/], ['en', /taking longer than usual/]]) {
      await withPage({}, async ({ page }) => {
        const held = gate();
        await page.route('**/api/v1/values/**', async (route) => {
          await held.opened;
          await route.continue();
        });
        await page.goto(`${baseUrl}/${lang}/`);
        await page.waitForFunction((pattern) => new RegExp(pattern).test(document.querySelector('.coming')?.textContent ?? ''), words.source, {
          timeout: 10_000,
        });
        assert.ok(await page.evaluate(() => performance.now()) >= 3000, 'it was said before its time');
        await assertAccessible(page, `slow, ${lang}`);
        held.open();
        await ready(page);
        assert.equal(await page.locator('.coming').count(), 0);
      });
    }
  });

  test('a later wait says so on the map, which stays', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      const held = gate();
      await page.route('**/api/v1/values/replications.json*', async (route) => {
        await held.opened;
        await route.continue();
      });
      await page.check('input[value="replications"]', { force: true });
      await page.waitForFunction(() => /longer than usual/.test(document.querySelector('.message').textContent), null, { timeout: 6000 });
      assert.ok(await page.locator('.map canvas').isVisible());
      await assertAccessible(page, 'slow later');
      held.open();
      await ready(page);
      assert.equal(await page.locator('.message').isVisible(), false);
    });
  });
});

describe('empty', () => {
  test('a service without boundaries says so and asks for nothing', async () => {
    for (const [lang, words] of [['mn', /хараахан оруулаагүй/], ['en', /No boundaries and no list of khoroos/]]) {
      await withPage({}, async ({ page, requests }) => {
        await withConfig(page, lang, (config) => Object.assign(config, { vintages: [], cycles: [] }));
        await open(page, `/${lang}/`);
        assert.match(await page.textContent('.message'), words);
        assert.ok(!requests.some((url) => url.includes('/api/v1/values/')));
        await assertAccessible(page, `empty, ${lang}`);
      });
    }
  });

  test('boundaries without a cycle are shown, with a sentence in the place of figures', async () => {
    await withPage({}, async ({ page }) => {
      await withConfig(page, 'en', (config) => { config.cycles = []; });
      await open(page, '/en/');
      assert.match(await page.textContent('.heading .base'), /No figures of any cycle/);
      assert.equal(await page.locator('.timeline').isVisible(), false);
      await assertAccessible(page, 'no cycle');
    });
  });
});

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
    for (const [lang, words] of [['mn', /Сүлжээ алга\. Тоо баримт \d{4} оны/], ['en', /no network\. Figures as of \d+ \w+ \d{4}/]]) {
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
        assert.match(await page.textContent('.message'), lang === 'mn' ? /Сүлжээ алга: “Нутагшуулсан/ : /There is no network: “Good practices replicated/);
        assert.match(await page.textContent('.message'), lang === 'mn' ? /Тоо баримт \d{4} оны/ : /Figures as of \d+ \w+ \d{4}/);
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
      await page.clock.fastForward(80_000);
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
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
});

describe('a new revision', () => {
  const ask = (page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  /** The page asks once when its map is first seen; until that is answered, a later question is not the only one. */
  const openAsked = async (page, path) => {
    const answers = ['revision', 'ready'].map((name) => page.waitForResponse((response) => new URL(response.url()).pathname.endsWith(`/${name}`)));
    await open(page, path);
    await Promise.all(answers);
  };
  const raise = async (page) => {
    const { revision, ...rest } = await getJson('/api/v1/revision');
    await page.route('**/api/v1/revision', (route) => route.fulfill({ json: { ...rest, revision: revision + 1 } }));
  };
  const heard = (page) => page.evaluate(() => {
    window.heard = [];
    const status = document.querySelector('[data-part="status"]');
    new MutationObserver(() => window.heard.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  });

  test('whose figures do not come leaves the old ones, says so, and is asked for again', async () => {
    await withPage({}, async (opened) => {
      opened.expectsFaults = true;
      const { page } = opened;
      await openAsked(page, '/en/');
      await heard(page);
      await raise(page);
      let fails = true;
      let n_asked = 0;
      await page.route('**/api/v1/values/**', async (route) => {
        n_asked += 1;
        if (fails) await route.fulfill({ status: 503, json: { code: 'not_ready' } });
        else await route.continue();
      });
      await ask(page);
      await page.waitForSelector('[data-freshness="stale"]');
      assert.ok(n_asked > 0);
      assert.equal(await page.getAttribute('#viewer', 'data-state'), 'ready');
      assert.equal(await page.textContent('.heading .figure'), '248');
      assert.equal(await page.locator('.message').isVisible(), false);
      assert.deepEqual(await page.evaluate(() => window.heard), []);
      fails = false;
      await act(page, () => ask(page));
      await page.waitForFunction(() => window.heard.some((words) => /have been updated/.test(words)));
      await page.waitForSelector('[data-freshness]', { state: 'detached' });
    });
  });

  test('is spoken of with a place chosen, which is not told of again', async () => {
    await withPage({}, async ({ page }) => {
      await openAsked(page, '/en/?select=bzd-12');
      await page.waitForFunction(() => /Khoroo 12/.test(document.querySelector('[data-part="status"]').textContent));
      await page.waitForSelector('.figures .facts[aria-busy="false"]');
      await heard(page);
      await raise(page);
      await act(page, () => ask(page));
      await page.waitForFunction(() => window.heard.length > 0);
      assert.deepEqual(await page.evaluate(() => window.heard), ['The figures have been updated.']);
    });
  });

  test('with a cycle that the page does not know offers to load it again', async () => {
    for (const [lang, words, name] of [['mn', /мөчлөг, сэдэв эсвэл хил өөрчлөгдсөн/, 'Хуудсыг дахин ачаалах'], ['en', /cycles, themes or boundaries/, 'Reload the page']]) {
      await withPage({}, async ({ page }) => {
        let isOld = true;
        await withConfig(page, lang, (config) => { if (isOld) config.cycles = config.cycles.slice(1); });
        await openAsked(page, `/${lang}/`);
        assert.equal(await page.locator('[data-outdated]').count(), 0);
        await raise(page);
        isOld = false;
        await act(page, () => ask(page));
        await page.waitForSelector('[data-outdated]');
        assert.match(await page.textContent('[data-outdated]'), words);
        await assertAccessible(page, `outdated, ${lang}`);
        await page.getByRole('button', { name }).click();
        await page.waitForSelector('.timeline li:nth-child(2)');
        await ready(page);
        assert.equal(await page.locator('[data-outdated]').count(), 0);
      });
    }
  });

  test('arrives without losing choice, camera, table or scroll', async () => {
    await withPage({}, async ({ page }) => {
      await openAsked(page, '/en/?select=bzd-12&view=table&order=-value#map=11.00/47.9200/106.9500');
      await page.$eval('.table-scroll', (zone) => { zone.scrollTop = 400; });
      const before = await page.$eval('.table-scroll', (zone) => zone.scrollTop);
      const { revision, ...rest } = await getJson('/api/v1/revision');
      await page.route('**/api/v1/revision', (route) => route.fulfill({ json: { ...rest, revision: revision + 1 } }));
      const address = page.url();
      assert.equal(before, 400);
      await act(page, () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))));
      assert.equal(page.url(), address);
      assert.equal(await page.evaluate(() => document.querySelector('#viewer').hlpMap.getZoom()), 11);
      assert.equal(await page.$eval('.table-scroll', (zone) => zone.scrollTop), before, 'the table was scrolled');
      assert.equal(await page.textContent('.figures h2'), 'Bayanzurkh, Khoroo 12');
    });
  });
});
