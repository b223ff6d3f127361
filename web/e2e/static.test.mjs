// The static twin in a browser: files on a plain web server, below a path, without the service.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { PROGRAM, START_MS, startService } from './service.mjs';
import { bareFills, distance, fills, insidePoints, launch, newPage, pixels, ready } from './support.mjs';
import { queries, twinFind } from './twin_search.mjs';

const PREFIX = '/bucket/sub/';
/** More than the viewer fetches whole. */
const LARGE_BYTES = 25 << 20;
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
  '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.ico': 'image/x-icon',
};

const LIVE = 'https://map.example/hlp';

const home = mkdtempSync(join(tmpdir(), 'hlp-static-'));
const folder = join(home, 'site');
const store = join(home, 'demo.gpkg');
const landmarks = join(home, 'landmarks.csv');
let browser;
const servers = [];

before(async () => {
  const environment = { ...process.env, HLP_LOG: 'error' };
  writeFileSync(landmarks, [
    'name_mn,name_en,lon,lat,kind,address',
    'Нарантуул зах,Narantuul Market,106.93,47.915,зах,Нарны зам 3', '1-р сургууль,School 1,106.915,47.921,school,Бага тойруу',
    'Ногоон зах,,106.95,47.93,market,', 'Өндөр даваа,High Pass,107,47.6,даваа,',
  ].join('\n'));
  execFileSync(PROGRAM, ['demo', '--out', store], { env: environment });
  execFileSync(PROGRAM, [
    'export-site', folder, '--store', store, '--max-zoom', '12', '--landmarks', landmarks, '--public-url', LIVE,
  ], { env: environment });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  rmSync(home, { recursive: true });
});

