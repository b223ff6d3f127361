// The page around the map: addresses, languages, keyboard, access, failures.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { act, baseUrl, getJson, inPage, launch, newPage, open, ready, toCycle } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

describe('the address', () => {
  test('holds the view: a copy of it shows the same', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?measure=replications&level=district&view=table&order=-value&select=bzd#map=9.50/47.9000/107.0000');
      assert.ok(await page.isChecked('input[value="replications"]'));
      assert.ok(await page.isChecked('input[value="district"]'));
      assert.equal(await page.textContent('.figures h2'), 'Bayanzurkh');
      assert.equal(await page.locator('.table-zone tbody tr').count(), 9);
      assert.equal(await page.getAttribute('.table-zone th.number', 'aria-sort'), 'descending');
      const camera = await page.evaluate(() => {
        const map = document.querySelector('#viewer').hlpMap;
        return [map.getZoom(), map.getCenter().lat, map.getCenter().lng].map((v) => Number(v.toFixed(2)));
      });
      assert.deepEqual(camera, [9.5, 47.9, 107]);
    });
  });

  test('goes back and forward through what was chosen', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/mn/');
      const title = () => page.textContent('h1');
      const first = await title();
      await act(page, () => page.check('input[value="replications"]', { force: true }));
      const second = await title();
      assert.notEqual(second, first);
      await act(page, () => page.goBack());
      assert.equal(await title(), first);
      assert.ok(await page.isChecked('input[value="identifications"]'));
      await act(page, () => page.goForward());
      assert.equal(await title(), second);
    });
  });

  test('a khoroo that was not there in another cycle is chosen again on the way back', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?select=bzd-40');
      await act(page, () => toCycle(page, 0));
      assert.equal(await page.locator('.figures.open').count(), 0);
      await act(page, () => toCycle(page, 1));
      assert.equal(await page.textContent('.figures h2'), 'Bayanzurkh, Khoroo 40');
    });
  });

  test('a vintage is shown by its last cycle; where a cycle of another is named that decides, and it is said', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?vintage=2020');
      assert.match(await page.textContent('h1'), /2020 cycle/);
      assert.match(page.url(), /\?cycle=2020$/);
      assert.equal(await page.locator('.notes .remark').count(), 0);
      await open(page, '/en/?vintage=2020&cycle=2022&form=cells');
      assert.match(await page.textContent('h1'), /2022 cycle/);
      assert.equal(await page.locator('.cells [role=option]').count(), 204);
      assert.match(await page.textContent('.notes .remark'), /on whose boundaries this cycle was not counted/);
      await act(page, () => toCycle(page, 0));
      assert.equal(await page.locator('.notes .remark').count(), 0, 'what was remarked on is over');
    });
  });

  test('what it asks for in vain is said, with what is shown instead, until something is chosen', async () => {
    for (const [lang, said] of [
      ['mn', [
        'Хаягт заасан «Үзүүлэлт: nonsense» гэсэн сонголт энэ газрын зурагт алга. Оронд нь харуулсан: Тодорхойлсон сайн туршлага.',
        'Хаягт заасан «Мөчлөг: 1999» гэсэн сонголт энэ газрын зурагт алга. Оронд нь харуулсан: 2022 оны мөчлөг.',
        'Энэ хилд «xyz-1» гэсэн нэгж алга тул сонгосон газар байхгүй.',
      ]],
      ['en', [
        'The address asks for “Measure: nonsense”, which this map does not have. Shown instead: Good practices identified.',
        'The address asks for “Cycle: 1999”, which this map does not have. Shown instead: 2022 cycle.',
        'There is no “xyz-1” within these boundaries, so no place is chosen.',
      ]],
    ]) {
      for (const width of [360, 1440]) {
        await withPage({ width }, async ({ page }) => {
          const told = () => page.$$eval('.live [data-misread]', (all) => all.map((one) => one.textContent.trim()));
          await open(page, `/${lang}/?cycle=1999&measure=nonsense&select=xyz-1&utm_source=x`);
          assert.deepEqual(await told(), said);
          await assertAccessible(page, `${lang} ${width}`);
          await page.selectOption('.controls select[name="hlp-measure"]', 'replications').catch(() =>
            page.check('input[value="replications"]', { force: true }));
          await page.waitForFunction(() => document.querySelectorAll('.live [data-misread]').length === 1);
        });
      }
    }
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?cycle=2020&measure=replications&rate=per10000&theme=waste&level=khoroo&form=map&select=BZD-12&layers=practices&view=table&order=-value&in=bzd&filter=1');
      assert.equal(await page.locator('[data-misread]').count(), 0);
      assert.match(page.url(), /select=bzd-12/);
      await open(page, '/en/?in=xyz&view=table');
      assert.equal(await page.textContent('.live [data-misread]'), 'The address asks for “District: xyz”, which this map does not have. Shown instead: All districts.');
      assert.equal(await page.locator('.table-zone tbody tr').count(), 204);
    });
  });

  test('keeps parameters that are not ours', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/mn/?utm_source=ub&measure=replications');
      await act(page, () => page.check('input[name="hlp-level"][value="district"]', { force: true }));
      const query = new URL(page.url()).searchParams;
      assert.equal(query.get('utm_source'), 'ub');
      assert.equal(query.get('level'), 'district');
    });
  });
});

