// Words that name sources, some of them links.

import { html, type TemplateResult } from 'lit/html.js';
import type { Source } from '../config';

export function sourceLinks(sources: readonly Source[]): TemplateResult[] {
  return sources.map(({ text, href }) =>
    href === null ? html`${text}` : html`<a href=${href} target="_blank" rel="noopener noreferrer">${text}</a>`);
}
