import type { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node'
import { ParallaxError } from '../core/errors.ts'
import { precisionOptions } from './precision.ts'

/** A dense tensor, row by row. */
export interface Tensor<Data extends Float32Array | BigInt64Array> {
  readonly data: Data
  readonly shape: readonly number[]
}
export type FloatTensor = Tensor<Float32Array>
export type IntTensor = Tensor<BigInt64Array>

/** A loaded network. `run` blocks its process while it computes: use it in children only. */
export interface Session {
  /** Inputs and outputs by name; E_ENGINE when the network refuses them. */
  run(inputs: Readonly<Record<string, FloatTensor | IntTensor>>): Promise<Record<string, FloatTensor>>
  close(): Promise<void>
}

async function runtime(): Promise<typeof import('onnxruntime-node')> {
  // It would otherwise keep a device identity and send usage data; it reads this once, when it is loaded.
  // eslint-disable-next-line no-restricted-properties -- written for a library, not read
  process.env['ORT_DISABLE_TELEMETRY'] = '1'
  const module = await import('onnxruntime-node')
  return 'default' in module ? module.default : module
}

const engineError =
  (doing: string) =>
  (error: unknown): never => {
    throw new ParallaxError('E_ENGINE', `${doing}: ${error instanceof Error ? error.message : String(error)}`)
  }

function toFloats(outputs: InferenceSession.ReturnType): Record<string, FloatTensor> {
  const entries = Object.entries(outputs as Record<string, RuntimeTensor>)
  return Object.fromEntries(
    entries.map(([name, { data, dims }]) => [name, { data: data as Float32Array, shape: dims }]),
  )
}

/** Loads an ONNX file for one thread of the CPU, which is what each child of the pool may use; E_ENGINE when it cannot. */
export async function openSession(model: string | Uint8Array): Promise<Session> {
  const { InferenceSession, Tensor } = await runtime().catch(
    engineError('The runtime for models could not be started'),
  )
  const options: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    enableCpuMemArena: false,
    extra: precisionOptions,
  }
  // One of its overloads fits either type.
  const opening = InferenceSession.create(model as string, options)
  const session = await opening.catch(engineError('A model could not be loaded'))
  return {
    async run(inputs) {
      const feeds = Object.entries(inputs).map(
        ([name, { data, shape }]) => [name, tensorOf(data, shape)] as const,
      )
      const outputs = await session
        .run(Object.fromEntries(feeds))
        .catch(engineError('A model could not be run'))
      return toFloats(outputs)
    },
    close: () => session.release(),
  }

  function tensorOf(data: Float32Array | BigInt64Array, shape: readonly number[]): RuntimeTensor {
    return data instanceof BigInt64Array
      ? new Tensor('int64', data, shape)
      : new Tensor('float32', data, shape)
  }
}
