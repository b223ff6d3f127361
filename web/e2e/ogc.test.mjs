// The pages of the OGC API in a browser: their map, form and errors, without script.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { baseUrl, getJson, launch, newPage } from './support.mjs';

const PAGES = [
  '/ogc',
  '/ogc/conformance',
  '/ogc/api.html',
  '/ogc/collections',
  '/ogc/collections/khoroos',
  '/ogc/collections/khoroos/items',
  '/ogc/collections/khoroos/items/bzd-26',
  '/ogc/collections/khoroo-versions/items?limit=10&sortby=-population',
  '/ogc/collections/practices/items',
  '/ogc/collections/practices/items/p-2022-055',
  '/ogc/collections/replications/items',
  '/ogc/collections/lineage/items',
  '/ogc/collections/khoroos/queryables',
  '/ogc/collections/khoroos/tiles',
  '/ogc/collections/khoroos/items?filter=population%20%3E',
  '/ogc/collections/khoroos/items?colour=red',
  '/ogc/collections/nothing',
];
const LANGS = ['mn', 'en'];
/** What a browser says of the pages that tell of errors. */
const REFUSED = /status of 4\d\d/;

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const inLanguage = (path, lang) => `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`;
const inBoth = LANGS.flatMap((lang) => PAGES.map((path) => inLanguage(path, lang)));

/** Pages in one window without script; nothing may go wrong but that some tell of errors. */
async function walk(options, paths, body) {
  const opened = await newPage(browser, options);
  try {
    for (const path of paths) {
      await opened.page.goto(baseUrl + path);
      await body(opened.page, path);
      assert.deepEqual(opened.faults.splice(0).filter((fault) => !REFUSED.test(fault)), [], path);
    }
    const own = new URL(baseUrl).origin;
    assert.deepEqual(opened.requests.filter((url) => !url.startsWith('data:') && new URL(url).origin !== own), []);
  } finally {
    await opened.close();
  }
}

const plain = { javaScriptEnabled: false };
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

describe('pages of the OGC API', () => {
  for (const colorScheme of ['light', 'dark']) {
    test(`have no violation that axe finds, ${colorScheme}`, async () => {
      await walk({ colorScheme, width: 1280 }, inBoth, assertAccessible);
    });
  }

  test('fit every window; tables scroll inside themselves', async () => {
    for (const width of [1440, 768, 360, 320]) {
      await walk({ width, height: 740 }, inBoth, async (page, path) => {
        assert.ok((await sideways(page)) <= 0, `${path} at ${width}`);
      });
    }
    await walk({ width: 360, height: 740 }, [PAGES[5]], async (page) => {
      const inside = await page.locator('.scroll').first().evaluate((box) => box.scrollWidth - box.clientWidth);
      assert.ok(inside > 0, 'a wide table scrolls');
    });
  });

  test('are printed without form and links, with their map and table', async () => {
    await walk(plain, [PAGES[5]], async (page) => {
      await page.emulateMedia({ media: 'print' });
      for (const [what, is] of [['#form form', false], ['.features svg', true], ['table', true]]) {
        assert.equal(await page.locator(what).first().isVisible(), is, what);
      }
    });
  });
});

describe('the map of a page', () => {
  test('leads to the page of what is clicked, with its name', async () => {
    await walk(plain, ['/ogc/collections/khoroos/items?lang=en&filter=code%20%3D%20%27bzd-26%27'], async (page) => {
      const link = page.locator('.features a');
      assert.equal(await link.count(), 1);
      assert.match(await link.locator('title').textContent(), /^Khoroo 26 \(bzd-26\)$/);
      await link.locator('path').click();
      assert.match(new URL(page.url()).pathname, /\/khoroos\/items\/bzd-26$/);
      assert.equal(await page.locator('h1').textContent(), 'bzd-26');
      assert.equal(await page.locator('.features > svg').count(), 1);
      assert.equal(await page.locator('.features a').count(), 0);
    });
  });

  test('can be walked by keyboard or skipped; what has the focus is seen', async () => {
    await walk({}, ['/ogc/collections/practices/items?lang=en&limit=5'], async (page) => {
      await page.locator('section > .skip').focus();
      await page.keyboard.press('Tab');
      const look = () => page.evaluate(() => {
        const { stroke, strokeWidth } = getComputedStyle(document.activeElement.querySelector('path'));
        return { stroke, strokeWidth };
      });
      const focused = await look();
      const [first, second] = await page.locator('.features a > path').evaluateAll((paths) => paths.map((path) => {
        const { stroke, strokeWidth } = getComputedStyle(path);
        return { stroke, strokeWidth };
      }));
      assert.deepEqual(focused, first);
      assert.notDeepEqual(first, second);
      await page.locator('section > .skip').press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'below-map');
    });
  });

  test('has as many links as features', async () => {
    for (const collection of ['districts', 'khoroos', 'practices', 'replications']) {
      const { features } = await getJson(`/ogc/collections/${collection}/items?limit=60`);
      const placed = features.filter(({ geometry }) => geometry).length;
      await walk(plain, [`/ogc/collections/${collection}/items?limit=60`], async (page) => {
        assert.equal(await page.locator('.features a').count(), placed, collection);
      });
    }
  });
});

describe('the form of a page', () => {
  test('asks without script, keeps what was filled in, and leaves out what was not', async () => {
    await walk(plain, ['/ogc/collections/khoroos/items?lang=mn'], async (page) => {
      await page.locator('#filter').fill("district = 'bzd' AND population > 5000");
      await page.locator('#sortby').selectOption('-population');
      await page.locator('#limit').selectOption('10');
      await page.locator('#form button').click();
      const { searchParams } = new URL(page.url());
      assert.deepEqual([...searchParams.keys()].sort(), ['f', 'filter', 'lang', 'limit', 'sortby']);
      assert.equal(await page.locator('#filter').inputValue(), "district = 'bzd' AND population > 5000");
      assert.equal(await page.locator('#sortby').inputValue(), '-population');
      assert.equal(await page.locator('html').getAttribute('lang'), 'mn');
      const ids = await page.locator('tbody th').allTextContents();
      searchParams.set('f', 'json');
      const { features } = await getJson(`/ogc/collections/khoroos/items?${searchParams}`);
      assert.deepEqual(ids, features.map(({ id }) => id));
      assert.ok(ids.length > 0 && ids.every((id) => id.startsWith('bzd-')));
    });
  });

  test('stands filled in on the page that tells what is wrong with it', async () => {
    await walk(plain, ['/ogc/collections/khoroos/items?lang=en'], async (page, path) => {
      await page.locator('#filter').fill('population >');
      await page.locator('#bbox').fill('106,47,108,49');
      const [answer] = await Promise.all([page.waitForNavigation(), page.locator('#form button').click()]);
      assert.equal(answer.status(), 400, path);
      assert.equal(await page.locator('#filter').inputValue(), 'population >');
      assert.equal(await page.locator('#filter').getAttribute('aria-invalid'), 'true');
      assert.equal(await page.locator('#bbox').inputValue(), '106,47,108,49');
      await page.locator('#filter').fill('population > 10000');
      await page.locator('#form button').click();
      assert.equal(await page.locator('h1').textContent(), 'Khoroos, newest boundaries (2022)');
      assert.ok((await page.locator('tbody th').count()) > 0);
    });
  });
});
