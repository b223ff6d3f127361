// What a visitor can choose: measure, rate, theme, cycle, layers, search, rows of the table.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { act, fills, framed, getJson, inPage, launch, open, ready, toCycle } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

const values = (measure, query) => getJson(`/api/v1/values/${measure}.json?${new URLSearchParams(query)}`);

async function assertPainted(page, answer, layer = 'khoroos') {
  const { units, classes, cycle, vintage } = answer;
  const expected = units.map((unit) => classes[unit.cells[cycle].class].colour);
  assert.deepEqual(await fills(page, vintage, layer, units.map(({ id }) => id)), expected);
}

describe('the control bar', () => {
  test('a rate is painted in its own classes and names the year of its population', async () => {
    await withPage({}, async ({ page, tileRequests }) => {
      await open(page, '/en/');
      await framed(page);
      const n_tiles = tileRequests().length;
      await act(page, () => page.check('input[value="per10000"]', { force: true }));
      const rate = await values('identifications', { vintage: '2022', rate: 'per10000' });
      await assertPainted(page, rate);
      assert.equal(tileRequests().length, n_tiles);
      assert.equal(await page.textContent('.heading .base'), 'per 10,000 residents · in 204 khoroos · population of 2022');
      // The rate of the city as one: 248 practices, 1,596,335 residents.
      const { value, residents } = rate.totals.city['2022'];
      assert.equal(value, Math.round((248 / residents) * 100_000) / 10);
      assert.equal(await page.textContent('.heading .figure'), String(value));
      assert.match(page.url(), /rate=per10000/);
    });
  });

  test('a theme is counted alone, and a remark says that colours of two themes do not compare', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      await act(page, () => page.selectOption('select[name="hlp-theme"]', 'waste'));
      const waste = await values('identifications', { vintage: '2022', theme: 'waste' });
      await assertPainted(page, waste);
      const total = waste.units.reduce((sum, unit) => sum + unit.cells['2022'].value, 0);
      assert.equal(await page.textContent('.heading .figure'), String(total));
      assert.match(await page.textContent('h1'), /^Good practices identified \(Waste.*\), by khoroo, 2022 cycle$/);
      assert.ok((await page.textContent('.notes')).includes(waste.notes[0].en));
    });
  });

  test('taking part is shown in words, and has no rate', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?rate=per10000&measure=participation&view=table');
      await assertPainted(page, await values('participation', { vintage: '2022' }));
      assert.ok(await page.isDisabled('input[value="per10000"]'));
      assert.equal(await page.isChecked('input[value="per10000"]'), false);
      const words = new Set(await page.$$eval('.table-zone tbody td.number:nth-child(3)', (all) => all.map((td) => td.textContent.trim())));
      assert.deepEqual([...words].sort(), ['Entered a practice', 'Entered nothing']);
    });
  });

  test('both figures have a square of nine fields whose counts are those of the map', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?measure=bivariate');
      const both = await values('bivariate', { vintage: '2022' });
      await assertPainted(page, both);
      const fields = await page.$$eval('.square td[data-class]', (all) =>
        all.map((td) => [Number(td.dataset.class), td.querySelector('text').textContent.trim(), td.querySelector('rect').getAttribute('fill')]));
      assert.equal(fields.length, 9);
      for (const [idx, count, colour] of fields) {
        assert.equal(Number(count), both.units.filter((unit) => unit.cells['2022'].class === idx).length);
        assert.equal(colour, both.classes[idx].colour);
      }
    });
  });

  test('where replications were not counted, what is known stands for both, and a sentence says so', async () => {
    const { units } = await getJson('/api/v1/values/identifications.json?vintage=2020&level=khoroo');
    for (const [lang, words] of [['mn', /нутагшуулсан тоог бүртгээгүй/], ['en', /Replications were not counted in this cycle/]]) {
      for (const form of ['map', 'cells']) {
        await withPage({}, async ({ page }) => {
          await open(page, `/${lang}/?measure=bivariate&cycle=2020&form=${form}`);
          assert.match(await page.textContent('.legend-zone .remark'), words);
          assert.equal(await page.locator('.square').count(), 0, 'a square of which nothing is known');
          const counts = await page.$$eval('.legend .count', (all) => all.map((one) => Number(one.textContent)));
          assert.equal(counts.reduce((sum, count) => sum + count, 0), units.length);
          assert.ok(counts.filter((count) => count > 0).length > 2, counts.join());
          assert.ok(await page.isChecked('input[value="bivariate"]'), 'the choice stays');
          await act(page, () => toCycle(page, 1));
          assert.equal(await page.locator('.square').count(), 1);
          assert.equal(await page.locator('.legend-zone .remark').count(), 0);
        });
      }
    }
  });

  test('practices and replication lines lie over the map only when they are asked for', async () => {
    await withPage({}, async ({ page, requests }) => {
      await open(page, '/en/');
      assert.ok(!requests.some((url) => url.includes('/tracker-2022/')), 'records were fetched unasked');
      await act(page, () => page.check('input[name="hlp-practices"]', { force: true }));
      await act(page, () => page.check('input[name="hlp-replications"]', { force: true }));
      const drawn = (layer) => page.evaluate((id) =>
        document.querySelector('#viewer').hlpMap.queryRenderedFeatures({ layers: [id] }).map((f) => f.properties), layer);
      const dots = await drawn('practices-dot:2022');
      assert.ok(dots.length > 40, `${dots.length} dots`);
      assert.ok(dots.every(({ cycles }) => cycles.includes('2022')));
      const lines = await drawn('replications-line:2022');
      assert.ok(new Set(lines.map(({ id }) => id)).size > 40, `${lines.length} lines`);
      assert.ok((await drawn('replications-arrow:2022')).length > 20, 'lines without a direction');
      assert.equal(await page.locator('.record-legend li').count(), 2);
      await act(page, () => page.selectOption('select[name="hlp-theme"]', 'waste'));
      assert.deepEqual([...new Set((await drawn('replications-line:2022')).map(({ theme }) => theme))], ['waste']);
      assert.match(page.url(), /layers=practices,replications/);
      await act(page, () => page.uncheck('input[name="hlp-practices"]', { force: true }));
      assert.deepEqual(await drawn('practices-dot:2022'), []);
    });
  });

  test('districts that lie apart have frames in the map’s colours, which lead there and then go', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      await page.waitForSelector('.inset[data-code="bkh"]');
      const answer = await values('identifications', { vintage: '2022' });
      const shown = await page.$$eval('.inset path[data-id]', (all) => all.map((path) => [Number(path.dataset.id), path.getAttribute('fill')]));
      const apart = answer.units.filter(({ district }) => district === 'bn' || district === 'bkh');
      assert.deepEqual(new Map(shown), new Map(apart.map((unit) => [unit.id, answer.classes[unit.cells['2022'].class].colour])));
      await page.getByRole('button', { name: 'Baganuur' }).click();
      await page.waitForSelector('.inset[data-code="bn"]', { state: 'detached' });
      const [lon, lat] = (await getJson('/api/v1/districts/bn')).label;
      assert.ok(await page.evaluate(([x, y]) => document.querySelector('#viewer').hlpMap.getBounds().contains([x, y]), [lon, lat]));
      assert.equal(await page.locator('.inset[data-code="bkh"]').count(), 1);
    });
  });
});

