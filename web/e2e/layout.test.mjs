// Room: larger text loses nothing, the chosen place is never under something else, and nothing jumps.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { act, baseUrl, getJson, inPage, launch, open, ready } from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = (options, body, of = browser) => inPage(of, options, body);

/** Words that run out of the window, or that something cuts off which cannot be scrolled. */
function lostWords(page) {
  return page.evaluate(() => {
    const lost = [];
    const walker = document.createTreeWalker(document.querySelector('.live, #viewer, main'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (node.textContent.trim() === '' || !parent.checkVisibility() || parent.closest('.visually-hidden, option, svg, .maplibregl-ctrl, caption.visually-hidden')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom } of range.getClientRects()) {
        const middle = (top + bottom) / 2;
        for (let box = parent; box; box = box.parentElement) {
          const { overflowX, overflowY, clipPath } = getComputedStyle(box);
          if (clipPath !== 'none' || overflowX === 'auto' || overflowX === 'scroll') break;
          const own = box === document.documentElement ? { left: 0, right: window.innerWidth, top: -Infinity, bottom: Infinity } : box.getBoundingClientRect();
          const cutsX = box === document.documentElement || overflowX === 'hidden' || overflowX === 'clip';
          const cutsY = overflowY === 'hidden' || overflowY === 'clip';
          if (cutsX && (left < own.left - 1 || right > own.right + 1)) lost.push(`${node.textContent.trim().slice(0, 40)} (${box.className || box.tagName}, across)`);
          if (cutsY && (middle < own.top || middle > own.bottom)) lost.push(`${node.textContent.trim().slice(0, 40)} (${box.className || box.tagName}, down)`);
          if (overflowY === 'auto' || overflowY === 'scroll') break;
        }
      }
    }
    return [...new Set(lost)];
  });
}

/** Words that go on in the next line. */
function brokenWords(page, selector) {
  return page.evaluate((within) => {
    const broken = [];
    for (const root of document.querySelectorAll(within)) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.parentElement.checkVisibility()) continue;
        for (const { 0: word, index } of node.textContent.matchAll(/\p{L}+/gu)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word);
        }
      }
    }
    return [...new Set(broken)];
  }, selector);
}

describe('words stay whole', () => {
  test('in the table of a narrow window, each column and row told for what it is', async () => {
    for (const width of [360, 320]) {
      for (const path of ['/mn/?view=table', '/en/?view=table', '/mn/?view=table&rate=per10000&measure=replications_hosted', '/en/?view=table&measure=bivariate&rate=per10000', '/mn/?view=table&measure=bivariate&level=district']) {
        await withPage({ width, height: 740 }, async ({ page }) => {
          await open(page, path);
          assert.deepEqual(await brokenWords(page, '.table-zone table'), [], `${path} at ${width}`);
          const tree = await page.locator('.table-zone table').ariaSnapshot();
          const isByDistrict = path.includes('level=district');
          assert.match(tree, /- rowgroup:\n\s+- row .*:\n\s+- columnheader/, tree.slice(0, 400));
          assert.match(tree, isByDistrict ? /- rowheader "Баянгол"/ : /- cell "(Багануур|Baganuur|Bagakhangai)"\n\s+- rowheader/, tree.slice(0, 900));
        });
      }
    }
  });

  test('on pages and in the legend of two figures', async () => {
    for (const [path, width, within] of [
      ['/en/khoroos/skhd-29', 1440, 'main dl'],
      ['/mn/khoroos/skhd-29', 768, 'main dl'],
      ['/mn/tracker', 1024, 'main .cards'],
      ['/mn/tracker', 360, 'main .cards'],
      ['/mn/about', 360, '#published table'],
    ]) {
      await withPage({ width }, async ({ page }) => {
        await page.goto(baseUrl + path);
        await page.evaluate(() => document.fonts.ready);
        assert.deepEqual(await brokenWords(page, within), [], `${path} at ${width}`);
      });
    }
    for (const width of [1440, 1024, 768]) {
      await withPage({ width }, async ({ page }) => {
        await open(page, '/mn/?measure=bivariate&rate=per10000');
        assert.deepEqual(await brokenWords(page, '.legend-zone'), [], `at ${width}`);
      });
    }
  });

  test('and no row of a table on a telephone is as high as half of it', async () => {
    await withPage({ width: 360, height: 740 }, async ({ page }) => {
      await page.goto(`${baseUrl}/mn/about`);
      await page.evaluate(() => document.fonts.ready);
      const highest = await page.$$eval('#published tr', (rows) => Math.max(...rows.map((row) => row.offsetHeight)));
      assert.ok(highest <= 740 / 2, `${highest} pixels`);
    });
  });
});

