// An old address leads to the new one, with and without a browser that follows it by itself.

import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { documents, folders, launch, serveBased } from './site.mjs'

const browser = await launch()
const site = await serveBased()
const pages = await documents(browser, folders.based)
const redirects = pages.filter((page) => page.kind === 'redirect')
after(() => Promise.all([browser.close(), site.close()]))

test('there is a redirect to test', () => assert.ok(redirects.length > 0))

for (const { path, redirect, links } of redirects) {
  describe(`/${path}`, () => {
    test('leads at once to a page that is there, and links to it', () => {
      assert.equal(redirect.seconds, 0)
      const target = pages.find((page) => site.base + page.path === redirect.target)
      assert.ok(target, redirect.target)
      assert.notEqual(target.kind, 'redirect')
      assert.ok(links.some((link) => link.tag === 'a' && link.target === redirect.target))
      assert.ok(links.some((link) => link.rel === 'canonical' && link.target === folders.address + target.path))
    })

    for (const javaScriptEnabled of [true, false]) {
      test(`takes a reader ${javaScriptEnabled ? 'with' : 'without'} JavaScript there`, async () => {
        const context = await browser.newContext({ javaScriptEnabled })
        const page = await context.newPage()
        await page.goto(site.home + path, { waitUntil: 'commit' })
        await page.waitForURL(site.origin + redirect.target)
        assert.equal(await page.locator('h1').count(), 1)
        await context.close()
      })
    }
  })
}
