/** What one request has taken of the memory for all. */
export interface Share {
  /** False, with nothing taken, where so much is not left. */
  take(bytes: number): boolean
  /** Gives a part back. */
  give(bytes: number): void
  /** Gives all back that is left of it. */
  free(): void
}

export interface Memory {
  share(): Share
}

/** So many bytes for all who take shares of them. */
export function createMemory(bytes: number): Memory {
  let left = bytes
  return {
    share() {
      let taken = 0
      const give = (given: number): void => {
        left += given
        taken -= given
      }
      return {
        take(asked) {
          if (asked > left) return false
          left -= asked
          taken += asked
          return true
        },
        give,
        free: () => give(taken),
      }
    },
  }
}