describe('the slider of cycles', () => {
  test('plays from the first to the last, each on its own lines, and stops', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      await page.getByRole('button', { name: 'Play' }).click();
      await page.waitForFunction(() => document.querySelector('.heading .figure')?.textContent === '144', null, { timeout: 15_000 });
      await page.waitForFunction(() => document.querySelector('.heading .figure')?.textContent === '248', null, { timeout: 15_000 });
      await page.getByRole('button', { name: 'Play' }).waitFor();
      await ready(page);
      await assertPainted(page, await values('identifications', { vintage: '2022' }));
      const n_entries = await page.evaluate(() => history.length);
      assert.ok(n_entries <= 2, 'playing filled the way back');
    });
  });

  test('goes one step at a press with reduced motion', async () => {
    await withPage({ reducedMotion: 'reduce' }, async ({ page }) => {
      await open(page, '/en/');
      assert.equal(await page.getByRole('button', { name: 'Play' }).count(), 0);
      await act(page, () => page.getByRole('button', { name: 'Next cycle' }).click());
      assert.equal(await page.textContent('.heading .figure'), '144');
      assert.equal(await page.inputValue('.timeline input'), '0');
    });
  });

  test('tells a screen reader cycle and khoroos, and moves by keyboard', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/mn/');
      await page.locator('.timeline input').focus();
      assert.equal(await page.getAttribute('.timeline input', 'aria-valuetext'), '2022 оны мөчлөг, 204 хороо');
      await act(page, () => page.keyboard.press('ArrowLeft'));
      assert.equal(await page.getAttribute('.timeline input', 'aria-valuetext'), '2020 оны мөчлөг, 171 хороо');
      assert.match(page.url(), /cycle=2020/);
    });
  });

  test('a vintage without lines is shown by district, in words', async () => {
    await withPage({}, async ({ page }) => {
      await page.route(/\/en\/(\?.*)?$/, async (route) => {
        const html = await (await route.fetch()).text();
        const block = /(<script type="application\/json" id="hlp-config">)(.*?)(<\/script>)/s;
        const without = html.replace(block, (_, before, json, after) => {
          const config = JSON.parse(json);
          config.vintages.find(({ id }) => id === '2020').has_lines = false;
          return before + JSON.stringify(config).replaceAll('<', '\\u003c') + after;
        });
        await route.fulfill({ body: without, contentType: 'text/html; charset=utf-8' });
      });
      await open(page, '/en/');
      await act(page, () => toCycle(page, 0));
      await assertPainted(page, await values('identifications', { vintage: '2020', level: 'district' }), 'districts');
      assert.match(await page.textContent('.notes .remark'), /not published, so districts are shown/);
    });
  });
});

test('zones are called by what is in them', async () => {
  for (const [lang, choices, table] of [['mn', 'Газрын зургийн сонголт', 'Хүснэгт'], ['en', 'What the map shows', 'Table']]) {
    await withPage({}, async ({ page }) => {
      await open(page, `/${lang}/?view=table`);
      for (const name of [choices, table]) assert.equal(await page.getByRole('region', { name, exact: true }).count(), 1, name);
    });
  }
});

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
});

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
      assert.deepEqual((await foot(page)).slice(0, 2), ['Bayanzurkh, overall', rates.totals.bzd['2022'].value.toFixed(1)]);
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
