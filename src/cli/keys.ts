import { Option, type Command } from 'commander'
import { openRecords } from '../app/records.ts'
import { readConfig } from '../config.ts'
import { roleSchema, type Role } from '../core/access.ts'
import { ParallaxError } from '../core/errors.ts'
import { localTenant } from '../core/jobs.ts'
import { createKey } from '../service/access/keys.ts'
import { plainTable } from './field-table.ts'
import { printable } from './text.ts'

interface CreateOptions {
  readonly role: Role
  readonly tenant: string
}

/** The key alone on standard output, so that a program can take it from there. */
async function create(name: string, { role, tenant }: CreateOptions): Promise<void> {
  await using records = await openRecords(readConfig())
  const { id, key } = await createKey(records.store.keys, { name, role, tenant })
  process.stdout.write(`${key}\n`)
  process.stderr.write(
    `Key ${id} for ${name}: ${role} of ${tenant}. It is shown this once; from now on the service asks for keys.\n`,
  )
}

async function list(): Promise<void> {
  await using records = await openRecords(readConfig())
  const keys = await records.store.keys.list()
  const table = plainTable(['id', 'name', 'role', 'tenant', 'made', 'revoked'])
  for (const { id, name, role, tenant, createdAt, revokedAt } of keys)
    table.push([id, printable(name), role, tenant, createdAt, revokedAt ?? ''])
  process.stdout.write(keys.length === 0 ? 'There are no keys.\n' : `${table.toString()}\n`)
}

async function revoke(id: string): Promise<void> {
  await using records = await openRecords(readConfig())
  if (!(await records.store.keys.revoke(id)))
    throw new ParallaxError('E_NOT_FOUND', `There is no key ${id} that could be revoked.`)
  process.stdout.write(`Key ${id} is revoked.\n`)
}

export function keysCommand(program: Command): void {
  const keys = program.command('keys').description('who may use the service')
  keys
    .command('create <name>')
    .description('make a key; it is printed once')
    .addOption(new Option('--role <role>', 'what it allows').choices(roleSchema.options).default('submitter'))
    .option('--tenant <tenant>', 'whose documents', localTenant)
    .action(create)
  keys.command('list').description('all keys, without what is secret').action(list)
  keys.command('revoke <id>').description('have a key refused from now on').action(revoke)
}
