import { ParallaxError } from '../../core/errors.ts'

/** Where callbacks may go, as `URL.origin` says it. */
export type WebhookHosts = ReadonlySet<string>

const hostPattern = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/

const schemes = ['https:', 'http:']

/** A host without a port is called at the usual one of either scheme. */
function originsOf(host: string): readonly string[] {
  const urls = schemes.map((scheme) => `${scheme}//${host}`)
  if (hostPattern.test(host) && urls.every((url) => URL.canParse(url)))
    return urls.map((url) => new URL(url).origin)
  throw new ParallaxError('E_BAD_REQUEST', `PARALLAX_WEBHOOK_HOSTS: "${host}" is not host or host:port.`)
}

/** Reads a list such as `hooks.example.com, 10.0.0.5:8443`; E_BAD_REQUEST names what is no host. */
export function parseWebhookHosts(text: string): WebhookHosts {
  const hosts = text
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '')
  return new Set(hosts.flatMap(originsOf))
}

/** Refuses to call anybody that whoever runs the service has not named: E_URL_BLOCKED. */
export function requireAllowed(url: string, hosts: WebhookHosts | null): void {
  const { origin, host, username, password, protocol } = new URL(url)
  const isPlain = username === '' && password === '' && schemes.includes(protocol)
  if (isPlain && hosts?.has(origin)) return
  throw new ParallaxError(
    'E_URL_BLOCKED',
    `The service may not call ${isPlain ? origin : host}. Whoever runs it names the hosts it may call in PARALLAX_WEBHOOK_HOSTS.`,
  )
}
