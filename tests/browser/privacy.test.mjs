// No page asks another host, keeps anything in the browser, breaks its own content security policy or complains.

import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { storage, watch } from './checks.mjs'
import { documents, folders, launch, sample, serveRoot } from './site.mjs'

const browser = await launch()
const site = await serveRoot()
const kinds = sample(await documents(browser, folders.root))
after(() => Promise.all([browser.close(), site.close()]))

describe('a page keeps to itself', () => {
  for (const [kind, { path, redirect }] of kinds) {
    test(`${kind}: /${path}`, async () => {
      const context = await browser.newContext()
      const page = await context.newPage()
      const seen = await watch(page, site.origin)
      await page.goto(site.home + path, { waitUntil: redirect ? 'commit' : 'load' })
      if (redirect) await page.waitForURL(site.origin + redirect.target)
      // Read it as somebody would: to its end, in the dark, on paper.
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
      await page.emulateMedia({ media: 'print' })
      await page.waitForTimeout(150)
      assert.deepEqual([...seen, ...(await storage(page))], [])
      assert.match(await page.locator('meta[http-equiv="Content-Security-Policy" i]').getAttribute('content'), /^default-src 'none';/)
      await context.close()
    })
  }
})

test('a missing page says so with its status and in words, at any depth', async () => {
  const page = await browser.newPage()
  for (const path of ['nowhere/', 'mentors/nobody/', 'reports/aimms/1999/data/none.csv']) {
    const response = await page.goto(site.home + path)
    assert.equal(response.status(), 404)
    assert.equal(await page.locator('h1').count(), 1)
    // Its style sheet and its way home work from there.
    assert.ok(await page.evaluate(() => document.styleSheets[0].cssRules.length > 0))
    assert.equal((await fetch(await page.locator('main a[href]:not([href^="mailto:"])').first().evaluate((link) => link.href))).status, 200)
  }
  await page.close()
})
