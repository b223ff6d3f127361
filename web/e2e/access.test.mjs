// Everybody gets at everything: axe, narrow windows, the keyboard, what is told to screen readers.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { act, inPage, launch, open } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

describe('access', () => {
  const screens = [
    { name: '1440', width: 1440, height: 900 },
    { name: '360', width: 360, height: 740 },
  ];
  for (const { name, width, height } of screens) {
    for (const [lang, colorScheme] of [['mn', 'light'], ['mn', 'dark'], ['en', 'light']]) {
      test(`axe finds nothing at ${name} px in ${lang}, ${colorScheme}`, async () => {
        await withPage({ width, height, colorScheme }, async ({ page }) => {
          await open(page, `/${lang}/`);
          await assertAccessible(page, 'first view');
          await page.click('[data-part="tableToggle"]');
          await act(page, () => page.click('.table-zone tbody tr:nth-child(3) button'));
          await assertAccessible(page, 'table and chosen khoroo');
        });
      });
    }
  }

  for (const lang of ['mn', 'en']) {
    test(`axe finds nothing in what can be chosen, in ${lang}`, async () => {
      await withPage({}, async ({ page }) => {
        for (const [query, selector] of [
          ['measure=bivariate', '.square td[data-class]'],
          ['form=cells&level=district&select=bzd', '.cells [role=option]'],
          ['layers=practices,replications&select=bzd-26', '.record-legend li'],
          ['view=table&filter=qqq', '.table-zone .empty'],
          ['rate=per10000&theme=waste&cycle=2020', '.legend tr'],
        ]) {
          await open(page, `/${lang}/?${query}`);
          await page.waitForSelector(selector);
          await assertAccessible(page, `${query}, ${lang}`);
        }
        await page.fill('.search input', 'bzd');
        await page.waitForSelector('.search [role=option]');
        await page.keyboard.press('ArrowDown');
        await assertAccessible(page, `search, ${lang}`);
      });
    });
  }

  test('axe finds nothing on a telephone that is shown the map', async () => {
    await withPage({ width: 360, height: 740 }, async ({ page }) => {
      await open(page, '/mn/?form=map&select=bgd-7');
      await page.click('.more-toggle');
      await assertAccessible(page, 'map at 360 px');
    });
  });

  for (const width of [320, 360, 768]) {
    test(`nothing runs off sideways at ${width} px`, async () => {
      for (const lang of ['mn', 'en']) {
        await withPage({ width, height: 740 }, async ({ page }) => {
          await open(page, `/${lang}/?view=table&select=bgd-7`);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(overflow <= 0, `${overflow} px too wide in ${lang}`);
        });
      }
    });
  }

  test('at twice the size nothing is lost: a window of half the width, with every part in reach', async () => {
    await withPage({ width: 720, height: 450, deviceScaleFactor: 2 }, async ({ page }) => {
      await open(page, '/mn/?view=table&select=bgd-7');
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
      for (const part of ['.search input', '.controls select', '.map canvas', '.timeline input', '.legend', '.table-zone table', '.figures h2']) {
        assert.ok(await page.locator(part).first().isVisible(), part);
      }
    });
  });

  test('a change of what is shown is told to screen readers', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      await act(page, () => page.check('input[value="replications"]', { force: true }));
      await page.waitForFunction(() =>
        document.querySelector('[data-part="status"]').textContent === 'Good practices replicated, by khoroo, 2022 cycle: 95');
    });
  });

  /** Zones that the keyboard comes to, in its order, with where they stand; each once in a row. */
  async function walk(page) {
    await page.evaluate(() => { window.scrollTo(0, 0); document.querySelector('.live .brand').focus(); });
    const visited = [];
    for (let n_presses = 0; n_presses < 200; n_presses += 1) {
      await page.keyboard.press('Tab');
      const zone = await page.evaluate(() => {
        const part = document.activeElement.closest('.live .search, .live .controls, .live .stage, .live .timeline, .live .legend-zone, .live .actions, .live .table-zone');
        if (!part) return document.activeElement === document.body ? 'end' : null;
        const { x, y } = part.getBoundingClientRect();
        return { name: part.className.split(' ')[0], x: Math.round(x), y: Math.round(y + window.scrollY) };
      });
      if (zone === 'end') return visited;
      if (zone && zone.name !== visited.at(-1)?.name) visited.push(zone);
    }
    return assert.fail('the keyboard does not come to an end');
  }

  test('the first steps of the keyboard lead past the head: to the map, and to the table', async () => {
    for (const [path, target] of [['/mn/#map=11.00/47.9200/106.9500', 'canvas'], ['/en/?form=cells', '[role=option]']]) {
      await withPage({}, async ({ page }) => {
        await open(page, path);
        await page.keyboard.press('Tab');
        assert.ok(await page.evaluate(() => document.activeElement.matches('.skip') && getComputedStyle(document.activeElement).clipPath === 'none'), 'not seen');
        const address = page.url();
        await page.keyboard.press('Enter');
        assert.ok(await page.evaluate((wanted) => document.activeElement.matches(`.stage ${wanted}`), target), path);
        assert.equal(page.url(), address, 'the camera stays in the address');
        await page.locator('.skip').last().focus();
        await page.keyboard.press('Enter');
        assert.ok(await page.evaluate(() => document.activeElement.matches('.table-scroll')), `${path}: the table`);
        assert.match(page.url(), /view=table/);
        await assertAccessible(page, `skipped to the table, ${path}`);
      });
    }
  });

  test('what is written into empty fields is never cut off', async () => {
    for (const width of [320, 360, 768, 1000, 1440]) {
      for (const path of ['/mn/?view=table', '/en/?view=table', '/embed?lang=mn']) {
        await withPage({ width, height: 800 }, async ({ page }) => {
          await open(page, path);
          const cut = await page.$$eval('input[placeholder]', (all) => all.filter((one) => one.checkVisibility()).flatMap((input) => {
            const style = getComputedStyle(input);
            const pen = document.createElement('canvas').getContext('2d');
            pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
            const room = input.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
            const wanted = pen.measureText(input.placeholder).width;
            return wanted > room ? [`${input.placeholder}: ${wanted} in ${room}`] : [];
          }));
          assert.deepEqual(cut, [], `${path} at ${width}`);
        });
      }
    }
  });

  test('the keyboard goes through a narrow page from top to bottom, and so does whoever reads it aloud', async () => {
    const names = ['search', 'controls', 'stage', 'timeline', 'legend-zone', 'actions'];
    for (const [path, expected] of [
      ['/mn/', names], ['/en/?form=map', names],
      ['/embed?lang=en', names.slice(0, -1)],
    ]) {
      await withPage({ width: 360, height: 740 }, async ({ page }) => {
        await open(page, path);
        const visited = await walk(page);
        assert.deepEqual(visited.map(({ name }) => name), expected, path);
        const tops = visited.map(({ y }) => y);
        assert.deepEqual(tops, [...tops].sort((a, b) => a - b), path);
        const read = await page.$$eval('.live main > *', (all) => all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().y));
        assert.deepEqual(read, [...read].sort((a, b) => a - b), `${path}, as it is read`);
      });
    }
  });

  test('a window that becomes wide has its columns one after the other, and keeps the focus', async () => {
    await withPage({ width: 360, height: 740 }, async ({ page }) => {
      await open(page, '/en/?form=map');
      await page.focus('.timeline input');
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.waitForSelector('.panel .legend-zone');
      assert.ok(await page.evaluate(() => document.activeElement.matches('.timeline input')), 'the focus was lost');
      const visited = await walk(page);
      assert.deepEqual(visited.map(({ name }) => name), ['controls', 'search', 'legend-zone', 'actions', 'stage', 'timeline']);
      const beside = visited.slice(1).map(({ x, y }) => [x, y]);
      assert.deepEqual(beside, [...beside].sort(([ax, ay], [bx, by]) => ((ax < 300) === (bx < 300) ? ay - by : ax - bx)));
    });
  });

  test('every button has a name and is 24 px or larger', async () => {
    await withPage({ width: 360, height: 740 }, async ({ page }) => {
      await open(page, '/mn/?view=table&select=bgd-7');
      const faults = await page.$$eval('#viewer button, #viewer label, #viewer a', (all) =>
        all.filter((e) => e.offsetParent !== null).flatMap((e) => {
          const { width, height } = e.getBoundingClientRect();
          const name = (e.getAttribute('aria-label') ?? e.textContent).trim();
          return name !== '' && width >= 24 && height >= 24 ? [] : [`${name || e.outerHTML} ${width} × ${height}`];
        }));
      assert.deepEqual(faults, []);
    });
  });
});
