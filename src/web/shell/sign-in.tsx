import { useState, type SubmitEvent, type ReactNode } from 'react'
import { access } from '../http/access.ts'
import { sentenceOf } from '../http/service-error.ts'
import { signIn } from '../http/service.ts'

interface KeyFormProps {
  readonly problem: string | null
  readonly busy: boolean
  readonly submit: (key: string) => void
}

function KeyForm({ problem, busy, submit }: KeyFormProps): ReactNode {
  const [key, setKey] = useState('')
  const send = (event: SubmitEvent): void => {
    event.preventDefault()
    if (key.trim() !== '') submit(key.trim())
  }
  return (
    <form onSubmit={send}>
      <label htmlFor="key">Your key</label>
      <input
        id="key"
        type="password"
        autoComplete="current-password"
        autoFocus
        required
        placeholder="plx_…"
        value={key}
        onChange={(event) => setKey(event.target.value)}
        aria-invalid={problem !== null}
        aria-describedby="key-says"
      />
      <p
        id="key-says"
        className={problem === null ? 'soft' : 'field-problem'}
        role={problem === null ? undefined : 'alert'}
      >
        {problem ?? 'Whoever runs Parallax gives you one. It stays on this machine.'}
      </p>
      <button type="submit" className="primary" disabled={busy}>
        {busy ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  )
}

/** Shown in the place of everything while nobody is signed in. */
export function SignIn(): ReactNode {
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (key: string): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      access.set({ state: 'in', session: await signIn(key) })
    } catch (error) {
      setProblem(sentenceOf(error))
      setBusy(false)
    }
  }
  return (
    <main className="sign-in">
      <h1>Sign in to Parallax</h1>
      <KeyForm problem={problem} busy={busy} submit={(key) => void submit(key)} />
    </main>
  )
}
