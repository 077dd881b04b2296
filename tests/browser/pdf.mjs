// Turns a PDF that Chromium printed into what its tags say, read twice: by poppler's programs, which are somebody
// else's, and from the bytes, for what poppler does not tell (alternative text, and the page each element stands on).

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The page that is open, on paper: `{bytes, objects, text(key)}`. */
export async function print(page) {
  const bytes = await page.pdf({ tagged: true, outline: true, preferCSSPageSize: true })
  const source = bytes.toString('latin1')
  const objects = new Map()
  for (const [, number, body] of source.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(Number(number), body)
  return { bytes, source, objects }
}

/** The text of a string of a PDF: literal, or hexadecimal UTF-16. */
function string(written) {
  const found = written?.match(/^(?:<([0-9A-Fa-f\s]+)>|\(((?:\\.|[^\\)])*)\))/)
  if (!found) return undefined
  const bytes = found[1] ? Buffer.from(found[1].replace(/\s/g, ''), 'hex') : Buffer.from(found[2].replace(/\\(.)/g, '$1'), 'latin1')
  return bytes[0] === 0xfe && bytes[1] === 0xff ? bytes.subarray(2).swap16().toString('utf16le') : bytes.toString('latin1')
}

/** The value of a key that has a string, from the whole PDF or from one object of it. */
export function value(source, key) {
  const at = source.search(new RegExp(`/${key}\\s*[<(]`))
  return at < 0 ? undefined : string(source.slice(at).replace(/^\/\w+\s*/, ''))
}

/** How many sheets of paper. */
export const sheets = (pdf) => [...pdf.objects.values()].filter((body) => /\/Type\s*\/Page\b(?!s)/.test(body)).length

/**
 * The elements of the tag tree with one of these names: `{name, alt, kids, pages}`, `kids` being the names of what is
 * right below, `pages` the objects of all pages that something of the element stands on.
 */
export function elements(pdf, names) {
  const name = (body) => body?.match(/\/Type\s*\/StructElem[\s\S]*?\/S\s*\/(\w+)/)?.[1]
  const kids = (body) => {
    const list = body.match(/\/K\s*(\[[\s\S]*?\]|\d+ 0 R)/)?.[1] ?? ''
    return [...list.matchAll(/(\d+) 0 R/g)].map(([, kid]) => pdf.objects.get(Number(kid))).filter(name)
  }
  const pages = (body) => [...body.matchAll(/\/Pg (\d+) 0 R/g)].map(([, page]) => page).concat(kids(body).flatMap(pages))
  return [...pdf.objects.values()].filter((body) => names.includes(name(body))).map((body) => ({
    name: name(body), alt: value(body, 'Alt'), kids: kids(body).map(name), pages: new Set(pages(body)),
  }))
}

/** What poppler says: `{info, tags, text}`: its summary, the tag tree line by line, the text sheet by sheet. */
export async function poppler(pdf) {
  const folder = await mkdtemp(join(tmpdir(), 'print-'))
  const file = join(folder, 'page.pdf')
  try {
    await writeFile(file, pdf.bytes)
    const most = { maxBuffer: 1 << 26 }
    const [info, tags, text] = await Promise.all([
      run('pdfinfo', [file], most), run('pdfinfo', ['-struct-text', file], most), run('pdftotext', ['-layout', file, '-'], most),
    ])
    return { info: info.stdout, tags: tags.stdout, text: text.stdout.split('\f').slice(0, -1) }
  } finally {
    await rm(folder, { recursive: true })
  }
}
