import { z } from 'zod'

// The content security policy allows no code made from text, and trying is reported. Schemas look at this when they are
// made: this file is to be imported before any.
z.config({ jitless: true })
