// The directory of 300 people past axe-core, HTML_CodeSniffer and the Nu checker as it is when somebody uses it: with the
// filter in use, people on the shortlist, names in many scripts, and nothing left in the browser.

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { accessibility, focusable, focusFaults, markup, overflow, sniff, storage, watch } from './checks.mjs'
import { launch, serveDirectory } from './site.mjs'

const browser = await launch()
const site = await serveDirectory(300)
const paged = await serveDirectory('paged')
const folder = await mkdtemp(join(tmpdir(), 'mentors-'))
after(() => Promise.all([browser.close(), site.close(), paged.close(), rm(folder, { recursive: true })]))

const SCHEMES = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'forced colours': { colorScheme: 'dark', forcedColors: 'active' },
}
const LIST = 'list=sample-0003.sample-0007.sample-0002'

/** What there is to look at, by address, and what is there when the script is done. */
const STATES = {
  index: { path: 'mentors/', ready: '.filter' },
  'filter in use': { path: `mentors/?q=sample&offer=promotion&stage=reader&free=1&${LIST}`, ready: '.filter' },
  'nobody found': { path: 'mentors/?q=zzzz', ready: '.filter' },
  'facet list': { path: 'mentors/institution/cardiff/', ready: '.filter' },
  'one page of many': { home: paged.home, path: 'mentors/page/7/?q=sample', ready: '.filter' },
  profile: { path: `mentors/sample-0007/?${LIST}`, ready: '.choose' },
  'profile of somebody else': { path: 'mentors/sample-0004/', ready: '.choose' },
  'profile with headings': { path: 'mentors/sample-0006/', ready: '.choose' },
  'profile in Welsh': { path: 'cy/mentors/sample-0004/', ready: '.choose' },
  shortlist: { path: `mentors/shortlist/?${LIST}`, ready: '.chosen > li' },
  'shortlist with somebody gone': { path: 'mentors/shortlist/?list=sample-0011.sample-0003', ready: '.chosen > li' },
  'shortlist with everybody gone': { path: 'mentors/shortlist/?list=sample-0011', ready: '.lost:not([hidden])' },
  'nobody chosen': { path: 'mentors/shortlist/', ready: '.choices' },
}

async function visit(page, { home = site.home, path, ready }) {
  await page.goto(home + path)
  await page.waitForSelector(ready)
}

describe('axe-core and HTML_CodeSniffer find nothing, and nothing sticks out at 320 pixels', () => {
  let page
  before(async () => { page = await (await browser.newContext({ bypassCSP: true })).newPage() })
  for (const [name, state] of Object.entries(STATES)) {
    test(name, async () => {
      const faults = []
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 900 })
        await visit(page, state)
        // Of a long list the beginning is enough.
        await page.evaluate(() => {
          for (const fold of document.querySelectorAll('details')) fold.open = true
          for (const entry of document.querySelectorAll('.people > li:nth-child(n + 25)')) entry.remove()
        })
        for (const [scheme, media] of Object.entries(SCHEMES)) {
          await page.emulateMedia(media)
          faults.push(...(await accessibility(page)).map((fault) => `${scheme}, ${width} wide: ${fault}`))
        }
        faults.push(...(await sniff(page)).map((fault) => `${width} wide: ${fault}`))
        if (width === 320) faults.push(...await overflow(page))
      }
      assert.deepEqual(faults, [])
    })
  }
})

test('what the script makes of the pages is sound HTML for the Nu checker', async () => {
  const page = await browser.newPage()
  const paths = []
  for (const [name, state] of Object.entries(STATES)) {
    await visit(page, state)
    const path = join(folder, `${name.replaceAll(' ', '-')}.html`)
    await writeFile(path, await page.content())
    paths.push(path)
  }
  await page.close()
  assert.deepEqual(await markup(paths), [])
})

describe('it keeps to itself', () => {
  for (const [name, state] of Object.entries(STATES)) {
    test(name, async () => {
      const context = await browser.newContext()
      const page = await context.newPage()
      const seen = await watch(page, (state.home ? paged : site).origin)
      await visit(page, state)
      for (const button of await page.locator('.choose button:visible').all().then((all) => all.slice(0, 4))) await button.click()
      await page.waitForTimeout(100)
      // The shortlist has to ask for whoever may have gone.
      const trouble = seen.filter((what) => !(name.endsWith('gone') && /404/.test(what)))
      assert.deepEqual([...trouble, ...(await storage(page))], [])
      await context.close()
    })
  }
})

describe('with the keyboard', () => {
  for (const [name, state] of [['index', STATES['filter in use']], ['shortlist', STATES.shortlist], ['profile', STATES.profile]]) {
    for (const width of [1280, 360]) {
      test(`every stop of the ${name} is seen, ${width} wide`, async () => {
        const page = await browser.newPage({ viewport: { width, height: 800 } })
        await visit(page, state)
        const stops = await focusable(page)
        assert.ok(stops.filter((stop) => stop.inMain).length > 5)
        assert.deepEqual(focusFaults(stops), [])
        await page.close()
      })
    }
  }

  test('the bar at the foot never lies over what has the focus', async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 640 } })
    await visit(page, { path: `mentors/?${LIST}`, ready: '.filter' })
    for (let stop = 0; stop < 60; stop += 1) {
      await page.keyboard.press('Tab')
      const covered = await page.evaluate(() => {
        const bar = document.querySelector('.bar-foot')
        const focus = document.activeElement
        if (bar.contains(focus) || !focus.closest('main')) return false
        return focus.getBoundingClientRect().bottom > bar.getBoundingClientRect().top + 1
      })
      assert.equal(covered, false, `stop ${stop}`)
    }
    await page.close()
  })
})
