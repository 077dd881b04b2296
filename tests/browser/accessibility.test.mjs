// One page of every kind and every report, in every colour scheme and width, past axe-core, reports past
// HTML_CodeSniffer too; every page at 320 pixels.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accessibility, overflow, sniff } from './checks.mjs'
import { documents, EXPECTED, folders, launch, sample, serveRoot, stay } from './site.mjs'

const browser = await launch()
const site = await serveRoot()
const pages = await documents(browser, folders.root)
const kinds = sample(pages)
after(() => Promise.all([browser.close(), site.close()]))

const SCHEMES = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'forced colours': { colorScheme: 'dark', forcedColors: 'active' },
}

/** Every report and list of reports; the sample has one of each. */
const reports = pages.filter(({ kind }) => kind === 'report' || kind === 'reports')
const further = reports.filter((page) => ![...kinds.values()].includes(page)).map((page) => [page.kind, page])

test('the demonstration has every kind of page', () => {
  assert.deepEqual([...kinds.keys()].sort(), [...EXPECTED].sort())
})

describe('axe-core finds nothing', () => {
  let page
  before(async () => { page = await (await browser.newContext({ bypassCSP: true })).newPage() })
  for (const [kind, { path }] of [...kinds, ...further]) {
    test(`${kind}: /${path}`, async () => {
      if (kind === 'redirect') await stay(page, site.home + path)
      await page.goto(site.home + path)
      const faults = []
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 900 })
        // What is folded on a phone must be sound when it is open.
        if (width === 320) await page.evaluate(() => { for (const fold of document.querySelectorAll('details')) fold.open = true })
        for (const [scheme, media] of Object.entries(SCHEMES)) {
          await page.emulateMedia(media)
          faults.push(...(await accessibility(page)).map((fault) => `${scheme}, ${width} wide: ${fault}`))
        }
      }
      assert.deepEqual(faults, [])
    })
  }
})

describe('HTML_CodeSniffer finds no error', () => {
  let page
  before(async () => { page = await (await browser.newContext({ bypassCSP: true })).newPage() })
  for (const { path } of reports) {
    test(`/${path}`, async () => {
      await page.goto(site.home + path)
      const faults = []
      for (const [scheme, media] of Object.entries(SCHEMES)) {
        await page.emulateMedia(media)
        faults.push(...(await sniff(page)).map((fault) => `${scheme}: ${fault}`))
      }
      assert.deepEqual(faults, [])
    })
  }
})

describe('nothing sticks out at 320 pixels', () => {
  test('any page of the site, folds shut and open', async () => {
    const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage()
    const faults = []
    for (const { path, kind } of pages) {
      if (kind === 'redirect') await stay(page, site.home + path)
      await page.goto(site.home + path)
      faults.push(...(await overflow(page)).map((fault) => `/${path}: ${fault}`))
      await page.evaluate(() => { for (const fold of document.querySelectorAll('details')) fold.open = true })
      faults.push(...(await overflow(page)).map((fault) => `/${path}, open: ${fault}`))
    }
    assert.ok(pages.length > 20)
    assert.deepEqual(faults, [])
  })

  test('a page of every kind, with the text spaced out as WCAG 1.4.12 allows readers to', async () => {
    const page = await (await browser.newContext({ viewport: { width: 320, height: 640 }, bypassCSP: true })).newPage()
    const faults = []
    for (const [kind, { path }] of kinds) {
      if (kind === 'redirect') await stay(page, site.home + path)
      await page.goto(site.home + path)
      await page.addStyleTag({ content: '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }' })
      faults.push(...(await overflow(page)).map((fault) => `/${path}: ${fault}`))
    }
    assert.deepEqual(faults, [])
  })
})
