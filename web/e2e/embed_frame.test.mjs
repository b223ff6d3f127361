// The map in a frame of another site: what its code leaves open, who is spoken with, who is refused.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { heard, mapFrame, openOtherSite, READY_MS, readyFrame, stateOf, titleIn, types } from './other_site.mjs';
import { baseUrl, insidePoints, launch, newPage } from './support.mjs';

let browser;
let site;
before(async () => {
  browser = await launch();
  site = await openOtherSite(browser);
});
after(async () => {
  await browser.close();
  await site.close();
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
    await site.visit(frameOf('measure=replications&level=khoroo'), { width: 800 }, async (page) => {
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
    const origin = encodeURIComponent(site.at('localhost'));
    await site.visit(frameOf(`form=cells&origin=${origin}`), {}, async (page) => {
      const frame = await readyFrame(page);
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
    const origin = encodeURIComponent(site.at('localhost'));
    await site.visit(frameOf(`form=cells&origin=${origin}`), {}, async (page) => {
      const frame = await readyFrame(page);
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
    const origin = encodeURIComponent(site.at('localhost'));
    await site.visit(frameOf(`form=cells&origin=${origin}`), {}, async (page) => {
      await readyFrame(page);
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

  test('a problem is told once, until it is over, and again when it comes back', async () => {
    const origin = encodeURIComponent(site.at('localhost'));
    await site.visit(frameOf(`form=cells&origin=${origin}`), {}, async (page) => {
      const frame = await readyFrame(page);
      await page.route('**/api/v1/values/replications.json*', (route) => route.fulfill({ status: 503, json: { code: 'not_ready' } }));
      const send = (message) => page.evaluate(([data, to]) => document.querySelector('#map').contentWindow.postMessage({ v: 1, ...data }, to), [message, new URL(baseUrl).origin]);
      const problems = () => page.evaluate(() => window.heard.filter(({ data }) => data.type === 'error').map(({ data }) => data.problem));
      await send({ type: 'set', measure: 'replications' });
      await heard(page, 'error');
      // Each of these is drawn, and reported.
      for (const code of ['bzd-26', 'bzd-27']) {
        await send({ type: 'select', code });
        await frame.waitForSelector(`.cells [role=option][data-code="${code}"][aria-selected=true]`);
        await frame.waitForSelector('.figures .facts[aria-busy="false"]', { state: 'attached' });
      }
      assert.deepEqual(await problems(), ['data']);
      await send({ type: 'set', rate: 'per10000' });
      await frame.waitForFunction(() => document.querySelector('#viewer').dataset.state === 'ready', null, { timeout: READY_MS });
      await send({ type: 'set', measure: 'replications' });
      await page.waitForFunction(() => window.heard.filter(({ data }) => data.type === 'error').length === 2, null, { timeout: READY_MS });
      assert.deepEqual(await problems(), ['data', 'data']);
    });
  });

  test('the words at the pointer are of the measure that the page around has set', async () => {
    const origin = encodeURIComponent(site.at('localhost'));
    const valuesOf = async (measure) =>
      (await (await fetch(`${baseUrl}/api/v1/values/${measure}.json?vintage=2022`)).json()).units.map(({ code, cells }) => [code, cells['2022'].value]);
    const [identified, replicated] = [new Map(await valuesOf('identifications')), new Map(await valuesOf('replications'))];
    await site.visit(frameOf(`form=map&origin=${origin}`), {}, async (page) => {
      const frame = await readyFrame(page);
      const point = (await insidePoints(frame, '2022', 3)).find(({ code }) => identified.get(code) !== replicated.get(code));
      const { x, y } = await page.$eval('#map', (around) => around.getBoundingClientRect().toJSON());
      await page.mouse.move(x + point.x - 2, y + point.y);
      await page.mouse.move(x + point.x, y + point.y);
      const says = (value) => frame.waitForFunction((figure) => document.querySelector('.tooltip:not([hidden])')?.textContent.endsWith(`: ${figure}`),
        value, { timeout: READY_MS });
      await says(identified.get(point.code));
      await page.evaluate((to) => document.querySelector('#map').contentWindow.postMessage({ v: 1, type: 'set', measure: 'replications' }, to), new URL(baseUrl).origin);
      await says(replicated.get(point.code));
    });
  });

  test('a wish of the page around stops the player', async () => {
    const origin = encodeURIComponent(site.at('localhost'));
    await site.visit(frameOf(`form=cells&origin=${origin}`), {}, async (page) => {
      const frame = await readyFrame(page);
      await frame.getByRole('button', { name: 'Play' }).click();
      await frame.getByRole('button', { name: 'Pause' }).waitFor();
      await page.evaluate((to) => document.querySelector('#map').contentWindow.postMessage({ v: 1, type: 'set', cycle: '2020' }, to), new URL(baseUrl).origin);
      await frame.getByRole('button', { name: 'Play' }).waitFor({ timeout: 1_500 });
    });
  });

  test('a page that claims the origin of another hears nothing and is not heard', async () => {
    // Of this service's own origin, so that it may show the map, but not the page that it says it is.
    const claimed = encodeURIComponent(site.at('localhost'));
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
    await site.visit(frameOf(''), { origin: site.at('127.0.0.1') }, async (page, { faults }) => {
      await page.waitForFunction(() => document.querySelector('#map').contentWindow.length === 0);
      const deadline = Date.now() + READY_MS;
      while (faults.length === 0 && Date.now() < deadline) await page.evaluate(() => new Promise(requestAnimationFrame));
      assert.match(faults.join(), /frame-ancestors/);
      assert.ok(!page.frames().some((frame) => frame.url().startsWith(`${baseUrl}/embed`)), 'nothing of it is shown');
    });
  });

  test('the still picture needs no script', async () => {
    await site.visit(frameOf('still=1&area=bzd'), { javaScriptEnabled: false }, async (page) => {
      const frame = mapFrame(page);
      await frame.waitForSelector('picture img');
      const width = await frame.$eval('picture img', (img) => img.decode().then(() => img.naturalWidth));
      assert.ok(width >= 320, `${width}`);
      assert.match(await titleIn(frame), /: Bayanzurkh$/);
    });
  });
});
