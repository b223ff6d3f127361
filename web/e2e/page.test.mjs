// The page around the map: its address, its head and bar of choices, its languages.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { act, baseUrl, inPage, launch, open, ready, toCycle } from './support.mjs';

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

  test('a place that other boundaries have is told by its name', async () => {
    for (const [lang, said] of [
      ['mn', 'Баянзүрх, 43 дугаар хороо энэ хилд байхгүй тул сонгосон газар алга.'],
      ['en', 'These boundaries have no Bayanzurkh, Khoroo 43, so no place is chosen.'],
    ]) {
      await withPage({}, async ({ page }) => {
        await open(page, `/${lang}/?cycle=2020&select=bzd-43`);
        assert.deepEqual(await page.$$eval('.live [data-misread]', (all) => all.map((one) => one.textContent.trim())), [said]);
      });
    }
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
          const list = page.locator('.controls select[name="hlp-measure"]');
          if (await list.isVisible()) await list.selectOption('replications');
          else await page.check('input[value="replications"]', { force: true });
          await page.waitForFunction(() => document.querySelectorAll('.live [data-misread]').length === 1);
        });
      }
    }
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?cycle=2020&measure=replications&rate=per10000&theme=waste&level=khoroo&form=map&select=BZD-12&layers=practices&view=table&order=-value&in=bzd&filter=1');
      assert.equal(await page.locator('[data-misread]').count(), 0);
      assert.match(page.url(), /select=bzd-12/);
      await open(page, '/en/?vintage=current#map=garbage');
      assert.equal(await page.locator('.live [data-misread]').count(), 0);
      assert.match(page.url(), /\/en\/$/);
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
    for (const [lang, date] of [['mn', '2022\u00a0оны 1\u00a0сарын\u00a01-ний өдрөөс'], ['en', 'since 1\u00a0January\u00a02022']]) {
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
