// The page that makes the code for other sites.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { mapFrame, openOtherSite, READY_MS, titleIn } from './other_site.mjs';
import { baseUrl, launch, newPage } from './support.mjs';

let browser;
let site;
before(async () => {
  browser = await launch();
  site = await openOtherSite(browser);
});
after(async () => {
  await browser.close();
  await site.close();
});

describe('the page that makes the code', () => {
  test('shows at once what is chosen, and copies it', async () => {
    for (const lang of ['mn', 'en']) {
      const opened = await newPage(browser, { width: 1280, permissions: ['clipboard-read', 'clipboard-write'] });
      const { page } = opened;
      await page.goto(`${baseUrl}/${lang}/embed?form=cells`);
      await assertAccessible(page, lang);
      await page.selectOption('#area', 'bzd');
      await page.waitForFunction(() => document.querySelector('#code-frame').value.includes('area=bzd'));
      assert.match(page.url(), /area=bzd/);
      assert.match(await page.getAttribute('iframe.preview', 'src'), /area=bzd/);
      await page.click('button[data-copy="code-element"]');
      await page.waitForFunction(() => document.querySelector('#embed-status').textContent !== '');
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, await page.inputValue('#code-element'));
      assert.match(copied, /<hlp-map [^>]*area="bzd"/);
      await opened.assertClean();
      await opened.close();
    }
  });

  test('is not left when one choice overtakes another', async () => {
    const opened = await newPage(browser, { width: 1280 });
    const { page } = opened;
    await page.goto(`${baseUrl}/en/embed?form=cells`);
    await page.evaluate(() => {
      window.stays = true;
      document.querySelector('#area').focus();
    });
    for (const code of ['bzd', 'skhd', 'khud']) await page.evaluate((value) => {
      const list = document.querySelector('#area');
      list.value = value;
      list.dispatchEvent(new Event('change', { bubbles: true }));
    }, code);
    await page.waitForFunction(() => document.querySelector('#code-frame').value.includes('area=khud'));
    const asked = opened.requests.filter((url) => /\/en\/embed\?/.test(url)).length;
    // Typed, and left before what was typed is asked for by itself.
    await page.fill('#width', '600');
    await page.evaluate(() => document.querySelector('#width').dispatchEvent(new Event('change', { bubbles: true })));
    await page.waitForFunction(() => document.querySelector('#code-frame').value.includes('600'));
    await page.evaluate(() => new Promise((later) => setTimeout(later, 500)));
    assert.equal(opened.requests.filter((url) => /\/en\/embed\?/.test(url)).length, asked + 1, 'asked once');
    assert.equal(await page.evaluate(() => window.stays), true);
    await opened.assertClean();
    await opened.close();
  });

  test('works by its button without script, and fits 320 pixels', async () => {
    const opened = await newPage(browser, { javaScriptEnabled: false, width: 320, height: 640 });
    const { page } = opened;
    await page.goto(`${baseUrl}/en/embed`);
    await page.selectOption('#measure', 'replications');
    await page.click('#embed-form button');
    await page.waitForURL(/measure=replications/);
    assert.match(await page.inputValue('#code-frame'), /measure=replications/);
    assert.equal(await page.isVisible('button[data-copy]'), false);
    await opened.close();
    const narrow = await newPage(browser, { width: 320, height: 640 });
    await narrow.page.goto(`${baseUrl}/mn/embed`);
    assert.ok((await narrow.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0);
    await narrow.close();
  });

  test('its code runs on another site as it was copied', async () => {
    const opened = await newPage(browser);
    await opened.page.goto(`${baseUrl}/en/embed?area=bzd&form=cells&lang=en`);
    const codes = [await opened.page.inputValue('#code-frame'), await opened.page.inputValue('#code-element')];
    await opened.close();
    for (const code of codes) {
      await site.visit(code, { path: '/copied' }, async (page) => {
        await page.waitForFunction(() => document.querySelector('iframe') ?? document.querySelector('hlp-map')?.shadowRoot, null, { timeout: READY_MS });
        const deadline = Date.now() + READY_MS;
        while (!mapFrame(page) && Date.now() < deadline) await page.evaluate(() => new Promise(requestAnimationFrame));
        const frame = mapFrame(page);
        await frame.waitForFunction(() => document.querySelector('#viewer')?.dataset.state === 'ready', null, { timeout: READY_MS });
        assert.match(await titleIn(frame), /: Bayanzurkh$/);
      });
    }
  });
});
