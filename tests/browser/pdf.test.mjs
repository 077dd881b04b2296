// Pages as PDF: a title, a language, an outline and tags that another program reads; tables and figures whole.

import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { elements, poppler, print, sheets, value } from './pdf.mjs'
import { documents, folders, launch, sample, serveRoot } from './site.mjs'

const browser = await launch()
const site = await serveRoot()
const pages = await documents(browser, folders.root)
const reports = pages.filter((page) => page.kind === 'report')
after(() => Promise.all([browser.close(), site.close()]))

const open = async (path) => {
  const page = await browser.newPage()
  await page.goto(site.home + path)
  return page
}
const A4 = /Page size:\s+59[45]\.?\d* x 84[12]\.?\d* pts/

async function sound(t, { path, title }, least, most) {
  const page = await open(path)
  const pdf = await print(page)
  const count = sheets(pdf)
  t.diagnostic(`${pdf.bytes.length} bytes, ${count} sheets`)
  assert.ok(pdf.bytes.length > 15_000 && pdf.bytes.length < 2_000_000, `${pdf.bytes.length} bytes`)
  assert.ok(count >= least && count <= most, `${count} sheets`)
  assert.equal(value(pdf.source, 'Lang'), await page.evaluate(() => document.documentElement.lang))
  assert.equal(value(pdf.source, 'Title'), title)
  assert.match(pdf.source, /\/StructTreeRoot\b/)
  assert.match(pdf.source, /\/Outlines\b/)
  return { page, pdf, read: await poppler(pdf) }
}

describe('a report', () => {
  test('there is one to print', () => assert.ok(reports.length > 0))
  for (const report of reports) {
    test(`/${report.path}: headings, tables and figures are tagged as such`, async (t) => {
      const { page, pdf, read } = await sound(t, report, 4, 16)
      assert.match(read.info, /Tagged:\s+yes/)
      assert.ok(read.info.includes(report.title.slice(0, 20)), read.info)
      assert.match(read.info, A4)
      // What is printed of the page, and how often its tags have it.
      const shown = await page.evaluate(() => {
        const printed = (selector) => [...document.querySelectorAll(selector)].filter((element) => !element.closest('.files, nav'))
        return {
          h1: printed('h1').length,
          h2: printed('h2').length,
          tables: printed('table').length,
          rows: printed('tr').length,
          headers: printed('th').length,
          cells: printed('td').length,
          captions: printed('table caption').map((caption) => caption.textContent.trim()),
          drawings: printed('svg[role=img]').length,
        }
      })
      const tags = (name) => read.tags.match(new RegExp(`^ *${name}\\b`, 'gm'))?.length ?? 0
      assert.deepEqual(
        { h1: tags('H1'), h2: tags('H2'), tables: tags('Table'), rows: tags('TR'), headers: tags('TH'), cells: tags('TD') },
        { h1: shown.h1, h2: shown.h2, tables: shown.tables, rows: shown.rows, headers: shown.headers, cells: shown.cells },
      )
      assert.ok(shown.tables > 5 && shown.drawings > 0, JSON.stringify(shown))
      assert.equal(read.tags.match(/\/Scope \/Column/g).length + read.tags.match(/\/Scope \/Row/g).length, shown.headers)
      for (const caption of shown.captions) assert.ok(read.tags.includes(caption.slice(0, 12)), `no caption ${caption}`)
      const drawings = elements(pdf, ['Figure']).filter((figure) => figure.alt)
      assert.equal(drawings.length, shown.drawings)
      for (const { alt } of drawings) assert.ok(alt.length > 60, alt)
      await page.close()
    })

    test(`/${report.path}: wherever a sheet ends, no row is cut, nor a table or figure that fits a sheet`, async () => {
      const page = await open(report.path)
      const cut = []
      const plain = (text) => text.replace(/\s+/g, '')
      const look = async (kinds, figures = []) => {
        for (const above of [0, 150, 300, 450, 600, 750]) {
          await page.evaluate((height) => {
            const body = document.querySelector('.body')
            if (body.firstElementChild.localName !== 'hr') body.prepend(document.createElement('hr'))
            body.firstElementChild.style.marginBlockStart = `${height}px`
          }, above)
          const pdf = await print(page)
          const torn = elements(pdf, kinds).filter(({ pages }) => pages.size > 1)
          cut.push(...torn.map(({ name, alt }) => `${above} lower: ${name} ${alt ?? ''}`))
          if (figures.length === 0) continue
          const text = (await poppler(pdf)).text.map(plain)
          const split = figures.filter((words) => !text.some((sheet) => words.every((word) => sheet.includes(plain(word)))))
          cut.push(...split.map((words) => `${above} lower: the figure "${words.at(-1)}" is on no sheet whole`))
        }
      }
      await look(['TR', 'Table', 'Figure'])
      // A figure and the table below it are made longer than a sheet, so that nothing ties the two together. Chromium then
      // begins the tag of a figure at the end of the sheet before, so that its words tell whether it is whole.
      await page.evaluate(() => {
        for (const { tBodies: [body] } of document.querySelectorAll('.figure + .table table')) {
          for (let at = 0; at < 8; at += 1) body.append(body.rows[0].cloneNode(true))
        }
      })
      await look(['TR', 'Table'], await page.evaluate(() => [...document.querySelectorAll('figure.figure')].map((figure) => (
        [...figure.querySelectorAll('svg text, .caption')].map((words) => words.textContent)
      ))))
      assert.deepEqual(cut, [])
      await page.close()
    })

    test(`/${report.path}: a running title, numbered sheets, and no menu`, async () => {
      const page = await open(report.path)
      const { text } = await poppler(await print(page))
      for (const [at, sheet] of text.entries()) {
        assert.match(sheet, new RegExp(`${at + 1} / ${text.length}\\s*$`), `sheet ${at + 1} has no number`)
        assert.ok(sheet.split(/\s+/).length > 25, `sheet ${at + 1} is next to empty: ${sheet}`)
      }
      const running = text[1].trim().split('\n')[0].trim()
      for (const sheet of text.slice(2)) assert.ok(sheet.trim().startsWith(running), `no running title: ${sheet.slice(0, 80)}`)
      const menu = await page.locator('.bar nav').innerText()
      assert.ok(!text[0].includes(menu.split('\n')[1]), text[0])
      await page.close()
    })
  }
})

