// The preview in a real browser: a copy of the demonstration is edited, broken and mended while pages of it are open.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { launch } from './site.mjs'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const program = process.env.MENTORPRESS_PROGRAM
if (!program) throw new Error('MENTORPRESS_PROGRAM is not set: run these tests with "bash tests/browser/run"')

const folder = mkdtempSync(join(tmpdir(), 'mentorpress-preview-'))
cpSync(join(process.env.MENTORPRESS_PROJECT, 'content'), join(folder, 'content'), { recursive: true })
const browser = await launch()
const servers = new Set()
after(async () => {
  await browser.close()
  await Promise.all([...servers].map((server) => server.end()))
  rmSync(folder, { recursive: true })
})

/** A preview of the folder; `home` is where it says that it is. */
async function serve(port = 0) {
  const child = spawn(program, ['serve', '--site', folder, '--port', String(port), '--date', '2026-11-21'])
  let said = ''
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const home = await new Promise((resolve, reject) => {
    const hear = (text) => {
      said += text
      const address = said.match(/The preview is at (\S+)/)
      if (address) resolve(address[1])
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    ended.then(() => reject(new Error(said)))
  })
  const server = {
    home,
    port: Number(new URL(home).port),
    async end() {
      servers.delete(server)
      child.kill('SIGINT')
      return ended
    },
  }
  servers.add(server)
  return server
}

const path = (name) => join(folder, 'content', name)
const save = (name, text) => writeFileSync(path(name), text)
const edit = (name, from, to) => {
  const text = readFileSync(path(name), 'utf8')
  assert.ok(text.includes(from), `no ${from} in ${name}`)
  save(name, text.replace(from, to))
}

async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 600 }, ...options })
  const page = await context.newPage()
  page.trouble = []
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) page.trouble.push(message.text()) })
  page.on('pageerror', (error) => page.trouble.push(String(error)))
  await page.goto(address)
  return page
}

/** What a page says when it is loaded and the preview has told it what it has to tell. */
const text = (page, words) => page.waitForFunction((words) => document.body?.innerText.includes(words), words, { timeout: 60_000 })
const overlay = (page) => page.locator('mentorpress-preview dialog')

