// A server between the browser and the service under test, for what a page's own routes cannot bring about: answers
// that break off, and whatever follows from what the browser keeps.

import { createServer, request } from 'node:http';
import { baseUrl } from './support.mjs';

/** What `change` says for an answer that breaks off in the middle. */
export const CUT = Symbol('cut');

/**
 * `change(path, text)` is asked of every whole answer: `CUT`, another text, or `undefined` for what the service says.
 * `seen` are the paths that were asked for, with their queries.
 */
export async function openBetween(change) {
  const seen = [];
  const server = createServer((incoming, outgoing) => {
    seen.push(incoming.url);
    // Nothing is asked for as unchanged, so that every answer is whole.
    const { 'if-none-match': _, ...headers } = { ...incoming.headers, 'accept-encoding': 'identity' };
    request(baseUrl + incoming.url, { method: incoming.method, headers }, async (answer) => {
      const parts = [];
      for await (const part of answer) parts.push(part);
      const given = Buffer.concat(parts);
      const changed = answer.statusCode === 200 ? change(incoming.url, given.toString()) : undefined;
      const body = typeof changed === 'string' ? Buffer.from(changed) : given;
      const { 'transfer-encoding': __, ...told } = answer.headers;
      outgoing.writeHead(answer.statusCode, answer.statusCode === 204 ? told : { ...told, 'content-length': body.length });
      if (changed === CUT) outgoing.write(body.subarray(0, body.length / 2), () => outgoing.destroy());
      else outgoing.end(body);
    }).on('error', () => outgoing.destroy()).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    seen,
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
}
