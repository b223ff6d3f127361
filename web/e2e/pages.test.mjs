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

describe('the city’s page and the frame without script', () => {
  const open = async (path, { width, colorScheme = 'light' }, body) => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 800 }, colorScheme });
    const page = await context.newPage();
    try {
      await page.goto(`${baseUrl}${path}`);
      await body(page);
    } finally {
      await context.close();
    }
  };
  const links = (page) => page.getByRole('link').and(page.locator('.picture a'));

  for (const path of ['/mn/', '/en/', '/embed?lang=mn', '/embed?lang=en']) {
    test(`${path} has one map, every khoroo a link with name, district and value`, async () => {
      const lang = path.includes('en') ? 'en' : 'mn';
      const { units } = await getJson('/api/v1/values/identifications.json?vintage=2022&level=khoroo&cycle=2022');
      for (const [width, form] of [[1440, 'wide'], [768, 'wide'], [360, 'narrow'], [320, 'narrow']]) {
        await open(path, { width }, async (page) => {
          assert.equal(await page.locator('.picture:visible').count(), 1);
          assert.ok(await page.isVisible(`.picture.${form}`));
          // What is not shown is not read either.
          const names = await links(page).evaluateAll((all) => all.filter((a) => a.checkVisibility()).map((a) => [a.getAttribute('href'), a.querySelector('title').textContent]));
          assert.equal(names.length, 204);
          const said = new Map(names);
          for (const unit of units) {
            const name = said.get(`/${lang}/khoroos/${unit.code}`);
            assert.ok(name.startsWith(lang === 'en' ? unit.name_en : unit.name_mn), name);
            assert.ok(name.endsWith(`: ${unit.cells['2022'].value}`), name);
          }
          assert.ok(await page.isVisible('.key'));
          assert.ok(await page.isVisible('.notice'));
          assert.ok((await sideways(page)) <= 0, `${path} at ${width}`);
        });
      }
    });
  }

  test('what the map shows is chosen with a form, and stays in the other language', async () => {
    for (const [lang, other, width] of [['mn', 'en', 360], ['en', 'mn', 1440]]) {
      await open(`/${lang}/?select=bzd`, { width }, async (page) => {
        const lists = page.locator('form.choices select');
        assert.deepEqual(await lists.evaluateAll((all) => all.map(({ name }) => name)), ['measure', 'cycle', 'theme', 'rate', 'level']);
        const controls = await page.locator('form.choices :is(select, button)').evaluateAll((all) => all.map((e) => e.getBoundingClientRect().height));
        assert.ok(Math.min(...controls) >= 24, `${controls}`);
        assert.ok((await sideways(page)) <= 0, `${lang} at ${width}`);
        await page.selectOption('#measure', 'replications');
        await page.selectOption('#rate', 'per10000');
        await page.selectOption('#level', 'district');
        await page.click('form.choices button');
        const { units } = await getJson('/api/v1/values/replications.json?vintage=2022&level=district&rate=per10000&cycle=2022');
        const shown = async () => {
          const rows = await page.locator('#figures table').first().locator('tbody tr td:last-child').allTextContents();
          assert.deepEqual(rows, units.map(({ cells }) => cells['2022'].value.toFixed(2)));
          assert.deepEqual(await lists.evaluateAll((all) => all.map(({ value }) => value)), ['replications', '2022', '', 'per10000', 'district']);
          assert.ok(new URL(page.url()).searchParams.get('select') === 'bzd');
        };
        await shown();
        await page.click('a.language');
        await page.waitForURL(new RegExp(`/${other}/[?]`));
        await shown();
      });
    }
  });

  test('with script there is no such form', async () => {
    await withPage({}, '/en/', async (page) => assert.equal(await page.locator('form.choices').count(), 0));
  });

  test('a khoroo on the map is named in the accessibility tree, and leads to its page', async () => {
    await open('/en/', { width: 1440 }, async (page) => {
      const unit = (await getJson('/api/v1/values/identifications.json?vintage=2022&level=khoroo&cycle=2022')).units.find(({ code }) => code === 'bn-1');
      const link = page.getByRole('link', { name: `${unit.name_en}, Baganuur: ${unit.cells['2022'].value}`, exact: true });
      assert.equal(await link.count(), 1);
      await link.focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/en\/khoroos\/bn-1$/);
    });
  });

  test('cells are as large as a fingertip needs, and the dark page has dark colours', async () => {
    await open('/mn/', { width: 360 }, async (page) => {
      const sizes = await page.$$eval('.picture.narrow a', (all) => all.map((a) => a.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)));
      assert.ok(Math.min(...sizes) >= 23, `${Math.min(...sizes)} px`);
    });
    const fills = {};
    for (const colorScheme of ['light', 'dark']) {
      await open('/mn/', { width: 1440, colorScheme }, async (page) => {
        fills[colorScheme] = await page.$$eval('.picture.wide a > path, .key rect:first-child', (all) => [...new Set(all.map((e) => getComputedStyle(e).fill))].sort());
      });
    }
    const { classes } = await getJson('/api/v1/values/identifications.json?vintage=2022&level=khoroo&cycle=2022');
    const rgb = (hex) => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
    const shown = classes.filter(({ kind }) => kind !== 'no_data');
    for (const { colour, colour_dark: dark } of shown) {
      assert.ok(fills.light.includes(rgb(colour)), `${colour}: ${fills.light}`);
      assert.ok(fills.dark.includes(rgb(dark)), `${dark}: ${fills.dark}`);
    }
  });
});

describe('on paper', () => {
  test('every page is black on white, without what is pressed, and fits the width of A4', async () => {
    const paths = ['khoroos/bzd-26', 'districts/bzd', 'practices/p-2022-055', 'tracker', 'about'].flatMap((path) => [`/mn/${path}`, `/en/${path}`]);
    await walk({ width: 680, colorScheme: 'dark' }, paths, async (page, path) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const seen = await page.$$eval('form, nav, .language, .skip, .crumbs, .pages', (all) => all.filter((e) => e.getClientRects().length > 0).length);
      assert.equal(seen, 0, path);
      const style = await page.evaluate(() => {
        const of = (selector) => getComputedStyle(document.querySelector(selector));
        return { ground: of('body').backgroundColor, ink: of('h1').color, link: of('main a')?.textDecorationLine, head: of('thead')?.display };
      });
      assert.deepEqual([style.ground, style.ink, style.link], ['rgb(255, 255, 255)', 'rgb(0, 0, 0)', 'none'], path);
      if (style.head) assert.equal(style.head, 'table-header-group', path);
      assert.ok(await page.isVisible('.notice'), path);
      assert.ok(await page.isVisible('.foot p'), path);
      assert.ok((await sideways(page)) <= 0, path);
      if (path.includes('khoroos')) {
        const light = await page.$eval('.picture a path, .picture g path', (e) => e.getAttribute('fill').match(/#\w+/)[0]);
        const fill = await page.$eval('.picture a path, .picture g path', (e) => getComputedStyle(e).fill);
        assert.equal(fill, `rgb(${[1, 3, 5].map((at) => Number.parseInt(light.slice(at, at + 2), 16)).join(', ')})`);
      }
      await page.emulateMedia({ media: 'screen' });
    });
  });

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
