// What a visitor can choose: measure, rate, theme, cycle, layers.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { act, fills, framed, getJson, inPage, launch, open, ready, toCycle, withConfig } from './support.mjs';

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
      assert.equal(value, Math.round((248 / residents) * 1_000_000) / 100);
      assert.equal(await page.textContent('.heading .figure'), value.toFixed(2));
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

  test('the square has the columns and rows that can occur, named as the service names them', async () => {
    for (const query of ['rate=per10000', 'theme=waste']) {
      await withPage({}, async ({ page }) => {
        await open(page, `/en/?measure=bivariate&${query}`);
        const told = await getJson(`/legends/bivariate.json?${query}`);
        const heads = await page.$$eval('.square th[scope="col"]', (all) => all.slice(1).map((th) => th.textContent));
        const rows = await page.$$eval('.square th[scope="row"]', (all) => all.map((th) => th.textContent));
        assert.deepEqual([heads, rows], told.side_labels.map((side) => side.map(({ en }) => en)));
        assert.equal(await page.locator('.square td[data-class]').count(), heads.length * rows.length);
      });
    }
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

  test('stands at no cycle where the boundaries have none, and leads from there to each', async () => {
    await withPage({}, async ({ page }) => {
      await withConfig(page, 'en', (config) => {
        const [first] = config.cycles;
        config.cycles = [first, { ...first, id: 'later', title_en: 'later cycle' }];
      });
      await open(page, '/en/?vintage=2022&form=cells');
      const slider = page.locator('.timeline input');
      assert.equal(await slider.getAttribute('aria-valuetext'), 'None was counted on these boundaries');
      assert.equal(await slider.getAttribute('class'), 'unset');
      assert.equal(await page.locator('.timeline li.now').count(), 0);
      await act(page, () => slider.press('Home'));
      assert.match(page.url(), /cycle=2020/);
      assert.equal(await slider.getAttribute('aria-valuetext'), '2020 cycle, 171 khoroos');
      assert.equal(await slider.getAttribute('class'), '');
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
