// Context under and over the colours, its sources, and landmarks: a server of its own with both files.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { startService } from './service.mjs';
import { act, launch, newPage, ready } from './support.mjs';

/** A market in the middle of the city. */
const MARKET = [106.93, 47.915];
/** A pass outside all khoroos. */
const PASS = [107, 47.6];

let browser;
let server;
let address;
const folder = mkdtempSync(join(tmpdir(), 'hlp-orientation-'));

before(async () => {
  browser = await launch();
  const table = join(folder, 'landmarks.csv');
  writeFileSync(table, `name_mn,name_en,lon,lat,kind,address\nНарантуул зах,Narantuul Market,${MARKET},зах,Нарны зам 3\nӨндөр даваа,High Pass,${PASS},даваа,\n`);
  server = await startService(['--demo', '--store', join(folder, 'demo.gpkg'), '--context', context(), '--landmarks', table]);
  address = server.address;
});

after(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** A GeoPackage of roads, water, a river, built-up land and a name, made by GDAL. */
function context() {
  const file = join(folder, 'around.gpkg');
  const area = (w, s, e, n) => ({ type: 'Polygon', coordinates: [[[w, s], [e, s], [e, n], [w, n], [w, s]]] });
  const layers = {
    roads: [[{ type: 'LineString', coordinates: [[106.7, 47.91], [107.1, 47.925]] }, { class: 'primary' }]],
    rivers: [[{ type: 'LineString', coordinates: [[106.7, 47.935], [107.1, 47.94]] }, { name: 'Туул' }]],
    water: [[area(106.86, 47.9, 106.88, 47.91), {}]],
    landuse: [[area(106.9, 47.92, 106.94, 47.94), { landuse: 'residential' }]],
    places: [[{ type: 'Point', coordinates: [106.905, 47.93] }, { name: 'Зүүн салаа', name_en: 'East Branch', place: 'town' }]],
  };
  for (const [name, rows] of Object.entries(layers)) {
    const source = join(folder, `${name}.geojson`);
    const features = rows.map(([geometry, properties]) => ({ type: 'Feature', geometry, properties }));
    writeFileSync(source, JSON.stringify({ type: 'FeatureCollection', features }));
    const append = name === 'roads' ? [] : ['-update'];
    execFileSync('ogr2ogr', ['-f', 'GPKG', ...append, '-nln', name, '-lco', 'DESCRIPTION=© City atlas', file, source]);
  }
  return file;
}

async function withPage(options, body) {
  const opened = await newPage(browser, options);
  try {
    await body(opened);
    assert.deepEqual(opened.faults, []);
    assert.deepEqual(await opened.page.evaluate(() => window.policyViolations), []);
    const foreign = opened.requests.filter((url) => !/^(data|blob):/.test(url) && !url.startsWith(address));
    assert.deepEqual(foreign, []);
  } finally {
    await opened.close();
  }
}

async function open(page, path) {
  await page.goto(address + path);
  await ready(page);
  await page.waitForSelector('.stage .sources:not(:empty)', { state: 'attached' });
}

/** What is drawn of each tile layer of the context, once the map is idle. */
function drawn(page) {
  return page.evaluate(async () => {
    const map = document.querySelector('#viewer').hlpMap;
    if (!map.loaded()) await new Promise((resolve) => map.once('idle', resolve));
    const features = map.queryRenderedFeatures().filter(({ source }) => source === 'context');
    return [...new Set(features.map(({ layer }) => layer.id))].sort();
  });
}

describe('context', () => {
  test('lies under and over the colours in both themes, below our names', async () => {
    for (const colorScheme of ['light', 'dark']) {
      await withPage({ colorScheme }, async ({ page }) => {
        await open(page, '/mn/#map=12.6/47.92/106.905');
        assert.deepEqual(await drawn(page), [
          'context-built_up', 'context-built_up-edge', 'context-places-towns', 'context-rivers', 'context-roads',
          'context-water', 'context-water-edge',
        ]);
        const order = await page.evaluate(() => document.querySelector('#viewer').hlpMap.getStyle().layers.map(({ id }) => id));
        const stack = ['context-water', 'khoroos-fill:2022', 'context-roads', 'city-borders:2022', 'context-places-towns', 'khoroo-labels:2022'];
        const places = stack.map((id) => order.indexOf(id));
        assert.ok(places.every((place, idx) => place >= 0 && (idx === 0 || place > places[idx - 1])), `${places}`);
      });
    }
  });

  test('takes the colours of a theme that is changed to', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/#map=12.6/47.92/106.905');
      const road = () => page.evaluate(() => document.querySelector('#viewer').hlpMap.getPaintProperty('context-roads', 'line-color'));
      const light = await road();
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.waitForFunction((before) => document.querySelector('#viewer').hlpMap.getPaintProperty('context-roads', 'line-color') !== before, light);
    });
  });

  test('names its sources on the map and in the panel', async () => {
    for (const [lang, words] of [['mn', 'Суурь давхаргын эх сурвалж: © City atlas'], ['en', 'Source of the base layers: © City atlas']]) {
      await withPage({}, async ({ page }) => {
        await open(page, `/${lang}/`);
        assert.equal(await page.textContent('.stage .sources'), '© City atlas');
        assert.ok(await page.isVisible('.stage .sources'));
        assert.ok((await page.textContent('.notes')).includes(words));
        await assertAccessible(page, lang);
      });
    }
  });
});

