import { z } from 'zod'
import type { StopReason } from '../../core/vlm.ts'
import { ParallaxError } from '../../core/errors.ts'
import { runaway } from './runaway.ts'

/** Log probability of having written a piece of the text. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly logprob: number
}

/** What a model wrote. */
export interface Written {
  readonly text: string
  /** Characters of it to go by: less than all where it repeats itself. */
  readonly usable: number
  readonly spans: readonly Span[]
  readonly stopReason: StopReason
}

const logprobsSchema = z.object({ content: z.array(z.object({ token: z.string(), logprob: z.number() })) })

export const choiceSchema = z.object({
  delta: z.object({ content: z.string().nullish() }).nullish(),
  finish_reason: z.string().nullish(),
  logprobs: logprobsSchema.nullish().catch(null),
})
type Choice = z.infer<typeof choiceSchema>
type Tokens = z.infer<typeof logprobsSchema>['content']

const longest = 100_000
/** Characters after which the tail is looked at again. */
const stride = 64

const sum = (tokens: Tokens): number => tokens.reduce((total, { logprob }) => total + logprob, 0)

/** Collects an answer as it comes. */
export class Transcript {
  #text = ''
  #looked = 0
  /** Of tokens that have not shown as text yet, such as the first bytes of a character. */
  #pending = 0
  readonly #spans: Span[] = []

  /** The whole answer, once nothing more is to be expected. */
  add({ delta, finish_reason, logprobs }: Choice): Written | null {
    this.#write(delta?.content, logprobs?.content ?? [])
    if (this.#text.length > longest) {
      const message = `The model wrote more than ${longest} characters and was stopped.`
      throw new ParallaxError('E_OUTPUT_TOO_LARGE', message)
    }
    const usable = this.#text.length - this.#looked < stride && !finish_reason ? null : this.#look()
    if (usable !== null) return this.#end('repetition', usable)
    return finish_reason ? this.end(finish_reason) : null
  }

  end(finish: string): Written {
    return this.#end(['length', 'content_filter'].includes(finish) ? 'length' : 'end', this.#text.length)
  }

  #end(stopReason: StopReason, usable: number): Written {
    return { text: this.#text, usable, spans: this.#spans, stopReason }
  }

  #look(): number | null {
    this.#looked = this.#text.length
    return runaway(this.#text)
  }

  #write(content: string | null | undefined, tokens: Tokens): void {
    if (content === null || content === undefined) return
    const start = this.#text.length
    this.#text += content
    if (content === '') this.#pending += sum(tokens)
    else if (tokens.length > 0) this.#measure(start, content, tokens)
  }

  /** Token by token where they spell the text, else all as one piece. */
  #measure(start: number, content: string, tokens: Tokens): void {
    const isSpelt = tokens.map(({ token }) => token).join('') === content
    const pieces = isSpelt ? tokens : [{ token: content, logprob: sum(tokens) }]
    let at = start
    for (const { token, logprob } of pieces) {
      this.#spans.push({ start: at, end: (at += token.length), logprob: logprob + this.#pending })
      this.#pending = 0
    }
  }
}
