// Every link of the whole site, built below a path, over HTTP: pages, downloads, styles, fragments, map and feed.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { deadLinks } from './checks.mjs'
import { documents, files, folders, launch, serveBased } from './site.mjs'

const browser = await launch()
const site = await serveBased()
const pages = await documents(browser, folders.based)
after(() => Promise.all([browser.close(), site.close()]))

/** The path within the site of a complete address of it. */
const within = (address) => {
  assert.ok(address.startsWith(folders.address), `${address} is not of this site`)
  return address.slice(folders.address.length)
}

test('every link within the site leads to something', async (t) => {
  const dead = await deadLinks(pages, folders.address, site)
  t.diagnostic(`${dead.count} links on ${pages.length} pages`)
  assert.ok(dead.count > 500)
  assert.deepEqual([...dead], [])
})

test('no address forgets the path that the site lies below', () => {
  const astray = []
  for (const page of pages) {
    for (const { tag, target } of page.links) {
      if (target.startsWith('/') && !target.startsWith(site.base)) astray.push(`${page.file}: <${tag}> to ${target}`)
    }
  }
  assert.deepEqual(astray, [])
})

test('every page can be reached from the home page', () => {
  const byPath = new Map(pages.map((page) => [page.path, page]))
  const reached = new Set([''])
  for (const path of reached) {
    for (const { tag, target } of byPath.get(path)?.links ?? []) {
      if (tag !== 'a' && tag !== 'meta') continue
      const to = new URL(target, new URL(path, folders.address))
      if (to.href.startsWith(folders.address)) reached.add(decodeURIComponent(within(to.origin + to.pathname)))
    }
  }
  const alone = pages.filter((page) => !reached.has(page.path) && page.kind !== 'redirect' && page.kind !== 'missing').map((page) => page.path)
  assert.deepEqual(alone, [])
})

test('the site map, the feed and the canonical addresses name pages that are there', async () => {
  const addresses = []
  for (const file of ['sitemap.xml', 'atom.xml']) {
    const xml = await readFile(join(folders.based, file), 'utf8')
    const found = [...xml.matchAll(/<loc>([^<]+)<\/loc>|<link[^>]* href="([^"]+)"/g)].map((match) => match[1] ?? match[2])
    assert.ok(found.length > 1, `${file} names nothing`)
    addresses.push(...found)
  }
  const canonical = pages.flatMap((page) => page.links.filter((link) => link.rel === 'canonical').map((link) => link.target))
  assert.equal(canonical.length, pages.length)
  const faults = []
  for (const address of [...addresses, ...canonical]) {
    const path = within(address)
    const response = await fetch(site.home + path, { redirect: 'manual' })
    if (response.status !== 200) faults.push(`${address}: ${response.status}`)
  }
  assert.deepEqual(faults, [])
})

test('every file of the site is named by some page, or is one that machines look for', async () => {
  const named = new Set(pages.flatMap((page) => page.links.map(({ target }) => decodeURIComponent(new URL(target, new URL(page.path, folders.address)).pathname))))
  const known = /(^|\/)index\.html$|^404\.html$|^robots\.txt$|^sitemap\.xml$|^\.|^CNAME$|^favicon/
  const alone = (await files(folders.based)).filter((file) => !known.test(file) && !named.has(site.base + file))
  assert.deepEqual(alone, [])
})
