/** Sentences from below for whoever listens; those said before anybody listened are kept for the first one. */
export function createNotices(first: readonly string[]) {
  const listeners = new Set<(sentence: string) => void>();
  const unheard = [...first];
  return {
    say(sentence: string): void {
      if (listeners.size === 0) unheard.push(sentence);
      for (const listener of listeners) listener(sentence);
    },
    subscribe(listener: (sentence: string) => void): () => void {
      listeners.add(listener);
      for (const sentence of unheard.splice(0)) listener(sentence);
      return () => void listeners.delete(listener);
    },
  };
}
