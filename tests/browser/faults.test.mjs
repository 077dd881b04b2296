// The tests of the tests: pages that are wrong on purpose, each fault of which the checks must report.

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { accessibility, accessibleTables, deadLinks, focusable, focusFaults, markup, overflow, sniff, storage, watch } from './checks.mjs'
import { elements, print } from './pdf.mjs'
import { documents, folders, launch } from './site.mjs'
import { serve } from './server.mjs'

const html = (main, head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Wrong</title>${head}</head><body><main><h1>Wrong</h1>${main}</main></body></html>`

const PAGES = {
  '/faint/': html('<p style="color: #aaa; background: #fff">Can you read this?</p><img src="/none.png">'),
  '/wide/': html('<div style="width: 900px">wide</div>'),
  '/elsewhere/': html('<img alt="" src="http://another.example/pixel.png">'),
  '/policy/': html('<p style="color: red">red</p>', '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'),
  '/keeper/': html('<script>document.cookie = "a=b"; localStorage.c = 1; sessionStorage.d = 1; console.log("hello")</script>'),
  '/unseen/': html('<a href="/">first</a> <a href="/" style="outline: none">second</a> <a href="/" style="position: absolute; left: -900px">third</a>'),
  '/table/': html('<table id="t"><caption>Bare</caption><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>1</td></tr></table>'),
}

// A row of more lines than any sheet holds, whatever the fonts of the machine.
PAGES['/long/'] = html(`<figure><img src="/none.png"></figure><table><caption>Long</caption><tr><th scope="col">a</th><th scope="col">b</th></tr><tr><th scope="row">c</th><td>${'one<br>'.repeat(120)}</td></tr></table>`)

const browser = await launch()
const site = await serve(folders.root, { pages: PAGES })
after(() => Promise.all([browser.close(), site.close()]))

const open = async (path, options) => {
  const page = await (await browser.newContext(options)).newPage()
  const seen = await watch(page, site.origin)
  await page.goto(site.origin + path, { waitUntil: 'networkidle' })
  return { page, seen }
}
const has = (faults, pattern) => assert.ok(faults.some((fault) => pattern.test(fault)), `${pattern} is not among ${JSON.stringify(faults)}`)

test('axe-core sees faint text and a picture without words', async () => {
  const { page } = await open('/faint/', { bypassCSP: true })
  const faults = await accessibility(page)
  has(faults, /^color-contrast:/)
  has(faults, /^image-alt:/)
})

test('HTML_CodeSniffer sees a picture without words', async () => {
  const { page } = await open('/faint/', { bypassCSP: true })
  has(await sniff(page), /Guideline1_1.*<img/)
})

test('a row that the end of a sheet cuts is seen, and a picture without words', async () => {
  const { page } = await open('/long/')
  const pdf = await print(page)
  assert.ok(elements(pdf, ['TR']).some(({ pages }) => pages.size > 1))
  assert.ok(elements(pdf, ['Figure']).every(({ alt }) => !alt))
})

test('a page that is too wide is seen', async () => {
  const { page } = await open('/wide/', { viewport: { width: 320, height: 600 } })
  has(await overflow(page), /900|908/)
})

test('a request to another host is seen', async () => {
  const { seen } = await open('/elsewhere/')
  has(seen, /asks another host: http:\/\/another\.example/)
})

test('a breach of the content security policy is seen', async () => {
  const { seen } = await open('/policy/')
  has(seen, /console: .*Content Security Policy/)
})

test('cookies, storage and messages are seen', async () => {
  const { page, seen } = await open('/keeper/')
  const left = await storage(page)
  for (const pattern of [/^cookie: a/, /^localStorage: c/, /^sessionStorage: d/]) has(left, pattern)
  has(seen, /console: hello/)
})

test('a focus that cannot be seen is seen', async () => {
  const { page } = await open('/unseen/')
  const stops = await focusable(page)
  assert.equal(stops.length, 3)
  const faults = focusFaults(stops)
  has(faults, /second: an outline 0 wide/)
  has(faults, /third: is off the screen/)
})

test('a table without headers is seen', async () => {
  const { page } = await open('/table/')
  const [table] = await accessibleTables(page, 'main')
  assert.ok(!table || table.rows.every((row) => row.every((cell) => !/header/.test(cell.role))))
})

test('a dead link and a dead fragment are seen, and the Nu checker sees wrong markup', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mentorpress-'))
  try {
    await writeFile(join(folder, 'index.html'), html('<a href="/gone/">gone</a> <a href="#nowhere">nowhere</a> <a href="/#here" id="here">here</a>'))
    await writeFile(join(folder, '404.html'), html(''))
    await writeFile(join(folder, 'wrong.html'), html('<p><div></p><ul><p>no</p></ul>'))
    const host = await serve(folder)
    const dead = await deadLinks((await documents(browser, folder)).filter((page) => page.path === ''), 'https://www.example.org/', host)
    await host.close()
    assert.equal(dead.count, 3)
    assert.equal(dead.length, 2)
    has(dead, /\/gone\/: 404/)
    has(dead, /#nowhere: no such fragment/)
    has(await markup([join(folder, 'wrong.html')]), /wrong\.html/)
  } finally {
    await rm(folder, { recursive: true })
  }
})
