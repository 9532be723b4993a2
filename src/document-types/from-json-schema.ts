import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { RE2JS } from 're2js'
import { z } from 'zod'
import type { DocumentType } from '../core/document-type.ts'
import { ParallaxError } from '../core/errors.ts'
import type { JsonPointer } from '../core/extraction.ts'
import { pointerKeys, toPointer } from '../core/pointer.ts'
import { isIban } from '../templating/captions/kinds.ts'
import { checkLimits, schemaLimits } from './json-schema-limits.ts'
import type { SchemaNode } from '../core/schema-node.ts'
import { plainNode } from './plain-node.ts'
import { askedBy } from './schema-questions.ts'
import { shaped } from './shape.ts'
import { templateFromSchema } from './schema-template.ts'

/** Patterns of strangers run on a linear-time engine; Ajv tells patterns apart by what they are as text. */
const linearTime = Object.assign(
  (pattern: string) => {
    const compiled = RE2JS.compile(pattern)
    return {
      test: (value: string): boolean => compiled.matcher(value).find(),
      toString: (): string => pattern,
    }
  },
  { code: 'linear-time' },
)

/** All errors are collected: a value that is wrong must not hide behind one that is missing. */
function compile(schema: object): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, code: { regExp: linearTime } })
  addFormats.default(ajv)
  ajv.addFormat('iban', isIban)
  try {
    return ajv.compile(schema)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ParallaxError('E_TYPE_INVALID', `This is not a usable JSON Schema: ${why}.`)
  }
}

/** Answers the data that was found valid: with what was not found as the schema wants it, or as it is. */
function toZod(validate: ValidateFunction, schema: SchemaNode): z.ZodType {
  return z.unknown().transform((data, context) => {
    const made = shaped(data, schema, schema)
    if (validate(made)) return made
    const errors = validate.errors ?? []
    if (validate(data)) return data
    for (const { instancePath, keyword, params, message } of errors) {
      const missing = keyword === 'required' ? [String(params['missingProperty'])] : []
      const path = [...pointerKeys(instancePath), ...missing]
      context.addIssue({ code: 'custom', path, message: message ?? keyword })
    }
    return z.NEVER
  })
}

/** Required keys down to the values; an object without required keys stands for itself. */
function requiredFields(node: SchemaNode, root: SchemaNode, path: readonly string[]): readonly JsonPointer[] {
  return (node.required ?? []).flatMap((key) => {
    const child = plainNode(node.properties?.[key] ?? {}, root)
    const deeper = child.properties ? requiredFields(child, root, [...path, key]) : []
    return deeper.length > 0 ? deeper : [toPointer([...path, key])]
  })
}

const objectSchema = z.looseObject({
  type: z.literal('object'),
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.string()).optional(),
})

/** A document type from the text of a JSON Schema (draft 2020-12) whose root is an object. */
export function fromJsonSchema(text: string, name: string): DocumentType & { readonly jsonSchema: object } {
  if (Buffer.byteLength(text) > schemaLimits.bytes) {
    throw new ParallaxError(
      'E_SCHEMA_UNSAFE',
      `The schema is refused: it is larger than ${schemaLimits.bytes / 1024} KB.`,
    )
  }
  const json = parseJson(text)
  checkLimits(json)
  const parsed = objectSchema.safeParse(withoutDialect(json))
  if (!parsed.success) {
    throw new ParallaxError(
      'E_TYPE_INVALID',
      'A schema for documents describes an object: "type": "object" with "properties".',
    )
  }
  return {
    name,
    schema: toZod(compile(parsed.data), parsed.data as SchemaNode).meta(parsed.data),
    jsonSchema: parsed.data,
    required: requiredFields(parsed.data as SchemaNode, parsed.data as SchemaNode, []),
    template: templateFromSchema(parsed.data, name),
    questions: askedBy(parsed.data as SchemaNode, name).fields,
    rules: [],
  }
}

/** Schemas of older drafts are read as 2020-12, which differs in nothing that documents need. */
function withoutDialect(json: z.core.util.JSONType): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json
  const { $schema: _, ...schema } = json
  return schema
}

function parseJson(text: string): z.core.util.JSONType {
  try {
    return JSON.parse(text) as z.core.util.JSONType
  } catch (error) {
    throw new ParallaxError('E_TYPE_INVALID', `The schema is not JSON: ${(error as Error).message}.`)
  }
}
