import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import sharp from 'sharp'
import { tell } from './machine.ts'
import { quantile } from './statistics.ts'

/** What became of submissions that were due at a steady rate, whether or not the service kept up with it. */
export interface Load {
  readonly rate: number
  readonly submitted: number
  /** Until the last answer. */
  readonly seconds: number
  readonly acknowledged: number
  /** Other answers by their status; `none` where there was no answer. */
  readonly errors: Readonly<Record<string, number>>
  /** From when a submission was due to its answer. */
  readonly p50Ms: number
  readonly p99Ms: number
  readonly kilobytes: number
}

const boundary = 'parallax-bench'

interface Picture {
  readonly name: string
  readonly bytes: Buffer
}

async function smallPictures(file: string): Promise<readonly Picture[]> {
  const small = sharp(file).resize({ width: 300 }).grayscale()
  return [
    { name: 'page.jpg', bytes: await small.clone().jpeg({ quality: 60 }).toBuffer() },
    { name: 'page.png', bytes: await small.clone().png({ palette: true, colours: 4 }).toBuffer() },
  ]
}

/** A form with one picture, which other bytes after its end make a document that was never seen before. */
function formOf({ name, bytes }: Picture, distinct: string): Buffer {
  const field = `--${boundary}\r\nContent-Disposition: form-data; name="route"\r\n\r\nmodular\r\n`
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n\r\n`
  return Buffer.concat([Buffer.from(field + file), bytes, Buffer.from(`${distinct}\r\n--${boundary}--\r\n`)])
}

function post(url: URL, agent: Agent, body: Buffer): Promise<string> {
  const headers = {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': body.byteLength,
  }
  return new Promise((answered) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      buffer(response).then(
        () => answered(String(response.statusCode)),
        () => answered('none'),
      )
    })
    sent.once('error', () => answered('none'))
    sent.end(body)
  })
}

/** Submits documents one by one when they are due, `rate` a second, over connections that are kept. */
export async function submitSteadily(
  service: string,
  file: string,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<Load> {
  const pictures = await smallPictures(file)
  const url = new URL('/v1/batches', service)
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  await post(url, agent, formOf(pictures[0]!, 'the first, which waits for the engines'))
  const started = performance.now()
  const statuses: string[] = []
  const latencies: number[] = []
  let bytes = 0

  async function submit(i: number, due: number): Promise<void> {
    const body = formOf(pictures[i % pictures.length]!, `document ${i}`)
    bytes += body.byteLength
    const status = await post(url, agent, body)
    statuses.push(status)
    if (status === '202') latencies.push(performance.now() - due)
  }

  const all: Promise<void>[] = []
  for (let i = 0; i < rate * seconds; i++) {
    const due = started + (i * 1000) / rate
    const early = due - performance.now()
    if (early > 0) await delay(early)
    all.push(submit(i, due))
    if (i > 0 && i % (rate * 10) === 0) tell(`${i} submitted, ${statuses.length} answered`)
  }
  await Promise.all(all)
  const taken = (performance.now() - started) / 1000
  agent.destroy()
  const errors: Record<string, number> = {}
  for (const status of statuses) if (status !== '202') errors[status] = (errors[status] ?? 0) + 1
  return {
    rate,
    submitted: all.length,
    seconds: taken,
    acknowledged: latencies.length,
    errors,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    kilobytes: bytes / all.length / 1000,
  }
}
