import { describe, expect, test } from 'vitest'
import { pageOf } from '../src/core/page.case.ts'
import { loadType } from '../src/document-types/load.ts'
import bankStatement, { bankStatementSchema, moved, type BankStatement } from './bank-statement.ts'

const { type } = await loadType('bank-statement', '.')

const head = `
Bank am Speicher
Kontoauszug

Kontoinhaber:   Ada Feldmann
IBAN:           DE02 1203 0000 0000 2020 51
Auszug-Nr.:     6/2024
Zeitraum:       von 01.06.2024 bis 30.06.2024
`

const twoColumns = `${head}
Buchungstag     Verwendungszweck             Soll        Haben       Saldo
                Alter Saldo                                         377,20
07.06.2024      Nest GmbH Miete            80,16                    297,04
08.06.2024      Weg KG Erstattung                     1.200,00    1.497,04
                Neuer Saldo                                       1.497,04
`

const oneColumn = `${head}
Alter Saldo          377,20
Neuer Saldo        1.497,04

Buchungstag     Wert           Verwendungszweck                    Betrag
07.06.2024      07.06.2024     Nest GmbH Miete                     80,16-
08.06.2024      09.06.2024     Weg KG Erstattung                 1.200,00
`

const read = (page: string) =>
  type.template.fill({ pages: [pageOf(page)], entities: [] }).data as BankStatement

describe('a page', () => {
  test.each([twoColumns, oneColumn])('states the account, the period and the balances', (page) =>
    expect(read(page)).toMatchObject({
      holder: 'Ada Feldmann',
      iban: 'DE02 1203 0000 0000 2020 51',
      number: '6/2024',
      periodStart: '2024-06-01',
      periodEnd: '2024-06-30',
      opening: 377.2,
      closing: 1497.04,
    }),
  )

  test('has what was paid out and in in columns of their own', () =>
    expect(read(twoColumns).transactions).toMatchObject([
      { date: '2024-06-07', description: 'Nest GmbH Miete', paidOut: 80.16, paidIn: null, balance: 297.04 },
      { date: '2024-06-08', description: 'Weg KG Erstattung', paidOut: null, paidIn: 1200, balance: 1497.04 },
    ]))

  test('has one column of signed amounts', () =>
    expect(read(oneColumn).transactions).toMatchObject([
      { date: '2024-06-07', valueDate: '2024-06-07', description: 'Nest GmbH Miete', amount: -80.16 },
      { date: '2024-06-08', valueDate: '2024-06-09', description: 'Weg KG Erstattung', amount: 1200 },
    ]))
})

describe('rules', () => {
  const sound = bankStatementSchema.parse(read(twoColumns))
  const violations = (statement: BankStatement) => bankStatement.rules.flatMap((rule) => rule(statement))
  const changed = (i: number, values: Partial<BankStatement['transactions'][number]>): BankStatement => ({
    ...sound,
    transactions: sound.transactions.map((one, at) => (at === i ? { ...one, ...values } : one)),
  })

  test('a statement that adds up has nothing against it', () => {
    expect(violations(sound)).toEqual([])
    expect(violations(bankStatementSchema.parse(read(oneColumn)))).toEqual([])
  })

  test('a wrong amount breaks the balance of its line and the closing one', () =>
    expect(violations(changed(0, { paidOut: 86.16 }))).toMatchObject([
      { code: 'BALANCE_MISMATCH', field: '/closing', fields: ['/opening', '/closing'] },
      {
        code: 'BALANCE_MISMATCH',
        field: '/transactions/0/balance',
        fields: ['/transactions/0/paidOut', '/transactions/0/balance'],
      },
    ]))

  test('a wrong closing balance breaks only the sum', () =>
    expect(violations({ ...sound, closing: 1497.4 }).map(({ field }) => field)).toEqual(['/closing']))

  test('what is not known breaks nothing', () => {
    expect(violations(changed(0, { paidOut: null }))).toEqual([])
    expect(violations({ ...sound, opening: null })).toEqual([])
    expect(violations({ ...sound, transactions: [] })).toEqual([])
  })

  test('a period does not end before it begins', () =>
    expect(violations({ ...sound, periodEnd: '2024-05-31' })).toMatchObject([{ code: 'PERIOD_REVERSED' }]))

  test('amounts are signed, or paid out or in whatever sign is printed', () => {
    const none = { date: null, valueDate: null, description: null, balance: null }
    expect(moved({ ...none, amount: -3, paidIn: null, paidOut: null })).toBe(-3)
    expect(moved({ ...none, amount: null, paidIn: null, paidOut: -3 })).toBe(-3)
    expect(moved({ ...none, amount: null, paidIn: 3, paidOut: null })).toBe(3)
    expect(moved({ ...none, amount: null, paidIn: null, paidOut: null })).toBeNull()
  })
})
