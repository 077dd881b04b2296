// The search of the demonstration in a real browser: by keyboard, for those who listen, from the address, in each
// language, and when its index cannot be had.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { accessibility, watch } from './checks.mjs'
import { folders, launch, serveBased, serveRoot } from './site.mjs'

const browser = await launch()
const site = await serveRoot()
const index = JSON.parse(await readFile(join(folders.root, 'search.json'), 'utf8'))
after(() => Promise.all([browser.close(), site.close()]))

async function open(address = `${site.home}search/`, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  page.seen = await watch(page, new URL(address).origin)
  page.asked = []
  page.on('request', (request) => page.asked.push(new URL(request.url()).pathname))
  await page.goto(address)
  return page
}

const field = (page) => page.getByRole('searchbox')
const said = (page, words) => page.waitForFunction((words) => document.querySelector('[role=status]').textContent.includes(words), words)
const results = (page) => page.locator('.found > li').evaluateAll((items) => items.map((item) => ({
  title: item.querySelector('h2').textContent,
  href: item.querySelector('h2 a').getAttribute('href'),
  text: item.textContent,
  marked: [...item.querySelectorAll('mark')].map((mark) => mark.textContent.toLowerCase()),
})))

/** The entries that have every word at the beginning of a word, worked out in another way than the script does. */
function having(...words) {
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return index.filter((entry) => {
    const all = plain([entry.t, entry.s, entry.x, ...entry.h.map(([, heading]) => heading)].join(' '))
    const tokens = all.split(/[^\p{L}\p{N}]+/u)
    return words.every((word) => tokens.some((token) => token.startsWith(word)))
  })
}

