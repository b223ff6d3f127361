// Planning visits in a browser: by keyboard from a khoroo to a calendar file, narrow, on paper, without script.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { baseUrl, getJson, launch, newPage } from './support.mjs';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const STOPS = 'bzd-1,bzd-12,chd-4,sbd-3,bgd-10,khud-4,skhd-10,bzd-20';
const PAGES = [
  'visits',
  'visits/day',
  'visits/day?from=bzd-26&theme=waste&date=2026-12-01',
  `visits/day?from=bzd-26&stops=${STOPS}&date=2026-12-01`,
  'visits/day?from=bzd-26&stops=bzd-1,bzd-2&date=2026-07-13',
  'visits/day?from=bzd-99&stops=bzd-1,bzd-1&date=soon&end=08:00&visit_minutes=0&open=x&lunch=x&add=nowhere',
  'khoroos/bzd-26?theme=waste',
];
const LANGS = ['mn', 'en'];
const inBoth = LANGS.flatMap((lang) => PAGES.map((path) => `/${lang}/${path}`));

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Opens pages one after another in one tab; refusals are pages too, and their status is in the console. */
async function walk(options, paths, look) {
  const { page, faults, close } = await newPage(browser, options);
  for (const path of paths) {
    await page.goto(baseUrl + path);
    await page.$$eval('details', (all) => all.forEach((one) => { one.open = true; }));
    await look(page, path);
  }
  assert.deepEqual(faults.filter((fault) => !/status of 400/.test(fault)), []);
  assert.deepEqual(await page.evaluate(() => window.policyViolations), []);
  await close();
}

/** Goes on by Tab until the focus is on what is looked for, and says how many steps that took. */
async function tabTo(page, isThere, limit = 150) {
  for (let step = 1; step <= limit; step += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(isThere)) return step;
  }
  throw new Error(`not reached in ${limit} steps: ${isThere}`);
}

