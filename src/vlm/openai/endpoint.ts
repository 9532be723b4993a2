import { ParallaxError } from '../../core/errors.ts'
import type { VlmSettings } from '../../core/vlm.ts'
import { fingerprint } from '../../identity/fingerprint.ts'

/** Where a server takes questions. */
export interface Endpoint {
  readonly url: URL
  /** Host and port: all of the address that may be shown. */
  readonly host: string
  /** The same, with a fingerprint of the path where that is not the usual one: one host may serve several. */
  readonly server: string
  readonly key: string | undefined
}

/** What a bearer token is made of (RFC 6750): anything else would end or split the header that it stands in. */
const token = /^[\w.~+/=:-]+$/

const refuse = (message: string): never => {
  throw new ParallaxError('E_BAD_REQUEST', message)
}

function parseUrl(text: string | undefined): URL {
  if (text === undefined)
    return refuse('The backend "openai" needs the URL of its server, up to and with /v1.')
  if (!URL.canParse(text)) return refuse('The URL of the vision-language server is no URL.')
  return new URL(text)
}

/** E_BAD_REQUEST for a URL or a key that cannot be used; neither is quoted, as either may hold a secret. */
export function endpointOf(settings: VlmSettings): Endpoint {
  const { key } = settings
  const url = parseUrl(settings.url)
  if (!['http:', 'https:'].includes(url.protocol))
    refuse('The URL of the vision-language server must begin with http:// or https://.')
  if (url.username !== '' || url.password !== '')
    refuse('The URL of the vision-language server must hold no user or password: give the key by itself.')
  if (key !== undefined && !token.test(key))
    refuse('The key of the vision-language server has impossible signs.')
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const host = `${url.hostname}:${port}`
  const path = url.pathname === '/v1/chat/completions' ? '' : `/${fingerprint([url.pathname])}`
  return { url, host, server: `${host}${path}`, key }
}
