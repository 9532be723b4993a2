import { isMissing } from '../../values/same.ts'
import type { Picture } from '../crop-request.ts'
import type { Entry, Gallery } from '../gallery.ts'
import { html, type Html, type Slot } from '../html.ts'
import { fieldName, percent, plural, shown } from '../words.ts'

/** A picture of the place of an entry's value, or why there is none. */
export type Pictures = ReadonlyMap<Entry, Picture | string>

const share = (v: number): string => `${(100 * v).toFixed(2)}%`

function crop({ jpeg, width, height, box }: Picture, name: string): Html {
  const [x0, y0, x1, y1] = box
  const place = `left:${share(x0)};top:${share(y0)};width:${share(x1 - x0)};height:${share(y1 - y0)}`
  const data = `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`
  const alt = `Where the ${name} stands on the page`
  return html`<div class="crop">
    <img src="${data}" width="${width}" height="${height}" alt="${alt}" />
    <span class="box" style="${place}"></span>
  </div>`
}

const pictureOf = (picture: Picture | string | undefined, name: string): Html =>
  typeof picture === 'object'
    ? crop(picture, name)
    : html`<p class="nopicture">No picture${picture && `: ${picture}`}</p>`

const term = (name: string, value: Slot, note: Slot = ''): Html =>
  html`<dt>${name}</dt>
    <dd><bdi>${value}</bdi> <small>${note}</small></dd>`

const truthText = (truth: NonNullable<Entry['truth']>): string =>
  truth.every((value) => value === null)
    ? 'not printed'
    : truth
        .filter((value) => value !== null)
        .map(shown)
        .join(' or ')

function readings({ field, truth }: Entry): Html {
  const { alternatives, ...taken } = field
  const read = [taken, ...alternatives].map((reading, i) => {
    const notes = [!isMissing(reading) && percent(reading.confidence), i === 0 && 'taken'].filter(Boolean)
    return term(`${reading.path} path`, shown(reading.value), notes.join(', '))
  })
  return html`<dl>${read}${truth && term('truth', html`<b>${truthText(truth)}</b>`)}</dl>`
}

function card(entry: Entry, pictures: Pictures): Html {
  const { pointer, flags, file, source } = entry
  const name = fieldName(pointer)
  return html`<article>
    ${pictureOf(pictures.get(entry), name)}
    <h3>${name}</h3>
    ${readings(entry)}
    ${
      flags.length > 0 &&
      html`<ul class="flags">
        ${flags.map((flag) => html`<li>${shown(flag)}</li>`)}
      </ul>`
    }
    <p class="file">${file}${source && `, page ${source.page}`}</p>
  </article>`
}

const headings = {
  errors: ['What was wrong', 'The most confident errors first: those that would pass unseen.'],
  flagged: ['What to look at', 'Values that were flagged, the least certain first.'],
} as const

const nothing = { errors: 'No value that was read is wrong.', flagged: 'No value was flagged.' } as const

/** The values worth a look, each with its place on the page. */
export function gallery({ kind, entries, leftOut }: Gallery, pictures: Pictures): Html {
  const [heading, order] = headings[kind]
  const more = leftOut > 0 && ` ${plural(leftOut, 'more is', 'more are')} not shown.`
  return html`<section aria-labelledby="gallery">
    <h2 id="gallery">${heading}</h2>
    <p class="note">${entries.length === 0 ? nothing[kind] : order}${more}</p>
    <div class="gallery">${entries.map((entry) => card(entry, pictures))}</div>
  </section>`
}
