// How much a reader has to fetch, compressed as servers compress.

import assert from 'node:assert/strict'
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

test('no page of text fetches a script', async () => {
  for (const [kind, { path }] of kinds) {
    if (kind === 'redirect' || kind === 'mentors' || kind === 'facet list') continue
    const scripts = (await fetched(path)).filter((part) => /script/.test(part.type))
    assert.deepEqual(scripts, [], kind)
  }
})
