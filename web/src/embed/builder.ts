// The page that makes code for other sites, without leaving it: every choice asks for the page again
// and takes its preview and code. What is shown is always what the server made.

import './builder.css';

/** Numbers are typed digit by digit. */
const TYPED_MS = 400;
/** How long a button says that it has copied. */
const SAID_MS = 2_500;

const form = document.querySelector<HTMLFormElement>('#embed-form');
const status = document.querySelector<HTMLElement>('#embed-status');
/** The last call; one that comes while it waits takes its place. */
let asked: AbortController | null = null;
let timer = 0;

async function show(form: HTMLFormElement): Promise<void> {
  window.clearTimeout(timer);
  asked?.abort();
  const own = new AbortController();
  asked = own;
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string' && value !== '') query.set(name, value);
  const address = `${location.pathname}?${query}`;
  try {
    const response = await fetch(address, { signal: own.signal, headers: { accept: 'text/html' } });
    if (!response.ok) throw new Error(`the page answered ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    for (const wanted of ['#embed-result', 'a.language']) {
      const [old, fresh] = [document.querySelector(wanted), page.querySelector(wanted)];
      if (old && fresh) old.replaceWith(document.importNode(fresh, true));
    }
    history.replaceState(null, '', address);
    prepare();
  } catch {
    // The button does the same, and shows what is wrong.
    if (!own.signal.aborted) form.submit();
  }
}

/** Buttons are of use only with a script. */
function prepare(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', () => void copy(button));
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const code = document.querySelector<HTMLTextAreaElement>(`#${button.dataset.copy}`);
  if (!code || !status) return;
  try {
    await navigator.clipboard.writeText(code.value);
  } catch {
    // Copied by hand, where the browser keeps the clipboard to itself.
    code.select();
    return;
  }
  const words = status.dataset.copied ?? '';
  const before = button.textContent;
  button.textContent = words;
  status.textContent = words;
  window.setTimeout(() => {
    button.textContent = before;
    status.textContent = '';
  }, SAID_MS);
}

if (form) {
  form.addEventListener('change', () => void show(form));
  form.addEventListener('input', (event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void show(form), TYPED_MS);
  });
  prepare();
}
