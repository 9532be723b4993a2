import './http/zod-settings.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './shell/app.tsx'
import './styles/base.css'
import './styles/shell.css'
import './styles/batches.css'
import './styles/review.css'

// A file that misses the drop zone must not take the place of the page.
for (const name of ['dragover', 'drop'] as const) addEventListener(name, (event) => event.preventDefault())

createRoot(document.querySelector('#page')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
