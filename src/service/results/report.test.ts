import { expect, test } from 'vitest'
import { placesOf } from './report.ts'

test('documents are where the rows say, unless a folder is given', () => {
  expect(placesOf('scans/7/page.jpg', undefined)).toEqual(['scans/7/page.jpg'])
  expect(placesOf('scans/7/page.jpg', '/in')).toEqual([
    '/in/scans/7/page.jpg',
    '/in/7/page.jpg',
    '/in/page.jpg',
  ])
  expect(placesOf('page.jpg', '/in')).toEqual(['/in/page.jpg'])
  expect(placesOf('/in/a/page.jpg', '/in')).toEqual(['/in/a/page.jpg', '/in/in/a/page.jpg', '/in/page.jpg'])
})

test('no row leads out of the folder', () => {
  for (const file of ['../../etc/passwd', '/etc/passwd', '..', '/', '.', '', 'a/../../../x', '../..'])
    for (const place of placesOf(file, '/in/put')) expect(place).toMatch(/^\/in\/put(\/|$)/)
  expect(placesOf('..x/page.jpg', '/in')).toContain('/in/..x/page.jpg')
})
