/** A sentence that was heard within this time, in milliseconds, is not told again. */
const quietMs = 60_000

/** Passes on each sentence once, and again only after nobody has said it for a minute: what repeats itself floods no log. */
export function nowAndThen(tell: (sentence: string) => void, now = Date.now): (sentence: string) => void {
  const heardAt = new Map<string, number>()
  return (sentence) => {
    const at = now()
    for (const [other, then] of heardAt) if (at - then > quietMs) heardAt.delete(other)
    const isNew = !heardAt.has(sentence)
    heardAt.set(sentence, at)
    if (isNew) tell(sentence)
  }
}
