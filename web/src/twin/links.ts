// Links of the viewer in a static twin: it writes those of the service, which become files as they appear; what the
// twin does not hold is not offered.

import { linkOf } from './names';

export function followLinks(root: HTMLElement, base: string): void {
  function settle(link: HTMLAnchorElement): void {
    const href = link.getAttribute('href');
    if (href === null || !href.startsWith(`${base}/`)) return;
    const { pathname, search, hash } = new URL(href, location.href);
    const path = pathname.slice(base.length);
    // A file already.
    if (/\.(html|svg)$/.test(path)) return;
    const held = linkOf(path, search);
    (link.closest('li') ?? link).hidden = held === null;
    if (held === null) link.removeAttribute('href');
    else link.setAttribute('href', `${base}/${held}${hash}`);
  }

  const settleIn = (node: Node): void => {
    if (node instanceof HTMLAnchorElement) settle(node);
    if (node instanceof Element) node.querySelectorAll<HTMLAnchorElement>('a[href]').forEach(settle);
  };
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'attributes') settleIn(target);
      else addedNodes.forEach(settleIn);
    }
  }).observe(root, { subtree: true, childList: true, attributeFilter: ['href'] });
  settleIn(root);
}
