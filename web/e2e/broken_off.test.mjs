// Answers that break off in the middle are answers that did not come: told of in the same words, with no fault left over.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CUT, openBetween } from './between.mjs';
import { launch, newPage, ready } from './support.mjs';

const WAIT_MS = 20_000;

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** A page behind which answers to what `isCut` fits break off; no exception may come of it. */
async function withCut(isCut, body) {
  const between = await openBetween((path) => (isCut(path) ? CUT : undefined));
  const opened = await newPage(browser);
  try {
    await body(opened.page, between);
    assert.deepEqual(opened.faults.filter((fault) => fault.startsWith('exception')), []);
  } finally {
    await opened.close();
    await between.close();
  }
}

test('a search says that it failed', async () => {
  await withCut((path) => path.includes('/api/v1/search'), async (page, { url }) => {
    await page.goto(`${url}/en/`);
    await ready(page);
    await page.fill('.search input', 'bayan');
    await page.waitForFunction(() => document.querySelector('.search .remark.said') !== null, null, { timeout: WAIT_MS });
    assert.match(await page.textContent('.search .remark'), /search/i);
  });
});

test('figures leave what is shown, and are to be had with a press', async () => {
  let isCut = true;
  await withCut((path) => isCut && path.includes('/values/replications.json'), async (page, { url }) => {
    await page.goto(`${url}/en/`);
    await ready(page);
    await page.click('input[value="replications"]', { force: true });
    await page.waitForSelector('#viewer[data-problem="data"]', { timeout: WAIT_MS });
    assert.match(await page.textContent('.message'), /“Good practices replicated.* could not be loaded/);
    assert.equal(await page.textContent('.heading .figure'), '248');
    isCut = false;
    await page.click('.message button');
    await page.waitForFunction(() => document.querySelector('.heading .figure')?.textContent === '95', null, { timeout: WAIT_MS });
  });
});

test('a chosen khoroo has what could be had of it', async () => {
  await withCut((path) => path.includes('/api/v1/khoroos/'), async (page, { url }) => {
    await page.goto(`${url}/en/?form=cells&select=bzd-26`);
    await ready(page);
    await page.waitForSelector('.figures .steps[aria-busy="false"]', { timeout: WAIT_MS });
    assert.equal(await page.textContent('.figures h2'), 'Bayanzurkh, Khoroo 26');
  });
});

test('a server whose word on its records breaks off is told not to answer', async () => {
  let isCut = false;
  await withCut((path) => isCut && path.includes('/api/v1/revision'), async (page, { url }) => {
    await page.clock.install();
    await page.goto(`${url}/en/?form=cells`);
    await page.clock.resume();
    await ready(page);
    isCut = true;
    await page.clock.fastForward(80_000);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.waitForSelector('[data-freshness="unreachable"]', { timeout: WAIT_MS });
  });
});

test('a new revision of which a part breaks off leaves the old figures, and is told as not in yet', async () => {
  let isCut = false;
  let revision = null;
  const between = await openBetween((path, text) => {
    if (isCut && path.includes('/api/v1/values/')) return CUT;
    if (!path.endsWith('/api/v1/revision') || revision === null) return undefined;
    return JSON.stringify({ ...JSON.parse(text), revision });
  });
  const opened = await newPage(browser);
  const { page, faults } = opened;
  try {
    const told = page.waitForResponse((response) => response.url().endsWith('/health/ready'));
    await page.goto(`${between.url}/en/?form=cells`);
    await ready(page);
    await (await told).finished();
    isCut = true;
    revision = 1_000_000;
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.waitForSelector('[data-freshness="stale"]', { timeout: WAIT_MS });
    assert.equal(await page.textContent('.heading .figure'), '248');
    assert.deepEqual(faults.filter((fault) => fault.startsWith('exception')), []);
  } finally {
    await opened.close();
    await between.close();
  }
});
