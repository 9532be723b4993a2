/** A content-addressed store: bytes are kept under their SHA-256. */
export interface BlobStore {
  /** Stores bytes durably and returns their hex digest; bytes that were there already count as put now. */
  put(bytes: Uint8Array): Promise<string>
  /** The bytes under a digest; null where there are none. Rejects with E_STORAGE where they no longer match it. */
  get(sha256: string): Promise<Uint8Array | null>
  /** Whether there is such a blob; its bytes are not looked at. */
  has(sha256: string): Promise<boolean>
  delete(sha256: string): Promise<void>
  /** Lists what is stored under digests that begin with these two hexadecimal digits; with '', what stands outside of those. */
  look(prefix: string): Promise<BlobFolder>
  /** Removes what `look` has called unfinished. */
  discard(unfinished: string): Promise<void>
}

/** An entry of a store, and when it was last put or written to, in milliseconds since 1970. */
export interface Stored {
  readonly name: string
  readonly at: number
}

export interface BlobFolder {
  /** Whole blobs, named by their digests. */
  readonly blobs: readonly Stored[]
  /** Files that are being written, or were when their writer died. */
  readonly unfinished: readonly Stored[]
  /** Files that do not come from a `BlobStore`. */
  readonly foreign: readonly string[]
}
