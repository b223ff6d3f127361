// What is there for those who have no pointer: menus that close, a map that tells where it looks, a table that is reached.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { getJson, inPage, insidePoints, launch, newPage, open } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

const focused = (page, selector) =>
  page.waitForFunction((s) => document.activeElement?.matches(s), selector, { timeout: 10_000 });

describe('the keyboard', () => {
  test('closes the ways to share with Escape, and only then leaves the chosen place', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?select=bzd-29');
      await page.waitForSelector('.figures.open');
      await page.focus('.share > button');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.share-ways:not([hidden])');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Escape');
      await page.waitForSelector('.share-ways[hidden]', { state: 'attached' });
      await focused(page, '.share > button');
      assert.equal(new URL(page.url()).searchParams.get('select'), 'bzd-29');
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => !new URL(location.href).searchParams.has('select'));
    });
  });

  const chosen = (page) => page.evaluate(() => new URL(location.href).searchParams.get('select'));

  test('sends the words at the pointer away with Escape, and only then leaves the chosen place', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?select=bzd-29');
      const words = page.locator('.tooltip');
      const [one, other] = await insidePoints(page, '2022', 6);
      const hover = async ({ x, y }) => {
        await page.mouse.move(x - 2, y);
        await page.mouse.move(x, y);
      };
      await hover(one);
      await page.waitForSelector('.tooltip:not([hidden])');
      await page.keyboard.press('Escape');
      assert.equal(await words.isVisible(), false);
      assert.equal(await chosen(page), 'bzd-29');
      await hover(one);
      assert.equal(await words.isVisible(), false, 'they are back without another place');
      await hover(other);
      await page.waitForSelector('.tooltip:not([hidden])');
      await hover(one);
      await page.waitForSelector('.tooltip:not([hidden])');
      await page.focus('.map canvas');
      await page.keyboard.press('Escape');
      assert.equal(await chosen(page), 'bzd-29');
      await page.keyboard.press('Escape');
      assert.equal(await chosen(page), null);
      await focused(page, '.map canvas');
    });
  });

  test('keeps its place among the cells when it leaves the chosen one', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?form=cells&select=bzd-29');
      await page.focus('.cells [role=option][data-code="bzd-29"]');
      await page.waitForSelector('.tooltip:not([hidden])');
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('.tooltip').isVisible(), false);
      assert.equal(await chosen(page), 'bzd-29');
      await page.keyboard.press('Escape');
      assert.equal(await chosen(page), null);
      await focused(page, '.cells [role=option][data-code="bzd-29"]');
    });
  });

  test('leaves no place from a field, and goes on from the table’s button where its own goes with the place', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?view=table&select=bzd-29');
      for (const field of ['.table-filters input', '.controls select']) {
        await page.locator(field).first().focus();
        await page.keyboard.press('Escape');
        assert.equal(await chosen(page), 'bzd-29', field);
      }
      await page.locator('.figures .more a').first().focus();
      await page.keyboard.press('Escape');
      assert.equal(await chosen(page), null);
      await focused(page, '[data-part="tableToggle"]');
    });
  });

  test('comes to the table that it has opened', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      await page.focus('[data-part="tableToggle"]');
      await page.keyboard.press('Enter');
      await focused(page, '#hlp-table-caption');
    });
  });

  test('hears of the khoroo in the middle of the map, and chooses it with Enter', async () => {
    await withPage({}, async ({ page }) => {
      const { units } = await getJson('/api/v1/values/identifications.json?vintage=2022&level=khoroo');
      await open(page, '/en/#14/47.92/106.92');
      await page.keyboard.press('Tab');
      await page.focus('.map canvas');
      const cross = () => page.evaluate(() => getComputedStyle(document.querySelector('.map'), '::after').content);
      assert.notEqual(await cross(), 'none');
      await page.keyboard.press('ArrowLeft');
      await page.waitForFunction(() => /khoroo.*: \d/i.test(document.querySelector('[data-part="status"]').textContent), null, { timeout: 30_000 });
      const { lng, lat } = await page.evaluate(() => document.querySelector('#viewer').hlpMap.getCenter());
      const { code } = await getJson(`/api/v1/khoroos-at?lon=${lng}&lat=${lat}`);
      const unit = units.find((one) => one.code === code);
      const said = await page.textContent('[data-part="status"]');
      assert.ok(said.includes(unit.name_en) && said.endsWith(`: ${unit.cells['2022'].value}`), said);
      await page.keyboard.press('Enter');
      await page.waitForFunction((wanted) => new URL(location.href).searchParams.get('select') === wanted, code);
      await page.evaluate(() => document.activeElement.blur());
      assert.equal(await cross(), 'none');
    });
  });
});

describe('replication lines of a cycle in which nobody counted', () => {
  for (const chosen of ['', '&select=bzd-12']) {
    test(`are told of as not counted${chosen && ', for a chosen khoroo too'}`, async () => {
      await withPage({}, async ({ page }) => {
        await open(page, `/en/?cycle=2020&layers=replications${chosen}`);
        await page.waitForFunction(() => /not counted in this cycle/.test(document.querySelector('.own-lines')?.textContent ?? ''));
      });
    });
  }
});

test('a frame says that there is no such part of the city', async () => {
  await withPage({}, async ({ page }) => {
    await open(page, '/embed?area=xyz&lang=en');
    await page.waitForSelector('.live [data-misread], [data-part="notices"] [data-misread]');
    assert.match(await page.textContent('[data-part="notices"] [data-misread]'), /xyz/);
  });
});

test('what is asked for ahead is used, and nothing comes twice', async () => {
  const { page, close } = await newPage(browser);
  try {
    const warned = [];
    page.on('console', (message) => { if (/preload/i.test(message.text())) warned.push(message.text()); });
    await open(page, '/en/');
    const links = await page.$$eval('link[rel="preload"], link[rel="modulepreload"]', (all) => all.map(({ href }) => href));
    assert.ok(links.some((href) => /maplibre-gl-.*\.css$/.test(href)));
    const n_times = await page.evaluate(() => performance.getEntriesByType('resource').filter(({ transferSize }) => transferSize > 0).map(({ name }) => name));
    for (const href of links) assert.ok(n_times.filter((name) => name === href).length <= 1, `${href} came twice`);
    assert.deepEqual(warned, []);
  } finally {
    await close();
  }
});
