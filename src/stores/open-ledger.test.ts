import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { toErrorReport } from '../core/errors.ts'
import { testLedgerContract } from './contract.case.ts'
import { ledgerPlaces, type LedgerUrls } from './ledger-urls.case.ts'
import { ledgerSchemes, openLedger } from './open-ledger.ts'
import { testSharing } from './sharing.case.ts'

/** Another name of the same database. */
const alias = 'postgresql'

describe.each(ledgerSchemes.filter((scheme) => scheme !== alias))('%s', (scheme) => {
  const { missing, open } = ledgerPlaces[scheme]!
  let urls: LedgerUrls

  describe.skipIf(missing !== null)(missing ?? 'is here', () => {
    beforeAll(async () => void (urls = await open()))
    afterAll(() => urls[Symbol.asyncDispose]())
    testLedgerContract(async () => (await openLedger(await urls.empty(), '/')).store)
    describe('a ledger among processes', () => testSharing(() => urls.next()))
  })
})

describe('a URL', () => {
  let home: string
  beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'parallax-url-'))))
  afterEach(() => rm(home, { recursive: true }))

  const placeOf = async (url: string): Promise<string> => {
    const { store, place } = await openLedger(url, home)
    await store.close()
    return place
  }

  test.each([
    ['sqlite:ledger.sqlite', 'ledger.sqlite'],
    ['SQLITE:inner/my%20ledger.sqlite', 'inner/my ledger.sqlite'],
    ['sqlite:100%25.sqlite', '100%.sqlite'],
  ])('%s names a file of the data folder', async (url, name) => {
    expect(await placeOf(url)).toBe(`sqlite:${join(home, name)}`)
  })

  test('with a full path names that file, with two slashes or none', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'parallax-url-'))
    for (const slashes of ['', '//'])
      expect(await placeOf(`sqlite:${slashes}${elsewhere}/l`)).toBe(`sqlite:${elsewhere}/l`)
    await rm(elsewhere, { recursive: true })
  })

  test.each([
    ['hunter2', 'has to begin with sqlite: or postgres: or postgresql:.'],
    ['mysql://me:hunter2@host/db', 'has to begin with sqlite: or postgres: or postgresql:.'],
    ['constructor:hunter2', 'has to begin with sqlite: or postgres: or postgresql:.'],
    ['sqlite:', 'a path is expected'],
    ['sqlite://hunter2/ledger.sqlite', 'a path is expected'],
    ['sqlite:l.sqlite?password=hunter2', 'takes no options'],
    ['sqlite:%E0hunter2', 'wrongly escaped'],
  ])('%s is refused in a sentence that does not repeat it', async (url, why) => {
    const { code, message } = toErrorReport(await placeOf(url).catch((error: unknown) => error))
    expect([code, message]).toEqual(['E_BAD_REQUEST', expect.stringContaining(why)])
    expect(message).toMatch(/^PARALLAX_DATABASE_URL cannot be used: [^\n]+\.$/)
    expect(message).not.toContain('hunter2')
  })

  test.each(['sqlite:/no/such/folder/ledger.sqlite', 'sqlite:../no-such-folder/ledger.sqlite'])(
    '%s, whose folder is missing, is refused and not made',
    async (url) => {
      await expect(placeOf(url)).rejects.toMatchObject({
        code: 'E_STORAGE',
        message: expect.stringMatching(/^There is no folder \/.*, which PARALLAX_DATABASE_URL names\./),
      })
    },
  )

  test('that names a folder in place of a file is refused', async () => {
    await expect(placeOf('sqlite:.')).rejects.toMatchObject({
      code: 'E_STORAGE',
      message: expect.stringContaining('it is a folder'),
    })
  })
})

test('a ledger that was moved away is missed until it is back', async () => {
  const home = await mkdtemp(join(tmpdir(), 'parallax-moved-'))
  const { store, requireThere } = await openLedger('sqlite:here/ledger.sqlite', home)
  await requireThere()
  await rename(join(home, 'here'), join(home, 'there'))
  await expect(requireThere()).rejects.toMatchObject({ code: 'E_STORAGE' })
  await mkdir(join(home, 'here'))
  await expect(requireThere()).rejects.toMatchObject({ code: 'E_STORAGE' })
  await rm(join(home, 'here'), { recursive: true })
  await rename(join(home, 'there'), join(home, 'here'))
  await requireThere()
  await store.close()
  await rm(home, { recursive: true })
})
