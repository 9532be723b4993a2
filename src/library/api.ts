/// <reference lib="esnext.disposable" preserve="true" />
import type { z } from 'zod'
import type { Acceptance } from '../core/acceptance.ts'
import type { Split } from '../core/part.ts'
import type { Strategy } from '../core/extraction-result.ts'
import type { TypedResult } from '../core/typed-result.ts'

/** What can be set for a program; whatever is left out comes from the environment, as for the command line. */
export interface Settings {
  /** Data folder; only its vendor templates are looked at, and nothing is written there. */
  readonly home?: string | undefined
  /** OCR engine: pp-ocr, tesseract-js, tesseract, or two as pp-ocr+tesseract. */
  readonly ocr?: string | undefined
  /** Model of the direct path: onnx (its own), or openai:MODEL for an OpenAI-compatible server. */
  readonly vlm?: string | undefined
  /** Where that server answers, up to and with /v1. */
  readonly vlmUrl?: string | undefined
  readonly vlmKey?: string | undefined
  /** Seconds that its answer may take. */
  readonly vlmSeconds?: number | undefined
  /** Documents at the same time. */
  readonly concurrency?: number | undefined
  /** auto: tell the documents of a file apart; never: each file is one document. Default auto. */
  readonly split?: Split | undefined
  /** Seconds a page may take. */
  readonly pageSeconds?: number | undefined
  /** Seconds that a document may take, all its pages and paths together. */
  readonly documentSeconds?: number | undefined
  /** Megabytes that reading one document may take. */
  readonly memoryMb?: number | undefined
  /** Folder of vendor templates. */
  readonly templates?: string | undefined
  /** Folder of models that come before those that ship. */
  readonly models?: string | undefined
  /** What may be accepted unseen: only what a calibration speaks about (the default), or also what nobody has measured. */
  readonly accept?: Acceptance | undefined
  /** File that `parallax certify` wrote; says which values are certified. */
  readonly certificate?: string | undefined
}

/** A document: the path of a file, its bytes, or bytes under the name that its result gets. */
export type Document = string | Uint8Array | { readonly name: string; readonly bytes: Uint8Array }

export interface ExtractOptions<T> {
  /** Document type: a name, or the path of a type file or JSON Schema; default receipt. */
  readonly type?: string | undefined
  /** Default auto. */
  readonly route?: Strategy | undefined
  /** Of the data, such as that of the type; says what `result.data` is. Data that it refuses is a result with E_SCHEMA_MISMATCH. */
  readonly schema?: z.ZodType<T> | undefined
  /** Ends the reading; the call rejects with its reason. */
  readonly signal?: AbortSignal | undefined
}

/** Reads documents in children of this process; no queue, and nothing is kept. */
export interface Parallax extends AsyncDisposable {
  /**
   * Reads a document; of a file that holds several the first, flagged with SEVERAL_DOCUMENTS. What is wrong with it stands in the result; rejects for a call that cannot be carried out: an unknown
   * type, an engine that is missing.
   */
  extract<T = unknown>(document: Document, options?: ExtractOptions<T>): Promise<TypedResult<T>>
  /**
   * Reads many files, as many at a time as are set, and answers their results in order, as they are needed: one for each document,
   * which `result.part` describes where a file holds several. One string names a file, a folder or a glob; strings among many are paths of files.
   */
  extractAll<T = unknown>(
    documents: string | Iterable<Document> | AsyncIterable<Document>,
    options?: ExtractOptions<T>,
  ): AsyncIterable<TypedResult<T>>
  /** Ends what is being read, and all children; the same as the end of `await using`. */
  close(): Promise<void>
}
