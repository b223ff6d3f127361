// The table: the map's values as rows that are sorted, narrowed, downloaded and gone through by keyboard.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { act, getJson, inPage, launch, open, ready } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

const values = (measure, query) => getJson(`/api/v1/values/${measure}.json?${new URLSearchParams(query)}`);

describe('the table', () => {
  test('has below its rows what holds of the whole area', async () => {
    const foot = (page) => page.$$eval('.table-zone tfoot th, .table-zone tfoot td', (all) => all.map((cell) => cell.textContent.trim()));
    const counts = await values('identifications', { vintage: '2022' });
    const rates = await values('identifications', { vintage: '2022', rate: 'per10000' });
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?view=table');
      assert.deepEqual(await foot(page), ['Ulaanbaatar, total', '248', '1,596,335']);
      await page.selectOption('.table-filters select', 'bzd');
      const sum = counts.units.filter(({ district }) => district === 'bzd').reduce((all, unit) => all + unit.cells['2022'].value, 0);
      assert.deepEqual((await foot(page)).slice(0, 2), ['Bayanzurkh, total', String(sum)]);
      await page.fill('.table-filters input', '26');
      const one = counts.units.find(({ code }) => code === 'bzd-26').cells['2022'].value;
      await page.waitForFunction(() => /Total of these rows/.test(document.querySelector('.table-zone tfoot')?.textContent));
      assert.equal((await foot(page))[1], String(one));
      // Rates are not added up: they are told of the area as one, and of picked rows not at all.
      await act(page, () => page.check('input[value="per10000"]', { force: true }));
      assert.equal(await page.locator('.table-zone tfoot').count(), 0);
      await page.fill('.table-filters input', '');
      await page.waitForSelector('.table-zone tfoot');
      assert.deepEqual((await foot(page)).slice(0, 2), ['Bayanzurkh, overall', rates.totals.bzd['2022'].value.toFixed(2)]);
      await assertAccessible(page, 'the table with its total');
    });
  });

  test('control, title, table and the server’s own legends call a measure the same', async () => {
    for (const lang of ['mn', 'en']) {
      await withPage({}, async ({ page }) => {
        for (const measure of ['identifications', 'replications', 'replications_hosted', 'participation', 'bivariate']) {
          for (const rate of measure === 'participation' ? ['count'] : ['count', 'per10000']) {
            await open(page, `/${lang}/?view=table&form=cells&measure=${measure}&rate=${rate}`);
            const legend = await getJson(`/legends/${measure}.json?cycle=2022&rate=${rate}`);
            const plain = (text) => text.replaceAll('\u00a0', ' ').trim();
            assert.equal(plain(await page.textContent('h1')), plain(legend.title[lang]));
            if (measure === 'bivariate') continue;
            const label = plain(await page.locator('.controls label', { has: page.locator(`input[value="${measure}"]`) }).textContent());
            const head = plain(await page.textContent('.table-zone thead th.number')).replace(/ [↑↓]$/, '');
            assert.ok(head.startsWith(label), `${head}: ${label}`);
            assert.ok(plain(await page.textContent('.legend thead th')).startsWith(rate === 'count' ? label : lang === 'mn' ? '10 000 хүн тутамд' : 'Per 10,000 residents'));
          }
        }
      });
    }
  });

  test('sorts by every column in both directions, and says so', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?view=table');
      const column = async (idx, number) => page.$$eval('.table-zone tbody tr', (rows, [at, asNumber]) =>
        rows.map((row) => row.children[at].textContent.trim()).map((text) => (asNumber ? Number(text.replace(/\D/g, '')) : text)), [idx, number]);
      for (const [idx, isFigure, first] of [[1, true, 'ascending'], [2, true, 'descending'], [3, true, 'descending']]) {
        const head = page.locator('.table-zone thead th').nth(idx);
        for (const direction of [first, first === 'ascending' ? 'descending' : 'ascending']) {
          await head.locator('button').click();
          assert.equal(await head.getAttribute('aria-sort'), direction);
          const shown = await column(idx, isFigure);
          assert.deepEqual(shown, [...shown].sort((a, b) => (direction === 'ascending' ? a - b : b - a)));
        }
      }
      assert.match(page.url(), /order=residents/);
      assert.equal(await page.locator('.table-zone th[aria-sort="none"]').count(), 3);
    });
  });

  test('narrows by words and district, keeps that in the address, and says how many are left', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/mn/?view=table');
      await page.fill('.table-filters input', '26');
      await page.waitForFunction(() => document.querySelectorAll('.table-zone tbody tr').length < 10);
      await page.selectOption('.table-filters select', 'bzd');
      assert.deepEqual(await page.$$eval('.table-zone tbody tr', (rows) => rows.map((row) => row.dataset.code)), ['bzd-26']);
      assert.equal(await page.textContent('.table-filters p'), '204 мөрөөс 1');
      const address = page.url();
      assert.match(address, /filter=26&in=bzd/);
      await page.reload();
      await ready(page);
      assert.equal(await page.locator('.table-zone tbody tr').count(), 1);
      // As the search understands it: either script, any spelling, codes.
      await page.selectOption('.table-filters select', '');
      for (const typed of ['bzd-26', 'BZD 26', 'БЗД26', 'bayanzurkh 26', 'Bayanzürkh 26', 'баянзурх 26-р', 'khoroo 26 bayanz']) {
        await page.fill('.table-filters input', typed);
        await page.waitForFunction(() => document.querySelectorAll('.table-zone tbody tr').length === 1);
        assert.equal(await page.getAttribute('.table-zone tbody tr', 'data-code'), 'bzd-26', typed);
      }
      for (const typed of ['HUD', 'ХУД', 'khan uul', 'han-uul']) {
        await page.fill('.table-filters input', typed);
        await page.waitForFunction(() => document.querySelectorAll('.table-zone tbody tr').length === 25);
        assert.equal(await page.locator('.table-zone tbody tr[data-code^="khud-"]').count(), 25, typed);
      }
      await page.fill('.table-filters input', 'нэггүй');
      assert.ok(await page.locator('.table-zone .empty').isVisible());
    });
  });

  test('asks for nothing and leaves the chosen place as it is while its rows are filtered, sorted and closed', async () => {
    await withPage({}, async ({ page, requests }) => {
      await open(page, '/en/?view=table&select=bzd-26');
      await page.waitForSelector('.figures .steps[aria-busy="false"]');
      await page.waitForSelector('.figures .facts[aria-busy="false"]');
      await page.waitForSelector('.figures .average');
      await page.waitForFunction(() => !document.querySelector('.figures .trend').textContent.includes('…'));
      const n_asked = requests.filter((url) => url.includes('/api/v1/')).length;
      await page.evaluate(() => {
        window.n_changes = 0;
        new MutationObserver((all) => { window.n_changes += all.length; })
          .observe(document.querySelector('.figures'), { subtree: true, childList: true, characterData: true, attributes: true });
      });
      await page.locator('.table-filters input').pressSequentially('26');
      await page.waitForFunction(() => document.querySelectorAll('.table-zone tbody tr').length < 10);
      await page.locator('.table-zone thead th').nth(2).locator('button').click();
      await page.click('[data-part="tableToggle"]');
      await page.check('input[name="hlp-practices"]', { force: true });
      await ready(page);
      const own = requests.filter((url) => url.includes('/api/v1/'));
      assert.deepEqual(own.slice(n_asked).filter((url) => !/revision/.test(url)), []);
      assert.equal(await page.evaluate(() => window.n_changes), 0, 'the panel was drawn anew');
    });
  });

  test('downloads what it shows', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?view=table&in=bkh&theme=waste');
      const coming = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download CSV' }).click();
      const download = await coming;
      assert.equal(download.suggestedFilename(), 'hlp-identifications-2022-khoroos-waste.csv');
      const text = await readFile(await download.path(), 'utf8');
      const { units } = await values('identifications', { vintage: '2022', theme: 'waste' });
      const lines = units.filter(({ district }) => district === 'bkh').map((unit) =>
        `${unit.code},2022,2022,waste,Bagakhangai,${unit.name_en},${unit.cells['2022'].value},${unit.population},${unit.population_year},true`);
      assert.deepEqual(text.split('\r\n'), [
        '\ufeffcode,vintage,cycle,theme,district,name,identifications,population,population_year,illustrative', ...lines, '',
      ]);
    });
  });

  test('a row under the pointer is marked on the map', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?view=table');
      await page.locator('.table-zone tbody tr[data-code="bgd-7"], .table-zone tbody tr').first().hover();
      const code = await page.$eval('.table-zone tbody tr:hover', (row) => row.dataset.code);
      const { units } = await values('identifications', { vintage: '2022' });
      const { id } = units.find((unit) => unit.code === code);
      assert.equal(await page.evaluate((of) => document.querySelector('#viewer').hlpMap
        .getFeatureState({ source: 'boundaries-2022', sourceLayer: 'khoroos', id: of }).hover, id), true);
    });
  });
});

