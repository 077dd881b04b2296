// The theme campus over the demonstration, and the site of every component in both themes: past axe-core in light, dark,
// forced colours and print, on a desk and on a telephone, past the Nu checker, at 320 pixels, and as small as the default.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { accessibility, markup, overflow } from './checks.mjs'
import { serve } from './server.mjs'
import { documents, EXPECTED, files, folders, launch, sample, stay } from './site.mjs'

const browser = await launch()
after(() => browser.close())

const SCHEMES = {
  light: { media: 'screen', colorScheme: 'light', forcedColors: 'none' },
  dark: { media: 'screen', colorScheme: 'dark', forcedColors: 'none' },
  'forced colours': { media: 'screen', colorScheme: 'dark', forcedColors: 'active' },
  print: { media: 'print', colorScheme: 'light', forcedColors: 'none' },
}

const SPACED = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }'

for (const name of ['demonstration-campus', 'style-default', 'style-campus']) {
  const folder = join(folders.themes, name)
  const pages = await documents(browser, folder)
  const kinds = sample(pages)

  describe(name, () => {
    let site, page
    before(async () => {
      site = await serve(folder)
      page = await (await browser.newContext({ bypassCSP: true })).newPage()
    })
    after(() => site.close())

    test('it has what there is to see', () => {
      const wanted = name.startsWith('style')
        ? ['event', 'events', 'full mentor', 'home', 'mentor', 'mentors', 'missing', 'news', 'page', 'page with contents', 'publication', 'report', 'reports', 'search', 'shortlist']
        : EXPECTED
      for (const kind of wanted) assert.ok(kinds.has(kind), `no ${kind}`)
    })

    for (const [kind, { path }] of kinds) {
      test(`axe-core finds nothing: ${kind}`, async () => {
        if (kind === 'redirect') await stay(page, site.home + path)
        await page.goto(site.home + path)
        const faults = []
        for (const width of [1280, 320]) {
          await page.setViewportSize({ width, height: 900 })
          if (width === 320) await page.evaluate(() => { for (const fold of document.querySelectorAll('details')) fold.open = true })
          for (const [scheme, media] of Object.entries(SCHEMES)) {
            await page.emulateMedia(media)
            // On paper nothing is pressed: what counts is that all of it can be read.
            const counts = (fault) => scheme !== 'print' || fault.startsWith('color-contrast')
            const found = (await accessibility(page)).filter(counts)
            faults.push(...found.map((fault) => `${scheme}, ${width} wide: ${fault}`))
          }
        }
        await page.emulateMedia(SCHEMES.light)
        assert.deepEqual(faults, [])
      })
    }

    test('nothing sticks out at 320 pixels, with the text spaced out either', async () => {
      const faults = []
      await page.setViewportSize({ width: 320, height: 640 })
      for (const [kind, { path }] of kinds) {
        if (kind === 'redirect') await stay(page, site.home + path)
        await page.goto(site.home + path)
        faults.push(...(await overflow(page)).map((fault) => `/${path}: ${fault}`))
        await page.addStyleTag({ content: SPACED })
        faults.push(...(await overflow(page)).map((fault) => `/${path}, spaced out: ${fault}`))
      }
      assert.deepEqual(faults, [])
    })

    test('the logo is shown as it is drawn, wherever it stands', async () => {
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ media: 'screen', colorScheme })
        await page.goto(site.home)
        const logo = await page.locator('.logo').evaluate((image) => {
          const { width, height } = image.getBoundingClientRect()
          const style = getComputedStyle(image)
          const inner = (side, ...edges) => side - edges.reduce((sum, edge) => sum + Number.parseFloat(style[edge]), 0)
          return {
            loaded: image.complete && image.naturalWidth > 0,
            ratio: inner(width, 'paddingLeft', 'paddingRight') / inner(height, 'paddingTop', 'paddingBottom'),
            height,
          }
        })
        assert.ok(logo.loaded)
        assert.ok(Math.abs(logo.ratio - 2) < 0.05, `drawn 2 to 1, shown ${logo.ratio} to 1`)
        assert.ok(logo.height > 30 && logo.height < 90, `${logo.height} pixels`)
      }
    })

    test('the home page comes in under 20 KB with its style sheet', async (t) => {
      const fresh = await browser.newPage()
      const responses = []
      fresh.on('response', (response) => responses.push(response))
      await fresh.goto(site.home, { waitUntil: 'networkidle' })
      const sizes = await Promise.all(responses.map(async (response) => gzipSync(await response.body()).length))
      await fresh.close()
      const total = sizes.reduce((sum, size) => sum + size, 0)
      t.diagnostic(`${total} bytes in ${sizes.length} files`)
      assert.ok(total < 20_000, `${total} bytes`)
    })
  })
}

test('the Nu checker finds no error in any page', async (t) => {
  const all = (await files(folders.themes)).filter((file) => file.endsWith('.html'))
  t.diagnostic(`${all.length} pages`)
  assert.ok(all.length > 200, `only ${all.length} pages`)
  assert.deepEqual(await markup(all.map((file) => join(folders.themes, file))), [])
})
