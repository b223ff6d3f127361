// The first view on the clock, as a visitor waits for it: `make bench-viewer`.
//
// Every figure is the median of cold visits (a new browser context each, empty caches), beside what the
// same page takes with scripts refused, in the same run. A step of colours is timed from the click until
// the graphics processor has drawn the frame, with a pause after each, as between two looks. Clocks are
// worth something on a quiet machine only.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const N_VISITS = Number(process.env.HLP_BENCH_VISITS ?? 5);
const N_STEPS = 12;
const PAUSE_MS = 400;
const SLOW_LINE = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const SLOW_PROCESSOR = 4;
const MEASURES = ['replications', 'identifications', 'replications_hosted'];

const home = await mkdtemp(join(tmpdir(), 'hlp-bench-'));
const server = process.env.HLP_E2E_URL ? null : spawn(
  process.argv[2] ?? '../target/release/hlp',
  ['serve', '--demo', '--store', join(home, 'demo.gpkg'), '--listen', '127.0.0.1:0'],
  { stdio: ['ignore', 'pipe', 'ignore'] },
);
if (server) process.env.HLP_E2E_URL = await addressOf(server);
const { baseUrl, launch, newPage, open, ready } = await import('../e2e/support.mjs');

/** The address that `serve` prints once it answers. */
async function addressOf(process_) {
  for await (const line of createInterface({ input: process_.stdout })) {
    const [url] = line.match(/http:\/\/\S+/) ?? [];
    if (url) return url;
  }
  throw new Error('the server ended before it answered');
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function visit(browser, { isSlow = false, javaScriptEnabled = true, width = 1440, height = 900 } = {}) {
  const { page, close } = await newPage(browser, { width, height, javaScriptEnabled });
  if (isSlow) {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', SLOW_LINE);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_PROCESSOR });
  }
  const started = performance.now();
  await page.goto(`${baseUrl}/mn/`, { waitUntil: 'commit' });
  await page.locator('.map-of-city svg').first().waitFor({ state: 'attached' });
  const figures = performance.now() - started;
  let [paint, stands] = [NaN, NaN];
  if (javaScriptEnabled) {
    await ready(page);
    stands = performance.now() - started;
    paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN);
  }
  await close();
  return { paint, figures, stands };
}

async function visits(browser, how) {
  const all = [];
  for (let n_done = 0; n_done < N_VISITS; n_done += 1) all.push(await visit(browser, how));
  const of = (key) => Math.round(median(all.map((one) => one[key])));
  return { paint: of('paint'), figures: of('figures'), stands: of('stands') };
}

/** Milliseconds from the click on another measure until its frame is asked for, and until it is drawn. */
async function recolouring(browser) {
  const { page, close } = await newPage(browser);
  await open(page, '/mn/');
  const step = (measure) => page.evaluate(async ([wanted, pause_ms]) => {
    const { hlpMap } = document.querySelector('#viewer');
    const gl = hlpMap.getCanvas().getContext('webgl2');
    const rendered = new Promise((resolve) => hlpMap.once('render', () => {
      const asked = performance.now();
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
      resolve([asked, performance.now()]);
    }));
    const idle = new Promise((resolve) => hlpMap.once('idle', resolve));
    const started = performance.now();
    document.querySelector(`input[value="${wanted}"]`).click();
    const times = (await rendered).map((time) => time - started);
    await idle;
    await new Promise((resolve) => setTimeout(resolve, pause_ms));
    return times;
  }, [measure, PAUSE_MS]);
  // The figures of each are fetched once; what is timed is the recolouring.
  for (const measure of MEASURES) await step(measure);
  const took = [];
  for (let n_done = 0; n_done < N_STEPS; n_done += 1) took.push(await step(MEASURES[n_done % MEASURES.length]));
  await close();
  return { asked: took.map(([asked]) => asked), drawn: took.map(([, drawn]) => drawn) };
}

let browser;
try {
  browser = await launch();
  await visit(browser);
  for (const [name, how] of [
    ['1440 × 900', {}],
    ['360 × 740', { width: 360, height: 740 }],
    ['1440 × 900, 1.6 Mbit/s, 150 ms, processor × 4', { isSlow: true }],
    ['360 × 740, 1.6 Mbit/s, 150 ms, processor × 4', { isSlow: true, width: 360, height: 740 }],
  ]) {
    const { paint, figures, stands } = await visits(browser, how);
    const floor = (await visits(browser, { ...how, javaScriptEnabled: false })).figures;
    console.log(`${name}: first picture ${paint} ms, figures ${figures} ms, stands ${stands} ms (scripts refused: figures ${floor} ms)`);
  }
  const { asked, drawn } = await recolouring(browser);
  console.log(`recolouring: median ${median(asked).toFixed(1)} ms until the frame is asked for, ${median(drawn).toFixed(1)} ms until drawn (worst ${Math.max(...drawn).toFixed(1)}), of ${N_STEPS}`);
} finally {
  await browser?.close();
  if (server) {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  }
  await rm(home, { recursive: true, force: true });
}
