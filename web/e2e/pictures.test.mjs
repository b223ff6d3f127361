// The view as a picture and on paper: the same measure, cycle and form that are on screen.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBetween } from './between.mjs';
import { act, baseUrl, launch, newPage, open, ready, toCycle } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

test('PNG and SVG of what is on screen are one press away', async () => {
  const { page, assertClean, close } = await newPage(browser);
  await open(page, '/en/?form=cells');
  await page.getByRole('button', { name: 'Share' }).click();
  await act(page, () => page.check('input[name="hlp-measure"][value="replications"]', { force: true }));
  for (const [format, kind] of [['png', 'image/png'], ['svg', 'image/svg+xml']]) {
    const link = page.getByRole('link', { name: `Download the picture as ${format.toUpperCase()}` });
    const address = await link.getAttribute('href');
    assert.match(address, new RegExp(`^/maps/replications\\.${format}\\?.*cycle=2022.*form=cells`));
    const answer = await fetch(baseUrl + address);
    assert.equal(answer.status, 200, await answer.text());
    assert.equal(answer.headers.get('content-type'), kind);
  }
  await assertClean();
  await close();
});

test('on paper goes the picture alone, in both languages, and the screen is as before', async () => {
  for (const [lang, name] of [['mn', 'Хэвлэх'], ['en', 'Print']]) {
    const { page, requests, assertClean, close } = await newPage(browser);
    await page.addInitScript(() => {
      window.print = () => {
        const sheet = document.querySelector('.print-sheet');
        const shown = [...document.body.children].filter((element) => element.checkVisibility());
        window.printed = { alone: shown.length === 1 && shown[0] === sheet, width: sheet.naturalWidth };
      };
    });
    await open(page, `/${lang}/`);
    await page.emulateMedia({ media: 'print' });
    // On paper there is no button to press.
    await page.evaluate((words) => {
      [...document.querySelectorAll('.share button')].find((button) => button.textContent === words).click();
    }, name);
    await page.waitForFunction(() => window.printed);
    const { alone, width } = await page.evaluate(() => window.printed);
    assert.ok(alone && width > 300, `${alone} ${width}`);
    assert.ok(requests.some((url) => url.includes(`/maps/identifications.svg?lang=${lang}`)), requests.join(' '));
    await page.emulateMedia({ media: 'screen' });
    await page.waitForFunction(() => !document.querySelector('.print-sheet').checkVisibility());
    assert.ok(await page.isVisible('h1'));
    await assertClean();
    await close();
  }
});

test('the browser’s own command prints the same picture, which is fetched only then', async () => {
  const { page, requests, assertClean, close } = await newPage(browser);
  await page.addInitScript(() => {
    window.print = () => { window.printed = document.querySelector('.print-sheet').naturalWidth; };
  });
  await open(page, '/en/?measure=replications');
  const fetched = () => requests.filter((url) => url.includes('/maps/replications.svg')).length;
  assert.equal(fetched(), 0);
  await page.keyboard.press('Control+p');
  await page.waitForFunction(() => window.printed > 300);
  assert.equal(fetched(), 1);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.isVisible('.print-sheet'));
  assert.equal(await page.isVisible('#viewer'), false);
  await page.emulateMedia({ media: 'screen' });
  // Another view is another picture; until it is there, nothing is hidden for it.
  await act(page, () => page.check('input[value="identifications"]', { force: true }));
  assert.match(await page.getAttribute('.print-sheet', 'src'), /\/maps\/identifications\.svg/);
  await page.emulateMedia({ media: 'print' });
  const seen = await Promise.all([page.isVisible('.print-sheet'), page.isVisible('#viewer')]);
  assert.equal(seen.filter(Boolean).length, 1);
  await assertClean();
  await close();
});

