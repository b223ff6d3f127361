// The plan of a month's visits in a browser: access, keyboard from form to plan, narrow windows, paper.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { baseUrl, getJson, launch, newPage } from './support.mjs';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const LANGS = ['mn', 'en'];
const QUERY = 'district=sbd&themes=waste,green&from=2022-10-03&to=2022-10-31&visits=2';
const FAULTY = 'visitors=bzd-999&visits=9&from=2022-10-31&to=2022-10-03';
const WORDS = {
  mn: { change: /^Өөрчлөх/, choose: /^Сонгох/, make: 'Төлөвлөгөө гаргах', release: 'Сонголтыг буцаах' },
  en: { change: /^Change/, choose: /^Choose/, make: 'Make the plan', release: 'Release' },
};

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

async function withPage(options, body) {
  const opened = await newPage(browser, options);
  try {
    await body(opened.page, opened);
  } finally {
    await opened.close();
  }
}

/** A visit of the plan that could be another one. */
async function swappable() {
  const plan = await getJson(`/api/v1/visit-plans?${QUERY}`);
  const visit = plan.assignments.find((one) => one.alternatives.length > 0);
  assert.ok(visit, 'somebody could go elsewhere');
  return { visitor: visit.visitor.code, practice: visit.practice, other: visit.alternatives[0].practice };
}

