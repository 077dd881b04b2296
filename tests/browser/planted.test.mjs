// Faults planted one at a time in a page: other people's checkers agree with ours on each that they can see. Ours is asked in
// tests/barriers.rs, with the same list.

import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { accessibility, markup } from './checks.mjs'
import { serve } from './server.mjs'
import { folders, launch } from './site.mjs'

const faults = JSON.parse(await readFile(new URL('../planted/faults.json', import.meta.url), 'utf8'))
const whole = await readFile(join(folders.root, 'about/index.html'), 'utf8')
const isHtml = ({ from }) => from.startsWith('<')
const page = (fault) => (isHtml(fault) ? whole.replace(fault.from, fault.to) : whole)
const pages = Object.fromEntries(faults.map((fault, at) => [`/planted/${at}/`, page(fault)]))

const browser = await launch()
const site = await serve(folders.root, { pages })
after(() => Promise.all([browser.close(), site.close()]))

test('the page without a fault is clean', async () => {
  const context = await browser.newContext({ bypassCSP: true })
  const open = await context.newPage()
  await open.goto(`${site.origin}/about/`)
  assert.deepEqual(await accessibility(open), [])
  await context.close()
})

for (const [at, fault] of faults.entries()) {
  const { name, seen_by: seen, from, to } = fault
  test(name, async () => {
    if (isHtml(fault)) assert.notEqual(page(fault), whole, `no ${from} in the page`)
    const axe = seen.filter((by) => by.startsWith('axe:')).map((by) => by.slice(4))
    if (axe.length > 0) {
      const context = await browser.newContext({ bypassCSP: true })
      const open = await context.newPage()
      await open.goto(`${site.origin}/planted/${at}/`)
      if (!isHtml(fault)) await open.addStyleTag({ content: `${to}}` })
      const found = await accessibility(open)
      for (const rule of axe) assert.ok(found.some((line) => line.startsWith(`${rule}:`)), `axe-core does not see ${rule}: ${JSON.stringify(found)}`)
      await context.close()
    }
    const nu = seen.filter((by) => by.startsWith('nu:')).map((by) => by.slice(3))
    if (nu.length > 0) {
      const folder = await mkdtemp(join(tmpdir(), 'planted-'))
      const file = join(folder, 'index.html')
      await writeFile(file, page(fault))
      const found = await markup([file])
      for (const words of nu) assert.ok(found.some((line) => line.includes(words)), `Nu does not see ${words}: ${JSON.stringify(found)}`)
      await rm(folder, { recursive: true })
    }
  })
}
