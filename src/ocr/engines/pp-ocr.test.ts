import { testOcrEngine } from '../contract.case.ts'
import ppOcr from './pp-ocr.ts'

testOcrEngine('pp-ocr', ppOcr)
