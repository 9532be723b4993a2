import { fileBlobs } from './file-blobs.ts'

// A process for file-blobs.test.ts that is killed: puts blobs without end, and says of each when it was there.
const [folder = ''] = process.argv.slice(2)
const blobs = fileBlobs(folder)
for (let n = 0; ; n++) {
  const digest = await blobs.put(new Uint8Array(100_000).fill(n % 256))
  process.stdout.write(`${digest}\n`)
}
