import type { OcrEngine } from '../../core/engines.ts'
import { openDense } from '../../onnx/dense/network.ts'
import { openModel } from '../../onnx/model-folder.ts'

/** The reading head of the direct model as an OCR engine. Where the direct path takes part, another should read. */
export default async function receiptDense(): Promise<OcrEngine> {
  const network = await openDense(await openModel('receipt-dense/1'))
  return {
    name: network.name,
    revision: network.revision,
    uprightConfidence: 0.84,
    knownScriptConfidence: null,
    digitConfusions: {},
    async recognize(page, signal) {
      signal?.throwIfAborted()
      const look = await network.detect(page)
      signal?.throwIfAborted()
      return (await network.read(page, look)).page
    },
    dispose: () => network.close(),
  }
}
