/** Bytes by their SHA-256. */
export interface BlobStore {
  /** Durable when it resolves, and as new if it was there. Answers the hex digest. */
  put(bytes: Uint8Array): Promise<string>
  /** Null when there is no such blob; rejects with E_STORAGE when the bytes no longer match their name. */
  get(sha256: string): Promise<Uint8Array | null>
  /** Whether there is such a blob; its bytes are not looked at. */
  has(sha256: string): Promise<boolean>
  delete(sha256: string): Promise<void>
  /** What lies among the blobs whose digests begin with these two hexadecimal digits; with '', what lies beside all of them. */
  look(prefix: string): Promise<BlobFolder>
  /** Removes what `look` has called unfinished. */
  discard(unfinished: string): Promise<void>
}

/** Something that lies in a store, and when it was put (again) or written to, in milliseconds since 1970. */
export interface Stored {
  readonly name: string
  readonly at: number
}

export interface BlobFolder {
  /** By their digests. */
  readonly blobs: readonly Stored[]
  /** What is being written, or was when its writer died. */
  readonly unfinished: readonly Stored[]
  /** What nobody has put there through a `BlobStore`. */
  readonly foreign: readonly string[]
}
