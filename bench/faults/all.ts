import type { Fault } from './lab.ts'
import callbacks from './callbacks.ts'
import childKilled from './child-killed.ts'
import damagedFiles from './damaged-files.ts'
import damagedRows from './damaged-rows.ts'
import deafListeners from './deaf-listeners.ts'
import diskFull from './disk-full.ts'
import hangingChild from './hanging-child.ts'
import killedDeletions from './killed-deletions.ts'
import killedUploads from './killed-uploads.ts'
import killsUnderLoad from './kills-under-load.ts'
import largePicture from './large-picture.ts'
import lockedLedger from './locked-ledger.ts'
import oneTenant from './one-tenant.ts'
import parentKilled from './parent-killed.ts'
import poisonFile from './poison-file.ts'
import redisFull from './redis-full.ts'
import redisStopped from './redis-stopped.ts'
import repeatedRequests from './repeated-requests.ts'
import sameDocument from './same-document.ts'
import sharedRedis from './shared-redis.ts'
import slowUploads from './slow-uploads.ts'
import stopUnderLoad from './stop-under-load.ts'
import submissions from './submissions.ts'
import tornRedis from './torn-redis.ts'
import workerKilled from './worker-killed.ts'
import workerStopped from './worker-stopped.ts'

/** In the order in which they are tried and told. */
export const faults: readonly Fault[] = [
  killsUnderLoad,
  tornRedis,
  workerKilled,
  childKilled,
  workerStopped,
  redisStopped,
  sharedRedis,
  redisFull,
  poisonFile,
  hangingChild,
  largePicture,
  parentKilled,
  diskFull,
  stopUnderLoad,
  sameDocument,
  repeatedRequests,
  callbacks,
  slowUploads,
  deafListeners,
  lockedLedger,
  damagedFiles,
  damagedRows,
  killedUploads,
  killedDeletions,
  oneTenant,
  submissions,
]
