// A figure counts every practice that was entered, a list holds those that were accepted: viewer and pages say
// the difference in the same words.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { act, baseUrl, getJson, inPage, launch, newPage, open } from './support.mjs';

const REST = { mn: /Бусад нь дэмжигдээгүй/, en: /The rest were not accepted/ };

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

/** Practices entered in 2022 from a place, and those of them with a page. */
async function entered(place) {
  const { steps, more } = await getJson(`/api/v1/tracker?cycle=2022&${place}`);
  const value = (cards, wanted) => cards.flatMap(({ figures }) => figures).find(({ id }) => id === wanted).value;
  return [value(steps, 'identifications'), value(more, 'funnel_identified')];
}

/** Two khoroos: one that has entered more than has pages, and one that has a page for each. */
async function khoroos() {
  const { units } = await getJson('/api/v1/values/identifications.json?vintage=2022&level=khoroo');
  const found = {};
  for (const { code, cells } of units.filter((unit) => unit.cells['2022'].value > 1)) {
    const [n_entered, n_with_page] = await entered(`khoroo=${code}`);
    assert.equal(n_entered, cells['2022'].value);
    found[n_with_page < n_entered ? 'fewer' : 'equal'] ??= { code, n_entered, n_with_page };
    if (found.fewer && found.equal) return found;
  }
  throw new Error('the demo has both kinds of khoroos');
}

describe('more entered than have a page', () => {
  test('is said beside a khoroo’s figure and on its page in the same words, with the same numbers', async () => {
    const { fewer, equal } = await khoroos();
    for (const lang of ['mn', 'en']) {
      await withPage({}, async ({ page }) => {
        await open(page, `/${lang}/?form=cells&select=${fewer.code}`);
        const told = await page.locator('.figures .entered').textContent();
        assert.match(told, REST[lang]);
        assert.deepEqual(told.match(/\d+/g).map(Number), [fewer.n_entered, fewer.n_with_page]);
        await act(page, () => page.check('input[value="replications"]', { force: true }));
        assert.equal(await page.locator('.figures .entered').count(), 0, 'another figure is shown');
        await page.goto(`${baseUrl}/${lang}/khoroos/${fewer.code}`);
        assert.equal(await page.locator('main p', { hasText: REST[lang] }).textContent(), told);
        await page.goto(`${baseUrl}/${lang}/khoroos/${equal.code}`);
        assert.equal(await page.locator('main p', { hasText: REST[lang] }).count(), 0, 'nothing is to be said');
      });
    }
  });

  test('is said on the pages of city, district and practices too', async () => {
    const [n_entered, n_with_page] = await entered('district=bzd');
    const of = {
      '': [392, (await getJson('/api/v1/practices?limit=1')).total],
      practices: [392, (await getJson('/api/v1/practices?limit=1')).total],
      'districts/bzd': [n_entered, n_with_page],
    };
    const { page, close } = await newPage(browser, { javaScriptEnabled: false });
    for (const [path, numbers] of Object.entries(of)) {
      for (const lang of ['mn', 'en']) {
        await page.goto(`${baseUrl}/${lang}/${path}`);
        const told = await page.locator('main p', { hasText: REST[lang] }).textContent();
        assert.deepEqual(told.match(/\d+/g).map(Number), numbers, `${lang} ${path}`);
      }
    }
    await close();
  });

  test('is said of a district that is chosen, and beside the dots', async () => {
    const [n_entered, n_with_page] = await entered('district=bzd');
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?form=map&level=district&select=bzd&layers=practices');
      const told = await page.locator('.figures .entered').textContent();
      assert.deepEqual(told.match(/\d+/g).map(Number), [n_entered, n_with_page]);
      assert.match(await page.textContent('.record-legend'), /only accepted ones are drawn, figures count all/);
    });
  });
});
