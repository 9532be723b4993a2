import { expect, test } from 'vitest'
import { repairWords } from './words.ts'

test.each([
  ['SUN WONG KUT SON BHD', 'SUN WONG KUT SDN BHD'],
  ['Segi Cash & Carry Sdn. Rhd', 'Segi Cash & Carry Sdn. Bhd'],
  ['Kawasan Petindustrian', 'Kawasan Perindustrian'],
  ['99 SPEED MART S/8', '99 SPEED MART S/B'],
  ['JALAN $$21/39', 'JALAN SS21/39'],
  ['§6100 CHERAS', '56100 CHERAS'],
  ['TAMAN DAMA!', 'TAMAN DAMAI'],
  ['23, Jin Burung', '23, Jln Burung'],
])('mends %s', (read, printed) => {
  expect(repairWords(read)).toBe(printed)
})

test.each([
  'RESTAURANTS',
  'PASAR BORONG',
  'OLD SON',
  'JALAN UTARA',
  'PASAR MINI JIN SENG',
  'Lane 21',
  'POWER MART',
])('leaves %s alone', (text) => {
  expect(repairWords(text)).toBe(text)
})
