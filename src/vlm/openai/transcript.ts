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
  /** What its server kept apart from the text as thoughts. */
  readonly thoughts: string
  readonly stopReason: StopReason
}

const logprobsSchema = z.object({ content: z.array(z.object({ token: z.string(), logprob: z.number() })) })

/** Servers of Mistral's send content in parts, of which thoughts are one kind. */
const partSchema = z.union([
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('thinking'), thinking: z.array(z.object({ text: z.string() })) }),
])
/** Thoughts as vLLM and llama.cpp (`reasoning_content`), Ollama and OpenRouter (`reasoning`) send them. */
const deltaSchema = z.object({
  content: z.union([z.string(), z.array(partSchema)]).nullish(),
  reasoning_content: z.string().nullish().catch(null),
  reasoning: z.string().nullish().catch(null),
  thinking: z.string().nullish().catch(null),
})
type Delta = z.infer<typeof deltaSchema>

export const choiceSchema = z.object({
  delta: deltaSchema.nullish(),
  finish_reason: z.string().nullish(),
  logprobs: logprobsSchema.nullish().catch(null),
})
type Choice = z.infer<typeof choiceSchema>
type Tokens = z.infer<typeof logprobsSchema>['content']

const longest = 100_000
/** Characters after which the tail is looked at again. */
const stride = 64

function contentOf({ content }: Delta): string | null | undefined {
  if (!Array.isArray(content)) return content
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('')
}

function thoughtOf({ content, reasoning_content, reasoning, thinking }: Delta): string {
  const parts = Array.isArray(content) ? content : []
  const within = parts.flatMap((part) => (part.type === 'thinking' ? part.thinking.map((t) => t.text) : []))
  return [reasoning_content ?? reasoning ?? thinking ?? '', ...within].join('')
}

const sum = (tokens: Tokens): number => tokens.reduce((total, { logprob }) => total + logprob, 0)

/** A text that grows, looked at now and then for whether it repeats itself. */
class Growing {
  text = ''
  #looked = 0

  /** How much of it to keep, once it repeats itself without end. */
  look(now: boolean): number | null {
    if (this.text.length > longest) {
      const message = `The model wrote more than ${longest} characters and was stopped.`
      throw new ParallaxError('E_OUTPUT_TOO_LARGE', message)
    }
    if (this.text.length - this.#looked < stride && !(now && this.text.length > this.#looked)) return null
    this.#looked = this.text.length
    return runaway(this.text)
  }
}

/** Collects an answer as it comes. */
export class Transcript {
  readonly #answer = new Growing()
  readonly #thoughts = new Growing()
  /** Of tokens that have not shown as text yet, such as the first bytes of a character. */
  #pending = 0
  readonly #spans: Span[] = []

  /** The whole answer, once nothing more is to be expected. */
  add({ delta, finish_reason, logprobs }: Choice): Written | null {
    this.#write(delta && contentOf(delta), logprobs?.content ?? [])
    this.#thoughts.text += delta ? thoughtOf(delta) : ''
    const usable = this.#answer.look(Boolean(finish_reason))
    if (usable !== null) return this.#end('repetition', usable)
    if (this.#thoughts.look(false) !== null) return this.#end('repetition', this.#answer.text.length)
    return finish_reason ? this.end(finish_reason) : null
  }

  end(finish: string): Written {
    const isCut = ['length', 'content_filter'].includes(finish)
    return this.#end(isCut ? 'length' : 'end', this.#answer.text.length)
  }

  #end(stopReason: StopReason, usable: number): Written {
    const { text } = this.#answer
    return { text, usable, spans: this.#spans, thoughts: this.#thoughts.text, stopReason }
  }

  #write(content: string | null | undefined, tokens: Tokens): void {
    if (content === null || content === undefined) return
    const start = this.#answer.text.length
    this.#answer.text += content
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
