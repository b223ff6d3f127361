// Replication lines: whose are drawn, which way they lead, who is named for them, and a word where there are none.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { act, distance, getJson, inPage, launch, open, pixels } from './support.mjs';

const RECORD = { light: '#b80f4e', dark: '#ff86ab' };

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

/** Copies that have a line: both ends are known in the boundaries of the cycle, and they are two. */
async function linesOf2022() {
  const statuses = (await getJson('/api/v1/replication-statuses')).items.filter(({ counts }) => counts).map(({ code }) => code).join();
  const { items } = await getJson(`/api/v1/replications?cycle=2022&status=${statuses}&limit=1000`);
  return items.filter(({ from, to }) => from !== null && to !== null && from !== to);
}

/** Waits until lines are drawn on the map, those that touch a khoroo alone, or of all. Another choice of lines is drawn a moment after it is told. */
const drawn = (page, own) => page.waitForFunction((code) => {
  const map = document.querySelector('#viewer').hlpMap;
  const lines = map.queryRenderedFeatures({ layers: ['replications-line:2022'] });
  return lines.length > 0 && (code === null || lines.every(({ properties: { from, to } }) => from === code || to === code));
}, own, { timeout: 20_000, polling: 50 });

const codeOf = (id) => id.split(':')[1];

describe('lines of the chosen khoroo', () => {
  test('are drawn alone, and counted both ways', async () => {
    const lines = await linesOf2022();
    const ofHost = (id) => lines.filter(({ from }) => from === id).length;
    const ofCopier = (id) => lines.filter(({ to }) => to === id).length;
    const id = lines.map(({ from }) => from).find((from) => ofHost(from) > 0 && ofCopier(from) > 1);
    const code = id.split(':')[1];
    for (const [form, colorScheme] of [['map', 'light'], ['map', 'dark'], ['cells', 'light']]) {
      await withPage({ colorScheme }, async ({ page }) => {
        await open(page, `/mn/?layers=replications&select=${code}&form=${form}`);
        assert.match(await page.textContent('.own-lines'), new RegExp(`ирсэн ${ofCopier(id)}, гарсан ${ofHost(id)} нутагшуулалтыг`));
        if (form === 'cells') {
          const n_own = await page.locator('.link.own').count();
          assert.ok(n_own > 0);
          return assert.equal(await page.locator('.link').count(), n_own);
        }
        await drawn(page, code);
      });
    }
  });

  test('are those of practices recorded under earlier boundaries too', async () => {
    const lines = await linesOf2022();
    const carried = lines.find(({ host, from }) => host !== null && !host.startsWith('2022:') && from.startsWith('2022:'));
    const code = carried.from.split(':')[1];
    const n_from = lines.filter(({ from }) => from === carried.from).length;
    await withPage({}, async ({ page }) => {
      await open(page, `/mn/?layers=replications&select=${code}&form=map`);
      assert.match(await page.textContent('.own-lines'), new RegExp(`гарсан ${n_from} нутагшуулалтыг`));
      const strong = await page.evaluate((own) => document.querySelector('#viewer').hlpMap
        .queryRenderedFeatures({ layers: ['replications-line:2022'] }).filter(({ properties }) => properties.from === own).length, code);
      assert.ok(strong > 0, `${code} has no line of its own`);
    });
  });

  test('of a district that is shown alone are counted as they are drawn', async () => {
    const lines = await linesOf2022();
    const isIn = (id) => id.startsWith('2022:bzd-');
    for (const form of ['map', 'cells']) {
      const seen = lines.filter(({ from, to }) => (form === 'map' ? isIn(from) || isIn(to) : isIn(from) && isIn(to)));
      const khoroos = [...new Set(seen.flatMap(({ from, to }) => [from, to]).filter(isIn))];
      const outer = (id) => lines.filter(({ from, to }) => (from === id || to === id) && !(isIn(from) && isIn(to))).length;
      // One whose lines are not all inside, so that counting all of them in cells would be seen.
      const id = khoroos.sort((a, b) => outer(b) - outer(a))[0];
      assert.ok(outer(id) > 0);
      const [n_to, n_from] = [seen.filter(({ to }) => to === id).length, seen.filter(({ from }) => from === id).length];
      await withPage({ width: 900, height: 800 }, async ({ page }) => {
        await open(page, `/embed?area=bzd&lang=mn&layers=replications&form=${form}&select=${id.split(':')[1]}`);
        assert.match(await page.textContent('.own-lines'), new RegExp(`ирсэн ${n_to}, гарсан ${n_from} нутагшуулалтыг`));
        if (form === 'cells') return assert.ok(await page.locator('.link.own').count() > 0);
        const drawn = await page.evaluate(() => {
          const map = document.querySelector('#viewer').hlpMap;
          const own = (features) => features.filter(({ properties: { from, to } }) => from.startsWith('bzd-') || to.startsWith('bzd-'));
          const rendered = map.queryRenderedFeatures({ layers: ['replications-line:2022'] });
          return { beside: rendered.length - own(rendered).length, n: rendered.length };
        });
        assert.equal(drawn.beside, 0);
        assert.ok(drawn.n > 0);
      });
    }
  });

  test('are none where it has none, which a word says; then those of all stay', async () => {
    const ends = new Set((await linesOf2022()).flatMap(({ from, to }) => [from, to]));
    const { units } = await getJson('/api/v1/values/replications.json?vintage=2022&level=khoroo');
    const { code } = units.find((unit) => !ends.has(`2022:${unit.code}`));
    for (const form of ['map', 'cells']) {
      await withPage({}, async ({ page }) => {
        await open(page, `/en/?layers=replications&select=${code}&form=${form}`);
        assert.match(await page.textContent('.own-lines'), /no line on the map leads here or from here in this cycle/);
        if (form === 'cells') assert.ok(await page.locator('.link').count() > 60);
        else await drawn(page, null);
        await act(page, () => page.uncheck('input[name="hlp-replications"]', { force: true }));
        assert.equal(await page.locator('.own-lines').count(), 0, 'nothing is said of lines that are not shown');
      });
    }
  });

  test('can be told from the colours below on every ramp, in both themes', async () => {
    for (const colorScheme of ['light', 'dark']) {
      for (const measure of ['identifications', 'replications', 'replications_hosted', 'participation', 'bivariate']) {
        await withPage({ colorScheme }, async ({ page }) => {
          await open(page, `/en/?measure=${measure}&layers=replications&select=bzd-29`);
          // Places along the khoroo's own lines, where no name or number and no arrow lies over them.
          const points = await page.evaluate(() => {
            const map = document.querySelector('#viewer').hlpMap;
            const box = map.getCanvas().getBoundingClientRect();
            const own = map.queryRenderedFeatures({ layers: ['replications-line:2022'] })
              .filter(({ properties: { from, to } }) => from === 'bzd-29' || to === 'bzd-29');
            return own.flatMap(({ geometry }) => {
              const ends = (geometry.type === 'LineString' ? geometry.coordinates : geometry.coordinates[0]).map((at) => map.project(at));
              const [from, to] = [ends[0], ends.at(-1)];
              return Array.from({ length: 40 }, (_, n) => ({ x: from.x + ((to.x - from.x) * n) / 40, y: from.y + ((to.y - from.y) * n) / 40 }));
            }).filter(({ x, y }) => x > 0 && y > 0 && x < box.width && y < box.height && document.elementFromPoint(box.x + x, box.y + y) === map.getCanvas())
              .map(({ x, y }) => ({ x: box.x + x, y: box.y + y }));
          });
          assert.ok(points.length > 8, `${points.length} places`);
          const clear = (await pixels(page, points)).filter((colour) => distance(colour, RECORD[colorScheme]) <= 24).length;
          assert.ok(clear > points.length / 2, `${measure}, ${colorScheme}: ${clear} of ${points.length}`);
        });
      }
    }
  });
});

