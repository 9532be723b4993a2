import { text } from 'node:stream/consumers'
import { openPrivateRedis } from './private-redis.ts'
import { connectOnce, parseInfo } from './redis.ts'

// Holds the private Redis of a folder until its input ends; prints the id of the server's run.
const redis = await openPrivateRedis({ home: process.argv[2] ?? '' })
const client = await connectOnce(redis.address, {})
process.stdout.write(`${parseInfo(await client.info('server')).get('run_id')}\n`)
client.disconnect()
await text(process.stdin)
await redis.close()
