// A new revision of the data: it arrives without taking anything from who reads, or is asked for again.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { act, getJson, inPage, launch, open, ready, withConfig } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

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

  test('leaves a choice that did not come told, with its press to try again', async () => {
    await withPage({}, async (opened) => {
      opened.expectsFaults = true;
      const { page } = opened;
      await openAsked(page, '/en/');
      await page.route('**/api/v1/values/replications.json*', (route) => route.fulfill({ status: 503, json: { code: 'not_ready' } }));
      await page.click('input[name="hlp-measure"][value="replications"]', { force: true });
      await page.waitForSelector('.message:not([hidden]) button');
      const told = await page.textContent('.message');
      assert.match(told, /“Good practices replicated/);
      await heard(page);
      await raise(page);
      await ask(page);
      await page.waitForFunction(() => window.heard.some((words) => /have been updated/.test(words)));
      assert.equal(await page.textContent('.message'), told);
      await page.unroute('**/api/v1/values/replications.json*');
      await page.click('.message button');
      await page.waitForFunction(() => document.querySelector('.heading .figure')?.textContent === '95');
      await ready(page);
      assert.match(page.url(), /measure=replications/);
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

  test('repaints and keeps the visitor’s place', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?select=bzd-12#map=11.00/47.9200/106.9500');
      const { revision } = await getJson('/api/v1/revision');
      await page.route('**/api/v1/revision', (route) => route.fulfill({ json: { revision: revision + 1 } }));
      await page.route('**/api/v1/values/**', async (route) => {
        const answer = await (await route.fetch()).json();
        const unit = answer.units.find((u) => u.code === 'bzd-12');
        // Districts and other vintages are asked for too, for the comparison.
        if (unit?.cells['2022']) unit.cells['2022'] = { value: 77, class: answer.classes.length - 2 };
        await route.fulfill({ json: answer });
      });
      await act(page, () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))));
      assert.equal(await page.textContent('.figures .figure'), '77');
      const camera = await page.evaluate(() => document.querySelector('#viewer').hlpMap.getZoom());
      assert.equal(camera, 11);
      // What the panel still asks for is not waited for.
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    });
  });
});