describe('the head and the bar', () => {
  const partsOf = (page, root) => page.$$eval(`${root} .site a, ${root} .site .subtitle`, (all) =>
    all.filter((one) => one.checkVisibility()).map((one) => {
      const { color, fontSize, fontWeight } = getComputedStyle(one);
      const { x, y, height } = one.getBoundingClientRect();
      return { text: one.textContent.trim(), href: one.getAttribute('href'), color, fontSize, fontWeight, x, y, height };
    }));

  test('the head is that of the other pages: same parts, same order, same look, same place', async () => {
    for (const lang of ['mn', 'en']) {
      for (const width of [360, 768, 1100]) {
        await withPage({ width, height: 740 }, async ({ page }) => {
          await open(page, `/${lang}/?form=cells`);
          const own = await partsOf(page, '.live');
          await page.goto(`${baseUrl}/${lang}/tracker`);
          const others = await partsOf(page, 'body');
          const told = ({ text, color, fontSize, fontWeight, x, y, height }) => ({ text, color, fontSize, fontWeight, x: Math.round(x), y: Math.round(y), height });
          // What is current differs, and where the switch of languages leads.
          const quiet = (parts) => parts.slice(4).map(told).slice(0, -1);
          assert.deepEqual(own.map(({ text }) => text), others.map(({ text }) => text));
          assert.deepEqual(own.slice(0, -1).map(({ href }) => href), others.slice(0, -1).map(({ href }) => href));
          assert.deepEqual(quiet(own).map(({ y, height }) => [y, height]), quiet(others).map(({ y, height }) => [y, height]), `${lang}, ${width} px`);
          const rows = new Set(own.filter(({ text }) => text !== '').map(({ y }) => Math.round(y / 8)));
          assert.ok(rows.size <= (width < 768 ? 2 : 1), `${rows.size} rows at ${width} px in ${lang}`);
        });
      }
    }
  });

  test('the bar of choices is one row in wide, middle and narrow windows, and nothing is out of reach', async () => {
    for (const lang of ['mn', 'en']) {
      for (const width of [768, 1024, 1280, 1440]) {
        await withPage({ width, height: 900 }, async ({ page }) => {
          await open(page, `/${lang}/?form=cells`);
          const { height } = await page.locator('.controls').boundingBox();
          assert.ok(height <= 66, `${height} px high at ${width} px in ${lang}`);
          if (width < 1024) await page.click('.more-toggle');
          for (const name of ['measure', 'form', 'rate', 'level', 'theme']) {
            assert.ok(await page.locator(`.controls [name="hlp-${name}"]`).first().isVisible(), `${name} at ${width} px`);
          }
          assert.ok(await page.locator('.legend-zone [name="hlp-replications"]').isVisible());
        });
      }
    }
  });

  test('what is folded away starts open where it holds a choice', async () => {
    await withPage({ width: 360, height: 740 }, async ({ page }) => {
      await open(page, '/en/');
      assert.equal(await page.getAttribute('.more-toggle', 'aria-expanded'), 'false');
      await page.focus('.more-toggle');
      await page.keyboard.press('Enter');
      assert.ok(await page.locator('.controls select[name="hlp-theme"]').isVisible());
      await open(page, '/en/?theme=waste');
      assert.equal(await page.getAttribute('.more-toggle', 'aria-expanded'), 'true');
    });
  });

  test('sharing stands in the panel under the table’s button, and leads to code for the same view', async () => {
    for (const [lang, name] of [['mn', 'Хуваалцах'], ['en', 'Share']]) {
      await withPage({}, async ({ page }) => {
        await open(page, `/${lang}/?form=cells&measure=replications&select=bzd-26`);
        const button = page.getByRole('button', { name, exact: true });
        assert.equal(await button.getAttribute('aria-expanded'), 'false');
        await button.focus();
        await page.keyboard.press('Enter');
        assert.equal(await button.getAttribute('aria-expanded'), 'true');
        const group = page.getByRole('group', { name, exact: true });
        assert.ok((await group.boundingBox()).y > (await page.locator('[data-part="tableToggle"]').boundingBox()).y);
        await assertAccessible(page, `share, ${lang}`);
        assert.equal(await group.locator('a, button').count(), 5);
        await group.locator('a').first().click();
        await page.waitForURL(/\/embed\?/);
        assert.match(await page.inputValue('#code-frame'), /measure=replications&(amp;)?form=cells&(amp;)?select=bzd-26/);
      });
    }
  });
});