const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** Presses Tab until the element that is wanted has the focus. */
async function tabTo(page, locator, presses = 400) {
  for (let nth = 0; nth < presses; nth += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${presses} presses of Tab lead not to ${locator}`);
}

async function violations(page) {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const result = await window.axe.run(document, { runOnly: tags });
    return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
  });
}

describe('the plan of a month', () => {
  for (const lang of LANGS) {
    test(`has no violation that axe finds, with everything opened, ${lang}`, async () => {
      const { visitor, other } = await swappable();
      for (const colorScheme of ['light', 'dark']) {
        await withPage({ colorScheme, width: 1280 }, async (page, opened) => {
          for (const query of ['', `?${QUERY}&fixed=${visitor}:${other}`, `?${FAULTY}`]) {
            await page.goto(`${baseUrl}/${lang}/visits/month${query}`);
            await page.evaluate(() => {
              document.querySelector('details.question')?.setAttribute('open', '');
              for (const details of [...document.querySelectorAll('table.visits details')].slice(0, 3)) details.open = true;
            });
            assert.deepEqual(await violations(page), [], query);
            assert.deepEqual(await page.evaluate(() => window.policyViolations), [], query);
          }
          const own = opened.faults.filter((fault) => !/status of 400/.test(fault));
          assert.deepEqual(own, []);
        });
      }
    });

    test(`goes from form to plan, to another visit and back by keyboard, without script, ${lang}`, async () => {
      const { visitor, practice, other } = await swappable();
      const words = WORDS[lang];
      await withPage({ width: 1280, javaScriptEnabled: true }, async (page, opened) => {
        await page.goto(`${baseUrl}/${lang}/visits/month`);
        assert.deepEqual(opened.requests.filter((url) => /\.m?js(\?|$)/.test(url)), [], 'no script');
        const box = (name, value) => page.locator(`form.month input[name="${name}"][value="${value}"]`);
        for (const wanted of [box('district', 'sbd'), box('themes', 'waste'), box('themes', 'green')]) {
          await tabTo(page, wanted);
          await page.keyboard.press('Space');
        }
        // Keys of a date's parts follow the browser's own language.
        await page.locator('#from').fill('2022-10-03');
        await page.locator('#to').fill('2022-10-31');
        await tabTo(page, page.locator('#visits'));
        await page.keyboard.press('2');
        await tabTo(page, page.getByRole('button', { name: words.make }));
        await page.keyboard.press('Enter');
        await page.waitForURL(/visits=2/);
        assert.match(page.url(), /\?district=sbd&themes=waste,green&from=2022-10-03&to=2022-10-31&visits=2/);

        const row = (id) => page.locator(`[id="v-${visitor}-${id}"]`);
        const change = (id) => row(id).locator('xpath=following-sibling::tr[1]');
        await tabTo(page, change(practice).locator('summary'), 2_000);
        assert.match(await change(practice).locator('summary').getAttribute('aria-label'), words.change);
        await page.keyboard.press('Enter');
        const choose = change(practice).locator(`button[name="swap"][value^="${visitor},${practice},${other}"]`);
        assert.match(await choose.getAttribute('aria-label'), words.choose);
        await tabTo(page, choose);
        await page.keyboard.press('Enter');
        await page.waitForURL((url) => url.hash !== '');
        assert.match(decodeURIComponent(page.url()), new RegExp(`fixed=${visitor}:${other}#v-${visitor}-${other}$`));
        await row(other).and(page.locator('.decided')).waitFor();
        assert.ok(await row(other).evaluate((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return top >= 0 && bottom <= window.innerHeight;
        }), 'the row is in view again');

        const told = await getJson(`/api/v1/visit-plans?${QUERY}&fixed=${visitor}:${other}`);
        assert.equal(await page.locator('#effect [role="status"]').innerText(), told.effect[`text_${lang}`]);
        // The next Tab goes on from the row.
        await page.keyboard.press('Tab');
        assert.ok(await row(other).evaluate((element) => element.contains(document.activeElement)), 'focus is in the row');
        await tabTo(page, change(other).locator('summary'));
        await page.keyboard.press('Enter');
        await tabTo(page, change(other).getByRole('button', { name: words.release }));
        await page.keyboard.press('Enter');
        await page.waitForURL((url) => !url.search.includes('fixed'));
        await row(practice).waitFor();
        assert.equal(await page.locator('#effect').count(), 0);
        await opened.assertClean();
      });
    });
  }

  test('works where scripts are not run', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${baseUrl}/mn/visits/month`);
      await page.locator('form.month input[name="district"][value="bkh"]').check();
      await page.getByRole('button', { name: WORDS.mn.make }).click();
      await page.waitForURL(/district=bkh/);
      assert.equal(await page.locator('table.visits tbody tr[id]').count() > 0, true);
    });
  });

  test('fits 320 pixels without scrolling sideways, opened rows too', async () => {
    const { visitor, other } = await swappable();
    await withPage({ width: 320, height: 640 }, async (page) => {
      for (const lang of LANGS) {
        for (const query of ['', `?${QUERY}&fixed=${visitor}:${other}`, `?${FAULTY}`]) {
          await page.goto(`${baseUrl}/${lang}/visits/month${query}`);
          await page.evaluate(() => { for (const details of document.querySelectorAll('details')) details.open = true; });
          assert.ok((await sideways(page)) <= 0, `${lang} ${query}`);
        }
        await page.goto(`${baseUrl}/${lang}/visits/month?${QUERY}`);
        const told = await page.locator('table.visits td[data-name]').first().evaluate(
          (element) => getComputedStyle(element, '::before').content,
        );
        assert.ok(told.length > 4, 'what a cell holds is said beside it');
      }
    });
  });

  test('prints the table with what is needed and nothing to press', async () => {
    const { visitor, other } = await swappable();
    await withPage({}, async (page) => {
      await page.goto(`${baseUrl}/mn/visits/month?${QUERY}&fixed=${visitor}:${other}`);
      await page.emulateMedia({ media: 'print' });
      const shown = await page.evaluate(() => ({
        buttons: [...document.querySelectorAll('button, summary, form')].filter((e) => e.checkVisibility()).length,
        rows: [...document.querySelectorAll('table.visits tbody tr[id]')].filter((e) => e.checkVisibility()).length,
        repeats: getComputedStyle(document.querySelector('table.visits thead')).display,
        map: document.querySelector('#map svg').checkVisibility(),
      }));
      assert.equal(shown.buttons, 0);
      const plan = await getJson(`/api/v1/visit-plans?${QUERY}&fixed=${visitor}:${other}`);
      assert.equal(shown.rows, plan.assignments.length);
      assert.ok(shown.map);
      assert.equal(shown.repeats, 'table-header-group');
      const pdf = await page.pdf({ preferCSSPageSize: true });
      assert.ok(pdf.length > 10_000);
    });
  });

  test('the workbook that it leads to is one', async () => {
    await withPage({}, async (page) => {
      await page.goto(`${baseUrl}/en/visits/month?${QUERY}`);
      const waiting = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Workbook (XLSX)' }).click();
      const download = await waiting;
      assert.equal(download.suggestedFilename(), 'visit-plan-2022-10-03.xlsx');
      const bytes = await readFile(await download.path());
      assert.equal(bytes.subarray(0, 2).toString(), 'PK');
    });
  });
});
