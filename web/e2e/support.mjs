// What all browser tests need: a browser, a page that records what went wrong, eyes for pixels.
//
// The server under test is started by whoever runs the tests; its address is `HLP_E2E_URL`, and it
// holds the demo data (204 khoroos, 248 + 144 identifications, 95 replications).
//
// Every wait is bounded, and nothing sleeps.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const READY_MS = 60_000;
const FLAGS = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const baseUrl = address();

function address() {
  const url = process.env.HLP_E2E_URL;
  if (!url) throw new Error('HLP_E2E_URL must name a running server with demo data, such as http://127.0.0.1:8080');
  return url.replace(/\/$/, '');
}

export function launch(extraFlags = []) {
  return chromium.launch({
    executablePath: process.env.HLP_E2E_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [...FLAGS, ...extraFlags],
  });
}

/**
 * A page that remembers console errors, refused policies, and every request.
 * `expected` are texts of console errors that the test brings about itself.
 */
export async function newPage(browser, { width = 1440, height = 900, ...others } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: 'light', ...others });
  const page = await context.newPage();
  const faults = [];
  const requests = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.addInitScript(() => {
    window.policyViolations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      window.policyViolations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  return {
    page,
    faults,
    requests,
    tileRequests: () => requests.filter((url) => /\.mvt(\?|$)/.test(url)),
    /** Nothing went wrong, and nobody else was asked for anything. */
    async assertClean() {
      assert.deepEqual(faults, []);
      assert.deepEqual(await page.evaluate(() => window.policyViolations), []);
      const own = new URL(baseUrl).origin;
      const foreign = requests.filter((url) => !/^(data|blob):/.test(url) && new URL(url).origin !== own);
      assert.deepEqual(foreign, []);
    },
    async close() {
      // A request that a test answers itself may still be under way: nobody waits for it any more.
      if (!page.isClosed()) await page.unrouteAll({ behavior: 'ignoreErrors' });
      await context.close();
    },
  };
}

/** A page for as long as `body` takes; nothing may go wrong in it, unless `body` says `expectsFaults` of it. */
export async function inPage(browser, options, body) {
  const opened = await newPage(browser, options);
  try {
    await body(opened);
    if (!opened.expectsFaults) await opened.assertClean();
  } finally {
    await opened.close();
  }
}

export async function open(page, path) {
  await page.goto(baseUrl + path);
  await ready(page);
}

/** Waits until the viewer says it is ready; an error state fails at once, with its cause. */
export async function ready(page) {
  // State and cause in one look: the next load may begin at any time.
  const left = await page.waitForFunction(() => {
    const { state, problem } = document.querySelector('#viewer')?.dataset ?? {};
    return state !== 'loading' && { state, problem };
  }, null, {
    timeout: READY_MS,
    // Asked with every frame, the page would be drawn without end while it has to load.
    polling: 50,
  });
  const { state, problem } = await left.jsonValue();
  assert.equal(state, 'ready', `the viewer is in state ${state}: ${problem}`);
}

/** Waits for the frames of far districts too, each of which takes one tile of its own after the map stands. */
export async function framed(page) {
  await page.waitForSelector('.inset[data-code="bn"]', { timeout: READY_MS });
}

/** Does something that changes the view, and waits for the state it leads to. */
export async function act(page, action) {
  await page.evaluate(() => {
    const viewer = document.querySelector('#viewer');
    window.sawLoading = false;
    const watch = new MutationObserver(() => {
      if (viewer.dataset.state !== 'loading') return;
      watch.disconnect();
      window.sawLoading = true;
    });
    watch.observe(viewer, { attributes: true, attributeFilter: ['data-state'] });
  });
  await action();
  await page.waitForFunction(() => window.sawLoading, null, { timeout: READY_MS, polling: 50 });
  await ready(page);
}

/** Moves the slider to the cycle at this place in their order. */
export async function toCycle(page, idx) {
  await page.locator('.timeline input').fill(String(idx));
}

export async function getJson(path) {
  const response = await fetch(baseUrl + path, { headers: { accept: 'application/json' } });
  assert.equal(response.status, 200, `${path} answered ${response.status}`);
  return response.json();
}

/** Colours of single pixels of the window, `#rrggbb`, as they are on screen. */
export async function pixels(page, points) {
  const picture = (await page.screenshot()).toString('base64');
  return page.evaluate(
    async ([base64, wanted]) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context.drawImage(bitmap, 0, 0);
      return wanted.map(({ x, y }) => {
        const [r, g, b] = context.getImageData(Math.round(x), Math.round(y), 1, 1).data;
        return `#${[r, g, b].map((v) => v.toString(16).padStart(2, '0')).join('')}`;
      });
    },
    [picture, points],
  );
}

