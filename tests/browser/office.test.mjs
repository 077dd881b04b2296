// The Word document and the workbook of every report, opened by LibreOffice and printed: nothing is lost on the way.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { documents, files, folders, launch } from './site.mjs'

const run = promisify(execFile)
const browser = await launch()
const folder = await mkdtemp(join(tmpdir(), 'office-'))
const reports = (await documents(browser, folders.root)).filter((page) => page.kind === 'report')
after(() => Promise.all([browser.close(), rm(folder, { recursive: true })]))

/** A file as LibreOffice prints it: `{info, text}`, white space folded. */
async function printed(file) {
  const profile = `-env:UserInstallation=file://${folder}/profile`
  await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, join(folders.root, file)])
  const pdf = join(folder, basename(file).replace(/\.\w+$/, '.pdf'))
  const [info, text] = await Promise.all([run('pdfinfo', [pdf]), run('pdftotext', ['-layout', pdf, '-'])])
  await rm(pdf)
  return { info: info.stdout, text: text.stdout.replace(/\s+/g, ' ') }
}

/** Captions of the tables of a page, and the cells of each. */
async function tables(path) {
  const page = await browser.newPage()
  await page.goto(`file://${join(folders.root, path, 'index.html')}`)
  const read = await page.evaluate(() => [...document.querySelectorAll('main .table table')].map((table) => ({
    caption: (table.caption ?? table.closest('.table').querySelector('.caption')).textContent.trim(),
    rows: [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => {
      const copy = cell.cloneNode(true)
      copy.querySelectorAll('sup').forEach((letter) => letter.remove())
      return copy.textContent.trim()
    })),
  })))
  await page.close()
  return read
}

test('there is a report with a document and a workbook', async () => {
  assert.ok(reports.length > 0)
  const names = await files(folders.root)
  for (const { path } of reports) {
    for (const end of ['docx', 'xlsx']) assert.ok(names.some((name) => name.startsWith(path) && name.endsWith(end)), `${path} ${end}`)
  }
})

for (const { path, title } of reports) {
  test(`/${path}: the Word document`, async () => {
    const file = (await files(folders.root)).find((name) => name.startsWith(path) && name.endsWith('.docx'))
    const { info, text } = await printed(file)
    assert.ok(title.startsWith(info.match(/^Title:\s+(.*)$/m)[1].slice(0, 20)), info)
    assert.ok(Number(info.match(/^Pages:\s+(\d+)$/m)[1]) >= 4, info)
    for (const { caption, rows } of await tables(path)) {
      assert.ok(text.includes(caption), `no ${caption}`)
      for (const [name, ...cells] of rows) {
        if (name.length < 40) assert.ok(text.includes(`${name} ${cells[0]}`), `${caption}: no ${name} ${cells[0]}`)
      }
    }
  })

  test(`/${path}: the workbook`, async () => {
    const file = (await files(folders.root)).find((name) => name.startsWith(path) && name.endsWith('.xlsx'))
    const { info, text } = await printed(file)
    assert.ok(Number(info.match(/^Pages:\s+(\d+)$/m)[1]) >= 8, info)
    let compared = 0
    for (const { rows } of await tables(path)) {
      for (const [name, ...cells] of rows) {
        // A percentage of the page is a count in the workbook.
        if (name.length > 40 || cells.some((cell) => cell.includes('%'))) continue
        assert.ok(text.includes([name, ...cells].join(' ')), `no ${name} ${cells.join(' ')}`)
        compared += 1
      }
    }
    assert.ok(compared > 20, `${compared} rows`)
  })
}