describe('languages', () => {
  test('the switch keeps measure, level, choice and place', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/mn/?measure=replications&select=bzd-12#map=11.00/47.9200/106.9500');
      assert.equal(await page.getAttribute('html', 'lang'), 'mn');
      await page.click('[data-part="language"]');
      await page.waitForURL(/\/en\//);
      await ready(page);
      assert.equal(await page.getAttribute('html', 'lang'), 'en');
      assert.ok(await page.isChecked('input[value="replications"]'));
      assert.equal(await page.textContent('.figures h2'), 'Bayanzurkh, Khoroo 12');
      assert.match(page.url(), /#map=11\.00\/47\.92/);
    });
  });

  test('Mongolian ordinals follow vowel harmony, numbers and names our own rules', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/mn/?view=table');
      const rows = await page.$$eval('.table-zone tbody tr', (all) =>
        all.map((row) => ({ code: row.dataset.code, cells: [...row.children].map((c) => c.textContent.trim()) })));
      assert.equal(rows.length, 204);
      for (const { code, cells } of rows) {
        const number = Number(code.split('-')[1]);
        const front = [1, 4, 9].includes(number % 10) || number % 100 === 40;
        assert.equal(cells[1], `${number} ${front ? 'дүгээр' : 'дугаар'} хороо`);
        assert.match(cells[3], /^\d{1,3}(\u00a0\d{3})*$/);
      }
      const districts = [...new Set(rows.map((row) => row.cells[0]))];
      assert.deepEqual(districts, [
        'Багануур', 'Багахангай', 'Баянгол', 'Баянзүрх', 'Налайх',
        'Сонгинохайрхан', 'Сүхбаатар', 'Хан-Уул', 'Чингэлтэй',
      ]);
      const bayanzurkh = rows.filter((row) => row.code.startsWith('bzd-')).map((row) => Number(row.code.slice(4)));
      assert.deepEqual(bayanzurkh, [...bayanzurkh].sort((a, b) => a - b));
    });
  });

  test('dates are written in the words of the language, from our own tables', async () => {
    for (const [lang, date] of [['mn', '2022 оны 1 сарын 1-нээс'], ['en', 'since 1 January 2022']]) {
      await withPage({}, async ({ page }) => {
        await open(page, `/${lang}/?form=cells`);
        assert.ok((await page.textContent('.notes')).includes(date));
      });
    }
  });

  test('invented data is said to be invented, in words, without scrolling', async () => {
    for (const [lang, word] of [['mn', /Жишээ өгөгдөл/], ['en', /Illustrative data/]]) {
      await withPage({ width: 360, height: 740 }, async ({ page }) => {
        await open(page, `/${lang}/`);
        assert.match(await page.textContent('.notice'), word);
        const box = await page.locator('.notice').boundingBox();
        assert.ok(box.y + box.height < 740);
      });
    }
  });
});

