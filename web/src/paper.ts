// The page on paper where it has no still picture of what is shown: a copy without its service has few.

import type { Drawn } from './drawn';
import type { Reader } from './present';
import type { Form, View } from './state';
import type { ValueTable } from './values';

/** What is shown. */
export interface OnPaper {
  view: View;
  shown: Drawn;
  form: Form;
  table: ValueTable | null;
  reader: Reader;
}

export interface Paper {
  /** `null` where a still picture has all of it; true where the page itself goes on paper. */
  update(next: OnPaper | null): boolean;
  /** Opens the browser's dialogue once all is there; false where nothing is to be printed. */
  print(): Promise<boolean>;
}
