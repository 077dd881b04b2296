// The tables of the report as a screen reader is told of them, from Chromium's own accessibility tree.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { accessibleTables } from './checks.mjs'
import { documents, folders, launch, sample, serveRoot } from './site.mjs'

const browser = await launch()
const site = await serveRoot()
const report = sample(await documents(browser, folders.root)).get('report')
const page = await browser.newPage()
await page.goto(site.home + report.path)
after(() => Promise.all([browser.close(), site.close()]))

test('the table of what they had developed names its rows and columns', async () => {
  const tables = await accessibleTables(page, '#table-developed')
  assert.equal(tables.length, 2)
  const [personal] = tables
  assert.match(personal.name, /personal/i)
  const [head, ...rows] = personal.rows
  assert.deepEqual(head.map((cell) => cell.role), ['columnheader', 'columnheader', 'columnheader'])
  assert.match(head[1].text, /Mentees.*n = 9/)
  assert.match(head[2].text, /Mentors.*n = 4/)
  const row = rows.find((cells) => cells[0].text === 'Self-confidence')
  assert.deepEqual(row, [
    { role: 'rowheader', text: 'Self-confidence' },
    { role: row[1].role, text: '4' },
    { role: row[2].role, text: '0' },
  ])
  for (const cell of row.slice(1)) assert.match(cell.role, /^(grid)?cell$/)
})

test('every table of the report has a name, column headers and a header to each row', async (t) => {
  const tables = await accessibleTables(page, 'main')
  assert.equal(tables.length, await page.locator('main table').count())
  assert.ok(tables.length > 5)
  t.diagnostic(`${tables.length} tables`)
  const faults = []
  for (const { name, rows: [head, ...rows] } of tables) {
    if (!name) faults.push('a table without a name')
    if (head.length < 2 || head.some((cell) => cell.role !== 'columnheader' || !cell.text)) faults.push(`${name}: the head is ${JSON.stringify(head)}`)
    if (rows.length === 0) faults.push(`${name}: no rows`)
    for (const row of rows) {
      if (row[0]?.role !== 'rowheader' || row.slice(1).some((cell) => !/^(grid)?cell$/.test(cell.role) || !cell.text) || row.length !== head.length) {
        faults.push(`${name}: the row ${JSON.stringify(row)}`)
      }
    }
  }
  assert.deepEqual(faults, [])
  assert.equal(new Set(tables.map((table) => table.name)).size, tables.length, 'two tables have the same name')
})

test('a table that scrolls can be reached and is named', async () => {
  const regions = page.locator('main .scroll')
  for (let index = 0; index < await regions.count(); index += 1) {
    const region = regions.nth(index)
    assert.equal(await region.getAttribute('role'), 'region')
    assert.equal(await region.getAttribute('tabindex'), '0')
    assert.ok(await region.getAttribute('aria-label') || await region.getAttribute('aria-labelledby'))
  }
})
