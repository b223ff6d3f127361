// The frames of far districts on the map: of which boundaries they are.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { act, baseUrl, framed, inPage, launch, open, toCycle } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

describe('the frames of far districts', () => {
  /** Frames of 2020 wait to be let go; the map's own tiles are asked for by its worker, which has a `fetch` of its own. */
  const holdFrames = (page) => page.addInitScript(() => {
    const { fetch } = window;
    const goes = new Promise((resolve) => { window.letGo = resolve; });
    Object.assign(window, { n_held: 0, n_settled: 0 });
    window.fetch = async (address, options) => {
      if (!/boundaries-2020\/.*\.mvt/.test(String(address))) return fetch(address, options);
      window.n_held += 1;
      try {
        const how = await goes;
        return how === undefined ? await fetch(address, options) : new Response(new Uint8Array(), { status: how });
      } finally {
        window.n_settled += 1;
      }
    };
  });
  const shapes = (page) => page.$$eval('.inset path[data-id]', (all) => all.map((path) => path.getAttribute('d')));
  const held = (page) => page.waitForFunction(() => window.n_held > 0, null, { timeout: 20_000 });
  const letGo = async (page, status) => {
    await page.evaluate((how) => window.letGo(how), status);
    await page.waitForFunction(() => window.n_settled === window.n_held, null, { timeout: 20_000 });
    // What has come is read and drawn after that.
    for (let n_looks = 0; n_looks < 10; n_looks += 1) await page.evaluate(() => new Promise(requestAnimationFrame));
  };

  const heldAtFirstCycle = async (page) => {
    await holdFrames(page);
    await open(page, '/en/');
    await framed(page);
    await act(page, () => toCycle(page, 0));
    await held(page);
  };

  test('stand only with the figures of their own boundaries', async () => {
    await withPage({}, async ({ page }) => {
      await heldAtFirstCycle(page);
      assert.deepEqual(await shapes(page), [], 'frames of 2022 in colours of 2020');
      await letGo(page);
      await framed(page);
    });
  });

  test('that come too late are not of what is looked at by now', async () => {
    await withPage({}, async ({ page }) => {
      await holdFrames(page);
      await open(page, '/en/');
      await framed(page);
      const before = await shapes(page);
      await act(page, () => toCycle(page, 0));
      await held(page);
      await act(page, () => toCycle(page, 1));
      // Empty, so that they would be told apart.
      await letGo(page, 200);
      assert.deepEqual(await shapes(page), before);
    });
  });

  test('that do not come leave none of other boundaries', async () => {
    await withPage({}, async ({ page }) => {
      await heldAtFirstCycle(page);
      await letGo(page, 503);
      assert.deepEqual(await shapes(page), []);
    });
  });

  test('of which one does not come stand without it, say so, and bring it with a press', async () => {
    await withPage({}, async ({ page }) => {
      await page.addInitScript(() => {
        const { fetch } = window;
        let lost = null;
        window.isLost = true;
        window.fetch = async (address, options) => {
          if (!/boundaries-2022\/.*\.mvt/.test(String(address))) return fetch(address, options);
          lost ??= String(address);
          return window.isLost && String(address) === lost ? new Response('', { status: 503 }) : fetch(address, options);
        };
      });
      await page.goto(`${baseUrl}/en/`);
      await page.waitForSelector('#viewer[data-state="error"][data-problem="tiles"]', { timeout: 20_000 });
      assert.equal(await page.locator('.inset').count(), 1);
      assert.match(await page.textContent('.message [role="alert"]'), /map/i);
      await page.evaluate(() => { window.isLost = false; });
      await page.click('.message button');
      await page.waitForSelector('#viewer[data-state="ready"]', { timeout: 20_000 });
      assert.equal(await page.locator('.inset').count(), 2);
      assert.equal(await page.locator('.message').isVisible(), false);
    });
  });

  test('that did not come are not missed where the map shows their districts itself', async () => {
    await withPage({}, async ({ page }) => {
      await page.addInitScript(() => {
        const { fetch } = window;
        window.fetch = async (address, options) => (/boundaries-2022\/.*\.mvt/.test(String(address)) ? new Response('', { status: 503 }) : fetch(address, options));
      });
      await page.goto(`${baseUrl}/en/`);
      await page.waitForSelector('#viewer[data-state="error"][data-problem="tiles"]', { timeout: 20_000 });
      await page.getByRole('button', { name: 'Whole city', exact: true }).click();
      await page.waitForSelector('#viewer[data-state="ready"]', { timeout: 20_000 });
    });
  });
});