describe('the table twin', () => {
  test('has every khoroo with the value that the map shows', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?view=table&measure=replications');
      const values = await getJson('/api/v1/values/replications.json?vintage=2022&level=khoroo');
      const expected = new Map(values.units.map((unit) => [unit.code, String(unit.cells['2022'].value)]));
      const rows = await page.$$eval('.table-zone tbody tr', (all) =>
        all.map((row) => [row.dataset.code, row.children[2].textContent.trim()]));
      assert.equal(rows.length, 204);
      assert.deepEqual(new Map(rows), new Map(rows.map(([code]) => [code, expected.get(code)])));
    });
  });

  test('leads from the keyboard to a khoroo on the map', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      await page.locator('[data-part="tableToggle"]').focus();
      await page.keyboard.press('Enter');
      await page.waitForSelector('.table-zone tbody tr');
      const pressTabUntil = async (selector) => {
        for (let n_presses = 0; n_presses < 60; n_presses += 1) {
          if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
          await page.keyboard.press('Tab');
        }
        assert.fail(`the keyboard does not reach ${selector}`);
      };
      await pressTabUntil('.table-zone tbody button');
      await page.keyboard.press('Tab');
      const code = await page.evaluate(() => document.activeElement.closest('tr').dataset.code);
      await act(page, () => page.keyboard.press('Enter'));
      assert.match(page.url(), new RegExp(`select=${code}(&|#|$)`));
      assert.equal(await page.getAttribute(`tr[data-code="${code}"] button`, 'aria-pressed'), 'true');
      const number = code.split('-')[1];
      await page.waitForFunction(
        (n) => new RegExp(`Khoroo ${n}: \\d+\\.`).test(document.querySelector('[data-part="status"]').textContent),
        number,
        { timeout: 5000 },
      );
      await page.waitForFunction(
        () => document.querySelector('#viewer').hlpMap.queryRenderedFeatures({ layers: ['khoroos-selected:2022'] }).length > 0,
        null,
        { timeout: 15_000 },
      );
      assert.ok(await page.evaluate(() => document.activeElement.matches('.table-zone tbody button')), 'focus was lost');
    });
  });

  test('sorts by value, highest first', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?view=table');
      await page.click('.table-zone th.number button');
      const numbers = await page.$$eval('.table-zone tbody tr', (rows) => rows.map((r) => Number(r.children[2].textContent)));
      assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a));
      assert.ok(numbers[0] > numbers.at(-1));
    });
  });
});