/** Hands out the folder below the prefix; `archives` says how those of tiles are read. */
async function serve(archives) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const file = pathname.startsWith(PREFIX) ? normalize(join(folder, decodeURIComponent(pathname.slice(PREFIX.length)))) : '';
    const place = pathname.endsWith('/') ? join(file, 'index.html') : file;
    const found = place.startsWith(folder) ? statSync(place, { throwIfNoEntry: false }) : undefined;
    if (!found?.isFile()) return response.writeHead(404).end();
    const type = TYPES[extname(place)] ?? 'application/octet-stream';
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (range && archives === 'ranges') {
      const [start, end] = [Number(range[1]), Math.min(Number(range[2]), found.size - 1)];
      response.writeHead(206, { 'content-type': type, 'content-length': end - start + 1, 'content-range': `bytes ${start}-${end}/${found.size}` });
      return createReadStream(place, { start, end }).pipe(response);
    }
    const length = archives === 'large' && extname(place) === '.pmtiles' ? Math.max(LARGE_BYTES, found.size) : found.size;
    response.writeHead(200, { 'content-type': type, 'content-length': length });
    const stream = createReadStream(place);
    stream.pipe(response, { end: false });
    stream.on('end', () => response.end(Buffer.alloc(length - found.size)));
  });
  servers.push(server);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${server.address().port}${PREFIX}`;
}

/** A page in which every request has to be answered, by this site. */
async function withPage(site, options, body) {
  const opened = await newPage(browser, options);
  const refused = [];
  opened.page.on('response', (response) => {
    if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
  });
  try {
    await body(opened.page);
    assert.deepEqual(refused, []);
    if (!options.expectsFaults) assert.deepEqual(opened.faults, []);
    assert.deepEqual(opened.requests.filter((url) => !/^(data|blob):/.test(url) && !url.startsWith(site)), []);
  } finally {
    await opened.close();
  }
}

describe('on a server that answers ranges', () => {
  let site;
  before(async () => { site = await serve('ranges'); });

  test('the map stands, coloured by the figures', async () => {
    await withPage(site, {}, async (page) => {
      await page.goto(`${site}mn/`);
      await ready(page);
      const points = (await insidePoints(page, '2022')).slice(0, 8);
      assert.ok(points.length > 3, `${points.length} khoroos in view`);
      await bareFills(page);
      const wanted = await fills(page, '2022', 'khoroos', points.map(({ id }) => id));
      const seen = await pixels(page, points);
      for (const [idx, colour] of wanted.entries()) assert.ok(distance(colour, seen[idx]) < 40, `${points[idx].code}: ${colour} is ${seen[idx]}`);
    });
  });

  test('the page says that it is a copy, and of what; what needs the service is not offered', async () => {
    await withPage(site, {}, async (page) => {
      await page.goto(`${site}mn/index.html`);
      await ready(page);
      await page.locator('.live header [data-copy]').waitFor();
      const links = await page.locator('.live a[href]').evaluateAll((all) => all.map((link) => link.href));
      assert.ok(links.some((link) => link.endsWith('/mn/about.html')));
      assert.ok(!links.some((link) => /visits|embed|\.png/.test(link)), links.join(' '));
      await page.goto(`${site}en/?measure=replications&select=bzd-26`);
      await ready(page);
      const live = page.locator('.live header [data-copy] a');
      await live.hover();
      assert.match(await live.getAttribute('href'), new RegExp(`^${LIVE}/en/\\?.*measure=replications.*select=bzd-26`));
      for (const link of new Set(links)) {
        if (link.startsWith(site)) assert.equal((await fetch(link)).status, 200, link);
      }
    });
  });

  test('a khoroo is found, chosen, described, and its page opens', async () => {
    await withPage(site, {}, async (page) => {
      await page.goto(`${site}en/`);
      await ready(page);
      await page.fill('.search input', 'bzd 26');
      await page.locator('.search [role=option]').first().waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/select=bzd-26/);
      const link = page.locator('.figures .more a').first();
      await link.waitFor();
      await link.click();
      await page.waitForURL(`${site}en/khoroos/bzd-26.html`);
      assert.match(await page.locator('h1').innerText(), /26/);
      await page.locator('[data-copy]').waitFor();
      assert.equal(await page.locator('form').count(), 0);
    });
  });

  test('coordinates find the khoroo on whose ground they lie', async () => {
    await withPage(site, {}, async (page) => {
      await page.goto(`${site}en/`);
      await ready(page);
      await page.fill('.search input', '47.918, 106.917');
      await page.keyboard.press('Enter');
      await page.waitForURL(/select=[a-z]+-\d+/);
    });
  });

  test('outside the city the nearest khoroo is named', async () => {
    await withPage(site, {}, async (page) => {
      await page.goto(`${site}en/`);
      await ready(page);
      await page.fill('.search input', '47.0, 106.917');
      await page.keyboard.press('Enter');
      await page.getByText(/nearest.*\d+ km/i).first().waitFor();
      assert.doesNotMatch(page.url(), /select=/);
    });
  });

  test('another figure, cycle and level are shown and coloured by files, and so are the steps of a khoroo', async () => {
    await withPage(site, {}, async (page) => {
      for (const view of ['measure=replications&cycle=2020', 'measure=bivariate&level=district', 'rate=per10000&cycle=all', 'theme=waste&select=bzd-26', 'layers=replications,practices&table=1']) {
        await page.goto(`${site}en/?${view}`);
        await ready(page);
      }
    });
  });

  test('the picture of what is shown is a file, and is not offered where there is none', async () => {
    await withPage(site, {}, async (page) => {
      const picture = page.locator('.share-ways a[download]');
      for (const view of ['', '?measure=bivariate&cycle=2020&level=district', '?select=bzd-26&form=cells']) {
        await page.goto(`${site}mn/${view}`);
        await ready(page);
        assert.equal(await picture.count(), 1, view);
        const answer = await fetch(await picture.evaluate((link) => link.href));
        assert.equal(answer.headers.get('content-type'), 'image/svg+xml', view);
        assert.equal(await page.locator('.share-ways button').count(), 2, view);
      }
      await page.goto(`${site}mn/?rate=per10000`);
      await ready(page);
      assert.equal(await picture.count(), 0);
      assert.equal(await page.locator('.share-ways button').count(), 2);
    });
  });

  for (const [lang, format] of [['en', { format: 'A4' }], ['mn', { format: 'A4', landscape: true }]]) {
    test(`on paper goes the whole city in the colours of what is shown, and that it is a copy: ${lang}`, async () => {
      await withPage(site, {}, async (page) => {
        await page.goto(`${site}${lang}/?measure=replications&theme=waste&rate=per10000&select=bzd-26`);
        await ready(page);
        await page.locator('.print-map > svg').waitFor({ state: 'attached' });
        const painted = await page.evaluate(() => {
          const colours = new Set([...document.querySelectorAll('.legend .swatch rect')].map((one) => one.getAttribute('fill')));
          const units = [...document.querySelectorAll('.print-map svg svg g > path[d]')].map((path) => path.getAttribute('fill'));
          const numbers = [...document.querySelectorAll('.print-map svg svg text')].map((text) => text.textContent).filter((text) => !/\p{L}/u.test(text));
          return { n_units: units.length, others: units.filter((fill) => !colours.has(fill)), numbers, marks: document.querySelectorAll('.print-map path[stroke="#1a5fb4"]').length };
        });
        assert.ok(painted.n_units > 204, `${painted.n_units} shapes`);
        assert.deepEqual([painted.others, painted.numbers], [[], []]);
        assert.ok(painted.marks > 0, 'the chosen khoroo is marked');
        assert.equal((await page.pdf({ ...format, margin: { top: '10mm', right: '10mm', bottom: '10mm', left: '10mm' } })).toString('latin1').match(/\/Type\s*\/Page\b/g).length, 1, 'sheets');
        await page.setViewportSize({ width: 720, height: 1000 });
        await page.emulateMedia({ media: 'print' });
        const map = await page.locator('.print-map > svg').boundingBox();
        assert.ok(map.x >= 0 && map.width > 400 && map.x + map.width <= 720, JSON.stringify(map));
        assert.deepEqual(await page.locator('.live :is(button, input, select, canvas):visible').count(), 0);
        assert.ok(await page.locator('.live header [data-copy]').isVisible());
        assert.ok(await page.locator('.live .figures h2').isVisible());
      });
    });
  }

  /** Colours of map and legend while the page is printed, and of the legend on screen after it. */
  async function printed(page, query) {
    await page.goto(`${site}en/${query}`);
    await ready(page);
    await page.locator('.print-map > svg, .cells-svg .unit').first().waitFor({ state: 'attached' });
    await page.evaluate(() => {
      window.coloursOf = (all) => [...document.querySelectorAll(all)].map((one) => one.getAttribute('fill'));
      window.legendColours = () => window.coloursOf('.legend .swatch rect, .square rect, .square text');
      window.addEventListener('beforeprint', () => {
        window.onPaper = { map: window.coloursOf('.print-map svg svg g > path[d], .cells-svg .unit'), legend: window.legendColours() };
      });
    });
    await page.pdf({ format: 'A4' });
    await ready(page);
    return page.evaluate(() => ({ ...window.onPaper, screen: window.legendColours() }));
  }

  for (const query of ['?measure=replications&theme=waste', '?measure=replications&theme=waste&form=cells', '?measure=bivariate&select=bzd-26']) {
    test(`paper is light where the screen is dark: ${query}`, async () => {
      const seen = {};
      for (const colorScheme of ['light', 'dark']) {
        await withPage(site, { colorScheme }, async (page) => { seen[colorScheme] = await printed(page, query); });
      }
      const { light, dark } = seen;
      assert.ok(light.map.length >= 204 && light.legend.length > 1, JSON.stringify(light.legend));
      assert.deepEqual([dark.map, dark.legend], [light.map, light.legend]);
      assert.deepEqual(light.screen, light.legend);
      assert.notDeepEqual(dark.screen, dark.legend, 'back on screen it is dark again');
    });
  }

  test('on paper a unit that is not known by its name has no colour of another figure', async () => {
    await withPage(site, {}, async (page) => {
      await page.route(/\/maps\/identifications.*\.svg$/, async (route) => {
        const text = await (await route.fetch()).text();
        await route.fulfill({ body: text.replaceAll('<title>Khoroo 6, Bayangol: ', '<title>Elsewhere: '), contentType: 'image/svg+xml' });
      });
      await page.goto(`${site}en/?measure=replications&theme=waste`);
      await ready(page);
      await page.locator('.print-map > svg').waitFor({ state: 'attached' });
      const { hatched, titles } = await page.evaluate(() => ({
        hatched: [...document.querySelectorAll('.print-map svg svg g > path[fill^="url("]')].map((path) => path.previousElementSibling.getAttribute('fill')),
        titles: document.querySelectorAll('.print-map g > title').length,
      }));
      assert.ok(hatched.length > 0 && hatched.every((fill) => fill === '#ffffff'), hatched.join(' '));
      assert.equal(titles, 0);
    });
  });

  test('a ready picture says on paper that it is a copy', async () => {
    await withPage(site, {}, async (page) => {
      await page.goto(`${site}en/`);
      await ready(page);
      await page.evaluate(() => { window.print = () => { window.isPrinted = true; }; });
      await page.locator('.share button.toggle').click();
      await page.getByRole('button', { name: 'Print' }).click();
      await page.waitForFunction(() => window.isPrinted);
      await page.emulateMedia({ media: 'print' });
      assert.ok(await page.locator('.print-sheet.ready').isVisible());
      assert.match(await page.locator('.print-note').innerText(), /copy of the data as published on \d+\s\w+\s\d{4}/);
    });
  });

  test('from the tracker a report is reached, and the way back', async () => {
    await withPage(site, {}, async (page) => {
      await page.goto(`${site}en/tracker.html`);
      await page.locator('a[href*="print=1"]').click();
      await page.waitForURL(/tracker~.*print=1\.html/);
      await page.locator('a[href="tracker.html"], a[href^="tracker~"]').first().click();
      await page.waitForURL((url) => !url.pathname.includes('print'));
    });
  });

  test('the other language shows the same view', async () => {
    await withPage(site, {}, async (page) => {
      await page.goto(`${site}mn/?measure=replications`);
      await ready(page);
      await page.locator('.live a.language').click();
      await page.waitForURL(/\/en\/.*measure=replications/);
      await ready(page);
      assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    });
  });

  test('on a telephone cells stand, without the map library', async () => {
    await withPage(site, { width: 360, height: 740 }, async (page) => {
      const loaded = [];
      page.on('request', (request) => loaded.push(request.url()));
      await page.goto(`${site}mn/`);
      await ready(page);
      assert.deepEqual(loaded.filter((url) => /pmtiles/.test(url)), []);
    });
  });
});

describe('on a server without ranges', () => {
  test('small archives are read whole', async () => {
    const site = await serve('whole');
    await withPage(site, {}, async (page) => {
      await page.goto(`${site}mn/`);
      await ready(page);
    });
  });

  test('large ones are not, and the page says why there is no map', async () => {
    const site = await serve('large');
    await withPage(site, { expectsFaults: true }, async (page) => {
      await page.goto(`${site}en/`);
      const band = page.locator('[data-ranges]');
      await band.waitFor({ timeout: 60_000 });
      assert.match(await band.innerText(), /ranges/);
      await ready(page);
      assert.equal(await page.locator('.message').isVisible(), false);
    });
  });
});

describe('the search', () => {
  let live;
  let address;
  before(async () => {
    live = await startService(['--store', store, '--landmarks', landmarks]);
    address = live.address;
    for (const end = Date.now() + START_MS; !(await fetch(`${address}/health/ready`)).ok; ) assert.ok(Date.now() < end, 'the service is not ready');
  });
  after(() => live.stop());

  /** What a search that can be made answers, without how it fits. */
  async function served(text, lang, { kinds, ...others }) {
    const told = Object.entries({ ...others, kind: kinds?.join() }).filter(([, value]) => value !== undefined);
    const answer = await fetch(`${address}/api/v1/search?${new URLSearchParams({ q: text, lang, ...Object.fromEntries(told) })}`);
    if (answer.status === 400) return { items: [], total: 0 };
    const { items, total } = await answer.json();
    return { items: items.map(({ match, matched, ...found }) => found), total };
  }

  for (const lang of ['mn', 'en']) {
    test(`finds what the service finds, in its order: ${lang}`, async () => {
      const find = await twinFind();
      const list = JSON.parse(readFileSync(join(folder, 'search', `${lang}.json`), 'utf8'));
      const scopes = [{ limit: 100 }, { vintage: '2020' }, { district: 'bzd', limit: 100 }, { kinds: ['landmark', 'district'] }, {}];
      let n_found = 0;
      for (const [idx, text] of queries(list, 250).entries()) {
        for (const scope of [{}, scopes[idx % scopes.length]]) {
          const expected = await served(text, lang, scope);
          const found = find(list, text, scope);
          const items = found.items.map(({ is_first, number, words, beside, ...one }) => one);
          assert.deepEqual({ ...found, items }, expected, `${JSON.stringify(text)} ${JSON.stringify(scope)}`);
          n_found += expected.total;
        }
      }
      assert.ok(n_found > 1000, `${n_found} found`);
    });
  }

  test('finds nothing where there is nothing, and says so', async () => {
    const site = await serve('ranges');
    await withPage(site, {}, async (page) => {
      await page.goto(`${site}en/`);
      await ready(page);
      for (const text of ['zzzz', '%']) {
        await page.fill('.search input', text);
        await page.locator('.search .remark.said').waitFor();
        assert.equal(await page.locator('.search [role=option]').count(), 0, text);
        await page.fill('.search input', '');
      }
      await page.fill('.search input', 'waste');
      await page.locator('.search [role=option]').first().waitFor();
    });
  });
});
