// The pages that the server writes, in a browser: access, narrow and large, dark, without script, on paper.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { baseUrl, getJson, launch, newPage } from './support.mjs';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const PAGES = [
  'khoroos/bzd-26',
  'khoroos/bzd-26?vintage=2020',
  'districts/bzd',
  'practices',
  'practices?q=zzzz',
  'practices/p-2022-055',
  'tracker',
  'tracker?cycle=2022&district=bzd&print=1',
  'tracker/records?card=identify&figure=identifications',
  'about',
  'khoroos/bzd-999',
];
const LANGS = ['mn', 'en'];

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Walks pages in one window, noting what is wrong with each; a page that is not there is no fault of the browser. */
async function walk(options, paths, body) {
  const opened = await newPage(browser, options);
  try {
    for (const path of paths) {
      await opened.page.goto(`${baseUrl}${path}`);
      await body(opened.page, path);
      const expected = path.includes('bzd-999') ? /status of 404/ : null;
      assert.deepEqual(opened.faults.splice(0).filter((fault) => !expected?.test(fault)), [], path);
      assert.deepEqual(await opened.page.evaluate(() => window.policyViolations), [], path);
    }
    const own = new URL(baseUrl).origin;
    assert.deepEqual(opened.requests.filter((url) => !url.startsWith('data:') && new URL(url).origin !== own), []);
  } finally {
    await opened.close();
  }
}

const withPage = (options, path, body) => walk(options, [path], body);
const inBoth = LANGS.flatMap((lang) => PAGES.map((path) => `/${lang}/${path}`));
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

describe('every kind of page', () => {
  for (const colorScheme of ['light', 'dark']) {
    test(`has no violation that axe finds, ${colorScheme}`, async () => {
      await walk({ colorScheme, width: 1280 }, inBoth, async (page, path) => {
        await page.evaluate(axeSource);
        const violations = await page.evaluate(async () => {
          const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
          const result = await window.axe.run(document, { runOnly: tags });
          return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`);
        });
        assert.deepEqual(violations, [], path);
      });
    });
  }

  test('fits 320 pixels, and text of twice the size at 640, without scrolling sideways', async () => {
    await walk({ width: 320, height: 640 }, inBoth, async (page, path) => {
      assert.ok((await sideways(page)) <= 0, `${path} at 320`);
    });
    await walk({ width: 640 }, inBoth, async (page, path) => {
      await page.evaluate(() => {
        for (const element of document.querySelectorAll('body *')) {
          element.dataset.size = String(2 * Number.parseFloat(getComputedStyle(element).fontSize));
        }
        for (const element of document.querySelectorAll('body *')) element.style.fontSize = `${element.dataset.size}px`;
      });
      assert.ok((await sideways(page)) <= 0, `${path} with large text`);
    });
  });

  test('has targets of 24 pixels, but for links in a line of text', async () => {
    await walk({ width: 360 }, PAGES.map((path) => `/mn/${path}`), async (page, path) => {
      const small = await page.$$eval('a, button, input, select', (all) =>
        // Khoroos on the map have their ground's size; lists beside it lead to the same pages.
        all.filter((element) => !element.matches('.skip, .picture a, p a, td a, th a, dd a, h2 a, h3 a, li a:not(nav a)'))
          .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML.slice(0, 100) }))
          .filter(({ box }) => box.width > 0 && (box.height < 24 || box.width < 24))
          .map(({ html }) => html));
      assert.deepEqual(small, [], path);
    });
  });
});

describe('by keyboard', () => {
  test('the first step skips to the content, and a table that scrolls can be scrolled', async () => {
    await withPage({ width: 360 }, '/mn/districts/bzd', async (page) => {
      await page.keyboard.press('Tab');
      const skip = await page.evaluate(() => document.activeElement.textContent);
      assert.equal(skip, 'Үндсэн агуулга руу очих');
      const box = await page.evaluate(() => document.activeElement.getBoundingClientRect().toJSON());
      assert.ok(box.left >= 0 && box.width > 24, 'the skip link is seen while it has the focus');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
      const table = page.locator('.scroll').nth(1);
      await table.focus();
      assert.ok(await table.evaluate((element) => element === document.activeElement));
      const moved = table.evaluate((element) => new Promise((resolve) => {
        element.addEventListener('scroll', () => resolve(element.scrollLeft), { once: true });
      }));
      await page.keyboard.press('ArrowRight');
      assert.ok((await moved) > 0);
    });
  });

  test('a form is filled and sent', async () => {
    await withPage({}, '/en/practices', async (page) => {
      await page.focus('#q');
      await page.keyboard.type('toilet');
      await page.keyboard.press('Enter');
      await page.waitForURL(/q=toilet/);
      const found = await page.textContent('[role=status]');
      const { total } = await getJson('/api/v1/practices?q=toilet&limit=1');
      assert.equal(found, `Practices found: ${total}`);
      assert.ok(total > 0);
      assert.equal(await page.inputValue('#q'), 'toilet');
    });
  });
});

describe('without script', () => {
  test('every page tells the same', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    try {
      for (const lang of LANGS) {
        for (const path of PAGES) {
          await page.goto(`${baseUrl}/${lang}/${path}`);
          assert.ok((await page.textContent('h1')).length > 3, path);
          assert.equal(await page.getAttribute('html', 'lang'), lang);
        }
      }
      await page.goto(`${baseUrl}/en/tracker`);
      await page.selectOption('#cycle', '2022');
      await page.selectOption('#district', 'bzd');
      await page.click('form.choices button');
      const card = (await getJson('/api/v1/tracker?cycle=2022&district=bzd')).steps[0];
      assert.equal(await page.textContent('.cards .number'), String(card.figures[0].value));
      await page.click('.cards .number a');
      assert.match(page.url(), /tracker\/records\?cycle=2022&district=bzd/);
      assert.match(await page.textContent('main'), new RegExp(`Number of records: ${card.figures[0].value}`));
    } finally {
      await context.close();
    }
  });

  test('one page leads to the other language and back', async () => {
    await withPage({}, '/mn/khoroos/bzd-26?vintage=2020', async (page) => {
      await page.click('a.language');
      assert.match(page.url(), /\/en\/khoroos\/bzd-26\?vintage=2020$/);
      assert.equal(await page.textContent('h1'), 'Khoroo 26, Bayanzurkh district');
      await page.click('a.language');
      assert.equal(await page.textContent('h1'), 'Баянзүрх дүүргийн 26 дугаар хороо');
    });
  });
});

describe('on paper', () => {
  test('a report has no controls, black ink, and fits the width of A4', async () => {
    await withPage({ width: 718 }, '/mn/tracker?cycle=2022&district=bzd&print=1', async (page) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const seen = await page.$$eval('form, nav, .language, .skip', (all) => all.filter((e) => e.getClientRects().length > 0).length);
      assert.equal(seen, 0);
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
      assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.cards a')).color), 'rgb(0, 0, 0)');
      assert.ok((await sideways(page)) <= 0);
      assert.equal(await page.locator('section:last-of-type tbody tr').count(), 43);
    });
  });
});
