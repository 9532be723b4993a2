/** A path from the root on, at the start of a word. */
const absolutePath = /(?<![\w.:/])\/[^\s'"`,;:)]+/g

/** A host or an address, with a port. */
const hostAndPort = /(?:\b[\w-]+(?:\.[\w-]+)*|\[[0-9a-f:]+\]):\d{1,5}\b/gi

/**
 * A sentence for whoever runs the service, made fit for strangers: files of the data folder by their names in it, no
 * other paths, no hosts.
 * @example discreet('The job ledger /srv/data/ledger.sqlite cannot be used.', '/srv/data')
 * // 'The job ledger ledger.sqlite cannot be used.'
 */
export const discreet = (sentence: string, home: string): string =>
  sentence
    .replaceAll(`${home}/`, '')
    .replaceAll(home, 'the data folder')
    .replaceAll(absolutePath, '…')
    .replaceAll(hostAndPort, '…')
