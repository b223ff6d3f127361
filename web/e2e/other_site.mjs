// Another site, with pages that show the map of the service under test in a frame or as `<hlp-map>`.
//
// It is a server of the test's own under the name `localhost`, which the server under test must allow
// (`--embed-hosts 'http://localhost:*'`); by its number the same server is a site that is not allowed.

import { createServer } from 'node:http';
import { baseUrl, newPage } from './support.mjs';

export const READY_MS = 60_000;

/** Remembers what comes from the map, before anything is there to miss. */
const LISTENING = `<script>window.heard = []; addEventListener('message', (event) => heard.push({ origin: event.origin, data: event.data }));</script>`;

export async function openOtherSite(browser) {
  /** Its pages, by path. */
  const pages = new Map();
  const server = createServer((request, response) => {
    const body = pages.get(new URL(request.url, 'http://x').pathname) ?? '';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!DOCTYPE html><html lang="en"><head><title>Another site</title><link rel="icon" href="data:,"></head>
      <body><main><h1>Another site</h1>${body}</main></body></html>`);
  });
  await new Promise((resolve) => server.listen(0, '0.0.0.0', resolve));
  const at = (name) => `http://${name}:${server.address().port}`;
  return {
    /** Its origin under a name. */
    at,
    /** Opens a page of it; what goes wrong there or in its frames is told to `test`. `prepare` comes before. */
    async visit(body, { origin = at('localhost'), path = '/page', prepare = async () => {}, ...options }, test) {
      pages.set(path, LISTENING + body);
      const opened = await newPage(browser, options);
      try {
        await prepare(opened.page);
        await opened.page.goto(origin + path);
        await test(opened.page, opened);
      } finally {
        await opened.close();
      }
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

export const element = (attributes) => `<script src="${baseUrl}/embed.js" async></script>
  <hlp-map ${attributes}><a href="${baseUrl}/en/">Good practices by khoroo</a></hlp-map>`;

export const mapFrame = (page) => page.frames().find((frame) => frame.url().startsWith(`${baseUrl}/embed?`));
export const types = (page) => page.evaluate(() => window.heard.map(({ data }) => data.type));

export async function heard(page, type) {
  await page.waitForFunction((wanted) => window.heard.some(({ data }) => data.type === wanted), type, { timeout: READY_MS });
}

/** The frame, once its map is ready. */
export async function readyFrame(page) {
  await heard(page, 'ready');
  return mapFrame(page);
}

export const stateOf = (frame) => frame.evaluate(() => ({ ...document.querySelector('#viewer').dataset }));
export const titleIn = (frame) => frame.textContent('h1');
