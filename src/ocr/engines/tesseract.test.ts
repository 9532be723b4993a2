import { describe, it } from 'vitest'
import { testOcrEngine } from '../contract.case.ts'
import nativeTesseract, { nativeTesseractVersion } from './tesseract.ts'

if (await nativeTesseractVersion()) testOcrEngine('tesseract', nativeTesseract)
else describe('OCR engine tesseract', () => it.skip('Tesseract is not installed on this machine', () => {}))
