// The search: what it finds, where it leads, and what it says where there is nothing.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { act, getJson, inPage, launch, open, ready } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

describe('the search box', () => {
  const type = async (page, words) => {
    const answer = page.waitForResponse((response) => response.url().includes('/api/v1/search'));
    await page.locator('.search input').fill(words);
    await answer;
    await page.waitForSelector('.search [role=option]');
  };

  test('finds a khoroo in either script and goes there, by keyboard alone', async () => {
    for (const [lang, words, title] of [['mn', 'бзд 26', 'Баянзүрх, 26 дугаар хороо'], ['en', 'bayanzurkh 26', 'Bayanzurkh, Khoroo 26']]) {
      await withPage({}, async ({ page }) => {
        await open(page, `/${lang}/`);
        await type(page, words);
        const field = page.locator('.search input');
        assert.equal(await field.getAttribute('aria-expanded'), 'true');
        await field.press('ArrowDown');
        const active = await field.getAttribute('aria-activedescendant');
        assert.equal(await page.getAttribute(`#${active}`, 'aria-selected'), 'true');
        assert.ok((await page.textContent(`#${active}`)).includes(title));
        await act(page, () => field.press('Enter'));
        assert.equal(await page.textContent('.figures h2'), title);
        assert.match(page.url(), /select=bzd-26/);
        assert.equal(await field.getAttribute('aria-expanded'), 'false');
        const { label } = await getJson('/api/v1/khoroos/bzd-26');
        await page.waitForFunction(([x, y]) => {
          const map = document.querySelector('#viewer').hlpMap;
          return map.getZoom() > 11.5 && map.getBounds().contains([x, y]);
        }, label, { timeout: 10_000 });
      });
    }
  });

  test('a district is shown among districts, whatever vintage was looked at', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?cycle=2020');
      await type(page, 'nalaikh');
      await act(page, () => page.locator('.search [role=option]').first().click());
      assert.match(page.url(), /level=district.*select=nd/);
      assert.equal(await page.textContent('.figures h2'), 'Nalaikh');
    });
  });

  test('a practice leads to its own page', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      await type(page, 'qr board');
      await page.route('**/en/practices/**', (route) => route.fulfill({ body: '<title>practice</title>', contentType: 'text/html' }));
      await page.locator('.search [role=option]').first().click();
      await page.waitForURL(/\/en\/practices\/p-/);
    });
  });

  test('what was typed last is what Enter takes, and the list stays closed', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      await type(page, 'bzd');
      const field = page.locator('.search input');
      const answers = [];
      page.on('response', (response) => response.url().includes('/api/v1/search') && answers.push(new URL(response.url()).searchParams.get('q')));
      await field.press('End');
      await act(page, async () => {
        await field.pressSequentially('-26');
        await field.press('Enter');
      });
      assert.match(page.url(), /select=bzd-26(&|#|$)/);
      assert.equal(await page.inputValue('.search input'), 'Bayanzurkh, Khoroo 26');
      // Longer than the wait before what is typed is asked for.
      await page.evaluate(() => new Promise((later) => setTimeout(later, 400)));
      assert.equal(await field.getAttribute('aria-expanded'), 'false');
      assert.deepEqual(answers.filter((words) => words === 'bzd-26'), ['bzd-26'], 'asked once');
    });
  });

  test('whoever goes on from the field is not followed by its list', async () => {
    await withPage({}, async ({ page, requests }) => {
      await open(page, '/en/');
      await page.locator('.search input').pressSequentially('bzd');
      await page.keyboard.press('Tab');
      const before = requests.length;
      await page.evaluate(() => new Promise((later) => setTimeout(later, 400)));
      assert.deepEqual(requests.slice(before).filter((url) => url.includes('/api/v1/search')), []);
      // An answer on its way counts no more either.
      let release;
      const held = new Promise((resolve) => { release = resolve; });
      await page.route('**/api/v1/search?*', async (route) => {
        await held;
        await route.continue().catch(() => {});
      });
      const asked = page.waitForRequest('**/api/v1/search?*');
      await page.locator('.search input').fill('bgd');
      await asked;
      await page.keyboard.press('Tab');
      release();
      await page.evaluate(() => new Promise((later) => setTimeout(later, 400)));
      assert.equal(await page.locator('.search [role=listbox]').isVisible(), false);
    });
  });

  test('says how many there are where it shows only the first of them, to the eye as aloud', async () => {
    const { total } = await getJson('/api/v1/search?q=khoroo&lang=en');
    assert.ok(total > 100, `${total} found`);
    for (const [lang, words] of [['mn', `${total} үр дүнгээс эхний 10`], ['en', `The first 10 of ${total} results`]]) {
      await withPage({}, async ({ page }) => {
        await open(page, `/${lang}/`);
        await type(page, 'khoroo');
        assert.equal(await page.locator('.search [role=option]').count(), 10);
        assert.equal(await page.textContent('.search .n-found'), words);
        assert.ok(await page.locator('.search .n-found').isVisible());
        assert.equal((await page.textContent('.search [role=status]')).trim(), words);
        await type(page, 'bzd 26');
        await page.waitForFunction(() => !document.querySelector('.search .n-found'), null, { timeout: 10_000 });
      });
    }
  });

  test('Escape closes the list, and what is not found is said', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      await type(page, 'bzd');
      await page.locator('.search input').press('Escape');
      assert.equal(await page.locator('.search [role=listbox]').isVisible(), false);
      await page.locator('.search input').fill('9999999');
      await page.waitForFunction(() => /Nothing found/.test(document.querySelector('.search .remark').textContent));
    });
  });

  test('coordinates lead to the khoroo they lie in, or say that they lie outside', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      await page.locator('.search input').fill('106.92, 47.92');
      await act(page, () => page.locator('.search input').press('Enter'));
      const { code } = await getJson('/api/v1/khoroos-at?lon=106.92&lat=47.92');
      assert.match(page.url(), new RegExp(`select=${code}(&|#|$)`));
      for (const [typed, said] of [
        ['0, 0', /^\s*That place lies outside the khoroos of Ulaanbaatar\.\s/],
        ['107, 47.6', /outside the khoroos of Ulaanbaatar\. Nearest: Bayanzurkh, Khoroo \d+, \d+\.\d km away\./],
      ]) {
        await page.locator('.search input').fill('106.92, 47.92');
        await page.locator('.search input').press('Enter');
        await page.waitForFunction((chosen) => location.search.includes(chosen), `select=${code}`);
        await page.locator('.search input').fill(typed);
        await page.locator('.search input').press('Enter');
        await page.waitForFunction(() => /outside/.test(document.querySelector('.search .remark').textContent));
        assert.match(await page.textContent('.search .remark'), said);
        // What was chosen before is not what was asked for.
        assert.ok(!page.url().includes('select='), page.url());
        await ready(page);
        // The sentence stands below the field, not under its frame.
        const [field, remark] = await Promise.all(['.search input', '.search .remark'].map((part) => page.locator(part).boundingBox()));
        assert.ok(remark.y >= field.y + field.height + 4, `${remark.y}`);
      }
    });
  });

  test('where I am is asked on a press only, and a refusal is an answer', async () => {
    const here = { latitude: 47.9299, longitude: 107.0098 };
    await withPage({ geolocation: here, permissions: ['geolocation'] }, async ({ page, requests }) => {
      await open(page, '/en/');
      assert.ok(!requests.some((url) => url.includes('khoroos-at')));
      // The dot first, the khoroo once the service has said which it is.
      await page.getByRole('button', { name: 'The khoroo where I am' }).click();
      await page.waitForURL(/select=bzd-26/);
      await ready(page);
      const dot = () => page.evaluate(() => {
        const map = document.querySelector('#viewer').hlpMap;
        return map.queryRenderedFeatures({ layers: ['here', 'mark-name'] }).map(({ properties, geometry }) => [properties.label, ...geometry.coordinates.map((at) => Number(at.toFixed(3)))]);
      });
      await page.waitForFunction(() => document.querySelector('#viewer').hlpMap.queryRenderedFeatures({ layers: ['here', 'mark-name'] }).length === 2);
      assert.deepEqual(await dot(), [['You are here', 107.01, 47.93], ['You are here', 107.01, 47.93]]);
      // It is nobody else's: no address keeps it, and a reload forgets it.
      assert.ok(!/107\.00|47\.92|at=/.test(new URL(page.url()).search), page.url());
      const told = requests.filter((url) => url.includes('107.0098'));
      assert.deepEqual(told.map((url) => new URL(url).pathname), ['/api/v1/khoroos-at']);
      assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length), 0);
      await page.reload();
      await ready(page);
      assert.deepEqual(await dot(), []);
    });
    await withPage({ permissions: [] }, async ({ page }) => {
      await open(page, '/en/');
      await page.getByRole('button', { name: 'The khoroo where I am' }).click();
      await page.waitForFunction(() => /Search for the khoroo by name/.test(document.querySelector('.search .remark').textContent));
    });
  });

  test('where I am is answered to nobody who has chosen a place since, by neither a position nor a refusal', async () => {
    for (const answer of ['granted', 'refused']) {
      await withPage({}, async ({ page, requests }) => {
        await page.addInitScript(() => {
          Geolocation.prototype.getCurrentPosition = (granted, refused) => { Object.assign(window, { granted, refused }); };
        });
        await open(page, '/en/?form=cells');
        await page.getByRole('button', { name: 'The khoroo where I am' }).click();
        const remark = () => page.textContent('.search .remark').then((text) => text.trim());
        assert.match(await remark(), /^Looking/);
        await page.locator('.cells [role=option][data-code="skhd-21"] .unit').click({ force: true });
        await page.waitForURL(/select=skhd-21/);
        await page.evaluate((how) => window[how](how === 'granted' ? { coords: { latitude: 47.9299, longitude: 107.0098 } } : { code: 1 }), answer);
        assert.equal(await remark(), '', answer);
        assert.match(page.url(), /select=skhd-21/);
        assert.ok(!requests.some((url) => url.includes('khoroos-at')));
      });
    }
  });
});
