// Steps through the browser's history. One that cannot be drawn is taken back, so that the address stays that of
// what is on screen and no entry is overwritten; it can be taken again later.
//
// Entries carry their place in a row of numbers, from which follows how far apart two of them are.

export interface Steps {
  /** Nothing is written over an entry that is being left again. */
  write(how: 'pushState' | 'replaceState', address: string): void;
  /** Notes a step of the visitor to an entry with this state; false where it was only the way back of one that failed. */
  took(state: unknown): boolean;
  /** What was stepped to is drawn. */
  arrived(): void;
  /** It cannot be drawn: goes back to where the visitor stood. False where they have taken no step. */
  undo(): boolean;
  /** Takes the step again that was undone; false where there is none. */
  again(): boolean;
}

export function createSteps(history: Pick<History, 'pushState' | 'replaceState' | 'go' | 'state'>): Steps {
  let place = placeIn(history.state) ?? 0;
  /** Where what is drawn stands, while a step from there is under way. */
  let from: number | null = null;
  let undone: number | null = null;
  let isReturning = false;

  return {
    write(how, address) {
      if (how === 'pushState') {
        place += 1;
        from = null;
        // Who chooses something else does not mean that step any more, and stays where the choice is.
        undone = null;
        isReturning = false;
      } else if (isReturning) {
        return;
      }
      history[how]({ place }, '', address);
    },
    took(state) {
      const isVisitor = !isReturning;
      // An address typed into the bar is one entry more.
      const to = placeIn(state) ?? place + 1;
      if (isVisitor) {
        from ??= place;
        undone = null;
      }
      isReturning = false;
      place = to;
      return isVisitor;
    },
    arrived() {
      from = null;
      undone = null;
    },
    undo() {
      const [start, end] = [from, place];
      from = null;
      undone = null;
      if (start === null || start === end) return false;
      undone = end;
      isReturning = true;
      history.go(start - end);
      return true;
    },
    again() {
      const by = undone === null ? 0 : undone - place;
      undone = null;
      if (by !== 0) history.go(by);
      return by !== 0;
    },
  };
}

function placeIn(state: unknown): number | null {
  const place = (state as { place?: unknown } | null)?.place;
  return typeof place === 'number' ? place : null;
}
