import { useEffect, useRef } from 'react'
import { shortcutOf, type Shortcut } from './shortcuts.ts'

export type Shortcuts = Readonly<Record<Shortcut, () => void>>

const isText = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement

export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const name = shortcutOf(event, isText(event.target))
      if (name === null || document.querySelector('dialog[open]')) return
      event.preventDefault()
      if (!event.repeat || name === 'undo' || name === 'redo') latest.current[name]()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}
