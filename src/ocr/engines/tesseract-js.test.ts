import { testOcrEngine } from '../contract.case.ts'
import tesseractJs from './tesseract-js.ts'

testOcrEngine('tesseract-js', tesseractJs)
