// Equal cells: every khoroo with its name and value, by eye, pointer, keyboard and screen reader.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { act, distance, getJson, inPage, launch, open, pixels, ready, toCycle } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body) => inPage(browser, options, body);

const valuesOf = (measure, vintage, level = 'khoroo') =>
  getJson(`/api/v1/values/${measure}.json?vintage=${vintage}&level=${level}`);

/** What the browser tells assistive technology: role, name and whether it is chosen. */
async function accessibilityTree(page, role) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  return nodes.filter((node) => !node.ignored && node.role?.value === role).map((node) => ({
    name: node.name?.value ?? '',
    selected: node.properties?.find(({ name }) => name === 'selected')?.value.value ?? false,
  }));
}

/** Code, fill and place of every cell on screen. */
function cellsOf(page) {
  return page.$$eval('.cells [role=option]', (all) => all.map((option) => {
    const { x, y, width, height } = option.querySelector('.unit').getBoundingClientRect();
    return { code: option.dataset.code, fill: option.querySelector('.unit').getAttribute('fill'), x, y, width, height };
  }));
}

const focused = (page) => page.evaluate(() => document.activeElement?.dataset.code ?? null);

describe('equal cells', () => {
  test('are what a telephone is shown first, and one press leads to the map and back', async () => {
    await withPage({ width: 360, height: 740 }, async ({ page, requests }) => {
      await open(page, '/mn/');
      assert.equal(await page.locator('.cells [role=option]').count(), 204);
      assert.equal(await page.locator('.map canvas').count(), 0);
      assert.ok(!requests.some((url) => /maplibre|\/map-/.test(url)), 'the map was loaded though nobody looks at it');
      await act(page, () => page.check('input[value="map"]', { force: true }));
      assert.ok(await page.locator('.map canvas').isVisible());
      assert.match(page.url(), /form=map/);
      await act(page, () => page.goBack());
      assert.equal(await page.locator('.cells [role=option]').count(), 204);
    });
  });

  test('have the colours of the values, in both themes and at both levels', async () => {
    for (const [colorScheme, colour] of [['light', 'colour'], ['dark', 'colour_dark']]) {
      for (const level of ['khoroo', 'district']) {
        await withPage({ colorScheme }, async ({ page }) => {
          await open(page, `/en/?form=cells&level=${level}&measure=replications`);
          const values = await valuesOf('replications', '2022', level);
          const expected = new Map(values.units.map((unit) => [unit.code, values.classes[unit.cells['2022'].class][colour]]));
          const cells = await cellsOf(page);
          assert.equal(cells.length, values.units.length);
          for (const { code, fill } of cells) assert.equal(fill, expected.get(code), code);
        });
      }
    }
  });

  test('say district, name and value of every khoroo to assistive technology', async () => {
    for (const [lang, name] of [['mn', 'name_mn'], ['en', 'name_en']]) {
      await withPage({}, async ({ page }) => {
        await open(page, `/${lang}/?form=cells&select=bzd-26`);
        const { items } = await getJson('/api/v1/districts');
        const districts = new Map(items.map((district) => [district.code, district[name]]));
        const { units } = await valuesOf('identifications', '2022');
        const expected = units.map((unit) => `${districts.get(unit.district)}, ${unit[name]}: ${unit.cells['2022'].value}`);
        const told = (await accessibilityTree(page, 'option')).filter((option) => expected.includes(option.name));
        assert.deepEqual(told.map((option) => option.name).sort(), [...expected].sort());
        assert.deepEqual(told.filter((option) => option.selected).map((option) => option.name.includes('26')), [true]);
      });
    }
  });

  test('an unknown figure is said and hatched, not taken for none', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?form=cells&measure=replications&cycle=2020');
      const names = await page.$$eval('.cells [role=option]', (all) => all.map((option) => option.getAttribute('aria-label')));
      assert.equal(names.length, 171);
      assert.ok(names.every((name) => name.endsWith(': no data')), names[0]);
      assert.equal(await page.locator('.cells [role=option] .over').count(), 171);
    });
  });

  test('arrow keys lead by place to every cell, and Enter chooses', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?form=cells');
      assert.equal(await page.locator('.cells [role=option][tabindex="0"]').count(), 1);
      await page.locator('.cells [role=option][tabindex="0"]').focus();
      const { cells } = await getJson('/api/v1/cells?vintage=2022');
      const places = new Map(cells.map((cell) => [cell.code, cell]));
      const start = await focused(page);
      const isInside = () => page.evaluate(() => document.activeElement.closest('.cells') !== null);
      await page.keyboard.press('Shift+Tab');
      assert.equal(await isInside(), false, 'the list has a second stop before its cells');
      await page.keyboard.press('Tab');
      assert.equal(await focused(page), start);
      await page.keyboard.press('Tab');
      assert.equal(await isInside(), false, 'the list has a second stop behind its cells');
      await page.locator('.cells [role=option][tabindex="0"]').focus();
      for (const [key, ahead] of [
        ['ArrowRight', (a, b) => b.column > a.column], ['ArrowDown', (a, b) => b.row > a.row],
        ['ArrowLeft', (a, b) => b.column < a.column], ['ArrowUp', (a, b) => b.row < a.row],
      ]) {
        const before = await focused(page);
        await page.keyboard.press(key);
        const now = await focused(page);
        assert.ok(now === before || ahead(places.get(before), places.get(now)), `${key} from ${before} to ${now}`);
      }
      await page.keyboard.press('End');
      const code = await focused(page);
      assert.equal(places.get(code).row, places.get(await focused(page)).row);
      assert.ok(await page.locator('.tooltip').isVisible(), 'the value is not shown on focus');
      await act(page, () => page.keyboard.press('Enter'));
      assert.equal(await focused(page), code, 'focus was lost');
      assert.match(page.url(), new RegExp(`select=${code}(&|#|$)`));
      assert.equal(await page.getAttribute(`.cells [data-code="${code}"][role=option]`, 'aria-selected'), 'true');
      assert.ok(start);
    });
  });

  const says = (page, words) =>
    page.waitForFunction((wanted) => document.querySelector('.tooltip:not([hidden])')?.textContent === wanted, words, { timeout: 20_000 });
  const labelOf = (page, code) => page.getAttribute(`.cells [role=option][data-code="${code}"]`, 'aria-label');

  test('the words at a cell that is pointed at or has the focus are of the figures that are drawn', async () => {
    await withPage({}, async ({ page }) => {
      const [of2020, of2022] = [await valuesOf('identifications', '2020'), await valuesOf('identifications', '2022')];
      const differs = of2020.units.find((unit) => {
        const later = of2022.units.find(({ code }) => code === unit.code);
        return later && later.cells['2022'].value !== unit.cells['2020'].value;
      });
      const cell = `.cells [role=option][data-code="${differs.code}"]`;
      for (const how of ['pointer', 'focus']) {
        await open(page, '/en/?form=cells&cycle=2020');
        if (how === 'pointer') await page.hover(`${cell} .unit`, { force: true });
        else await page.focus(cell);
        const before = await labelOf(page, differs.code);
        await says(page, before);
        const { x, y } = await page.$eval(`${cell} .unit`, (unit) => unit.getBoundingClientRect().toJSON());
        // From elsewhere, so that neither pointer nor focus moves.
        await page.evaluate(() => document.querySelector('.timeline .play').click());
        await page.waitForFunction(() => document.querySelectorAll('.cells [role=option]').length === 204, null, { timeout: 20_000 });
        await ready(page);
        const under = await page.evaluate(([left, top]) => document.elementFromPoint(left, top)?.closest('[role=option]')?.dataset.code, [x + 8, y + 8]);
        const spoken = how === 'focus' ? await focused(page) : under ?? differs.code;
        const now = await labelOf(page, spoken);
        assert.notEqual(now, before);
        await says(page, now);
        await act(page, () => page.evaluate(() => document.querySelector('input[value="replications"]').click()));
        await says(page, await labelOf(page, spoken));
      }
    });
  });

  test('the words at the focus stay while it does, and the pointer can come to them', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?form=cells');
      await page.locator('.cells [role=option][tabindex="0"]').focus();
      await page.keyboard.press('ArrowRight');
      const code = await focused(page);
      const words = await labelOf(page, code);
      await says(page, words);
      const box = await page.locator('.tooltip').boundingBox();
      const middle = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(...middle);
      await says(page, words);
      const isOnWords = ([x, y]) => page.evaluate(([left, top]) => document.elementFromPoint(left, top)?.matches('.tooltip') ?? false, [x, y]);
      assert.ok(await isOnWords(middle), 'the pointer falls through them');
      // Another cell is spoken of while the pointer is on it; its words go along with the pointer.
      const other = await page.$eval('.cells [role=option][data-code="bkh-2"] .unit', (unit) => unit.getBoundingClientRect().toJSON());
      await page.mouse.move(other.x + 8, other.y + 8);
      await says(page, await labelOf(page, 'bkh-2'));
      const followed = await page.locator('.tooltip').boundingBox();
      assert.equal(await isOnWords([followed.x + 4, followed.y + 4]), false);
      await page.mouse.move(5, 5);
      await says(page, words);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('.tooltip').isVisible(), false);
      assert.equal(await focused(page), code);
    });
  });

  test('the keyboard comes first to what is chosen, else into the core of the city', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?form=cells&select=skhd-21');
      const start = () => page.getAttribute('.cells [role=option][tabindex="0"]', 'data-code');
      assert.equal(await start(), 'skhd-21');
      await open(page, '/en/?form=cells');
      const { bbox } = await getJson(`/api/v1/khoroos/${await start()}`);
      const { core } = await page.evaluate(() => JSON.parse(document.getElementById('hlp-config').textContent));
      assert.ok(bbox[0] >= core[0] && bbox[1] >= core[1] && bbox[2] <= core[2] && bbox[3] <= core[3], `${await start()} lies outside the core`);
      await page.locator('.cells [role=option][data-code="bn-1"] .unit').click({ force: true });
      await page.waitForFunction(() => document.querySelector('.cells [role=option][tabindex="0"]').dataset.code === 'bn-1');
    });
  });

  test('the ring around the focus is whole: at edges, under names, beside dark cells, in both themes', async () => {
    for (const [colorScheme, accent] of [['light', '#1a5fb4'], ['dark', '#8ab8f0']]) {
      for (const code of ['skhd-38', 'sbd-6', 'skhd-29', 'bkh-2']) {
        await withPage({ colorScheme }, async ({ page }) => {
          await open(page, '/en/?form=cells');
          await page.locator('.cells [role=option][tabindex="0"]').focus();
          // By keyboard, so that the ring is shown: the first step makes it, the second goes where it is wanted.
          await page.keyboard.press('ArrowRight');
          await page.locator(`.cells [role=option][data-code="${code}"]`).focus();
          // Without the width of strokes, of which boxes know.
          const unit = await page.$eval(`.cells [role=option][data-code="${code}"] .unit`, (path) => {
            const { x, y, width, height } = path.getBoundingClientRect();
            return { x, y, width, height };
          });
          const sides = [0.15, 0.5, 0.85].flatMap((share) => [
            { x: unit.x + unit.width * share, y: unit.y }, { x: unit.x + unit.width * share, y: unit.y + unit.height },
            { x: unit.x, y: unit.y + unit.height * share }, { x: unit.x + unit.width, y: unit.y + unit.height * share },
          ]);
          assert.ok(await page.locator('.tooltip').isVisible());
          for (const colour of await pixels(page, sides)) assert.ok(distance(colour, accent) <= 60, `${code}, ${colorScheme}: ${colour}`);
        });
      }
    }
  });

  test('the ring stays with the focus when another cell is chosen from elsewhere', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?form=cells&select=skhd-21');
      await page.locator('.cells [role=option][tabindex="0"]').focus();
      await page.keyboard.press('ArrowRight');
      await act(page, () => page.keyboard.press('Enter'));
      const code = await focused(page);
      assert.notEqual(code, 'skhd-21');
      await act(page, () => page.evaluate(() => history.back()));
      assert.equal(await page.getAttribute('.cells [aria-selected="true"]', 'data-code'), 'skhd-21');
      assert.equal(await focused(page), code);
      assert.equal(await page.getAttribute('.cells [role=option][tabindex="0"]', 'data-code'), code);
      assert.equal(
        await page.getAttribute('.cells .ring .ring-seam', 'd'),
        await page.getAttribute(`.cells [role=option][data-code="${code}"] .unit`, 'd'),
      );
      // In other boundaries each element is another khoroo's.
      await act(page, () => page.evaluate(() => {
        const slider = document.querySelector('.timeline input');
        slider.value = '0';
        for (const type of ['input', 'change']) slider.dispatchEvent(new Event(type, { bubbles: true }));
      }));
      assert.equal(await focused(page), await page.getAttribute('.cells [role=option][tabindex="0"]', 'data-code'));
    });
  });

  test('a browser that cannot draw the ring marks the focus with a stroke', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?form=cells');
      await page.locator('.cells [role=option][tabindex="0"]').focus();
      await page.keyboard.press('ArrowRight');
      const stroke = () => page.$eval('.cells [role=option]:focus .unit', (unit) => {
        const { stroke, strokeWidth } = getComputedStyle(unit);
        return `${stroke} ${strokeWidth}`;
      });
      const plain = await page.$eval('.cells [role=option]:not(:focus) .unit:not(.pale)', (unit) => {
        const { stroke, strokeWidth } = getComputedStyle(unit);
        return `${stroke} ${strokeWidth}`;
      });
      assert.equal(await stroke(), plain, 'there is the ring');
      const n_taken = await page.evaluate(() => {
        let n = 0;
        for (const sheet of document.styleSheets) {
          for (let idx = sheet.cssRules.length - 1; idx >= 0; idx -= 1) {
            const rule = sheet.cssRules[idx];
            if (!rule.cssText.includes(':has(')) continue;
            sheet.deleteRule(idx);
            n += 1;
          }
        }
        return n;
      });
      assert.ok(n_taken >= 2);
      assert.equal(await page.locator('.cells .ring').isVisible(), false);
      assert.equal(await stroke(), 'rgb(26, 95, 180) 4px');
    });
  });

  test('take the room that a wide window has', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?form=cells');
      const sizes = new Set((await cellsOf(page)).map(({ width, height }) => `${Math.round(width)} × ${Math.round(height)}`));
      assert.equal(sizes.size, 1, 'cells are not equal');
      const [width, height] = [...sizes][0].split(' × ').map(Number);
      assert.ok(width >= 44 && height >= 27 && width <= height * 1.65, `${width} × ${height}`);
    });
  });

  test('ground that stays keeps its cell when the cycle changes, and the crossing is said', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?form=cells');
      const placesIn = async (vintage) => {
        const { cells } = await getJson(`/api/v1/cells?vintage=${vintage}`);
        return new Map(cells.map(({ code, column, row }) => [code, `${column}/${row}`]));
      };
      const [served, servedBefore] = [await placesIn('2022'), await placesIn('2020')];
      const after = new Map((await cellsOf(page)).map((cell) => [cell.code, cell]));
      await act(page, () => toCycle(page, 0));
      const before = await cellsOf(page);
      assert.equal(before.length, 171);
      const stays = before.filter(({ code }) => served.get(code) === servedBefore.get(code));
      assert.ok(stays.length > 100, `only ${stays.length} khoroos keep their cell`);
      const moved = stays.filter((cell) => Math.hypot(after.get(cell.code).x - cell.x, after.get(cell.code).y - cell.y) > 1);
      assert.deepEqual(moved.map(({ code }) => code), []);
      assert.match(await page.textContent('.crossing'), /171 khoroos → 204 khoroos/);
    });
  });

  test('names of districts lie on no cell and on no other name, and no line hides a number, in any window, language and vintage', async () => {
    const views = [360, 768, 1440].flatMap((width) => [[width, 'mn', ''], [width, 'en', '']]);
    for (const [width, lang, query] of [...views, [360, 'en', '&cycle=2020'], [1440, 'mn', '&cycle=2020']]) {
      await withPage({ width, height: 900 }, async ({ page }) => {
        await open(page, `/${lang}/?form=cells&layers=replications&select=bzd-26${query}`);
        const { n_numbers, n_names, met, isOnTop } = await page.evaluate(() => {
          const boxOf = (element, text, share) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            return { text, left: x, right: x + width, top: y + height * share, bottom: y + height * (1 - share) };
          };
          // A line's box is higher than its letters.
          const names = [...document.querySelectorAll('.cells .district-name')].map((name) => boxOf(name, name.textContent, 0.16));
          const cells = [...document.querySelectorAll('.cells [role=option]')].map((cell) => boxOf(cell.querySelector('.unit'), cell.dataset.code, 0));
          const met = names.flatMap((name, idx) => [...cells, ...names.slice(0, idx)].filter((other) => other.left + 1 < name.right
            && name.left + 1 < other.right && other.top + 1 < name.bottom && name.top + 1 < other.bottom).map(({ text }) => `${name.text} on ${text}`));
          const marks = [...document.querySelector('.cells .marks').children];
          const n_numbers = document.querySelectorAll('.cells .numbers text').length;
          return { n_numbers, n_names: names.length, met, isOnTop: marks.at(-1).matches('.numbers') };
        });
        assert.deepEqual([n_numbers, n_names], [query === '' ? 204 : 171, 9]);
        assert.deepEqual(met, [], `${width} px, ${lang}`);
        assert.ok(isOnTop);
      });
    }
  });

  test('lines lead from the home of a practice to who copied it, only when they are asked for', async () => {
    await withPage({}, async ({ page, requests }) => {
      await open(page, '/en/?form=cells');
      assert.equal(await page.locator('.cells .link').count(), 0);
      assert.ok(!requests.some((url) => url.includes('/api/v1/replications?')), 'copies were fetched unasked');
      assert.equal(await page.locator('input[name="hlp-practices"]').count(), 0, 'cells have no places for dots');
      await act(page, () => page.check('input[name="hlp-replications"]', { force: true }));
      const { total } = await getJson('/api/v1/replications?cycle=2022&status=completed&limit=1');
      const n_lines = await page.locator('.cells .link').count();
      assert.ok(n_lines > 60 && n_lines <= total, `${n_lines} lines of ${total} copies`);
      assert.equal(await page.locator('.cells .link [marker-end]').count(), n_lines, 'lines without a direction');
      assert.match(page.url(), /layers=replications/);

      const { items } = await getJson('/api/v1/replications?cycle=2022&status=completed&limit=1000');
      const { khoroo } = items.find(({ host }) => host?.startsWith('2022:'));
      const code = khoroo.slice(5);
      const own = items.filter((copy) => [copy.host, copy.khoroo].some((id) => id?.slice(5) === code));
      await act(page, () => page.locator(`.cells [data-code="${code}"][role=option] .unit`).click({ force: true }));
      const n_own = await page.locator('.cells .link.own').count();
      assert.ok(n_own > 0 && n_own <= own.length, `${n_own} lines of ${code}`);
      assert.equal(await page.locator('.cells .link').count(), n_own, 'of others none');
      await act(page, () => page.click('.figures-head button:not(.unfold)'));
      assert.equal(await page.locator('.cells .link').count(), n_lines, 'all of them again');

      await act(page, () => page.selectOption('select[name="hlp-theme"]', 'waste'));
      const n_waste = await page.locator('.cells .link').count();
      assert.ok(n_waste > 0 && n_waste < n_lines, `${n_waste} lines of one theme`);
      await act(page, () => page.uncheck('input[name="hlp-replications"]', { force: true }));
      assert.equal(await page.locator('.cells .link').count(), 0);
    });
  });

  test('a cell is never smaller than 24 px, and the page never scrolls sideways for it', async () => {
    for (const width of [320, 360, 768, 1440]) {
      await withPage({ width, height: 740 }, async ({ page }) => {
        await open(page, '/mn/?form=cells');
        const small = (await cellsOf(page)).filter((cell) => cell.width < 23.99 || cell.height < 23.99);
        assert.deepEqual(small, [], `${width} px`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${width} px`);
      });
    }
  });

  test('a choice is kept between cells, map and table', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?form=cells&view=table');
      await act(page, () => page.locator('.cells [data-code="bgd-7"][role=option] .unit').click({ force: true }));
      assert.equal(await page.getAttribute('tr[data-code="bgd-7"] button', 'aria-pressed'), 'true');
      await act(page, () => page.check('input[value="map"]', { force: true }));
      const outlined = await page.evaluate(() =>
        JSON.stringify(document.querySelector('#viewer').hlpMap.getFilter('khoroos-selected:2022')));
      assert.equal(outlined, '["==",["id"],3000007]');
    });
  });

  test('follow the window across its border width', async () => {
    await withPage({ width: 700, height: 740 }, async ({ page }) => {
      await open(page, '/en/');
      assert.ok(await page.locator('.map canvas').isVisible());
      await act(page, () => page.setViewportSize({ width: 400, height: 740 }));
      assert.equal(await page.locator('.cells [role=option]').count(), 204);
      await act(page, () => page.setViewportSize({ width: 700, height: 740 }));
      await ready(page);
      assert.ok(await page.locator('.map canvas').isVisible());
    });
  });
});
