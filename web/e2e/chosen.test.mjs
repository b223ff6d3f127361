// The chosen place: what its panel says, and the link to it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { getJson, inPage, launch, open } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

const values = (measure, query) => getJson(`/api/v1/values/${measure}.json?${new URLSearchParams(query)}`);

describe('the chosen place', () => {
  test('has its steps, its district’s average, its cycles and its page', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?select=bzd-26');
      await page.waitForSelector('.figures .steps[aria-busy="false"]');
      const { steps } = await getJson('/api/v1/tracker?khoroo=bzd-26&cycle=2022&lang=en');
      const shown = await page.$$eval('.figures .steps div', (all) => all.map((line) => line.textContent.replace(/\s+/g, ' ').trim()));
      assert.deepEqual(shown, steps.map(({ figures: [{ name, value }] }, idx) => `${idx + 1}. ${name}${value ?? 'no data'}`));
      const district = (await values('identifications', { vintage: '2022', level: 'district' })).units.find(({ code }) => code === 'bzd');
      const average = (district.cells['2022'].value / 43).toFixed(1);
      await page.waitForSelector('.figures .average');
      assert.equal(await page.textContent('.figures .average'), `Average of Bayanzurkh: ${average}`);
      assert.match(await page.textContent('.legend .average'), new RegExp(`average ${average}`));
      const links = await page.$$eval('.figures .more a', (all) => all.map((link) => link.getAttribute('href')));
      assert.deepEqual(links, ['/en/khoroos/bzd-26', '/en/khoroos/bzd-26#partners']);
      await page.waitForFunction(() => !document.querySelector('.figures .trend')?.textContent.includes('…'));
      const trend = await page.$$eval('.figures .trend dd', (all) => all.map((dd) => dd.textContent.trim()));
      assert.deepEqual(trend, ['other boundaries', '3']);
      assert.match(await page.textContent('.figures'), /Boundaries changed/);
    });
  });

  test('among boundaries of the past leads to its page of those', async () => {
    for (const [level, code] of [['khoroo', 'bzd-26'], ['district', 'bzd']]) {
      await withPage({}, async ({ page }) => {
        await open(page, `/en/?cycle=2020&level=${level}&select=${code}`);
        await page.waitForSelector('.figures .more a');
        assert.equal(await page.getAttribute('.figures .more a', 'href'), `/en/${level}s/${code}?vintage=2020`);
      });
    }
  });

  test('the link that is copied shows the same to somebody else', async () => {
    await withPage({ permissions: ['clipboard-read', 'clipboard-write'] }, async ({ page }) => {
      await open(page, '/en/?measure=replications&select=bzd-26&layers=practices');
      await page.getByRole('button', { name: 'Share' }).click();
      await page.getByRole('button', { name: 'Copy link' }).click();
      await page.waitForFunction(() => /Link copied/.test(document.querySelector('.share').textContent));
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
    });
  });
});
