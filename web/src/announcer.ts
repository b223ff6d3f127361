// What is said to screen readers, and when: the newest of what is shown, and every message.
//
// While somebody moves on, only where they stop is said. What was said is not said again because more
// of the same place has arrived, and a message is not lost because a place is told of meanwhile.

/** While somebody moves through the table row by row, only where they stop is said. */
export const ANNOUNCE_AFTER_MS = 300;

export interface Announcer {
  /** What is on screen now, in a sentence. */
  show(sentence: string): void;
  /** The same, where it need not be said: the page itself has just been read. */
  assume(sentence: string): void;
  /** Something that has happened. */
  tell(message: string): void;
  /** A place that somebody has come to without choosing it; one after it takes its turn. */
  reach(place: string): void;
}

export function createAnnouncer(say: (words: string) => void): Announcer {
  /** The last sentence that was said of what is shown, and the one to be said. */
  let said: string | null = null;
  let shown: string | null = null;
  let told: string[] = [];
  let reached: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function wait(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const words = [...told, ...(reached === null ? [] : [reached]), ...(shown === null || shown === said ? [] : [shown])];
      said = shown;
      told = [];
      reached = null;
      if (words.length > 0) say(words.join(' '));
    }, ANNOUNCE_AFTER_MS);
  }

  return {
    show(sentence) {
      if (sentence === shown) return;
      shown = sentence;
      wait();
    },
    assume(sentence) {
      said = sentence;
      shown = sentence;
    },
    tell(message) {
      told.push(message);
      wait();
    },
    reach(place) {
      reached = place;
      wait();
    },
  };
}
