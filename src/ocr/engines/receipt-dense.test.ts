import { testOcrEngine } from '../contract.case.ts'
import receiptDense from './receipt-dense.ts'

testOcrEngine('receipt-dense', receiptDense)
