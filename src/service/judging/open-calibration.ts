import type { Engine } from '../../core/engines.ts'
import type { TypeRef } from '../../core/jobs.ts'
import { hasModel, openModel } from '../../onnx/model-folder.ts'
import { openTypeModel } from '../../onnx/type-model.ts'
import { calibrationSchema, type Calibration } from '../../trust/calibration.ts'
import { readyType } from '../types/ready-type.ts'

/** A calibration with its name and revision, which are recorded in results. */
export interface OpenedCalibration extends Engine {
  readonly calibration: Calibration
}

/** The calibration for a type; null where nobody has made one. */
export type OpenCalibration = (type: TypeRef) => Promise<OpenedCalibration | null>

const file = 'calibration.json'

/** A calibration of a user's type speaks about the file that it was fitted for. */
const speaksFor = ({ typeHash }: Calibration, type: TypeRef): boolean =>
  type.file === null ? typeHash === null : typeHash === type.hash

/** The calibration in a folder of models where it speaks about the type; E_ENGINE where it is damaged. */
async function openIn(model: string, type: TypeRef): Promise<OpenedCalibration | null> {
  if (!(await hasModel(model))) return null
  const folder = await openModel(model)
  const { name, revision } = folder
  const calibration = calibrationSchema.parse(JSON.parse((await folder.read(file)).toString()))
  return speaksFor(calibration, type) ? { calibration, name, revision } : null
}

/** The calibration that was fitted for a type, as `receipt-calibration/1`, or that of its model; null where there is none. */
export async function openCalibration(type: TypeRef): Promise<OpenedCalibration | null> {
  const own = await openIn(`${type.name}-calibration/1`, type)
  const { model: id } = await readyType(type)
  if (own || id === undefined) return own
  const { calibration } = (await openTypeModel(id)).parts
  return calibration === undefined ? null : openIn(calibration, type)
}
