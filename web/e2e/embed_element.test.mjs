// `<hlp-map>` on the page of another site: what both sides say to each other, and what it says where it may not stand.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { element, heard, openOtherSite, READY_MS, readyFrame, stateOf, titleIn, types } from './other_site.mjs';
import { baseUrl, launch } from './support.mjs';

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

const fillsIn = (frame) => frame.evaluate(() => {
  const map = document.querySelector('#viewer').hlpMap;
  const features = map.querySourceFeatures('boundaries-2022', { sourceLayer: 'khoroo_labels' });
  const ids = [...new Set(features.map(({ id }) => id))].sort((a, b) => a - b);
  return ids.map((id) => map.getFeatureState({ source: 'boundaries-2022', sourceLayer: 'khoroos', id }).fill).join();
});

describe('as an element', () => {
  test('the map gets ready, tells its height, and takes wishes without loading anew', async () => {
    await site.visit(element('lang="en" form="map" measure="identifications"'), { width: 800 }, async (page, { faults }) => {
      const frame = await readyFrame(page);
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
    await site.visit(two, { width: 320, height: 640 }, async (page, { faults }) => {
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
    await site.visit(early, {}, async (page) => {
      const title = () => page.$eval('hlp-map', (map) => map.shadowRoot.querySelector('iframe').title);
      assert.equal(await title(), 'Good practices by khoroo');
      await page.evaluate(() => document.querySelector('hlp-map').setAttribute('title', 'Our map'));
      assert.equal(await title(), 'Our map');
    });
  });

  test('on a site that is not allowed a few words and a way to the map stand in the frame’s place', async () => {
    for (const still of ['', 'still']) {
      for (const [lang, words] of [['mn', /зөвшөөрөөгүй/], ['en', /may not be allowed to show it/]]) {
        const origin = site.at('127.0.0.1');
        await site.visit(element(`lang="${lang}" area="bzd-26" measure="replications" ${still}`), { origin }, async (page, { requests }) => {
          const told = page.locator('hlp-map [role=status]');
          await told.waitFor({ timeout: READY_MS });
          assert.match(await told.textContent(), words);
          assert.equal(await told.getAttribute('lang'), lang);
          assert.equal(await told.locator('a').getAttribute('href'), `${baseUrl}/${lang}/?measure=replications&select=bzd-26`);
          assert.equal(await page.isVisible('hlp-map iframe'), false);
          const origins = new Set(requests.filter((url) => url.startsWith('http')).map((url) => new URL(url).origin));
          assert.deepEqual(origins, new Set([origin, new URL(baseUrl).origin]), 'nobody else is asked');
          await assertAccessible(page, `${lang} ${still}`);
        });
      }
    }
  });

  test('on a site that is allowed both kinds of frames say that they are there, and stay', async () => {
    await site.visit(element('lang="en" form="cells"'), {}, async (page) => heard(page, 'hello'));
    // Time goes by at once: a still picture needs none itself.
    await site.visit(element('lang="en" still'), { prepare: (page) => page.clock.install() }, async (page) => {
      await heard(page, 'hello');
      await page.clock.fastForward(60_000);
      assert.equal(await page.locator('hlp-map [role=status]').count(), 0);
      assert.ok(await page.isVisible('hlp-map iframe'));
    });
  });

  test('without script a link is left', async () => {
    await site.visit(element('area="bzd"'), { javaScriptEnabled: false }, async (page) => {
      assert.equal(await page.textContent('hlp-map a'), 'Good practices by khoroo');
      assert.ok(await page.isVisible('hlp-map a'));
    });
  });
});