describe('a landmark', () => {
  test('is found in either script, marked, and its khoroo chosen; the address keeps all of it', async () => {
    const at = await (await fetch(`${address}/api/v1/khoroos-at?lon=${MARKET[0]}&lat=${MARKET[1]}`)).json();
    for (const [lang, words, title] of [['mn', 'narantuul', 'Нарантуул зах'], ['en', 'нарантуул', 'Narantuul Market']]) {
      await withPage({}, async ({ page }) => {
        await open(page, `/${lang}/`);
        await page.locator('.search input').fill(words);
        const option = page.locator('.search [role=option]').first();
        await option.waitFor();
        assert.ok((await option.textContent()).includes(`${title}, Нарны зам 3`));
        await act(page, () => page.locator('.search input').press('Enter'));
        assert.match(page.url(), new RegExp(`select=${at.code}.*at=106\\.93000,47\\.91500.*#map=15`));
        assert.equal(new URL(page.url()).searchParams.get('landmark'), title);
        await marked(page);
        await named(page, title);
        await page.reload();
        await ready(page);
        await marked(page);
        await named(page, title);
        // In the other language it has its other name, from the same link.
        const other = lang === 'mn' ? ['en', 'Narantuul Market'] : ['mn', 'Нарантуул зах'];
        await page.goto(page.url().replace(`/${lang}/`, `/${other[0]}/`));
        await ready(page);
        await named(page, other[1]);
        await page.goBack();
        await ready(page);
        // Another khoroo is another choice.
        await page.goBack();
        await page.waitForFunction(() => !location.search.includes('at='));
      });
    }
  });
});

describe('a link that makes up a name for a place', () => {
  test('shows the dot without it', async () => {
    await withPage({}, async ({ page }) => {
      const asked = page.waitForResponse((response) => response.url().includes('/api/v1/search'));
      await open(page, '/en/?at=106.95000,47.92000&landmark=Closed+by+order#map=15/47.92/106.95');
      await asked;
      await marked(page, [106.95, 47.92]);
      assert.equal(await page.locator('.landmark').count(), 0);
      assert.ok(!(await page.textContent('body')).includes('Closed by order'));
    });
  });
});

describe('a landmark where there are equal cells', () => {
  const find = async (page, words) => {
    await page.locator('.search input').fill(words);
    await page.locator('.search [role=option]').first().waitFor();
    await page.locator('.search input').press('Enter');
  };

  test('is shown on the map, even outside all khoroos', async () => {
    for (const [words, at] of [['high pass', PASS], ['narantuul', MARKET]]) {
      await withPage({ width: 360, height: 740 }, async ({ page }) => {
        await open(page, '/en/');
        assert.ok(await page.isVisible('.cells-svg'));
        await find(page, words);
        await marked(page, at);
        assert.match(page.url(), /form=map/);
      });
    }
  });

  test('is told of where the code of another site keeps the cells', async () => {
    await withPage({ width: 360, height: 740 }, async ({ page }) => {
      await open(page, '/embed?lang=en&form=cells');
      await find(page, 'high pass');
      await page.waitForFunction(() => /lies in no khoroo/.test(document.querySelector('.search .remark').textContent));
      assert.ok(await page.isVisible('.cells-svg'));
    });
  });

  test('is found in a frame of its district, at any level, and in no other', async () => {
    const at = await (await fetch(`${address}/api/v1/khoroos-at?lon=${MARKET[0]}&lat=${MARKET[1]}`)).json();
    for (const query of [`area=${at.district}`, `area=${at.district}&level=district`, `area=${at.code}`]) {
      await withPage({ width: 480 }, async ({ page }) => {
        await open(page, `/embed?lang=en&form=cells&${query}`);
        await find(page, 'narantuul');
        const code = query.includes('level') ? at.district : at.code;
        await page.waitForSelector(`.cells [role=option][data-code="${code}"][aria-selected=true]`);
      });
    }
    await withPage({ width: 480 }, async ({ page }) => {
      await open(page, `/embed?lang=en&form=cells&area=${at.district === 'nd' ? 'bn' : 'nd'}`);
      await page.locator('.search input').fill('narantuul');
      await page.waitForFunction(() => /Nothing found/.test(document.querySelector('.search .remark').textContent));
    });
  });
});

/** Its name stands beside the dot and in the panel. */
async function named(page, title) {
  await page.waitForFunction((expected) => {
    const map = document.querySelector('#viewer').hlpMap;
    const [label] = map?.queryRenderedFeatures({ layers: ['mark-name'] }) ?? [];
    return label?.properties.label === expected && document.querySelector('.figures .landmark')?.textContent.trim() === expected;
  }, title, { timeout: 20_000 });
}

/** The mark stands on the map where the landmark is. */
async function marked(page, [lon, lat] = MARKET) {
  await page.waitForFunction(([lon, lat]) => {
    const map = document.querySelector('#viewer').hlpMap;
    const [mark] = map?.queryRenderedFeatures({ layers: ['mark'] }) ?? [];
    return mark && Math.hypot(mark.geometry.coordinates[0] - lon, mark.geometry.coordinates[1] - lat) < 1e-3;
  }, [lon, lat], { timeout: 20_000 });
}
