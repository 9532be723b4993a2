import { describe, expect, it } from 'vitest'
import { boxBetween, isReadable, middle, nudge } from './region.ts'
import { snippetOf } from './snippet-box.ts'
import { clampScale, firstScale, reveal, wheelFactor } from './zoom.ts'

describe('a region', () => {
  it('lies between two corners, on the page', () => {
    expect(boxBetween([0.5, 1.2], [-0.1, 0.4])).toEqual([0, 0.4, 0.5, 1])
    expect(isReadable(boxBetween([0.5, 0.5], [0.501, 0.501]))).toBe(false)
  })

  it('is moved and sized by arrows, and does not leave the page', () => {
    expect(nudge([0.995, 0.5, 1, 0.6], 'ArrowRight', false)).toEqual([0.995, 0.5, 1, 0.6])
    expect(nudge([0.2, 0.2, 0.4, 0.3], 'ArrowDown', true)?.[3]).toBeCloseTo(0.31)
    expect(nudge([0.2, 0.2, 0.205, 0.3], 'ArrowLeft', true)?.[2]).toBeCloseTo(0.21)
    expect(nudge(middle, 'x', false)).toBeNull()
  })
})

describe('a snippet', () => {
  it('shows the box with paper about it, inside of the page', () => {
    const page = { width: 800, height: 2000 }
    const cut = snippetOf([0.9, 0, 1, 0.01], page)
    expect(cut.y).toBe(0)
    expect(cut.x + cut.width).toBeLessThanOrEqual(page.width)
    expect(cut.x).toBeLessThanOrEqual(720)
    expect(cut.height).toBeGreaterThan(20)
  })
})

describe('zooming', () => {
  it('shows a small page not larger than it can be read, and a large one as wide as the view', () => {
    expect(firstScale(400, 1000)).toBe(0.5)
    expect(firstScale(2000, 700)).toBe(1)
    expect(firstScale(2000, 0)).toBe(1)
  })

  it('has bounds, and a wheel turned there and back ends where it began', () => {
    expect([clampScale(0), clampScale(100)]).toEqual([0.3, 8])
    expect(wheelFactor(53) * wheelFactor(-53)).toBeCloseTo(1)
    expect(wheelFactor(-10)).toBeGreaterThan(1)
  })

  it('scrolls only to what is not in view', () => {
    expect(reveal(100, 500, 200, 240)).toBe(100)
    expect(reveal(0, 500, 900, 940)).toBe(670)
    expect(reveal(800, 500, 10, 20)).toBe(0)
  })
})