describe('the panel of a khoroo', () => {
  /** The khoroo with most others in one direction (`from` or `to`), and the codes of these. */
  const busiest = (lines, own, other) => {
    const others = (id) => [...new Set(lines.filter((line) => line[own] === id).map((line) => codeOf(line[other])))];
    const [id] = [...new Set(lines.map((line) => line[own]))].sort((a, b) => others(b).length - others(a).length);
    return { code: codeOf(id), others: others(id) };
  };
  const listed = (page, title) => page.locator('.figures h3', { hasText: title }).locator('xpath=following-sibling::ul[1]');

  test('names whom it copied from and who copied it, with the practice, and leads there, by keyboard too', async () => {
    const lines = await linesOf2022();
    const both = lines.map(({ from }) => from).find((from) => lines.some(({ to }) => to === from));
    const came = lines.filter(({ to }) => to === both);
    const went = lines.filter(({ from }) => from === both);
    const { units } = await getJson('/api/v1/values/replications.json?vintage=2022&level=khoroo');
    for (const lang of ['mn', 'en']) {
      const [from, to] = { mn: ['Хэнээс нутагшуулсан', 'Хэн нутагшуулсан'], en: ['Replicated from', 'Replicated by'] }[lang];
      await inPanel(lang, codeOf(both), async (page) => {
        for (const [title, copies, other] of [[from, came, 'from'], [to, went, 'to']]) {
          const codes = new Set(copies.map((copy) => codeOf(copy[other])));
          assert.deepEqual(new Set(await listed(page, title).locator('a').evaluateAll((all) => all.map(({ pathname }) => pathname.split('/').at(-1)))), codes);
          const text = await listed(page, title).textContent();
          for (const copy of copies) {
            assert.ok(text.includes(copy[`title_${lang}`]), copy[`title_${lang}`]);
            assert.ok(text.includes(units.find(({ code }) => code === codeOf(copy[other]))[`name_${lang}`]));
          }
        }
        const next = listed(page, to).locator('a').first();
        const name = await next.textContent();
        const code = (await next.getAttribute('href')).split('/').at(-1);
        await next.focus();
        await page.keyboard.press('Enter');
        await page.waitForFunction((wanted) => document.querySelector('.figures h2').textContent === wanted, name);
        assert.equal(new URL(page.url()).searchParams.get('select'), code);
        assert.equal(await page.evaluate(() => document.activeElement.textContent), name, 'the keyboard is at its head');
        // The way was walked by somebody who came from there.
        await listed(page, from).locator(`a[href$="/${codeOf(both)}"]`).click();
        await page.waitForFunction((wanted) => new URL(location.href).searchParams.get('select') === wanted, codeOf(both));
      });
    }
  });

  test('names ten, and leads to its page for the others', async () => {
    const { code, others } = busiest(await linesOf2022(), 'from', 'to');
    const { units } = await getJson('/api/v1/values/replications.json?vintage=2022&level=khoroo');
    // Twelve copies besides, so that there are more than ten whatever the demo data hold.
    const besides = units.filter((unit) => unit.code !== code && !others.includes(unit.code)).slice(0, 12).map((unit) =>
      ({ practice: `p-besides-${unit.code}`, title_mn: 'Туршлага', title_en: 'Practice', from: `2022:${code}`, to: `2022:${unit.code}` }));
    const addThem = (page) => page.route('**/api/v1/replications?*', async (route) => {
      const answer = await (await route.fetch()).json();
      await route.fulfill({ json: { ...answer, items: [...answer.items, ...besides] } });
    });
    await inPanel('en', code, async (page) => {
      const links = listed(page, 'Replicated by').locator('a');
      assert.equal(await links.count(), 11);
      assert.equal((await links.last().textContent()).trim(), `and ${others.length + 2} more khoroos`);
      await links.last().click();
      await page.waitForSelector('#copied-by table');
    }, addThem);
  });

  async function inPanel(lang, code, body, prepare = async () => {}) {
    await withPage({}, async ({ page }) => {
      await prepare(page);
      await open(page, `/${lang}/?select=${code}`);
      await page.waitForSelector('.figures .exchange');
      await body(page);
    });
  }
});
