// How much a reader has to fetch, compressed as servers compress.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { documents, folders, launch, sample, serveRoot } from './site.mjs'

const browser = await launch()
const site = await serveRoot()
const kinds = sample(await documents(browser, folders.root))
after(() => Promise.all([browser.close(), site.close()]))

/** Everything that the browser fetches for one page, as a list of addresses and compressed sizes in bytes. */
async function fetched(path) {
  const page = await browser.newPage()
  const responses = []
  page.on('response', (response) => responses.push(response))
  await page.goto(site.home + path, { waitUntil: 'networkidle' })
  const sizes = await Promise.all(responses.map(async (response) => ({
    path: new URL(response.url()).pathname,
    type: response.headers()['content-type'],
    size: gzipSync(await response.body()).length,
  })))
  await page.close()
  return sizes
}

test('the home page comes in under 20 KB with its style sheet', async (t) => {
  const sizes = await fetched('')
  const total = sizes.reduce((sum, part) => sum + part.size, 0)
  t.diagnostic(`${total} bytes: ${sizes.map((part) => `${part.path} ${part.size}`).join(', ')}`)
  assert.ok(sizes.some((part) => part.type.startsWith('text/css')), 'no style sheet')
  assert.ok(total < 20_000, `${total} bytes`)
})

test('pages of the directory fetch one script of less than 6 KB, so does the search, and no other page fetches any', async (t) => {
  const scripted = ['mentors', 'facet list', 'mentor', 'full mentor', 'shortlist', 'search']
  for (const [kind, { path }] of kinds) {
    if (kind === 'redirect') continue
    const scripts = (await fetched(path)).filter((part) => /script/.test(part.type))
    assert.equal(scripts.length, scripted.includes(kind) ? 1 : 0, kind)
    for (const script of scripts) {
      assert.match(script.path, /^\/assets\/(directory|search)\.[0-9a-f]{10}\.js$/)
      assert.ok(script.size < 6_000, `${script.size} bytes`)
      if (['mentors', 'search'].includes(kind)) t.diagnostic(`${script.path}: ${script.size} bytes compressed`)
    }
  }
})

test('a directory of 300 comes in under 60 KB, without its script and style sheet', async (t) => {
  const index = await readFile(join(folders.directory(300), 'mentors/index.html'))
  const size = gzipSync(index).length
  t.diagnostic(`${size} bytes compressed, ${index.length} as they are`)
  assert.ok(index.toString().split('data-terms').length > 270)
  assert.ok(size < 60_000, `${size} bytes`)
})
