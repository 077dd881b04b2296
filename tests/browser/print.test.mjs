// What the print style sheet shows and hides. The paper itself is looked at in pdf.test.mjs.

import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { documents, folders, launch, sample, serveRoot } from './site.mjs'

const browser = await launch()
const site = await serveRoot()
const kinds = sample(await documents(browser, folders.root))
after(() => Promise.all([browser.close(), site.close()]))

describe('on paper', () => {
  test('what only serves on a screen is left out, and nothing is cut off', async () => {
    const page = await browser.newPage({ viewport: { width: 680, height: 960 } })
    await page.emulateMedia({ media: 'print' })
    for (const [kind, { path }] of kinds) {
      if (kind === 'redirect') continue
      await page.goto(site.home + path)
      for (const part of ['.skip', '.bar nav', '.crumbs', '.downloads', '.files', '.contents', '.pager']) {
        for (const element of await page.locator(part).all()) assert.equal(await element.isVisible(), false, `${kind}: ${part}`)
      }
      assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), `${kind} is wider than the paper`)
      for (const element of await page.locator('main a[href]').all()) {
        const colour = await element.evaluate((link) => getComputedStyle(link).color)
        assert.equal(colour, 'rgb(0, 0, 0)', `${kind}: a link that is not black`)
      }
    }
    await page.close()
  })

  test('a report prints where links to other sites lead, and no address twice', async () => {
    const page = await browser.newPage()
    await page.emulateMedia({ media: 'print' })
    await page.goto(site.home + kinds.get('report').path)
    const after = (selector) => page.locator(selector).evaluateAll((links) =>
      links.map((link) => [link.getAttribute('href'), getComputedStyle(link, '::after').content]))
    const shown = await after('.body a[href^="http"]:not(:is(.cite, .references) a)')
    assert.ok(shown.length > 0)
    for (const [href, content] of shown) assert.ok(content.includes(href), content)
    for (const [, content] of await after('.body a[href^="#"], .body a[href^="/"], .cite a, .references a')) assert.equal(content, 'none')
    await page.close()
  })

  test('a policy page prints where its links lead', async () => {
    const page = await browser.newPage()
    await page.emulateMedia({ media: 'print' })
    await page.goto(site.home + kinds.get('privacy-notice').path)
    const links = await page.locator('main .body a[href^="http"], main .body a[href^="/"]').all()
    assert.ok(links.length > 0)
    for (const link of links) {
      const shown = await link.evaluate((element) => getComputedStyle(element, '::after').content)
      assert.ok(shown.includes(await link.getAttribute('href')), shown)
    }
    await page.close()
  })
})
