// The rule by which an address of the service becomes a file of its static twin (`src/twin/names.rs` has the same; one
// list of cases holds both to it). Pure.

/** Bytes that mean something in addresses or file names are written as `!` and two digits. */
function plain(text: string): string {
  const bytes = [...new TextEncoder().encode(text)];
  return bytes.map((byte) => {
    const letter = String.fromCharCode(byte);
    return /[\w.-]/.test(letter) ? letter : `!${byte.toString(16).padStart(2, '0')}`;
  }).join('');
}

/** Path of the file, from the twin's folder, of a path with its query. */
export function fileOf(address: string): string {
  const url = new URL(address, 'http://twin.invalid');
  const parts = url.pathname.slice(1).split('/').map((part) => decodeURIComponent(part));
  const last = parts.pop() ?? '';
  const isPage = /^\/(mn|en)\//.test(url.pathname);
  const point = isPage ? -1 : last.lastIndexOf('.');
  const [stem, ending] = last === '' ? ['index', 'html'] : point < 0 ? [last, isPage ? 'html' : 'json'] : [last.slice(0, point), last.slice(point + 1)];
  const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
  const asked = [...url.searchParams].filter(([name]) => name !== 'rev')
    .sort(([a, x], [b, y]) => order(a, b) || order(x, y))
    .map(([name, value]) => `~${plain(name)}=${plain(value)}`);
  return [...parts.filter((part) => part !== '').map(plain), `${plain(stem)}${asked.join('')}.${plain(ending)}`].join('/');
}

/** File of the still picture at a path; `null` where the twin holds none of the kind. A chosen place is not marked in it. */
export function pictureOf(path: string): string | null {
  const { pathname, searchParams } = new URL(path, 'http://twin.invalid');
  searchParams.delete('select');
  const isHeld = pathname.endsWith('.svg') && searchParams.get('rate') === 'count' &&
    !['vintage', 'theme', 'area'].some((name) => searchParams.has(name));
  return isHeld ? fileOf(`${pathname}?${searchParams}`) : null;
}

/** Where a link of the viewer leads in a twin, from the twin's folder; `null` where it holds nothing of the kind. */
export function linkOf(path: string, search: string): string | null {
  const [lang = '', part = '', code, ...rest] = path.split('/').slice(1);
  if (!/^(mn|en)$/.test(lang) || rest.length > 0) return null;
  if (part === '' && code === undefined) return `${lang}/index.html${search}`;
  const names = [...new URLSearchParams(search).keys()].join();
  const isHeld = code === undefined
    ? (/^(about|practices|tracker)$/.test(part) && names === '')
    : (/^(khoroos|districts)$/.test(part) && (names === '' || names === 'vintage')) || (part === 'practices' && names === '');
  return isHeld ? fileOf(path + search) : null;
}