/** Largest difference of two colours in one channel, 0 to 255. */
export function distance(a, b) {
  const channels = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const [left, right] = [channels(a), channels(b)];
  return Math.max(...left.map((value, idx) => Math.abs(value - right[idx])));
}

/**
 * Places of khoroos on screen that certainly lie inside them: `{ id, code, x, y }` in window pixels.
 * Only units whose surroundings of `reach` pixels are theirs too, so that borders are not sampled.
 */
export function insidePoints(page, vintage, reach = 4) {
  return page.evaluate(
    ([v, r]) => {
      const map = document.querySelector('#viewer').hlpMap;
      const box = map.getCanvas().getBoundingClientRect();
      const layers = [`khoroos-fill:${v}`];
      const seen = new Map();
      for (const feature of map.querySourceFeatures(`boundaries-${v}`, { sourceLayer: 'khoroo_labels' })) {
        const { x, y } = map.project(feature.geometry.coordinates);
        if (x < r || y < r || x > box.width - r || y > box.height - r) continue;
        const around = [[0, 0], [r, 0], [-r, 0], [0, r], [0, -r]];
        const ids = around.map(([dx, dy]) => map.queryRenderedFeatures([x + dx, y + dy], { layers })[0]?.id);
        const free = document.elementFromPoint(box.x + x, box.y + y) === map.getCanvas();
        if (free && ids.every((id) => id === feature.id)) {
          seen.set(feature.id, { id: feature.id, code: feature.properties.code, x: box.x + x, y: box.y + y });
        }
      }
      return [...seen.values()].sort((a, b) => a.id - b.id);
    },
    [vintage, reach],
  );
}

/** Takes names and context lines off the map, so that what is sampled is a fill. */
export async function bareFills(page) {
  await page.evaluate(async () => {
    const map = document.querySelector('#viewer').hlpMap;
    const idle = new Promise((resolve) => map.once('idle', resolve));
    for (const layer of map.getStyle().layers) {
      if (layer.type === 'symbol' || layer.type === 'line') map.setLayoutProperty(layer.id, 'visibility', 'none');
    }
    map.triggerRepaint();
    await idle;
  });
}

/** `fill` of the feature-state of each unit of a layer, by feature id. */
export function fills(page, vintage, layer, ids) {
  return page.evaluate(
    ([v, sourceLayer, all]) => {
      const map = document.querySelector('#viewer').hlpMap;
      return all.map((id) => map.getFeatureState({ source: `boundaries-${v}`, sourceLayer, id }).fill);
    },
    [vintage, layer, ids],
  );
}

/** Something to wait for, and the way to let it go on. */
export function gate() {
  const made = {};
  made.opened = new Promise((resolve) => { made.open = resolve; });
  return made;
}

/** Rewrites the page's data block before the viewer reads it. */
export async function withConfig(page, lang, change) {
  await page.route(new RegExp(`/${lang}/(\\?.*)?$`), async (route) => {
    const html = await (await route.fetch()).text();
    const block = /(<script type="application\/json" id="hlp-config">)(.*?)(<\/script>)/s;
    const body = html.replace(block, (_, head, json, tail) => {
      const config = JSON.parse(json);
      change(config);
      return head + JSON.stringify(config).replaceAll('<', '\\u003c') + tail;
    });
    await route.fulfill({ body, contentType: 'text/html; charset=utf-8' });
  });
}