test('a table longer than a sheet repeats its head and cuts no row', async () => {
  const page = await open(reports[0].path)
  const head = await page.evaluate(() => {
    const table = document.querySelector('main table')
    const body = table.tBodies[0]
    for (let at = 0; at < 90; at += 1) {
      const row = body.rows[0].cloneNode(true)
      row.cells[0].textContent = `Row ${at}: an answer whose words are so long that they take more than one line of the first column, which a sheet must not cut`
      body.append(row)
    }
    return table.tHead.rows[0].cells[0].textContent
  })
  const pdf = await print(page)
  // The head stands on several sheets, being repeated.
  const rows = elements(pdf, ['TR']).filter(({ kids }) => kids.includes('TD'))
  assert.ok(rows.length > 90, `${rows.length} rows`)
  assert.equal(rows.filter(({ pages }) => pages.size > 1).length, 0)
  const { text } = await poppler(pdf)
  const long = text.filter((sheet) => /Row \d+: an answer/.test(sheet))
  assert.ok(long.length > 2, `${long.length} sheets`)
  for (const sheet of long) assert.match(sheet, new RegExp(`^\\s*${head}\\b`, 'm'), 'a sheet of the table has no head')
  await page.close()
})

describe('other pages', () => {
  const kinds = sample(pages)
  for (const [kind, least, most] of [['privacy-notice', 2, 6], ['full mentor', 1, 1]]) {
    test(kind, async (t) => {
      const { page, read } = await sound(t, kinds.get(kind), least, most)
      assert.match(read.info, /Tagged:\s+yes/)
      assert.match(read.info, A4)
      await page.close()
    })
  }
})
