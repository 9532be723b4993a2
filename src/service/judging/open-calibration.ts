import type { Engine } from '../../core/engines.ts'
import type { TypeRef } from '../../core/jobs.ts'
import { hasModel, openModel } from '../../onnx/model-folder.ts'
import { calibrationSchema, type Calibration } from '../../trust/calibration.ts'

/** A calibration, named like all that has a part in a result. */
export interface OpenedCalibration extends Engine {
  readonly calibration: Calibration
}

/** The calibration for a type; null where nobody has made one. */
export type OpenCalibration = (type: TypeRef) => Promise<OpenedCalibration | null>

const file = 'calibration.json'

/** A calibration of a user's type speaks about the file that it was fitted for. */
const speaksFor = ({ typeHash }: Calibration, type: TypeRef): boolean =>
  type.file === null ? typeHash === null : typeHash === type.hash

/** The calibration for a type, as `receipt-calibration/1`, null where there is none; E_ENGINE where it is damaged. */
export async function openCalibration(type: TypeRef): Promise<OpenedCalibration | null> {
  const model = `${type.name}-calibration/1`
  if (!(await hasModel(model))) return null
  const folder = await openModel(model)
  const { name, revision } = folder
  const calibration = calibrationSchema.parse(JSON.parse((await folder.read(file)).toString()))
  if (!speaksFor(calibration, type)) return null
  return { calibration, name, revision }
}