describe('access', () => {
  const screens = [
    { name: '1440', width: 1440, height: 900 },
    { name: '360', width: 360, height: 740 },
  ];
  for (const { name, width, height } of screens) {
    for (const [lang, colorScheme] of [['mn', 'light'], ['mn', 'dark'], ['en', 'light']]) {
      test(`axe finds nothing at ${name} px in ${lang}, ${colorScheme}`, async () => {
        await withPage({ width, height, colorScheme }, async ({ page }) => {
          await open(page, `/${lang}/`);
          await assertAccessible(page, 'first view');
          await page.click('[data-part="tableToggle"]');
          await act(page, () => page.click('.table-zone tbody tr:nth-child(3) button'));
          await assertAccessible(page, 'table and chosen khoroo');
        });
      });
    }
  }

  for (const lang of ['mn', 'en']) {
    test(`axe finds nothing in what can be chosen, in ${lang}`, async () => {
      await withPage({}, async ({ page }) => {
        for (const [query, selector] of [
          ['measure=bivariate', '.square td[data-class]'],
          ['form=cells&level=district&select=bzd', '.cells [role=option]'],
          ['layers=practices,replications&select=bzd-26', '.record-legend li'],
          ['view=table&filter=qqq', '.table-zone .empty'],
          ['rate=per10000&theme=waste&cycle=2020', '.legend tr'],
        ]) {
          await open(page, `/${lang}/?${query}`);
          await page.waitForSelector(selector);
          await assertAccessible(page, `${query}, ${lang}`);
        }
        await page.fill('.search input', 'bzd');
        await page.waitForSelector('.search [role=option]');
        await page.keyboard.press('ArrowDown');
        await assertAccessible(page, `search, ${lang}`);
      });
    });
  }

  test('axe finds nothing on a telephone that is shown the map', async () => {
    await withPage({ width: 360, height: 740 }, async ({ page }) => {
      await open(page, '/mn/?form=map&select=bgd-7');
      await page.click('.more-toggle');
      await assertAccessible(page, 'map at 360 px');
    });
  });

  for (const width of [320, 360, 768]) {
    test(`nothing runs off sideways at ${width} px`, async () => {
      for (const lang of ['mn', 'en']) {
        await withPage({ width, height: 740 }, async ({ page }) => {
          await open(page, `/${lang}/?view=table&select=bgd-7`);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(overflow <= 0, `${overflow} px too wide in ${lang}`);
        });
      }
    });
  }

  test('at twice the size nothing is lost: a window of half the width, with every part in reach', async () => {
    await withPage({ width: 720, height: 450, deviceScaleFactor: 2 }, async ({ page }) => {
      await open(page, '/mn/?view=table&select=bgd-7');
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
      for (const part of ['.search input', '.controls select', '.map canvas', '.timeline input', '.legend', '.table-zone table', '.figures h2']) {
        assert.ok(await page.locator(part).first().isVisible(), part);
      }
    });
  });

  test('a change of what is shown is told to screen readers', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/');
      await act(page, () => page.check('input[value="replications"]', { force: true }));
      await page.waitForFunction(() =>
        document.querySelector('[data-part="status"]').textContent === 'Good practices replicated, by khoroo, 2022 cycle: 95');
    });
  });

  /** Zones that the keyboard comes to, in its order, with where they stand; each once in a row. */
  async function walk(page) {
    await page.evaluate(() => { window.scrollTo(0, 0); document.querySelector('.live .brand').focus(); });
    const visited = [];
    for (let n_presses = 0; n_presses < 200; n_presses += 1) {
      await page.keyboard.press('Tab');
      const zone = await page.evaluate(() => {
        const part = document.activeElement.closest('.live .search, .live .controls, .live .stage, .live .timeline, .live .legend-zone, .live .actions, .live .table-zone');
        if (!part) return document.activeElement === document.body ? 'end' : null;
        const { x, y } = part.getBoundingClientRect();
        return { name: part.className.split(' ')[0], x: Math.round(x), y: Math.round(y + window.scrollY) };
      });
      if (zone === 'end') return visited;
      if (zone && zone.name !== visited.at(-1)?.name) visited.push(zone);
    }
    return assert.fail('the keyboard does not come to an end');
  }

  test('the first steps of the keyboard lead past the head: to the map, and to the table', async () => {
    for (const [path, target] of [['/mn/#map=11.00/47.9200/106.9500', 'canvas'], ['/en/?form=cells', '[role=option]']]) {
      await withPage({}, async ({ page }) => {
        await open(page, path);
        await page.keyboard.press('Tab');
        assert.ok(await page.evaluate(() => document.activeElement.matches('.skip') && getComputedStyle(document.activeElement).clipPath === 'none'), 'not seen');
        const address = page.url();
        await page.keyboard.press('Enter');
        assert.ok(await page.evaluate((wanted) => document.activeElement.matches(`.stage ${wanted}`), target), path);
        assert.equal(page.url(), address, 'the camera stays in the address');
        await page.locator('.skip').last().focus();
        await page.keyboard.press('Enter');
        assert.ok(await page.evaluate(() => document.activeElement.matches('.table-scroll')), `${path}: the table`);
        assert.match(page.url(), /view=table/);
        await assertAccessible(page, `skipped to the table, ${path}`);
      });
    }
  });

  test('what is written into empty fields is never cut off', async () => {
    for (const width of [320, 360, 768, 1000, 1440]) {
      for (const path of ['/mn/?view=table', '/en/?view=table', '/embed?lang=mn']) {
        await withPage({ width, height: 800 }, async ({ page }) => {
          await open(page, path);
          const cut = await page.$$eval('input[placeholder]', (all) => all.filter((one) => one.checkVisibility()).flatMap((input) => {
            const style = getComputedStyle(input);
            const pen = document.createElement('canvas').getContext('2d');
            pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
            const room = input.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
            const wanted = pen.measureText(input.placeholder).width;
            return wanted > room ? [`${input.placeholder}: ${wanted} in ${room}`] : [];
          }));
          assert.deepEqual(cut, [], `${path} at ${width}`);
        });
      }
    }
  });

  test('the keyboard goes through a narrow page from top to bottom, and so does whoever reads it aloud', async () => {
    const names = ['search', 'controls', 'stage', 'timeline', 'legend-zone', 'actions'];
    for (const [path, expected] of [
      ['/mn/', names], ['/en/?form=map', names],
      ['/embed?lang=en', names.slice(0, -1)],
    ]) {
      await withPage({ width: 360, height: 740 }, async ({ page }) => {
        await open(page, path);
        const visited = await walk(page);
        assert.deepEqual(visited.map(({ name }) => name), expected, path);
        const tops = visited.map(({ y }) => y);
        assert.deepEqual(tops, [...tops].sort((a, b) => a - b), path);
        const read = await page.$$eval('.live main > *', (all) => all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().y));
        assert.deepEqual(read, [...read].sort((a, b) => a - b), `${path}, as it is read`);
      });
    }
  });

  test('a window that becomes wide has its columns one after the other, and keeps the focus', async () => {
    await withPage({ width: 360, height: 740 }, async ({ page }) => {
      await open(page, '/en/?form=map');
      await page.focus('.timeline input');
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.waitForSelector('.panel .legend-zone');
      assert.ok(await page.evaluate(() => document.activeElement.matches('.timeline input')), 'the focus was lost');
      const visited = await walk(page);
      assert.deepEqual(visited.map(({ name }) => name), ['controls', 'search', 'legend-zone', 'actions', 'stage', 'timeline']);
      const beside = visited.slice(1).map(({ x, y }) => [x, y]);
      assert.deepEqual(beside, [...beside].sort(([ax, ay], [bx, by]) => ((ax < 300) === (bx < 300) ? ay - by : ax - bx)));
    });
  });

  test('every button has a name and is 24 px or larger', async () => {
    await withPage({ width: 360, height: 740 }, async ({ page }) => {
      await open(page, '/mn/?view=table&select=bgd-7');
      const faults = await page.$$eval('#viewer button, #viewer label, #viewer a', (all) =>
        all.filter((e) => e.offsetParent !== null).flatMap((e) => {
          const { width, height } = e.getBoundingClientRect();
          const name = (e.getAttribute('aria-label') ?? e.textContent).trim();
          return name !== '' && width >= 24 && height >= 24 ? [] : [`${name || e.outerHTML} ${width} × ${height}`];
        }));
      assert.deepEqual(faults, []);
    });
  });
});