describe('every page of visits', () => {
  for (const colorScheme of ['light', 'dark']) {
    test(`has no axe violations when ${colorScheme}`, async () => {
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

  test('fits 320 pixels without scrolling sideways, and its targets are large enough', async () => {
    await walk({ width: 320, height: 640 }, inBoth, async (page, path) => {
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(sideways <= 0, `${path}: ${sideways} px`);
      const small = await page.$$eval('main a.act, main button, main input:not([type=hidden]), main select, main summary', (all) =>
        all.map((one) => ({ box: one.getBoundingClientRect(), html: one.outerHTML.slice(0, 100) }))
          .filter(({ box }) => box.width > 0 && (box.height < 24 || box.width < 24))
          .map(({ html }) => html));
      assert.deepEqual(small, [], path);
    });
  });
});

describe('the map of a route', () => {
  test('has marks and names that do not lie on each other, at every width', async () => {
    for (const width of [360, 768, 1440]) {
      const days = [PAGES[3], await fullDay(), 'visits/day?from=bn-1&stops=bn-2,bn-3,bzd-34&date=2026-12-01'];
      await walk({ width }, LANGS.flatMap((lang) => days.map((day) => `/${lang}/${day}`)), async (page, path) => {
        const overlaps = await page.$eval('figure.way > svg', (svg) => {
          const boxes = [...svg.querySelectorAll('circle[r="13"], rect[rx], text')]
            .filter((one) => !(one.tagName === 'text' && /^\d+$/.test(one.textContent)))
            .map((one) => ({ name: one.textContent || one.tagName, box: one.getBoundingClientRect() }));
          const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
          return boxes.flatMap((a, idx) => boxes.slice(idx + 1).filter((b) => meet(a.box, b.box)).map((b) => `${a.name} / ${b.name}`));
        });
        assert.deepEqual(overlaps, [], `${path} at ${width}`);
      });
    }
  });

  test('says its stops to those who do not see it', async () => {
    await walk({}, [`/en/${PAGES[3]}`], async (page) => {
      const { stops } = await getJson(`/api/v1/day-routes?from=bzd-26&stops=${STOPS}&date=2026-12-01`);
      const label = await page.getAttribute('figure.way > svg', 'aria-label');
      assert.ok(stops.length >= 4);
      for (const { order, name_en } of stops) assert.ok(label.includes(`${order}. ${name_en}`), label);
    });
  });
});

describe('by keyboard', () => {
  test('one comes from a khoroo over two stops and a route to the calendar file', async () => {
    const { page, close } = await newPage(browser);
    await page.goto(`${baseUrl}/en/khoroos/bzd-26#partners`);
    await tabTo(page, () => document.activeElement.closest('#partners')?.tagName === 'SECTION' && document.activeElement.textContent.startsWith('Add to a day'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/visits\/day\?from=bzd-26&stops=/);
    assert.match(await page.textContent('#stops'), /Chosen: 1, at most 12/);
    await tabTo(page, () => document.activeElement.closest('#suggestions') !== null && document.activeElement.textContent.startsWith('Add:') | document.activeElement.matches('a.act'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/stops=[^&]*,/);
    assert.match(await page.textContent('#stops'), /Chosen: 2, at most 12/);
    const stops = new URL(page.url()).searchParams.get('stops');
    const route = await getJson(`/api/v1/day-routes?from=bzd-26&stops=${stops}`);
    assert.equal(await page.textContent('#route [role=status]'), route.sentence_en);
    // The last step left the focus among the suggestions; the file lies before them.
    await page.evaluate(() => document.querySelector('#content').focus());
    await tabTo(page, () => document.activeElement.href?.includes('f=ics'));
    const download = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    assert.equal((await download).suggestedFilename(), `visits-${route.date}.ics`);
    await close();
  });

  test('a khoroo is added from the list, and a fault leads to its field', async () => {
    const { page, close } = await newPage(browser);
    await page.goto(`${baseUrl}/mn/visits/day?from=bzd-26&date=2026-12-01`);
    await page.focus('#add');
    await page.selectOption('#add', 'bzd-12');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/stops=bzd-12/);
    assert.equal(new URL(page.url()).search, '?from=bzd-26&stops=bzd-12&date=2026-12-01');
    await page.goto(`${baseUrl}/mn/visits/day?from=bzd-26&stops=bzd-12&start=10:00&end=09:00`);
    await tabTo(page, () => document.activeElement.getAttribute('href') === '#end');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash === '#end');
    const described = await page.getAttribute('#end', 'aria-describedby');
    assert.match(await page.textContent(`#${described.split(' ')[0]}`), /10:00/);
    assert.equal(await page.inputValue('#start'), '10:00');
    await close();
  });
});

describe('without script', () => {
  test('suggestions are asked for by theme, and a day is chosen and changed by its form', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    try {
      await page.goto(`${baseUrl}/en/visits`);
      await page.selectOption('#khoroo', 'bzd-26');
      await page.click('#whom button');
      assert.match(page.url(), /\/en\/khoroos\/bzd-26/);
      await page.selectOption('#partners #theme', 'waste');
      await page.click('#partners form button');
      assert.match(page.url(), /theme=waste/);
      const { partners } = await getJson('/api/v1/khoroos/bzd-26/partners?theme=waste');
      assert.equal(await page.locator('.partners > li').count(), partners.length);
      assert.ok((await page.textContent('.partners > li')).includes(partners[0].sentence_en));
      await page.click('.partners > li a[rel=nofollow]');
      assert.equal(await page.inputValue('#theme'), 'waste');
      await page.fill('#visit_minutes', '90');
      await page.fill('#date', '2026-12-05');
      await page.click('#choices button');
      assert.match(await page.textContent('#route'), /is on a weekend/);
      await page.click('#route a[rel=nofollow]');
      assert.equal(await page.inputValue('#date'), '2026-12-07');
      assert.equal(await page.inputValue('#visit_minutes'), '90');
      assert.equal(await page.locator('.timetable .order').count(), 1);
    } finally {
      await context.close();
    }
  });
});

/** As many stops as a day may have, each with a practice. */
async function fullDay() {
  const { partners } = await getJson('/api/v1/khoroos/bzd-26/partners?limit=50&mode=face_to_face');
  const practices = new Map(partners.map(({ code, practice }) => [code, practice]));
  const stops = [...practices].slice(0, 12).map((pair) => pair.join(':'));
  assert.equal(stops.length, 12);
  return `visits/day?from=bzd-26&stops=${stops}&date=2026-12-01&visit_minutes=10`;
}

describe('on paper', () => {
  test('a route is one sheet with timetable and map, and nothing to click', async () => {
    const days = [PAGES[3], await fullDay()];
    const paths = LANGS.flatMap((lang) => days.map((day) => `/${lang}/${day}`));
    await walk({ width: 794, height: 1123 }, paths, async (page, path) => {
      await page.$$eval('details', (all) => all.forEach((one) => { one.open = false; }));
      await page.emulateMedia({ media: 'print' });
      const shown = (selector) => page.locator(selector).evaluateAll((all) => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 0).length);
      assert.equal(await shown('form, nav, button, #suggestions, #stops, a.act'), 0, path);
      assert.equal(await shown('.timetable'), 1, path);
      assert.equal(await shown('figure.way svg'), 2, `${path}: the picture and the map in it`);
      const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
      assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1, `${path} is one sheet`);
      await page.emulateMedia({ media: 'screen' });
    });
  });
});
