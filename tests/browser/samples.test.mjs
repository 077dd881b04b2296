// The sample sites of tests/sites/, the survey that strains everything (tests/extremes/) and the manual: their pages past axe-core, the
// Nu checker and HTML_CodeSniffer, in light, dark and forced colours; at 320 pixels, with text spaced out, and in print.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { join } from 'node:path'
import { accessibility, markup, overflow, sniff } from './checks.mjs'
import { print, sheets, value } from './pdf.mjs'
import { serve } from './server.mjs'
import { documents, files, folders, launch } from './site.mjs'

// Each with the number of its reports.
const SAMPLES = { bands: 2, reverse: 1, reciprocal: 1, extremes: 1, manual: 0 }

const SCHEMES = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'forced colours': { colorScheme: 'light', forcedColors: 'active' },
}

const SPACED = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }'

const browser = await launch()
after(() => browser.close())

test('the Nu checker finds nothing on any page of the samples', async (t) => {
  const paths = []
  for (const name of Object.keys(SAMPLES)) {
    const folder = join(folders.samples, name)
    paths.push(...(await files(folder)).filter((file) => file.endsWith('.html')).map((file) => join(folder, file)))
  }
  t.diagnostic(`${paths.length} pages`)
  assert.ok(paths.length > 20, `only ${paths.length} pages`)
  assert.deepEqual(await markup(paths), [])
})

for (const [name, count] of Object.entries(SAMPLES)) {
  const folder = join(folders.samples, name)
  const pages = await documents(browser, folder)
  const reports = pages.filter(({ kind }) => kind === 'report' || kind === 'reports')

  describe(name, () => {
    let site, page
    before(async () => {
      site = await serve(folder)
      page = await (await browser.newContext({ bypassCSP: true })).newPage()
    })
    after(() => site.close())

    test('it has its reports', () => {
      assert.equal(pages.filter(({ kind }) => kind === 'report').length, count)
    })

    test('axe-core finds nothing on any page', async () => {
      const faults = []
      for (const { path } of pages) {
        await page.goto(site.home + path)
        await page.setViewportSize({ width: 320, height: 900 })
        await page.evaluate(() => { for (const fold of document.querySelectorAll('details')) fold.open = true })
        await page.emulateMedia(SCHEMES.light)
        faults.push(...(await accessibility(page)).map((fault) => `/${path}: ${fault}`))
      }
      assert.deepEqual(faults, [])
    })

    test('axe-core and HTML_CodeSniffer find nothing on reports, in any colours', async () => {
      const faults = []
      for (const { path } of reports) {
        await page.goto(site.home + path)
        await page.setViewportSize({ width: 1280, height: 900 })
        for (const [scheme, media] of Object.entries(SCHEMES)) {
          await page.emulateMedia(media)
          const found = [...(await accessibility(page)), ...(await sniff(page))]
          faults.push(...found.map((fault) => `/${path}, ${scheme}: ${fault}`))
        }
      }
      assert.deepEqual(faults, [])
    })

    test('nothing sticks out at 320 pixels, with the text spaced out either', async () => {
      const faults = []
      await page.setViewportSize({ width: 320, height: 640 })
      for (const { path } of pages) {
        await page.goto(site.home + path)
        faults.push(...(await overflow(page)).map((fault) => `/${path}: ${fault}`))
        await page.addStyleTag({ content: SPACED })
        faults.push(...(await overflow(page)).map((fault) => `/${path}, spaced out: ${fault}`))
      }
      assert.deepEqual(faults, [])
    })

    test('its reports are tagged as PDF, with title and language', async () => {
      for (const { path, title, lang } of pages.filter(({ kind }) => kind === 'report')) {
        const fresh = await browser.newPage()
        await fresh.goto(site.home + path)
        const pdf = await print(fresh)
        assert.ok(sheets(pdf) > 2)
        assert.equal(value(pdf.source, 'Title'), title)
        assert.equal(value(pdf.source, 'Lang'), lang)
        assert.match(pdf.source, /\/StructTreeRoot\b/)
        await fresh.close()
      }
    })
  })
}
