// Goes through the cycles one by one, each shown whole before the next.

export interface PlayerOptions {
  ids: readonly string[];
  /** Time that a cycle stands once it is drawn. */
  stand_ms: number;
  onStep(id: string): void;
  onChange(): void;
}

export interface Player {
  readonly playing: boolean;
  /** Starts from the cycle shown, or from the first where that is the last. */
  start(shown: string): void;
  stop(): void;
  /** What was stepped to is drawn. */
  drawn(shown: string): void;
}

export function nextOf(ids: readonly string[], shown: string): string | undefined {
  return ids[ids.indexOf(shown) + 1];
}

export function createPlayer({ ids, stand_ms, onStep, onChange }: PlayerOptions): Player {
  let playing = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    clearTimeout(waiting);
    if (!playing) return;
    playing = false;
    onChange();
  }

  function drawn(shown: string): void {
    if (!playing) return;
    clearTimeout(waiting);
    const next = nextOf(ids, shown);
    if (next === undefined) stop();
    else waiting = setTimeout(() => onStep(next), stand_ms);
  }

  return {
    get playing() {
      return playing;
    },
    start(shown) {
      playing = true;
      onChange();
      const [first] = ids;
      if (nextOf(ids, shown) === undefined && first !== undefined && first !== shown) onStep(first);
      else drawn(shown);
    },
    stop,
    drawn,
  };
}