/** What axe-core finds in the page and in what lies over it. */
async function violations(page) {
  // Playwright runs this outside the page's policy.
  await page.evaluate(readFileSync(AXE, 'utf8'))
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations', 'passes'] }))
  assert.ok(passes.length > 10)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

const AMARA = 'mentors/amara.yaml'
const server = await serve()

describe('a page that is open', () => {
  test('shows an edit by itself, where it was scrolled to, with nothing on the console', async () => {
    const page = await open(`${server.home}about/`)
    await page.evaluate(() => scrollTo(0, 400))
    const before = await page.evaluate(() => scrollY)
    assert.ok(before > 100, 'the page is long enough')
    save('about.md', `${readFileSync(path('about.md'), 'utf8')}\nA sentence that is new.\n`)
    await text(page, 'A sentence that is new.')
    await page.waitForFunction((before) => scrollY === before, before)
    assert.deepEqual(page.trouble, [])
    await page.context().close()
  })

  test('with a script of its own too, and that runs again', async () => {
    const page = await open(`${server.home}mentors/amara/`)
    await page.waitForSelector('.choose')
    edit(AMARA, /^post: .*$/m.exec(readFileSync(path(AMARA), 'utf8'))[0], 'post: Reader in Previews')
    await text(page, 'Reader in Previews')
    await page.waitForSelector('.choose')
    assert.deepEqual(page.trouble, [])
    await page.context().close()
  })

  test('follows a file that is saved by renaming, one that is new, and one that goes', async () => {
    const page = await open(`${server.home}new-page/`)
    await text(page, 'Page not found')
    page.trouble.length = 0
    save('.new-page.md.tmp', '---\ntitle: A new page\n---\n\nFirst words.\n')
    renameSync(path('.new-page.md.tmp'), path('new-page.md'))
    await text(page, 'First words.')
    save('.new-page.md.tmp', '---\ntitle: A new page\n---\n\nOther words.\n')
    renameSync(path('.new-page.md.tmp'), path('new-page.md'))
    await text(page, 'Other words.')
    assert.deepEqual(page.trouble, [])
    rmSync(path('new-page.md'))
    await text(page, 'Page not found')
    await page.context().close()
  })

  test('ends with the last of two hundred saves in a second', async () => {
    const page = await open(`${server.home}about/`)
    let loads = 0
    page.on('load', () => { loads += 1 })
    const about = readFileSync(path('about.md'), 'utf8')
    for (let at = 1; at <= 200; at += 1) {
      save('about.md', `${about}\nSaved ${at} times.\n`)
      await new Promise((resolve) => { setTimeout(resolve, 5) })
    }
    await text(page, 'Saved 200 times.')
    assert.ok(loads < 20, `${loads} loads`)
    assert.deepEqual(page.trouble, [])
    await page.context().close()
  })
})

describe('findings', () => {
  for (const colorScheme of ['light', 'dark']) {
    test(`lie over the page until they are mended, for everybody to read (${colorScheme})`, async () => {
      const page = await open(`${server.home}mentors/bina/`, { colorScheme })
      const bina = readFileSync(path('mentors/bina.yaml'), 'utf8')
      const capacity = /^capacity: .*$/m.exec(bina)[0]
      // The demonstration has a warning of its own: told without covering anything.
      const button = page.locator('mentorpress-preview aside button')
      await button.waitFor()
      assert.equal(await button.innerText(), '1 warning')
      assert.equal(await overlay(page).isVisible(), false)
      save('mentors/bina.yaml', bina.replace(capacity, 'capacity: two'))
      await overlay(page).waitFor()
      const said = await overlay(page).innerText()
      const line = bina.split('\n').indexOf(capacity) + 1
      for (const words of ['1 error, 1 warning: the site cannot be built', 'error[wrong-type]', `content/mentors/bina.yaml:${line}:11`,
        'a whole number is due here, not `two`', `change the whole line to: capacity: 2`, 'review-due']) {
        assert.ok(said.includes(words), `${words} in ${said}`)
      }
      assert.ok((await page.locator('h1').innerText()).includes('Bina'), 'the last site is behind it')
      assert.equal(await page.getByRole('dialog', { name: '1 error, 1 warning: the site cannot be built' }).count(), 1)
      assert.deepEqual(await violations(page), [])
      // The keyboard is in it, and gets out.
      assert.ok(await page.evaluate(() => Boolean(document.querySelector('mentorpress-preview').shadowRoot.activeElement)))
      await page.keyboard.press('Escape')
      await overlay(page).waitFor({ state: 'hidden' })
      assert.deepEqual(await violations(page), [])
      await button.press('Enter')
      await overlay(page).waitFor()
      // Another page that is opened meanwhile is told too.
      const other = await open(`${server.home}about/`, { colorScheme })
      await overlay(other).waitFor()
      await other.context().close()
      save('mentors/bina.yaml', bina)
      await overlay(page).waitFor({ state: 'hidden' })
      assert.equal(await button.innerText(), '1 warning')
      assert.deepEqual(page.trouble, [])
      await page.context().close()
    })
  }

  test('fit a telephone, and can be read in forced colours', async () => {
    const page = await open(`${server.home}about/`, { viewport: { width: 320, height: 480 }, forcedColors: 'active' })
    const about = readFileSync(path('about.md'), 'utf8')
    save('about.md', `${about}\n[Nowhere](nowhere-with-a-very-long-name-that-has-to-be-broken-somewhere-on-a-small-screen.md)\n`)
    await overlay(page).waitFor()
    const sticks = await overlay(page).evaluate((dialog) => dialog.scrollWidth > dialog.clientWidth || dialog.getBoundingClientRect().right > innerWidth)
    assert.equal(sticks, false)
    assert.deepEqual(await violations(page), [])
    save('about.md', about)
    await overlay(page).waitFor({ state: 'hidden' })
    await page.context().close()
  })

  test('stand alone, and are read by everybody, until there is a site', async () => {
    await server.end()
    const about = readFileSync(path('about.md'), 'utf8')
    save('about.md', '---\ntitel: About\n---\n')
    const again = await serve(server.port)
    const page = await open(`${again.home}about/`)
    await text(page, 'there is nothing to show yet')
    await text(page, 'content/about.md:')
    assert.deepEqual(await violations(page), [])
    page.trouble.length = 0
    save('about.md', about)
    await page.waitForFunction(() => document.querySelector('h1')?.textContent.includes('About') && document.querySelector('main#main'))
    assert.deepEqual(page.trouble, [])

    // While nobody serves a page waits; then it shows what has changed.
    await again.end()
    edit('about.md', 'summary: ', 'summary: Changed while nobody looked. ')
    page.trouble.length = 0
    const last = await serve(server.port)
    await page.waitForFunction(() => document.querySelector('meta[name=description]')?.content.startsWith('Changed while nobody looked.'), undefined, { timeout: 30_000 })
    await page.context().close()
    assert.equal(await last.end(), 0)
  })
})
