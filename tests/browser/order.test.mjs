// In what order a screen reader comes to a table and to a figure of a report, from Chromium's accessibility tree.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { documents, folders, launch, sample, serveRoot } from './site.mjs'

const browser = await launch()
const site = await serveRoot()
const report = sample(await documents(browser, folders.root)).get('report')
const page = await browser.newPage()
await page.goto(site.home + report.path)
const session = await page.context().newCDPSession(page)
after(() => Promise.all([browser.close(), site.close()]))

/** What is read below the element that `selector` names, in order: `[role, name, description]` of what has a meaning. */
async function reading(selector) {
  const { root } = await session.send('DOM.getDocument', { depth: 0 })
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector })
  const { node } = await session.send('DOM.describeNode', { nodeId })
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const byId = new Map(nodes.map((item) => [item.nodeId, item]))
  const read = []
  const visit = (item) => {
    const role = item.role?.value
    if (!item.ignored && !['generic', 'none', 'InlineTextBox'].includes(role)) {
      read.push([role, item.name?.value ?? '', item.description?.value ?? ''])
      // What is within a picture is said by its description.
      if (role === 'image') return
    }
    for (const child of item.childIds ?? []) if (byId.has(child)) visit(byId.get(child))
  }
  visit(nodes.find((item) => item.backendDOMNodeId === node.backendNodeId))
  return read
}

test('a table: its caption, the columns with their n, then each row header and its cells, then the notes', async () => {
  const read = await reading('#table-wanted')
  const of = (...roles) => read.filter(([role]) => roles.includes(role))
  const at = (role, name) => {
    const found = read.findIndex((item) => item[0] === role && item[1].trim().startsWith(name))
    assert.ok(found >= 0, `no ${role} ${name} in ${JSON.stringify(read)}`)
    return found
  }
  const [[, region], [, table]] = [of('region')[0], of('table')[0]]
  assert.match(region, /^Table \d+\. What are you hoping to gain/)
  assert.equal(table, region, 'the region is named as the table')
  assert.deepEqual(of('columnheader').map(([, name]) => name), ['Answer', 'Mentees (n = 10)', 'Mentors (n = 10)'])
  const order = [
    at('region', 'Table'), at('table', 'Table'), at('caption', ''), at('columnheader', 'Answer'),
    at('columnheader', 'Mentees'), at('columnheader', 'Mentors'), at('rowheader', 'Professional development'),
  ]
  assert.deepEqual(order, [...order].sort((a, b) => a - b))
  // Every row is its header, then a cell for each column.
  const cells = of('rowheader', 'cell', 'gridcell')
  assert.ok(cells.length >= 3 * 8 && cells.length % 3 === 0, `${cells.length} cells`)
  for (const [index, [role, name]] of cells.entries()) {
    assert.equal(role === 'rowheader', index % 3 === 0, `${index}: ${role} ${name}`)
    assert.notEqual(name.trim(), '', `${role} ${index} says nothing`)
  }
  const advice = cells.findIndex(([, name]) => name === 'Practical career advice')
  assert.equal(cells[advice + 1][1], '9')
  assert.match(cells[advice + 2][1], /^not asked/)
  assert.ok(at('StaticText', '“Not asked” means') > at('rowheader', 'Other'))
})

test('the letter beside a word leads to its note', async () => {
  const links = page.locator('#table-wanted td.words a')
  assert.ok(await links.count() > 1)
  for (const link of await links.all()) {
    assert.match(await link.getAttribute('aria-label'), /^Note [a-z]$/)
    const note = page.locator(await link.getAttribute('href'))
    assert.match(await note.innerText(), /means that/)
  }
})

test('a figure: the picture with its name and description, then the caption and where the numbers are', async () => {
  const read = await reading('#figure-wanted')
  const image = read.findIndex(([role]) => role === 'image')
  assert.ok(image >= 0, JSON.stringify(read))
  const [, name, description] = read[image]
  assert.match(name, /^What mentees and mentors hoped to gain/)
  assert.match(description, /Professional development: Mentees, 7 of 10; Mentors, 4 of 10\./)
  const caption = read.findIndex(([role, text]) => role === 'StaticText' && /^Figure \d+\./.test(text))
  const link = read.findIndex(([role, text]) => role === 'link' && /^Table \d+$/.test(text))
  assert.ok(image < caption && caption < link, JSON.stringify(read))
})