describe('the search', () => {
  test('finds what has all words, titles first, and says how many', async () => {
    const page = await open()
    await field(page).fill('mentor evaluation')
    await said(page, 'found')
    const expected = having('mentor', 'evaluation')
    assert.ok(expected.length > 3)
    const found = await results(page)
    assert.equal(await page.getByRole('status').innerText(), `Pages found: ${expected.length}.`)
    assert.deepEqual(found.map(({ href }) => href).toSorted(), expected.map(({ u }) => u).toSorted())
    const inTitle = found.map(({ title }) => /evaluation|mentor/i.test(title))
    assert.ok(inTitle[0] && !inTitle.includes(true, inTitle.indexOf(false) + 1), 'those with a word in the title are the first')
    assert.ok(found.every(({ title, marked }) => marked.length > 0 || /mentor|evaluation/i.test(title)))
    for (const mark of found.flatMap(({ marked }) => marked)) assert.match(mark, /mentor|evaluation/)
    assert.deepEqual(page.seen, [])
    await page.context().close()
  })

  test('takes accents, capitals and signs as they come', async () => {
    const page = await open()
    const all = async (typed) => {
      await field(page).fill(typed)
      await field(page).press('Enter')
      await page.waitForFunction((typed) => new URLSearchParams(location.search).get('q') === typed, typed)
      await page.waitForFunction(() => document.querySelector('[role=status]').textContent)
      return (await results(page)).map(({ href }) => href)
    }
    const some = await all('privacy')
    assert.ok(some.length > 0)
    assert.deepEqual(await all('PRIVACY'), some)
    assert.deepEqual(await all('  prívacy! '), some)
    assert.deepEqual(await all('$& <b>zzz'), [])
    assert.equal(await page.getByRole('status').innerText(), 'Nothing was found for “$& <b>zzz”. All pages are listed below.')
    assert.equal(await page.locator('[role=status] b').count(), 0)
    assert.deepEqual(await all('***'), [])
    assert.deepEqual(page.seen, [])
    await page.context().close()
  })

  test('goes by the keyboard alone, and leads back to what was found', async () => {
    const page = await open()
    await field(page).focus()
    await page.keyboard.type('withdraw')
    await page.keyboard.press('Enter')
    await said(page, 'found')
    const [first] = await results(page)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), first.href)
    await page.keyboard.press('Enter')
    await page.waitForURL((address) => address.pathname === first.href)
    await page.goBack()
    await said(page, 'found')
    assert.equal(await field(page).inputValue(), 'withdraw')
    assert.equal((await results(page))[0].href, first.href)
    await page.context().close()
  })

  test('has its question in the address, and asks for the index when somebody searches', async () => {
    const page = await open()
    await page.waitForLoadState('networkidle')
    assert.ok(!page.asked.includes('/search.json'), 'nobody has asked yet')
    await field(page).focus()
    await page.waitForResponse((response) => response.url().endsWith('/search.json')).catch(() => undefined)
    assert.equal(page.asked.filter((path) => path === '/search.json').length, 1)
    await page.context().close()
    const other = await open(`${site.home}search/?q=privacy`)
    await said(other, 'found')
    assert.equal(await field(other).inputValue(), 'privacy')
    await field(other).fill('')
    await other.waitForFunction(() => location.search === '' && document.querySelectorAll('.found > li').length === 0)
    await other.context().close()
  })

  test('leads to the heading that has the words', async () => {
    const page = await open()
    const entry = index.find(({ h }) => h.length > 2)
    const [id, heading] = entry.h[1]
    await field(page).fill(heading)
    await said(page, 'found')
    const link = page.locator(`.found a[href="${entry.u}#${id}"]`)
    assert.equal(await link.innerText(), heading)
    await link.click()
    await page.waitForURL((address) => address.pathname === entry.u && decodeURIComponent(address.hash) === `#${id}`)
    assert.ok(await page.evaluate((id) => Boolean(document.getElementById(id)), id))
    await page.context().close()
  })

  test('finds people by what they offer, and nobody who asks not to be found', async () => {
    const page = await open()
    const people = index.filter(({ u }) => u.startsWith('/mentors/'))
    assert.ok(people.length > 10)
    await field(page).fill(people[0].t)
    await said(page, 'found')
    const found = await results(page)
    assert.ok(found.some(({ href }) => href === people[0].u))
    assert.ok(found.find(({ href }) => href === people[0].u).text.includes('Mentor'))
    await page.context().close()
  })

  test('says so where its index cannot be had, and tries again', async () => {
    const page = await open()
    await page.route('**/search.json', (route) => route.abort())
    await field(page).fill('privacy')
    await said(page, 'cannot be reached')
    await page.unroute('**/search.json')
    await field(page).press('Enter')
    await said(page, 'found')
    await page.context().close()
  })

  for (const colorScheme of ['light', 'dark']) {
    test(`is for everybody, with results, at 320 pixels too (${colorScheme})`, async () => {
      for (const width of [1280, 320]) {
        const page = await open(`${site.home}search/?q=mentor`, { viewport: { width, height: 800 }, colorScheme, bypassCSP: true })
        await said(page, 'found')
        assert.deepEqual(await accessibility(page), [])
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
        await page.context().close()
      }
    })
  }

  test('speaks Welsh on Welsh pages, and finds these', async () => {
    const page = await open(`${site.home}cy/search/?q=preifatrwydd`)
    await said(page, 'ganfuwyd')
    const found = await results(page)
    assert.ok(found.length > 0 && found.every(({ href }) => href.startsWith('/cy/')))
    await page.context().close()
  })

  test('works below a path', async () => {
    const based = await serveBased()
    const page = await open(`${based.home}search/?q=privacy`)
    await said(page, 'found')
    await page.locator('.found h2 a').first().click()
    await page.waitForURL((address) => address.pathname.startsWith(based.base) && !address.pathname.includes('search'))
    assert.deepEqual(page.seen, [])
    await page.context().close()
    await based.close()
  })
})

test('without a script there is the list of all pages, and no field that does nothing', async () => {
  const page = await open(undefined, { javaScriptEnabled: false })
  assert.equal(await page.locator('input').count(), 0)
  const hrefs = await page.locator('main a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  for (const href of ['/about/', '/policies/privacy/', '/mentors/', '/reports/aimms/2022-23/']) assert.ok(hrefs.includes(href), href)
  const pages = index.filter(({ u }) => !u.startsWith('/mentors/')).map(({ u }) => u)
  assert.deepEqual(pages.filter((href) => !hrefs.includes(href)), [])
  await page.context().close()
})
