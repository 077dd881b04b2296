// The report and a policy page on paper: a tagged PDF with a title, a language and an outline, of a plausible length.

import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { documents, folders, launch, sample, serveRoot } from './site.mjs'

const browser = await launch()
const site = await serveRoot()
const kinds = sample(await documents(browser, folders.root))
after(() => Promise.all([browser.close(), site.close()]))

/** The text of a PDF string: literal, or hexadecimal UTF-16. */
function text(pdf, key) {
  const found = pdf.match(new RegExp(`/${key}\\s*(?:<([0-9A-Fa-f\\s]+)>|\\(((?:\\\\.|[^\\\\)])*)\\))`))
  if (!found) return undefined
  const bytes = found[1] ? Buffer.from(found[1].replace(/\s/g, ''), 'hex') : Buffer.from(found[2].replace(/\\(.)/g, '$1'), 'latin1')
  return bytes[0] === 0xfe && bytes[1] === 0xff ? bytes.subarray(2).swap16().toString('utf16le') : bytes.toString('latin1')
}

describe('on paper', () => {
  for (const [kind, least, most] of [['report', 4, 14], ['privacy-notice', 2, 6], ['full mentor', 1, 1]]) {
    test(kind, async (t) => {
      const page = await browser.newPage()
      const { path, title } = kinds.get(kind)
      await page.goto(site.home + path)
      const bytes = await page.pdf({ format: 'A4', preferCSSPageSize: true, tagged: true, outline: true })
      const pdf = bytes.toString('latin1')
      const sheets = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0
      t.diagnostic(`${bytes.length} bytes, ${sheets} pages`)
      assert.match(pdf, /^%PDF-/)
      assert.ok(bytes.length > 15_000 && bytes.length < 2_000_000, `${bytes.length} bytes`)
      assert.ok(sheets >= least && sheets <= most, `${sheets} pages`)
      assert.match(pdf, /\/StructTreeRoot\b/)
      assert.match(pdf, /\/MarkInfo\s*<<[^>]*\/Marked true/)
      assert.match(pdf, /\/Outlines\b/)
      assert.equal(text(pdf, 'Lang'), 'en')
      assert.equal(text(pdf, 'Title'), title)
      await page.close()
    })
  }

  test('what only serves on a screen is left out, and nothing is cut off', async () => {
    const page = await browser.newPage({ viewport: { width: 680, height: 960 } })
    await page.emulateMedia({ media: 'print' })
    for (const [kind, { path }] of kinds) {
      if (kind === 'redirect') continue
      await page.goto(site.home + path)
      for (const part of ['.skip', '.bar nav', '.crumbs', '.downloads', '.pager']) {
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
