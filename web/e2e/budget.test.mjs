// What the first view costs: bytes over the wire, time until it stands, time of a step of colours.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { act, baseUrl, framed, launch, newPage, open, ready } from './support.mjs';

const OWN_BYTES_MAX = 60_000;
const VIEW_BYTES_MAX = 600_000;
const STEP_MS_MAX = 100;
const WORK_MS_MAX = 2_000;
const N_STEPS = 12;

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Bytes that came over the wire, headers included, by address. */
async function meter(page) {
  const session = await page.context().newCDPSession(page);
  const urls = new Map();
  const bytes = new Map();
  await session.send('Network.enable');
  session.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const url = urls.get(requestId);
    if (url && /^http/.test(url)) bytes.set(url, (bytes.get(url) ?? 0) + encodedDataLength);
  });
  return { session, bytes, sum: (test = () => true) => [...bytes].filter(([url]) => test(url)).reduce((all, [, size]) => all + size, 0) };
}

/** Asks how long the page's own thread has worked, in ms: what else runs on the machine is not counted. */
async function worker(session) {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
}

/** Scripts and styles but for MapLibre's, which the build sets apart: library, style, worker. */
const isOwn = (url) => /\/assets\/(?!maplibre-gl).*\.(js|css)$/.test(url);

describe('the first view', () => {
  test('is at most 600 kB over the wire, and at most 60 kB of it our own code', async (t) => {
    const { page, close } = await newPage(browser);
    const { sum, bytes } = await meter(page);
    await open(page, '/mn/');
    const [own, all] = [sum(isOwn), sum()];
    t.diagnostic(`own code ${own} B, first view ${all} B in ${bytes.size} answers`);
    assert.ok(own > 10_000 && own <= OWN_BYTES_MAX, `${own} B of own code`);
    assert.ok(all <= VIEW_BYTES_MAX, `${all} B in all: ${JSON.stringify([...bytes].sort((a, b) => b[1] - a[1]).slice(0, 12))}`);
    await close();
  });

  test('of a telephone does without the map library', async (t) => {
    const { page, close } = await newPage(browser, { width: 360, height: 740 });
    const { sum } = await meter(page);
    await open(page, '/mn/');
    t.diagnostic(`first view of 360 px: ${sum()} B`);
    assert.ok(sum() <= 250_000, `${sum()} B`);
    await close();
  });

  test('takes the page at most two seconds of work until it stands, cold', async (t) => {
    const { page, close } = await newPage(browser);
    const { session } = await meter(page);
    const worked = await worker(session);
    await page.goto(`${baseUrl}/mn/`);
    await ready(page);
    const { paint, stood } = await page.evaluate(() => ({
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      stood: performance.now(),
    }));
    const work = await worked();
    t.diagnostic(`${Math.round(work)} ms of work; on the clock, first picture ${Math.round(paint)} ms, idle ${Math.round(stood)} ms`);
    assert.ok(work > 0 && work <= WORK_MS_MAX, `${work} ms of work`);
    assert.ok(paint > 0 && paint < stood, 'nothing was seen before the map stood');
    await close();
  });

  test('has its figures early over a slow line and a slow processor', async (t) => {
    const { page, close } = await newPage(browser);
    const { session } = await meter(page);
    await session.send('Network.emulateNetworkConditions', {
      offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8,
    });
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const started = Date.now();
    await page.goto(`${baseUrl}/mn/`, { waitUntil: 'commit' });
    await page.getByText('248').first().waitFor({ timeout: 20_000 });
    const figures = Date.now() - started;
    await ready(page);
    t.diagnostic(`slow line: figures ${figures} ms, live map ${Date.now() - started} ms`);
    assert.ok(figures < 10_000, `figures after ${figures} ms`);
    await close();
  });
});

describe('recolouring', () => {
  test('a step takes the page at most 100 ms of work and fetches no tile', async (t) => {
    const { page, tileRequests, close } = await newPage(browser);
    const { session } = await meter(page);
    await open(page, '/mn/');
    await framed(page);
    const measures = ['replications', 'identifications', 'replications_hosted'];
    for (const measure of measures) await act(page, () => page.check(`input[value="${measure}"]`, { force: true }));
    const n_tiles = tileRequests().length;
    const worked = await worker(session);
    const before = await worked();
    const times = await page.evaluate(async ([all, n_steps]) => {
      const { hlpMap } = document.querySelector('#viewer');
      const took = [];
      for (let n_done = 0; n_done < n_steps; n_done += 1) {
        const input = document.querySelector(`input[value="${all[n_done % all.length]}"]`);
        // Both are asked for before the change: idle may come with the very frame.
        const drawn = new Promise((resolve) => hlpMap.once('render', () => resolve(performance.now())));
        const idle = new Promise((resolve) => hlpMap.once('idle', resolve));
        const started = performance.now();
        input.click();
        took.push((await drawn) - started);
        await idle;
      }
      return took.sort((a, b) => a - b);
    }, [measures, N_STEPS]);
    const work = (await worked()) - before;
    t.diagnostic(`recolouring: ${(work / N_STEPS).toFixed(1)} ms of work a step; on the clock, median ${times[N_STEPS / 2].toFixed(1)} ms`);
    assert.equal(tileRequests().length, n_tiles);
    assert.ok(work / N_STEPS <= STEP_MS_MAX, `${work / N_STEPS} ms a step`);
    await close();
  });
});