describe('the table twin', () => {
  test('has every khoroo with the value that the map shows', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?view=table&measure=replications');
      const values = await getJson('/api/v1/values/replications.json?vintage=2022&level=khoroo');
      const expected = new Map(values.units.map((unit) => [unit.code, String(unit.cells['2022'].value)]));
      const rows = await page.$$eval('.table-zone tbody tr', (all) =>
        all.map((row) => [row.dataset.code, row.children[2].textContent.trim()]));
      assert.equal(rows.length, 204);
      assert.deepEqual(new Map(rows), new Map(rows.map(([code]) => [code, expected.get(code)])));
    });
  });

  test('leads from the keyboard to a khoroo on the map', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      await page.locator('[data-part="tableToggle"]').focus();
      await page.keyboard.press('Enter');
      await page.waitForSelector('.table-zone tbody tr');
      const pressTabUntil = async (selector) => {
        for (let n_presses = 0; n_presses < 60; n_presses += 1) {
          if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
          await page.keyboard.press('Tab');
        }
        assert.fail(`the keyboard does not reach ${selector}`);
      };
      await pressTabUntil('.table-zone tbody button');
      await page.keyboard.press('Tab');
      const code = await page.evaluate(() => document.activeElement.closest('tr').dataset.code);
      await act(page, () => page.keyboard.press('Enter'));
      assert.match(page.url(), new RegExp(`select=${code}(&|#|$)`));
      assert.equal(await page.getAttribute(`tr[data-code="${code}"] button`, 'aria-pressed'), 'true');
      const number = code.split('-')[1];
      await page.waitForFunction(
        (n) => new RegExp(`Khoroo ${n}: \\d+\\.`).test(document.querySelector('[data-part="status"]').textContent),
        number,
        { timeout: 5000 },
      );
      await page.waitForFunction(
        () => document.querySelector('#viewer').hlpMap.queryRenderedFeatures({ layers: ['khoroos-selected:2022'] }).length > 0,
        null,
        { timeout: 15_000 },
      );
      assert.ok(await page.evaluate(() => document.activeElement.matches('.table-zone tbody button')), 'focus was lost');
    });
  });

  test('sorts by value, highest first', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?view=table');
      await page.click('.table-zone th.number button');
      const numbers = await page.$$eval('.table-zone tbody tr', (rows) => rows.map((r) => Number(r.children[2].textContent)));
      assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a));
      assert.ok(numbers[0] > numbers.at(-1));
    });
  });
});
