// Which picture is on screen, and which one is on its way there.
//
// Asks for what a view is drawn from, one view at a time: the last wish counts. The picture before it stands until all
// of the next one has come. Where that does not come it goes on standing, and what was wished for is kept, to be
// had with a press. What nobody asked for, after the window turned or the records changed, fails without a word.
//
// It neither draws nor writes the address: whoever owns the view is told what has become of it.

import { type Api, ApiError } from './api';
import type { Config } from './config';
import type { Data } from './data';
import { formOf } from './drawn';
import { asPictured, askPicture, type Picture, renewPicture, type Wish } from './picture';
import type { Form, View } from './state';
import type { Problem } from './status';

export interface AskingOptions {
  config: Config;
  api: Api;
  data: Data;
  /** The view that is wished for. */
  read(): View;
  /** The form that can be drawn of one that is asked for. */
  formFor(asked: Form): Form;
  /** Something is on its way, or is not any more. */
  onChange(): void;
  onCome(picture: Picture, unasked: boolean): void;
  /** It does not come; `to` is the view that stands, where one does and another was asked for. */
  onLost(to: View | null): void;
}

export interface Asking {
  /** What is on screen; `null` before the first. */
  readonly picture: Picture | null;
  /** The picture of the view is on its way. */
  readonly pending: boolean;
  /** The visitor waits for it. */
  readonly awaited: boolean;
  /** Figures that did not come. */
  readonly problem: Problem | null;
  /** What was wished for and did not come, while the picture before it stands. */
  readonly failed: View | null;
  /** The view with what was drawn last, while what was wished for is on its way. */
  seen(): View;
  /** What is on screen with what was chosen since, which is part of it from here on. */
  toDraw(): Picture | null;
  /** The form that is to be drawn next. */
  nextForm(): Form;
  /** Asks for what the view is drawn from. What no visitor asks for need not come, and answers no choice. */
  refresh(unasked?: boolean): Promise<void>;
  /** In a window of another width another form may be the default. What the visitor waits for stays theirs. */
  followWindow(): void;
  /** Asks for all anew after a new revision: the page as it is now, `null` where not all has come. */
  renew(): Promise<Config | null>;
  /** What did not come is now wished for with this unit chosen. */
  choose(code: string | null): void;
}

export function createAsking(options: AskingOptions): Asking {
  const { config, api, data, read, onChange } = options;
  const isEmpty = config.vintages.length === 0;
  let picture: Picture | null = null;
  let pending = true;
  let isUnasked = false;
  /** The form that was asked for last. */
  let formWished: Form | null = null;
  let failed: View | null = null;
  let problem: Problem | null = null;
  let asked = new AbortController();

  const seen = (): View => (pending && picture ? asPictured(read(), picture.view) : read());

  function wish(): Wish {
    const wished = formOf(read(), window.innerWidth);
    return { config, view: read(), asked: wished, form: options.formFor(wished) };
  }

  async function refresh(unasked = false): Promise<void> {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    if (isEmpty) return onChange();
    pending = true;
    isUnasked = unasked;
    if (!unasked) problem = failed = null;
    onChange();
    try {
      const wished = wish();
      formWished = wished.asked;
      const next = await askPicture(data, wished, picture !== null, signal);
      if (signal.aborted) return;
      picture = next;
      pending = false;
      if (failed === null) problem = null;
      options.onCome(next, unasked);
    } catch (error) {
      if (signal.aborted) return;
      pending = false;
      if (!unasked || !picture) problem = 'data';
      if (picture && !unasked) failed = read();
      options.onLost(unasked ? null : (picture?.view ?? null));
      onChange();
      if (!(error instanceof ApiError)) throw error;
    }
  }

  return {
    get picture() {
      return picture;
    },
    get pending() {
      return pending;
    },
    get awaited() {
      return pending && !isUnasked;
    },
    get problem() {
      return problem;
    },
    get failed() {
      return failed;
    },
    seen,
    toDraw() {
      if (picture) picture = { ...picture, view: seen() };
      return picture;
    },
    nextForm: () => wish().form,
    refresh,
    followWindow() {
      if (isEmpty || formOf(read(), window.innerWidth) === (pending ? formWished : picture?.form)) return;
      void refresh(!pending || isUnasked);
    },
    renew: () => renewPicture(api, data, wish()),
    choose(code) {
      // Of districts no khoroo is one.
      if (failed?.level === read().level) failed = { ...failed, selected: code };
    },
  };
}
