// The site in the hands of somebody without JavaScript, and of somebody without a mouse.

import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { focusable, focusFaults } from './checks.mjs'
import { documents, folders, launch, sample, serveBased, stay } from './site.mjs'

const browser = await launch()
const site = await serveBased()
const kinds = sample(await documents(browser, folders.based))
after(() => Promise.all([browser.close(), site.close()]))

describe('without JavaScript, from the home page to a mentor', () => {
  for (const width of [1280, 360]) {
    test(`${width} pixels wide`, async () => {
      const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 800 } })
      const page = await context.newPage()
      const arrive = (path) => page.waitForURL(({ pathname }) => path.test(pathname.slice(site.base.length - 1)))
      await page.goto(site.home)

      await page.locator('main').getByRole('link', { name: 'Find a mentor' }).click()
      await arrive(/^\/mentors\/$/)
      const all = await page.locator('.people > li').count()
      assert.ok(all > 1)

      // On a phone the lists are folded.
      const fold = page.locator('.facets summary')
      if (width === 360) await fold.click()
      const facet = page.locator('.facets a').first()
      const [label, count] = [await facet.innerText(), Number(await page.locator('.facets li .muted').first().innerText())]
      await facet.click()
      await arrive(/^\/mentors\/[a-z]+\/[a-z0-9-]+\/$/)
      assert.match(await page.locator('h1').innerText(), new RegExp(label))
      assert.equal(await page.locator('.people > li').count(), count)
      assert.ok(count < all)

      const person = page.locator('.people .name a').first()
      const name = await person.innerText()
      await person.click()
      await arrive(/^\/mentors\/[a-z0-9-]+\/$/)
      assert.equal(await page.locator('h1').innerText(), name)
      assert.match(await page.locator('.action a').getAttribute('href'), /^mailto:[^?]+\?subject=/)

      // Nothing that only a script could move.
      assert.equal(await page.locator('main :is(button, input, select)').count(), 0)

      // And home again, over the crumbs.
      await page.locator('.crumbs a').first().click()
      await page.waitForURL(site.home)
      await context.close()
    })
  }
})

describe('with the keyboard alone', () => {
  for (const [kind, { path }] of kinds) {
    test(`${kind}: /${path}`, async () => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
      if (kind === 'redirect') await stay(page, site.home + path)
      await page.goto(site.home + path)

      if (kind !== 'redirect') {
        // The first stop is the way past the menu; after it the next stop is in the text, or beyond a text without links.
        await page.keyboard.press('Tab')
        const first = await page.evaluate(() => ({ skip: document.activeElement.matches('a.skip'), top: document.activeElement.getBoundingClientRect().top }))
        assert.ok(first.skip && first.top >= 0, `the first stop is not a visible skip link: ${JSON.stringify(first)}`)
        await page.keyboard.press('Enter')
        await page.waitForURL((url) => url.hash === '#main')
        await page.keyboard.press('Tab')
        assert.ok(await page.evaluate(() => {
          const stop = document.activeElement
          const main = document.querySelector('main')
          return stop !== document.body && Boolean(main.compareDocumentPosition(stop) & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING))
        }), 'after the skip link the focus is before the text')
      }

      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme })
        await page.goto('about:blank')
        await page.goto(site.home + path)
        const stops = await focusable(page)
        const links = await page.locator('a[href]:visible').count()
        assert.ok(stops.length >= Math.min(links, 1), 'nothing takes the focus')
        assert.ok(stops.length >= links - 1, `${links} links, but only ${stops.length} stops`)
        if (kind !== 'redirect') assert.ok(stops[0].skip)
        assert.deepEqual(focusFaults(stops), [])
      }
      await page.close()
    })
  }
})
