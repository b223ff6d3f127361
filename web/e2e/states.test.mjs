// States without figures, and on the way to them, are designed: said in words, accessible, and left again.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { baseUrl, gate, inPage, launch, open, ready, withConfig } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

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

  test('what is said while the map comes covers nothing of the page', async () => {
    for (const [size, lang] of [[{ width: 1440, height: 900 }, 'en'], [{ width: 360, height: 740 }, 'mn'], [{ width: 360, height: 740 }, 'en']]) {
      await withPage(size, async ({ page }) => {
        const held = gate();
        await page.route('**/api/v1/values/**', async (route) => {
          await held.opened;
          await route.continue();
        });
        await page.goto(`${baseUrl}/${lang}/`);
        await page.waitForFunction(() => /longer than usual|Удаан/.test(document.querySelector('.coming')?.textContent ?? ''), null, { timeout: 10_000 });
        const covered = await page.evaluate(() => {
          const note = document.querySelector('.coming').getBoundingClientRect();
          const all = [...document.querySelectorAll('#viewer > header :is(a, p, span), #viewer > main :is(h1, h2, p, tr, svg, caption)')];
          return all.filter((one) => one.checkVisibility()).filter((one) => {
            const { top, bottom, width } = one.getBoundingClientRect();
            return width > 0 && top + 1 < note.bottom && note.top + 1 < bottom;
          }).map((one) => one.textContent.trim().slice(0, 40));
        });
        assert.deepEqual(covered, [], `${lang}, ${size.width} px`);
        held.open();
        await ready(page);
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
