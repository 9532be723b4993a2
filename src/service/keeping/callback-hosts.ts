import { ParallaxError } from '../../core/errors.ts'

/** Hosts as `URL.host` says them: with a port unless it is the usual one. */
export type WebhookHosts = ReadonlySet<string>

const hostPattern = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/

/** Reads a list such as `hooks.example.com, 10.0.0.5:8443`; E_BAD_REQUEST names what is no host. */
export function parseWebhookHosts(text: string): WebhookHosts {
  const hosts = text
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '')
  const wrong = hosts.find((host) => !hostPattern.test(host))
  if (wrong !== undefined)
    throw new ParallaxError('E_BAD_REQUEST', `PARALLAX_WEBHOOK_HOSTS: "${wrong}" is not host or host:port.`)
  return new Set(hosts)
}

/** Refuses to call anybody that whoever runs the service has not named: E_URL_BLOCKED. */
export function requireAllowed(url: string, hosts: WebhookHosts | null): void {
  const { host, username, password, protocol } = new URL(url)
  const isPlain = username === '' && password === '' && ['http:', 'https:'].includes(protocol)
  if (isPlain && hosts?.has(host)) return
  throw new ParallaxError(
    'E_URL_BLOCKED',
    `The service may not call ${host}. Whoever runs it names the hosts it may call in PARALLAX_WEBHOOK_HOSTS.`,
  )
}