describe('when things change or fail', () => {
  test('a new revision repaints and keeps the visitor’s place', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?select=bzd-12#map=11.00/47.9200/106.9500');
      const { revision } = await getJson('/api/v1/revision');
      await page.route('**/api/v1/revision', (route) => route.fulfill({ json: { revision: revision + 1 } }));
      await page.route('**/api/v1/values/**', async (route) => {
        const answer = await (await route.fetch()).json();
        const unit = answer.units.find((u) => u.code === 'bzd-12');
        // Districts and other vintages are asked for too, for the comparison.
        if (unit?.cells['2022']) unit.cells['2022'] = { value: 77, class: answer.classes.length - 2 };
        await route.fulfill({ json: answer });
      });
      await act(page, () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))));
      assert.equal(await page.textContent('.figures .figure'), '77');
      const camera = await page.evaluate(() => document.querySelector('#viewer').hlpMap.getZoom());
      assert.equal(camera, 11);
      // What the panel still asks for is not waited for.
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    });
  });

  test('figures that do not come are an error with a way out', async () => {
    await withPage({}, async (opened) => {
      opened.expectsFaults = true;
      const { page } = opened;
      await page.route('**/api/v1/values/**', (route) => route.fulfill({ status: 503, json: { code: 'not_ready' } }));
      await page.goto(`${baseUrl}/en/`);
      await page.waitForSelector('#viewer[data-state="error"][data-problem="data"]', { timeout: 20_000 });
      assert.match(await page.textContent('[role="alert"]'), /could not be loaded/);
      await page.unroute('**/api/v1/values/**');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.waitForSelector('#viewer[data-state="ready"]', { timeout: 20_000 });
      assert.equal(await page.locator('.message').isVisible(), false);
    });
  });

  test('tiles that do not come are an error with a way out', async () => {
    await withPage({}, async (opened) => {
      opened.expectsFaults = true;
      const { page } = opened;
      await page.route('**/*.mvt*', (route) => route.fulfill({ status: 503 }));
      await page.goto(`${baseUrl}/mn/`);
      await page.waitForSelector('#viewer[data-state="error"][data-problem="tiles"]', { timeout: 20_000 });
      assert.ok((await page.locator('.legend tr[data-class]').count()) > 2, 'the legend went with the tiles');
      await page.unroute('**/*.mvt*');
      await page.getByRole('button', { name: 'Дахин оролдох' }).click();
      await page.waitForSelector('#viewer[data-state="ready"]', { timeout: 20_000 });
      const drawn = await page.evaluate(() =>
        document.querySelector('#viewer').hlpMap.queryRenderedFeatures({ layers: ['khoroos-fill:2022'] }).length);
      assert.ok(drawn > 100, `${drawn} khoroos after another try`);
    });
  });

  test('without WebGL the table and the legend remain, and a sentence says why', async () => {
    const blind = await launch(['--disable-3d-apis']);
    try {
      const { page } = await newPage(blind);
      await page.goto(`${baseUrl}/en/`);
      await page.waitForSelector('#viewer[data-state="error"][data-problem="webgl"]', { timeout: 20_000 });
      assert.match(await page.textContent('[role="alert"]'), /WebGL/);
      await page.click('[data-part="tableToggle"]');
      assert.equal(await page.locator('.table-zone tbody tr').count(), 204);
      await page.click('.table-zone tbody tr:nth-child(8) button');
      await page.waitForSelector('.figures dl[aria-busy="false"]');
      assert.ok((await page.locator('.legend tr[data-class]').count()) > 2);
      assert.equal(await page.getAttribute('#viewer', 'data-problem'), 'webgl');
    } finally {
      await blind.close();
    }
  });
});