test('from a frame of a part of the city that part goes on paper', async () => {
  const { page, requests, close } = await newPage(browser, { width: 900, height: 800 });
  await page.addInitScript(() => {
    window.print = () => { window.printed = true; };
  });
  await open(page, '/embed?area=bzd&lang=en&form=map');
  await page.keyboard.press('Control+p');
  await page.waitForFunction(() => window.printed);
  const src = requests.findLast((url) => url.includes('/maps/'));
  assert.equal(new URL(src).searchParams.get('area'), 'bzd');
  assert.match(await (await fetch(src)).text(), /Bayanzurkh: /);
  await close();
});

/** Pictures are 1100 wide, after `renew` 1300, by which the revisions they come from can be told apart. */
async function withRevisions() {
  let n_revisions = 0;
  const between = await openBetween((path, text) => {
    if (path.startsWith('/maps/')) return text.replace(/width="\d+"/, `width="${1100 + 200 * n_revisions}"`);
    if (!path.endsWith('/api/v1/revision')) return undefined;
    const { revision, ...rest } = JSON.parse(text);
    return JSON.stringify({ ...rest, revision: revision + n_revisions });
  });
  const renew = (page) => {
    n_revisions = 1;
    return page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  };
  return { between, renew };
}

test('after a new revision its figures go on paper, not those that were printed before', async () => {
  // The browser keeps what it has, as the answers allow it to.
  const { between, renew } = await withRevisions();
  const { page, faults, close } = await newPage(browser);
  const violations = () => page.evaluate(() => window.policyViolations);
  try {
    await page.addInitScript(() => {
      window.printed = [];
      window.print = () => window.printed.push(document.querySelector('.print-sheet').naturalWidth);
    });
    const told = page.waitForResponse((response) => response.url().endsWith('/health/ready'));
    await page.goto(`${between.url}/en/?form=cells`);
    await ready(page);
    await (await told).finished();
    const print = async (n_times) => {
      await page.keyboard.press('Control+p');
      await page.waitForFunction((n) => window.printed.length === n, n_times, { timeout: 20_000 });
    };
    const n_asked = () => between.seen.filter((path) => path.startsWith('/maps/identifications.svg')).length;
    await print(1);
    await print(2);
    assert.equal(n_asked(), 1, 'the same is asked for twice');
    await act(page, () => renew(page));
    await print(3);
    assert.deepEqual(await page.evaluate(() => window.printed), [1100, 1100, 1300]);
    assert.equal(n_asked(), 2);
    assert.deepEqual([faults, await violations()], [[], []]);
  } finally {
    await close();
    await between.close();
  }
});

test('a picture of which only the lazy one was printed is asked for anew after a new revision, for the menu too', async () => {
  const { between, renew } = await withRevisions();
  const { page, close } = await newPage(browser);
  try {
    const told = page.waitForResponse((response) => response.url().endsWith('/health/ready'));
    await page.goto(`${between.url}/en/?form=cells`);
    await ready(page);
    await (await told).finished();
    const isThere = (wanted) => page.waitForFunction((w) => {
      const sheet = document.querySelector('.print-sheet.ready');
      return sheet?.naturalWidth === w;
    }, wanted, { timeout: 20_000 });
    // As browsers do for lazy pictures when something is printed from their menu.
    await page.evaluate(() => { document.querySelector('.print-sheet').loading = 'eager'; });
    await isThere(1100);
    await act(page, () => renew(page));
    await isThere(1300);
  } finally {
    await close();
    await between.close();
  }
});

test('of a khoroo that is new in a cycle, the cycle before puts its district on paper', async () => {
  const { page, assertClean, close } = await newPage(browser, { width: 900, height: 800 });
  await open(page, '/embed?area=bzd-43&lang=en&form=cells');
  const picture = async () => new URL(await page.getAttribute('.print-sheet', 'src'), baseUrl);
  for (const [cycle, area] of [['2022', 'bzd-43'], ['2020', 'bzd']]) {
    if (cycle === '2020') await act(page, () => toCycle(page, 0));
    const address = await picture();
    assert.deepEqual([address.searchParams.get('cycle'), address.searchParams.get('area')], [cycle, area]);
    const answer = await fetch(address);
    assert.equal(answer.status, 200, await answer.text());
  }
  await assertClean();
  await close();
});
