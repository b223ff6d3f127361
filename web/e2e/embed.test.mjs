// The map on the page of another site: in a frame and as `<hlp-map>`, what both sides say to each other,
// who is refused, and the page that makes the code.
//
// The other site is a server of this test under the name `localhost`, which the server under test must
// allow (`--embed-hosts 'http://localhost:*'`); by its number the same server is a site that is not allowed.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { baseUrl, launch, newPage } from './support.mjs';

const READY_MS = 60_000;
let browser;
let host;
/** Pages of the other site, by path. */
const pages = new Map();

before(async () => {
  browser = await launch();
  host = createServer((request, response) => {
    const body = pages.get(new URL(request.url, 'http://x').pathname) ?? '';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!DOCTYPE html><html lang="en"><head><title>Another site</title><link rel="icon" href="data:,"></head>
      <body><main><h1>Another site</h1>${body}</main></body></html>`);
  });
  await new Promise((resolve) => host.listen(0, '0.0.0.0', resolve));
});
after(async () => {
  await browser.close();
  await new Promise((resolve) => host.close(resolve));
});

const siteOf = (name) => `http://${name}:${host.address().port}`;
const element = (attributes) => `<script src="${baseUrl}/embed.js" async></script>
  <hlp-map ${attributes}><a href="${baseUrl}/en/">Good practices by khoroo</a></hlp-map>`;
/** Remembers what comes from the map, before anything is there to miss. */
const listening = `<script>window.heard = []; addEventListener('message', (event) => heard.push({ origin: event.origin, data: event.data }));</script>`;

/** Opens a page of the other site; what goes wrong in it or its frames is told at the end. */
async function visit(body, { site = siteOf('localhost'), path = '/page', ...options } = {}, test) {
  pages.set(path, listening + body);
  const opened = await newPage(browser, options);
  try {
    await opened.page.goto(site + path);
    await test(opened.page, opened);
  } finally {
    await opened.close();
  }
}

const mapFrame = (page) => page.frames().find((frame) => frame.url().startsWith(`${baseUrl}/embed?`));
const types = (page) => page.evaluate(() => window.heard.map(({ data }) => data.type));

async function heard(page, type) {
  await page.waitForFunction((wanted) => window.heard.some(({ data }) => data.type === wanted), type, { timeout: READY_MS });
}

async function ready(page) {
  await heard(page, 'ready');
  return mapFrame(page);
}

const stateOf = (frame) => frame.evaluate(() => ({ ...document.querySelector('#viewer').dataset }));
const titleIn = (frame) => frame.textContent('h1');
const fillsIn = (frame) => frame.evaluate(() => {
  const map = document.querySelector('#viewer').hlpMap;
  const features = map.querySourceFeatures('boundaries-2022', { sourceLayer: 'khoroo_labels' });
  const ids = [...new Set(features.map(({ id }) => id))].sort((a, b) => a - b);
  return ids.map((id) => map.getFeatureState({ source: 'boundaries-2022', sourceLayer: 'khoroos', id }).fill).join();
});

describe('as an element', () => {
  test('the map gets ready, tells its height, and takes wishes without loading anew', async () => {
    await visit(element('lang="en" form="map" measure="identifications"'), { width: 800 }, async (page, { faults }) => {
      const frame = await ready(page);
      assert.equal((await stateOf(frame)).embed, 'fit');
      await heard(page, 'resize');
      const body = await frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
      await page.waitForFunction((height) => {
        const inner = document.querySelector('hlp-map').shadowRoot.querySelector('iframe');
        return Math.abs(inner.getBoundingClientRect().height - height) <= 1;
      }, body, { timeout: READY_MS });
      assert.ok(body > 400 && body < 1600, `${body} pixels high`);
      assert.equal(await frame.evaluate(() => document.documentElement.scrollHeight - window.innerHeight), 0, 'nothing to scroll in it');
      const before = await fillsIn(frame);
      await page.evaluate(() => document.querySelector('hlp-map').setAttribute('measure', 'replications'));
      await heard(page, 'state');
      await frame.waitForFunction(() => document.querySelector('h1').textContent.includes('replicated'), null, { timeout: READY_MS });
      await frame.waitForFunction(() => document.querySelector('#viewer').dataset.state === 'ready', null, { timeout: READY_MS });
      assert.notEqual(await fillsIn(frame), before, 'recoloured');
      await page.evaluate(() => document.querySelector('hlp-map').select('bzd-26'));
      await heard(page, 'select');
      const last = await page.evaluate(() => window.heard.findLast(({ data }) => data.type === 'select'));
      assert.deepEqual(last, { origin: new URL(baseUrl).origin, data: { v: 1, type: 'select', code: 'bzd-26' } });
      assert.equal((await types(page)).filter((type) => type === 'ready').length, 1, 'loaded once');
      assert.deepEqual(faults, []);
    });
  });

  test('several stand on one page, each with its own part of the city, at 320 pixels', async () => {
    const two = element('lang="en" area="bzd"') + element('lang="mn" area="khud" measure="replications"');
    await visit(two, { width: 320, height: 640 }, async (page, { faults }) => {
      // A frame that is out of sight is not drawn by the browser, so each has to be seen until it stands.
      for (const nth of [0, 1]) {
        await page.locator('hlp-map').nth(nth).evaluate((map) => map.scrollIntoView());
        const inner = await (await page.locator('hlp-map iframe').nth(nth).elementHandle()).contentFrame();
        await inner.waitForSelector('#viewer[data-state="ready"]', { state: 'attached', timeout: READY_MS });
      }
      await page.waitForFunction(() => window.heard.filter(({ data }) => data.type === 'ready').length === 2, null, { timeout: READY_MS });
      const titles = await Promise.all(page.frames().slice(1).map(titleIn));
      assert.match(titles[0], /identified.*: Bayanzurkh$/);
      assert.match(titles[1], /Нутагшуулсан.*: Хан-Уул$/);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0);
      for (const frame of page.frames().slice(1)) {
        assert.ok((await frame.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0, frame.url());
      }
      assert.deepEqual(faults, []);
    });
  });

  test('its frame is called by the words inside, though they are parsed after it', async () => {
    const early = `<script src="${baseUrl}/embed.js"></script>
      <hlp-map lang="en" form="cells"><a href="${baseUrl}/en/">Good practices by khoroo</a></hlp-map>`;
    await visit(early, {}, async (page) => {
      const title = () => page.$eval('hlp-map', (map) => map.shadowRoot.querySelector('iframe').title);
      assert.equal(await title(), 'Good practices by khoroo');
      await page.evaluate(() => document.querySelector('hlp-map').setAttribute('title', 'Our map'));
      assert.equal(await title(), 'Our map');
    });
  });

  test('on a site that is not allowed a few words and a way to the map stand in the frame’s place', async () => {
    for (const still of ['', 'still']) {
      for (const [lang, words] of [['mn', /зөвшөөрөөгүй/], ['en', /may not be allowed to show it/]]) {
        const site = siteOf('127.0.0.1');
        await visit(element(`lang="${lang}" area="bzd-26" measure="replications" ${still}`), { site }, async (page, { requests }) => {
          const told = page.locator('hlp-map [role=status]');
          await told.waitFor({ timeout: READY_MS });
          assert.match(await told.textContent(), words);
          assert.equal(await told.getAttribute('lang'), lang);
          assert.equal(await told.locator('a').getAttribute('href'), `${baseUrl}/${lang}/?measure=replications&select=bzd-26`);
          assert.equal(await page.isVisible('hlp-map iframe'), false);
          const origins = new Set(requests.filter((url) => url.startsWith('http')).map((url) => new URL(url).origin));
          assert.deepEqual(origins, new Set([site, new URL(baseUrl).origin]), 'nobody else is asked');
          await assertAccessible(page, `${lang} ${still}`);
        });
      }
    }
  });

  test('on a site that is allowed both kinds of frames say that they are there, and stay', async () => {
    await visit(element('lang="en" form="cells"'), {}, async (page) => heard(page, 'hello'));
    pages.set('/still', listening + element('lang="en" still'));
    const { page, close } = await newPage(browser);
    // Time goes by at once: a still picture needs none itself.
    await page.clock.install();
    await page.goto(`${siteOf('localhost')}/still`);
    await heard(page, 'hello');
    await page.clock.fastForward(60_000);
    assert.equal(await page.locator('hlp-map [role=status]').count(), 0);
    assert.ok(await page.isVisible('hlp-map iframe'));
    await close();
  });

  test('without script a link is left', async () => {
    await visit(element('area="bzd"'), { javaScriptEnabled: false }, async (page) => {
      assert.equal(await page.textContent('hlp-map a'), 'Good practices by khoroo');
      assert.ok(await page.isVisible('hlp-map a'));
    });
  });
});

describe('as a frame', () => {
  const frameOf = (query, size = 'width="700" height="640"') =>
    `<iframe id="map" title="Map" ${size} src="${baseUrl}/embed?lang=en&${query}"></iframe>`;

  test('axe finds nothing in it, in both languages, light and dark, and it stores nothing', async () => {
    for (const colorScheme of ['light', 'dark']) {
      for (const lang of ['mn', 'en']) {
        const opened = await newPage(browser, { width: 480, colorScheme });
        await opened.page.goto(`${baseUrl}/embed?lang=${lang}&form=map`);
        await opened.page.waitForFunction(() => document.querySelector('#viewer').dataset.state === 'ready', null, { timeout: READY_MS });
        await assertAccessible(opened.page, `${lang} ${colorScheme}`);
        const stored = await opened.page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]);
        assert.deepEqual(stored, ['', 0, 0], 'nothing is stored');
        await opened.page.goto(`${baseUrl}/embed?lang=${lang}&still=1`);
        await assertAccessible(opened.page, `still ${lang} ${colorScheme}`);
        await opened.assertClean();
        await opened.close();
      }
    }
  });

  test('choices that the code names are not offered, and steps are none in the history', async () => {
    await visit(frameOf('measure=replications&level=khoroo'), { width: 800 }, async (page) => {
      await page.waitForFunction(() => document.querySelector('#map').contentWindow !== null);
      const frame = mapFrame(page);
      await frame.waitForFunction(() => document.querySelector('#viewer').dataset.state === 'ready', null, { timeout: READY_MS });
      assert.equal((await stateOf(frame)).embed, 'fill');
      assert.deepEqual(await types(page), [], 'whoever did not say who they are is told nothing');
      const offered = await frame.$$eval('.controls [name]', (all) =>
        [...new Set(all.filter((one) => one.checkVisibility()).map(({ name }) => name))]);
      assert.ok(!offered.includes('hlp-measure') && !offered.includes('hlp-level'), offered.join());
      assert.ok(offered.includes('hlp-form'), offered.join());
      assert.equal(await frame.isVisible('.site'), false);
      const steps = await page.evaluate(() => history.length);
      await frame.locator('.timeline input').fill('0');
      await frame.waitForFunction(() => document.querySelector('h1').textContent.includes('2020'), null, { timeout: READY_MS });
      assert.equal(await page.evaluate(() => history.length), steps);
      const link = await frame.getAttribute('.embed-foot a', 'href');
      assert.equal(link, '/en/?measure=replications&cycle=2020');
      assert.equal(await frame.getAttribute('.embed-foot a', 'target'), '_blank');
    });
  });

  test('cells of a part of the city are that part’s alone, and so is what its search finds', async () => {
    // Words that fit far more elsewhere than the server tells of at once.
    const expected = [
      ['area=bzd&level=khoroo', 43, '1', /Bayanzurkh, Khoroo/, 10], ['area=skhd&level=khoroo', 43, '1', /Songinokhairkhan, Khoroo/, 10],
      ['area=bzd&level=district', 1, 'bayan', /^\s*Bayanzurkh\s+district/, 1], ['area=bzd-26&level=khoroo', 43, '26', /Bayanzurkh, Khoroo 26\b/, 1],
      ['', 204, '7', /Khoroo 7\b/, 7],
    ];
    for (const [query, n_cells, words, offered, n_offered] of expected) {
      const opened = await newPage(browser, { width: 480 });
      const { page } = opened;
      await page.goto(`${baseUrl}/embed?lang=en&form=cells&${query}`);
      await page.waitForFunction(() => document.querySelector('#viewer').dataset.state === 'ready', null, { timeout: READY_MS });
      const codes = await page.$$eval('.cells [role=option]', (all) => all.map(({ dataset }) => dataset.code));
      assert.equal(codes.length, n_cells, query);
      if (query !== '') assert.ok(codes.every((code) => code.startsWith(/area=([a-z]+)/.exec(query)[1])), codes.join());
      const seen = await page.$eval('.cells-svg', (svg) => {
        const own = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('.unit')].every((unit) => {
          const box = unit.getBoundingClientRect();
          return box.left >= own.left - 1 && box.right <= own.right + 1 && box.top >= own.top - 1 && box.bottom <= own.bottom + 1;
        });
      });
      assert.ok(seen, `${query}: cells lie outside the drawing`);
      await page.fill('.search input', words);
      await page.waitForFunction(() => document.querySelector('.search [role=option], .search .remark')?.textContent.trim() !== '');
      const kinds = await page.$$eval('.search [role=option]', (all) => all.map((one) => one.textContent));
      assert.equal(kinds.length, n_offered, `${query}: ${kinds.join('; ')}`);
      assert.ok(kinds.every((text) => offered.test(text)), kinds.join('; '));
      await assertAccessible(page, `search ${query}`);
      await opened.assertClean();
      await opened.close();
    }
  });

  test('coordinates lead nowhere that the code has not left open', async () => {
    const opened = await newPage(browser, { width: 480 });
    const { page } = opened;
    const go = async (query, place) => {
      await page.goto(`${baseUrl}/embed?lang=en&form=cells&${query}`);
      await page.waitForFunction(() => document.querySelector('#viewer').dataset.state === 'ready', null, { timeout: READY_MS });
      await page.fill('.search input', place.join());
      await page.press('.search input', 'Enter');
    };
    const [inside, elsewhere] = await Promise.all(['bzd-26', 'skhd-1'].map(async (code) =>
      (await (await fetch(`${baseUrl}/api/v1/khoroos/${code}`)).json()).label));
    await go('area=bzd&level=district', elsewhere);
    await page.waitForFunction(() => /outside the part of the city/.test(document.querySelector('.search .remark').textContent));
    assert.equal(await page.locator('.cells [aria-selected=true]').count(), 0);
    await go('area=bzd&level=district', inside);
    await page.waitForSelector('.cells [role=option][data-code="bzd"][aria-selected=true]');
    assert.equal(await page.locator('.cells [role=option]').count(), 1, 'still by district');
    await go('area=bzd', inside);
    await page.waitForSelector('.cells [role=option][data-code="bzd-26"][aria-selected=true]');
    await opened.assertClean();
    await opened.close();
  });

  test('search chooses a khoroo on the map, by keyboard, and the page around is told', async () => {
    const origin = encodeURIComponent(siteOf('localhost'));
    await visit(frameOf(`form=cells&origin=${origin}`), {}, async (page) => {
      const frame = await ready(page);
      assert.equal(await frame.isVisible('.here'), false, 'frames are not told positions');
      await frame.fill('.search input', 'bzd 26');
      await frame.waitForSelector('.search [role=option]');
      await frame.press('.search input', 'Enter');
      await heard(page, 'select');
      const last = await page.evaluate(() => window.heard.findLast(({ data }) => data.type === 'select'));
      assert.equal(last.data.code, 'bzd-26');
    });
  });

  test('a vintage stands for its last cycle, in what the server writes and in the map', async () => {
    const opened = await newPage(browser, { width: 480 });
    const { page } = opened;
    const [written] = await (await fetch(`${baseUrl}/embed?lang=en&vintage=2020`)).text().then((html) => /<h1[^>]*>[^<]*/.exec(html));
    assert.match(written, /2020 cycle/);
    await page.goto(`${baseUrl}/embed?lang=en&form=cells&vintage=2020`);
    await page.waitForFunction(() => document.querySelector('#viewer').dataset.state === 'ready', null, { timeout: READY_MS });
    assert.equal(await page.locator('.cells [role=option]').count(), 171);
    assert.match(await page.textContent('h1'), /2020 cycle/);
    await opened.close();
  });

  test('another version, another shape, and another sender change nothing', async () => {
    const origin = encodeURIComponent(siteOf('localhost'));
    await visit(frameOf(`form=cells&origin=${origin}`), {}, async (page) => {
      const frame = await ready(page);
      const before = await titleIn(frame);
      const target = new URL(baseUrl).origin;
      const send = (data) => page.evaluate(([message, to]) => document.querySelector('#map').contentWindow.postMessage(message, to), [data, target]);
      const foreign = ['ping', { v: 2, type: 'set', measure: 'replications' }, { type: 'set', measure: 'replications' }];
      for (const wrong of [...foreign, { v: 1, type: 'set', measure: 'height' }]) await send(wrong);
      // From the frame itself, which is not the page around.
      await frame.evaluate(() => window.postMessage({ v: 1, type: 'set', measure: 'replications' }, '*'));
      await heard(page, 'error');
      assert.equal(await titleIn(frame), before);
      await send({ v: 1, type: 'set', measure: 'replications' });
      await frame.waitForFunction(() => document.querySelector('h1').textContent.includes('replicated'), null, { timeout: READY_MS });
      assert.equal((await types(page)).filter((type) => type === 'error').length, 1, 'what was not meant for it is not answered');
    });
  });

  test('a code that there is not is refused, and another level has another choice', async () => {
    const origin = encodeURIComponent(siteOf('localhost'));
    await visit(frameOf(`form=cells&origin=${origin}`), {}, async (page) => {
      await ready(page);
      const target = new URL(baseUrl).origin;
      const send = (...all) => page.evaluate(([messages, to]) => {
        for (const message of messages) document.querySelector('#map').contentWindow.postMessage({ v: 1, ...message }, to);
      }, [all, target]);
      const chosen = async () => (await page.evaluate(() => window.heard)).filter(({ data }) => data.type === 'select').map(({ data }) => data.code);
      await send({ type: 'select', code: 'bzd-26' }, { type: 'select', code: 'bzd-999' });
      await heard(page, 'error');
      assert.deepEqual(await chosen(), ['bzd-26']);
      // The second is of figures that are still to come.
      await send({ type: 'set', level: 'district' }, { type: 'select', code: 'bzd' });
      await page.waitForFunction(() => window.heard.findLast(({ data }) => data.type === 'select').data.code === 'bzd', null, { timeout: READY_MS });
      assert.deepEqual(await chosen(), ['bzd-26', null, 'bzd']);
      assert.equal((await types(page)).filter((type) => type === 'error').length, 1);
    });
  });

  test('a wish of the page around stops the player', async () => {
    const origin = encodeURIComponent(siteOf('localhost'));
    await visit(frameOf(`form=cells&origin=${origin}`), {}, async (page) => {
      const frame = await ready(page);
      await frame.getByRole('button', { name: 'Play' }).click();
      await frame.getByRole('button', { name: 'Pause' }).waitFor();
      await page.evaluate((to) => document.querySelector('#map').contentWindow.postMessage({ v: 1, type: 'set', cycle: '2020' }, to), new URL(baseUrl).origin);
      await frame.getByRole('button', { name: 'Play' }).waitFor({ timeout: 1_500 });
    });
  });

  test('a page that claims the origin of another hears nothing and is not heard', async () => {
    // Of this service's own origin, so that it may show the map, but not the page that it says it is.
    const claimed = encodeURIComponent(siteOf('localhost'));
    const opened = await newPage(browser);
    await opened.page.goto(`${baseUrl}/en/about`);
    await opened.page.evaluate((src) => {
      window.heard = [];
      addEventListener('message', ({ data }) => window.heard.push(data));
      const frame = Object.assign(document.createElement('iframe'), { id: 'map', src, title: 'Map' });
      document.body.append(frame);
    }, `${baseUrl}/embed?lang=en&form=cells&origin=${claimed}`);
    await opened.page.waitForSelector('#map');
    await opened.page.evaluate(() => document.querySelector('#map').scrollIntoView());
    const frame = await (await opened.page.$('#map')).contentFrame();
    await frame.waitForFunction(() => document.querySelector('#viewer')?.dataset.state === 'ready', null, { timeout: READY_MS });
    const before = await titleIn(frame);
    await opened.page.evaluate(() => document.querySelector('#map').contentWindow.postMessage({ v: 1, type: 'set', measure: 'replications' }, '*'));
    // Messages come in order: once its own has come, the one before has come too.
    await frame.evaluate(() => new Promise((resolve) => {
      addEventListener('message', ({ data }) => data === 'last' && resolve());
      window.postMessage('last', '*');
    }));
    assert.equal(await titleIn(frame), before);
    assert.deepEqual(await opened.page.evaluate(() => window.heard), []);
    await opened.close();
  });

  test('a site that is not allowed is refused by the browser', async () => {
    await visit(frameOf(''), { site: siteOf('127.0.0.1') }, async (page, { faults }) => {
      await page.waitForFunction(() => document.querySelector('#map').contentWindow.length === 0);
      const deadline = Date.now() + READY_MS;
      while (faults.length === 0 && Date.now() < deadline) await page.evaluate(() => new Promise(requestAnimationFrame));
      assert.match(faults.join(), /frame-ancestors/);
      assert.ok(!page.frames().some((frame) => frame.url().startsWith(`${baseUrl}/embed`)), 'nothing of it is shown');
    });
  });

  test('the still picture needs no script', async () => {
    await visit(frameOf('still=1&area=bzd'), { javaScriptEnabled: false }, async (page) => {
      const frame = mapFrame(page);
      await frame.waitForSelector('picture img');
      const width = await frame.$eval('picture img', (img) => img.decode().then(() => img.naturalWidth));
      assert.ok(width >= 320, `${width}`);
      assert.match(await titleIn(frame), /: Bayanzurkh$/);
    });
  });
});

describe('the page that makes the code', () => {
  test('shows at once what is chosen, and copies it', async () => {
    for (const lang of ['mn', 'en']) {
      const opened = await newPage(browser, { width: 1280, permissions: ['clipboard-read', 'clipboard-write'] });
      const { page } = opened;
      await page.goto(`${baseUrl}/${lang}/embed?form=cells`);
      await assertAccessible(page, lang);
      await page.selectOption('#area', 'bzd');
      await page.waitForFunction(() => document.querySelector('#code-frame').value.includes('area=bzd'));
      assert.match(page.url(), /area=bzd/);
      assert.match(await page.getAttribute('iframe.preview', 'src'), /area=bzd/);
      await page.click('button[data-copy="code-element"]');
      await page.waitForFunction(() => document.querySelector('#embed-status').textContent !== '');
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, await page.inputValue('#code-element'));
      assert.match(copied, /<hlp-map [^>]*area="bzd"/);
      await opened.assertClean();
      await opened.close();
    }
  });

  test('is not left when one choice overtakes another', async () => {
    const opened = await newPage(browser, { width: 1280 });
    const { page } = opened;
    await page.goto(`${baseUrl}/en/embed?form=cells`);
    await page.evaluate(() => {
      window.stays = true;
      document.querySelector('#area').focus();
    });
    for (const code of ['bzd', 'skhd', 'khud']) await page.evaluate((value) => {
      const list = document.querySelector('#area');
      list.value = value;
      list.dispatchEvent(new Event('change', { bubbles: true }));
    }, code);
    await page.waitForFunction(() => document.querySelector('#code-frame').value.includes('area=khud'));
    const asked = opened.requests.filter((url) => /\/en\/embed\?/.test(url)).length;
    // Typed, and left before what was typed is asked for by itself.
    await page.fill('#width', '600');
    await page.evaluate(() => document.querySelector('#width').dispatchEvent(new Event('change', { bubbles: true })));
    await page.waitForFunction(() => document.querySelector('#code-frame').value.includes('600'));
    await page.evaluate(() => new Promise((later) => setTimeout(later, 500)));
    assert.equal(opened.requests.filter((url) => /\/en\/embed\?/.test(url)).length, asked + 1, 'asked once');
    assert.equal(await page.evaluate(() => window.stays), true);
    await opened.assertClean();
    await opened.close();
  });

  test('works by its button without script, and fits 320 pixels', async () => {
    const opened = await newPage(browser, { javaScriptEnabled: false, width: 320, height: 640 });
    const { page } = opened;
    await page.goto(`${baseUrl}/en/embed`);
    await page.selectOption('#measure', 'replications');
    await page.click('#embed-form button');
    await page.waitForURL(/measure=replications/);
    assert.match(await page.inputValue('#code-frame'), /measure=replications/);
    assert.equal(await page.isVisible('button[data-copy]'), false);
    await opened.close();
    const narrow = await newPage(browser, { width: 320, height: 640 });
    await narrow.page.goto(`${baseUrl}/mn/embed`);
    assert.ok((await narrow.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0);
    await narrow.close();
  });

  test('its code runs on another site as it was copied', async () => {
    const opened = await newPage(browser);
    await opened.page.goto(`${baseUrl}/en/embed?area=bzd&form=cells&lang=en`);
    const codes = [await opened.page.inputValue('#code-frame'), await opened.page.inputValue('#code-element')];
    await opened.close();
    for (const code of codes) {
      await visit(code, { path: '/copied' }, async (page) => {
        await page.waitForFunction(() => document.querySelector('iframe') ?? document.querySelector('hlp-map')?.shadowRoot, null, { timeout: READY_MS });
        const deadline = Date.now() + READY_MS;
        while (!mapFrame(page) && Date.now() < deadline) await page.evaluate(() => new Promise(requestAnimationFrame));
        const frame = mapFrame(page);
        await frame.waitForFunction(() => document.querySelector('#viewer')?.dataset.state === 'ready', null, { timeout: READY_MS });
        assert.match(await titleIn(frame), /: Bayanzurkh$/);
      });
    }
  });
});