describe('text of twice the size', () => {
  const SIZES = [[1440, 900], [768, 1024], [360, 740]];
  const PATHS = ['/mn/?select=bgd-7&view=table', '/en/?form=map&measure=bivariate&select=skhd-1', '/en/?form=cells&rate=per10000&theme=waste'];

  async function assertWhole(page, words) {
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('#viewer')).fontSize), '28px', words);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${words}: the page runs off sideways`);
    assert.deepEqual(await lostWords(page), [], words);
    for (const part of ['.search input', '.controls', '.timeline input', '.legend-zone', '.stage']) {
      assert.ok(await page.locator(part).first().isVisible(), `${words}: ${part}`);
    }
  }

  test('as the browser is set, loses nothing in any window', async () => {
    const large = await launch(['--blink-settings=defaultFontSize=32']);
    try {
      for (const [width, height] of SIZES) {
        for (const path of PATHS) {
          await withPage({ width, height }, async ({ page }) => {
            await open(page, path);
            await assertWhole(page, `${path} at ${width}`);
          }, large);
        }
      }
    } finally {
      await large.close();
    }
  });

  test('as a reader’s own style sheet sets it, loses nothing either', async () => {
    for (const [width, height] of SIZES) {
      for (const path of PATHS) {
        await withPage({ width, height }, async ({ page }) => {
          await open(page, path);
          await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
          await assertWhole(page, `${path} at ${width}`);
        });
      }
    }
  });

  test('has letters and icons of twice the size on the map and in equal cells, which grow with them', async () => {
    const sizesOf = (page) => page.evaluate(() => {
      const map = document.querySelector('#viewer').hlpMap;
      const px = (selector, property) => Number.parseFloat(getComputedStyle(document.querySelector(selector))[property]);
      if (!map) return { digits: px('.cells .numbers text', 'fontSize'), names: px('.cells .district-name', 'fontSize') };
      const sizes = map.getLayersOrder().filter((id) => map.getLayer(id).type === 'symbol').map((id) => map.getLayoutProperty(id, 'text-size'))
        .map((size) => (Array.isArray(size) ? size[4] : size)).filter((size) => size !== undefined);
      return { letters: sizes, zoom: px('.zoom svg', 'width'), play: px('.play svg', 'width'), swatch: px('.legend .swatch', 'height') };
    });
    const isDouble = (before, after) => JSON.stringify(after, null, 1) === JSON.stringify(before, (_, value) => (typeof value === 'number' ? value * 2 : value), 1);
    for (const [width, height] of SIZES) {
      for (const form of ['cells', 'map']) {
        await withPage({ width, height }, async ({ page }) => {
          await open(page, `/mn/?form=${form}`);
          const before = await sizesOf(page);
          await page.evaluate(() => { document.documentElement.style.fontSize = '32px'; });
          for (let n_looks = 0; n_looks < 100 && !isDouble(before, await sizesOf(page)); n_looks += 1) {
            await page.evaluate(() => new Promise((later) => requestAnimationFrame(() => requestAnimationFrame(later))));
          }
          assert.ok(isDouble(before, await sizesOf(page)), `${form} at ${width}: ${JSON.stringify([before, await sizesOf(page)])}`);
          if (form === 'map') return;
          await page.waitForFunction(() => document.querySelector('.cells .unit').getBoundingClientRect().height >= 47.9, null, { timeout: 10_000 });
          const spilled = await page.evaluate(() => {
            const cells = [...document.querySelectorAll('.cells .unit')].map((unit) => unit.getBoundingClientRect());
            return [...document.querySelectorAll('.cells .numbers text')].filter((number) => {
              const { left, right } = number.getBoundingClientRect();
              return !cells.some((cell) => cell.left <= left && right <= cell.right);
            }).map((number) => number.textContent.trim());
          });
          assert.deepEqual(spilled, [], `${width} px`);
          // What does not fit is scrolled to.
          for (const code of ['nd-1', 'bkh-1', 'skhd-1']) {
            await page.$eval(`.cells [role=option][data-code="${code}"]`, (cell) => cell.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
            assert.ok(await page.$eval(`.cells [role=option][data-code="${code}"] .unit`, (unit) => {
              const { x, y, width, height } = unit.getBoundingClientRect();
              return document.elementFromPoint(x + width / 2, y + height / 2)?.closest('[role=option]') === unit.parentElement;
            }), `${code} is out of reach at ${width}`);
          }
        });
      }
    }
  });

  test('at 320 px every page of the site reads on, too', async () => {
    const large = await launch(['--blink-settings=defaultFontSize=32']);
    try {
      for (const path of ['/mn/tracker', '/mn/khoroos/bzd-26', '/mn/practices', '/mn/about', '/mn/embed']) {
        await withPage({ width: 320, height: 640 }, async ({ page }) => {
          await page.goto(baseUrl + path);
          await page.evaluate(() => document.fonts.ready);
          assert.equal(await page.evaluate(() => getComputedStyle(document.body).fontSize), '32px');
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), path);
        }, large);
      }
    } finally {
      await large.close();
    }
    for (const path of ['/mn/khoroos/skhd-29', '/mn/districts/skhd']) {
      await withPage({ width: 768 }, async ({ page }) => {
        await page.goto(baseUrl + path);
        const swatch = () => page.$eval('.key .swatch', (field) => field.getBoundingClientRect().height);
        const usual = await swatch();
        await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
        await page.evaluate(() => document.fonts.ready);
        assert.equal(await swatch(), 2 * usual, path);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), path);
      });
    }
  });
});

describe('letters of twice the size in a wide window', () => {
  test('take their room from what scrolls: the map keeps half the window', async () => {
    for (const path of ['/en/', '/mn/?view=table&select=bzd-26', '/mn/?form=cells']) {
      await withPage({}, async ({ page }) => {
        await open(page, path);
        await page.evaluate(() => { document.documentElement.style.fontSize = '32px'; });
        await page.waitForFunction(() => document.querySelector('.field').clientHeight >= 420, null, { timeout: 10_000 });
        const { y: top, height: all } = await page.locator('.stage').boundingBox();
        const shown = Math.min(top + all, 900) - Math.max(top, 0);
        assert.ok(shown >= 420, `${path}: ${shown} pixels of the map are seen without scrolling`);
        for (const part of ['.stage', '.timeline', '.legend-zone']) {
          await page.locator(part).scrollIntoViewIfNeeded();
          const { y, height } = await page.locator(part).boundingBox();
          assert.ok(y + Math.min(height, 100) > 0 && y < 900, `${path}: ${part} is out of reach`);
        }
      });
    }
  });
});

describe('the chosen place is in view', () => {
  /** Whether the middle of a khoroo is on screen with nothing over it. */
  const isSeen = async (page, code) => {
    if (await page.locator('.stage[data-form="cells"]').count() > 0) {
      return page.evaluate((of) => {
        const { x, y, width, height } = document.querySelector(`.cells [role=option][data-code="${of}"] .unit`).getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2)?.closest('[role=option]')?.dataset.code === of;
      }, code);
    }
    const { label } = await getJson(`/api/v1/khoroos/${code}`);
    return page.evaluate((at) => {
      const map = document.querySelector('#viewer').hlpMap;
      const box = map.getCanvas().getBoundingClientRect();
      const { x, y } = map.project(at);
      return !map.isMoving() && document.elementFromPoint(box.x + x, box.y + y) === map.getCanvas();
    }, label);
  };
  const seen = async (page, code, words) => {
    for (let n_looks = 0; n_looks < 100; n_looks += 1) {
      if (await isSeen(page, code)) return;
      await page.evaluate(() => new Promise((later) => requestAnimationFrame(() => requestAnimationFrame(later))));
    }
    assert.fail(`${code} is not in view: ${words}`);
  };

  for (const [width, height] of [[1440, 900], [768, 1024], [360, 740], [720, 450]]) {
    test(`at ${width} × ${height}, as an address names it and with the table`, async () => {
      for (const form of ['map', 'cells']) {
        for (const code of ['bzd-26', 'khud-4', 'chd-19', 'bn-1', 'skhd-32']) {
          await withPage({ width, height }, async ({ page }) => {
            await open(page, `/mn/?form=${form}&select=${code}`);
            await page.waitForSelector('.figures .facts[aria-busy="false"]');
            await seen(page, code, `${form}, from the address`);
            if (width < 768) return;
            await page.click('[data-part="tableToggle"]');
            await seen(page, code, `${form}, the table opened`);
            await page.click('.table-head button');
            await seen(page, code, `${form}, the table closed`);
          });
        }
      }
    });
  }

  test('beside a table it is no speck: the first look goes to it, unless the address says where to look', async () => {
    const sizeOf = (page, [west, south, east, north]) => page.evaluate(([w, s, e, n]) => {
      const map = document.querySelector('#viewer').hlpMap;
      const [a, b] = [map.project([w, n]), map.project([e, s])];
      return map.isMoving() ? 0 : Math.max(b.x - a.x, b.y - a.y);
    }, [west, south, east, north]);
    for (const [width, height] of [[1440, 900], [768, 1024]]) {
      for (const code of ['bzd-26', 'sbd-3', 'bgd-1']) {
        const { bbox } = await getJson(`/api/v1/khoroos/${code}`);
        await withPage({ width, height }, async ({ page }) => {
          await open(page, `/en/?view=table&select=${code}`);
          await page.waitForSelector('.figures .facts[aria-busy="false"]');
          await seen(page, code, `${width} × ${height}`);
          await ready(page);
          const { height: room } = await page.locator('.field').boundingBox();
          const size = await sizeOf(page, bbox);
          assert.ok(size >= 72 && size <= room * 1.5, `${code} is ${size} pixels large in ${room} at ${width} × ${height}`);
        });
      }
    }
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?view=table&select=bzd-26#map=9.00/47.9200/106.9500');
      await page.waitForSelector('.figures .facts[aria-busy="false"]');
      await ready(page);
      assert.equal(await page.evaluate(() => document.querySelector('#viewer').hlpMap.getZoom()), 9);
    });
  });

  test('in a narrow window the sheet comes up beside what was pressed, not over it', async () => {
    for (const [width, height] of [[360, 740], [720, 450]]) {
      await withPage({ width, height }, async ({ page }) => {
        await open(page, '/mn/?form=cells');
        for (const code of ['khud-4', 'nd-1', 'chd-19']) {
          await page.locator(`.cells [data-code="${code}"][role=option] .unit`).click({ force: true });
          await page.waitForSelector('.figures.open');
          await seen(page, code, `pressed at ${width} × ${height}`);
        }
        await open(page, '/mn/?form=map');
        const { x, y, width: w, height: h } = await page.locator('.map canvas').boundingBox();
        await page.mouse.click(x + w / 2, Math.min(y + h / 2, height - 20));
        await page.waitForSelector('.figures .facts[aria-busy="false"]');
        const code = new URL(page.url()).searchParams.get('select');
        await seen(page, code, `pressed on the map at ${width} × ${height}`);
      });
    }
  });

  test('in a narrow window the sheet leaves three quarters of it to the cells, each of which can be brought out', async () => {
    for (const lang of ['mn', 'en']) {
      await withPage({ width: 360, height: 740 }, async ({ page }) => {
        await open(page, `/${lang}/?form=cells&select=bzd-26`);
        await page.waitForSelector('.figures .facts[aria-busy="false"]');
        const sheet = () => page.locator('.figures.open').boundingBox();
        const { height } = await sheet();
        assert.ok(height <= 740 / 4, `${lang}: the sheet is ${height} pixels high`);
        assert.ok(await page.locator('.figures .total .figure').first().isVisible());
        const { y, height: own } = await page.locator('.figures .total').first().boundingBox();
        assert.ok(y + own <= 740, 'the figure lies below the window');
        for (const code of ['nd-1', 'khud-4', 'bkh-1', 'skhd-21', 'bzd-26']) {
          await page.$eval(`.cells [role=option][data-code="${code}"]`, (cell) => cell.scrollIntoView({ block: 'nearest' }));
          await seen(page, code, 'scrolled to');
        }
        await page.click('.unfold');
        assert.equal(await page.getAttribute('.unfold', 'aria-expanded'), 'true');
        const unfolded = await sheet();
        assert.ok(unfolded.height > height * 1.5 && unfolded.height <= 740 * 0.71, `${unfolded.height}`);
        await page.click('.unfold');
        assert.equal((await sheet()).height, height);
      });
    }
  });

  test('frames of far districts leave a small map to itself', async () => {
    for (const [width, height] of [[1440, 900], [768, 1024]]) {
      await withPage({ width, height }, async ({ page }) => {
        await open(page, '/en/');
        await page.waitForSelector('.inset[data-code="bn"]');
        await page.click('[data-part="tableToggle"]');
        assert.equal(await page.locator('.inset').first().isVisible(), false, `${width} × ${height}`);
        await page.click('[data-part="tableToggle"]');
        await page.waitForSelector('.inset[data-code="bn"]');
      });
    }
  });

  test('a look around is not undone: what the address or the visitor chose to look at stays', async () => {
    await withPage({}, async ({ page }) => {
      await open(page, '/en/?select=bn-1#map=11.00/47.9200/106.9500');
      await page.waitForSelector('.figures .facts[aria-busy="false"]');
      await ready(page);
      assert.match(page.url(), /#map=11\.00\/47\.9200\/106\.9500/);
      assert.equal(await page.evaluate(() => document.querySelector('#viewer').hlpMap.getZoom()), 11);
    });
  });
});

describe('what stays where it is', () => {
  test('the choices, whatever measure is shown', async () => {
    for (const lang of ['mn', 'en']) {
      for (const width of [1440, 1100]) {
        await withPage({ width, height: 900 }, async ({ page }) => {
          await open(page, `/${lang}/?form=cells`);
          const places = () => page.$$eval('.controls input, .controls select', (all) => all.map((one) => {
            const { x, y } = one.getBoundingClientRect();
            return [one.name, one.value && one.type === 'radio' ? one.value : '', Math.round(x), Math.round(y)];
          }));
          const before = await places();
          await act(page, async () => {
            if (width >= 1440) await page.check('input[value="participation"]', { force: true });
            else await page.selectOption('select[name="hlp-measure"]', 'participation');
          });
          assert.deepEqual(await places(), before, `${lang}, ${width} px`);
          assert.ok(await page.locator('input[value="per10000"]').isDisabled());
        });
      }
    }
  });

  test('a table fits into a narrow window, and beside the panel', async () => {
    for (const width of [768, 360, 320]) {
      for (const path of ['/mn/?view=table', '/en/?view=table', '/mn/?view=table&measure=bivariate', '/en/?view=table&measure=bivariate&rate=per10000', '/en/?view=table&measure=participation']) {
        await withPage({ width, height: 740 }, async ({ page }) => {
          await open(page, path);
          const [scrolled, shown] = await page.$eval('.table-scroll', (zone) => [zone.scrollWidth, zone.clientWidth]);
          assert.ok(scrolled <= shown, `${path}: ${scrolled} px in ${shown} at ${width}`);
        });
      }
    }
  });
});
