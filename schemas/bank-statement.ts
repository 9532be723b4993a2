import { z } from 'zod'
import { defineDocumentType, field, type Violation } from '../src/authoring.ts'

const called = (title: string, ...captions: readonly string[]) => ({ title, 'x-captions': captions })

const words = (title: string, risk: 'low' | 'medium' | 'high', ...captions: readonly string[]) =>
  z
    .string()
    .min(1)
    .nullable()
    .meta({ ...called(title, ...captions), ...field({ risk }) })

const day = (title: string, ...captions: readonly string[]) =>
  z.iso
    .date()
    .nullable()
    .meta({ ...called(title, ...captions), ...field({ comparator: 'date', risk: 'medium' }) })

const sum = (title: string, risk: 'medium' | 'high', ...captions: readonly string[]) =>
  z
    .number()
    .nullable()
    .meta({ ...called(title, ...captions), ...field({ comparator: 'amount', risk }) })

const transaction = z.object({
  date: day('Date', 'Booking date', 'Posting date', 'Buchungstag', 'Buchung', 'Datum', 'Fecha', 'Data'),
  valueDate: day(
    'Value date',
    'Value',
    'Wert',
    'Wertstellung',
    'Valuta',
    'Valeur',
    'Date valeur',
    'Fecha valor',
  ),
  description: words(
    'Description',
    'low',
    ...['Details', 'Transaction', 'Particulars', 'Narrative', 'Verwendungszweck', 'Buchungstext', 'Libellé'],
    ...['Opération', 'Concepto', 'Descripción', 'Descrizione', 'Omschrijving'],
  ),
  paidOut: sum(
    'Paid out',
    'medium',
    ...[
      'Debit',
      'Debits',
      'Withdrawals',
      'Money out',
      'Soll',
      'Lastschrift',
      'Débit',
      'Cargos',
      'Cargo',
      'Dare',
      'Af',
    ],
  ),
  paidIn: sum(
    'Paid in',
    'medium',
    ...[
      'Credit',
      'Credits',
      'Deposits',
      'Money in',
      'Haben',
      'Gutschrift',
      'Crédit',
      'Abonos',
      'Abono',
      'Avere',
      'Bij',
    ],
  ),
  amount: sum('Amount', 'medium', 'Betrag', 'Umsatz', 'Montant', 'Importe', 'Importo', 'Bedrag'),
  balance: sum('Balance', 'medium', 'Running balance', 'Saldo', 'Kontostand', 'Solde'),
})

/**
 * What was booked on an account over a period. Banks print either one column of signed amounts or two, what was paid out and what
 * was paid in; what the document does not print is null.
 */
export const bankStatementSchema = z
  .object({
    holder: words(
      'Account holder',
      'medium',
      'Account name',
      'Kontoinhaber',
      'Titulaire du compte',
      'Titular',
      'Intestatario',
    ),
    iban: words('IBAN', 'high'),
    bic: words('BIC', 'low', 'SWIFT'),
    number: words(
      'Statement number',
      'low',
      ...[
        'Statement no',
        'Auszug-Nr',
        'Auszugsnummer',
        'Kontoauszug Nr',
        'Relevé n°',
        'Extracto n.º',
        'Sheet number',
      ],
    ),
    periodStart: day('Period start', 'Statement from', 'Zeitraum von', 'Période du', 'Periodo desde'),
    periodEnd: day(
      'Period end',
      'Statement to',
      'Zeitraum bis',
      'Période au',
      'Periodo hasta',
      'Statement date',
    ),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .nullable()
      .meta({ title: 'Currency', ...field({ risk: 'low' }) }),
    opening: sum(
      'Opening balance',
      'high',
      ...[
        'Previous balance',
        'Balance brought forward',
        'Alter Saldo',
        'Anfangssaldo',
        'Alter Kontostand',
        'Ancien solde',
      ],
      ...['Solde précédent', 'Saldo inicial', 'Saldo anterior', 'Saldo iniziale', 'Beginsaldo'],
    ),
    closing: sum(
      'Closing balance',
      'high',
      ...[
        'New balance',
        'Balance carried forward',
        'Neuer Saldo',
        'Endsaldo',
        'Neuer Kontostand',
        'Nouveau solde',
        'Saldo final',
      ],
      ...['Saldo actual', 'Saldo finale', 'Eindsaldo'],
    ),
    transactions: z.array(transaction),
  })
  .meta({ title: 'Bank statement' })

export type BankStatement = z.infer<typeof bankStatementSchema>
type Transaction = BankStatement['transactions'][number]

/** Half a cent and what computing with fractions adds. */
const cent = 0.006

/** What a transaction adds to the balance; null where no amount of it is known. */
export function moved({ amount, paidIn, paidOut }: Transaction): number | null {
  if (amount !== null) return amount
  return paidIn === null && paidOut === null ? null : Math.abs(paidIn ?? 0) - Math.abs(paidOut ?? 0)
}

const differs = (one: number, other: number): boolean => Math.abs(one - other) > cent

/** The opening balance and all that was booked make the closing balance. */
const addsUp = ({ opening, closing, transactions }: BankStatement): readonly Violation[] => {
  const moves = transactions.map(moved)
  if (opening === null || closing === null || moves.length === 0 || moves.includes(null)) return []
  const made = moves.reduce<number>((all, one) => all + one!, opening)
  if (!differs(made, closing)) return []
  const message = `The opening balance and the transactions make ${made.toFixed(2)}, not ${closing}.`
  return [{ code: 'BALANCE_MISMATCH', field: '/closing', fields: ['/opening', '/closing'], message }]
}

/** Every balance is the one before and what was booked between. */
const goesOn = ({ opening, transactions }: BankStatement): readonly Violation[] =>
  transactions.flatMap((one, i): readonly Violation[] => {
    const before = i === 0 ? opening : transactions[i - 1]!.balance
    const step = moved(one)
    if (before === null || one.balance === null || step === null || !differs(before + step, one.balance))
      return []
    const own = ['amount', 'paidOut', 'paidIn'] as const
    const parts = own.filter((key) => one[key] !== null).map((key) => `/transactions/${i}/${key}` as const)
    return [
      {
        code: 'BALANCE_MISMATCH',
        field: `/transactions/${i}/balance`,
        fields: [...parts, `/transactions/${i}/balance`],
        message: `${before} and ${step} do not make ${one.balance}.`,
      },
    ]
  })

const isInOrder = ({ periodStart, periodEnd }: BankStatement): readonly Violation[] =>
  periodStart === null || periodEnd === null || periodEnd >= periodStart
    ? []
    : [{ code: 'PERIOD_REVERSED', field: '/periodEnd', message: `${periodEnd} is before ${periodStart}.` }]

export default defineDocumentType({
  name: 'bank-statement',
  schema: bankStatementSchema,
  required: ['/iban', '/closing'],
  rules: [addsUp, goesOn, isInOrder],
  prompt: 'A statement of a bank account: balances, and a table of what was booked.',
})
