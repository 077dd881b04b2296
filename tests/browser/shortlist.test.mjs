// The shortlist of a directory of people who do not exist: chosen by keyboard, put in order, sent, printed, shared, and
// what it says when somebody on it has gone.

import assert from 'node:assert/strict'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { storage, watch } from './checks.mjs'
import { folders, launch, serveDirectory } from './site.mjs'

const browser = await launch()
const site = await serveDirectory(300)
after(() => Promise.all([browser.close(), site.close()]))

async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  page.seen = await watch(page, site.origin)
  await page.goto(`${site.home}${path}`)
  return page
}

const list = (page) => page.evaluate(() => new URLSearchParams(location.search).get('list'))
const bar = (page) => page.locator('.bar-foot')
const chosen = (page) => page.locator('.chosen .name').allInnerTexts()

/** Presses a key until a condition holds in the page. */
async function press(page, key, until) {
  for (let times = 0; times < 120; times += 1) {
    await page.keyboard.press(key)
    if (await page.evaluate(until)) return
  }
  assert.fail(`${key} never led to: ${until}`)
}

/** The first three people of the directory: ids and names. */
const three = async (page) => page.evaluate(() => [...document.querySelectorAll('.people .name a')].slice(0, 4).map((link) => ({
  id: link.pathname.split('/').at(-2), name: link.textContent,
})))

/** What a mailto: address says, as a mail program reads it. */
function letter(href) {
  const address = new URL(href)
  assert.equal(address.protocol, 'mailto:')
  // RFC 6068: a plus is a plus, so this is no form's query.
  const fields = Object.fromEntries(address.search.slice(1).split('&').map((field) => field.split('=').map(decodeURIComponent)))
  return { to: address.pathname, ...fields }
}

test('three by keyboard alone, put in order, and into the e-mail', async () => {
  const page = await open('mentors/')
  const [first, second, third] = await three(page)
  await press(page, 'Tab', "document.activeElement.matches('.people .choose button')")
  await page.keyboard.press('Enter')
  assert.equal(await list(page), first.id)
  assert.equal(await bar(page).locator('span').innerText(), '1 of 3 chosen')
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), `Remove from my shortlist: ${first.name}`)
  // The second on her own page, and back by the crumbs.
  await press(page, 'Tab', `document.activeElement.textContent === ${JSON.stringify(second.name)} && document.activeElement.matches('li:nth-child(2) a')`)
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(`${second.id}/`))
  assert.equal(await list(page), first.id, 'the link took the list along')
  await press(page, 'Tab', "document.activeElement.matches('.choose button')")
  await page.keyboard.press('Space')
  assert.equal(await list(page), `${first.id}.${second.id}`)
  await page.keyboard.down('Shift')
  await press(page, 'Tab', "document.activeElement.matches('.crumbs li:nth-child(2) a')")
  await page.keyboard.up('Shift')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/mentors\/\?list=/)
  assert.equal(await bar(page).locator('span').innerText(), '2 of 3 chosen')
  await press(page, 'Tab', "document.activeElement.matches('.people li:nth-child(3) .choose button')")
  await page.keyboard.press('Enter')
  assert.equal(await bar(page).locator('span').innerText(), '3 of 3 chosen')
  // A fourth is refused in words.
  await press(page, 'Tab', "document.activeElement.matches('.people li:nth-child(4) .choose button')")
  await page.keyboard.press('Enter')
  assert.match(await bar(page).locator('span').innerText(), /^Three are chosen/)
  assert.equal(await list(page), `${first.id}.${second.id}.${third.id}`)
  // To the bar at the foot, from the end of the list.
  await page.locator('.people > li:last-child .choose button').focus()
  await press(page, 'Tab', "document.activeElement.matches('.bar-foot a')")
  await page.keyboard.press('Enter')
  await page.waitForSelector('.chosen > li')
  assert.deepEqual(await chosen(page), [first.name, second.name, third.name])

  // Down with the first, twice: the focus stays with her, and then goes to what is left there.
  await press(page, 'Tab', "document.activeElement.matches('.chosen li:first-child button[value=\"1\"]')")
  await page.keyboard.press('Enter')
  assert.deepEqual(await chosen(page), [second.name, first.name, third.name])
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), `Move down: ${first.name}`)
  await page.keyboard.press('Enter')
  assert.deepEqual(await chosen(page), [second.name, third.name, first.name])
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), `Move up: ${first.name}`)
  await page.waitForFunction((said) => document.querySelector('[role=status]').textContent === said, `${first.name} is now number 3.`)
  assert.equal(await list(page), `${second.id}.${third.id}.${first.id}`)

  const mail = letter(await page.locator('.mail').getAttribute('href'))
  assert.equal(mail.to, 'scheme@example.org')
  assert.equal(mail.subject, 'My shortlist of mentors')
  const lines = mail.body.split('\r\n')
  const at = [second, third, first].map(({ name }, number) => lines.indexOf(`${number + 1}. ${name}`))
  assert.ok(at.every((line, number) => line >= 0 && lines[line + 1] === `${site.home}mentors/${[second, third, first][number].id}/`), mail.body)
  assert.ok(lines.includes('My name:'))

  // Following the e-mail's link leaves the page where it is, and back leads back with the list as it is now.
  await page.locator('.mail').focus()
  await page.evaluate(() => addEventListener('click', (event) => event.preventDefault(), { once: true }))
  await page.keyboard.press('Enter')
  assert.deepEqual(await chosen(page), [second.name, third.name, first.name])
  await page.goBack()
  await page.waitForSelector('.people')
  assert.equal(await list(page), `${second.id}.${third.id}.${first.id}`)
  assert.equal(await bar(page).locator('span').innerText(), '3 of 3 chosen')

  // Removing leads the focus to who comes next, and at last to the words for nobody.
  await page.goForward()
  await page.waitForSelector('.chosen > li')
  await press(page, 'Tab', "document.activeElement.matches('.chosen li:first-child button[value=\"0\"]')")
  await page.keyboard.press('Enter')
  assert.deepEqual(await chosen(page), [third.name, first.name])
  assert.ok(await page.evaluate(() => document.activeElement.matches('.chosen li:first-child button')))
  for (let left = 2; left > 0; left -= 1) {
    await press(page, 'Tab', "document.activeElement.matches('button[value=\"0\"]')")
    await page.keyboard.press('Enter')
  }
  assert.match(await page.locator('.choices').innerText(), /^Nobody is chosen yet/)
  assert.ok(await page.evaluate(() => document.activeElement.matches('.choices a')))
  assert.equal(await list(page), null)
  assert.deepEqual([...page.seen, ...(await storage(page))], [])
  await page.context().close()
})

test('going back from a profile keeps what was chosen there', async () => {
  const page = await open('mentors/')
  const [first, second] = await three(page)
  await page.getByRole('link', { name: first.name }).first().click()
  await page.waitForSelector('.choose')
  await page.locator('.choose button').click()
  await page.goBack()
  await page.waitForSelector('.filter')
  assert.equal(await bar(page).locator('span').innerText(), '1 of 3 chosen')
  assert.equal(await list(page), first.id)
  await page.locator('.people li:nth-child(2) .choose button').click()
  await page.goForward()
  await page.waitForFunction(() => document.querySelector('.bar-foot span')?.textContent === '2 of 3 chosen')
  assert.equal(await list(page), `${first.id}.${second.id}`)
  // A choice of the filter after a choice of a mentor: back takes back the filter alone.
  await page.goBack()
  await page.waitForSelector('.filter')
  await page.locator('input[value=promotion]').check()
  await page.waitForURL(/offer=promotion/)
  await page.locator('.choose button:visible').nth(2).click()
  await page.goBack()
  await page.waitForFunction(() => !location.search.includes('offer'))
  assert.equal(await bar(page).locator('span').innerText(), '3 of 3 chosen')
  await page.context().close()
})

test('headings of a biography are not taken for what the page is made of', async () => {
  const page = await open('mentors/sample-0006/')
  assert.equal(await page.locator('.body h2', { hasText: /^(Shortlist|Filter|Main|Choices)$/ }).count(), 4)
  await page.locator('.choose button').click()
  assert.equal(await bar(page).locator('span').innerText(), '1 of 3 chosen')
  assert.equal(await page.locator('[id=main]').count(), 1)
  await page.getByRole('link', { name: 'Above' }).click()
  assert.equal(await page.evaluate(() => document.querySelector(':target').textContent), 'Main')
  assert.deepEqual(page.seen, [])
  await page.context().close()
})

test('a link to a shortlist shows the same to somebody else, in the other language too', async () => {
  const page = await open('mentors/shortlist/?list=sample-0003.sample-0001.sample-0002')
  await page.waitForSelector('.chosen > li')
  const names = await chosen(page)
  assert.equal(names.length, 3)
  await page.locator('.languages a[hreflang=cy]').click()
  await page.waitForSelector('html[lang=cy] .chosen > li')
  await page.waitForURL(({ pathname }) => pathname === '/cy/mentors/shortlist/')
  assert.deepEqual(await chosen(page), names)
  assert.ok((await page.locator('.chosen .name a').first().getAttribute('href')).startsWith('/cy/mentors/'))
  await page.context().close()
})

test('going back to the other language keeps what was chosen there', async () => {
  const page = await open('mentors/sample-0004/')
  await page.locator('.languages a[hreflang=cy]').click()
  await page.waitForSelector('html[lang=cy] .choose')
  await page.locator('.choose button').click()
  await page.goBack()
  await page.waitForSelector('html[lang=en] .choose')
  assert.equal(await list(page), 'sample-0004')
  assert.equal(await bar(page).locator('span').innerText(), '1 of 3 chosen')
  await page.context().close()
})

test('the form is filled in with the names in their order', async () => {
  const page = await open('mentors/shortlist/?list=sample-0003.sample-0007')
  await page.waitForSelector('.chosen > li')
  const [first, second] = await chosen(page)
  const address = async () => new URL(await page.locator('.form a').getAttribute('href'))
  const form = await address()
  assert.equal(form.origin + form.pathname, 'https://forms.office.com/Pages/ResponsePage.aspx')
  assert.deepEqual(Object.fromEntries(form.searchParams), {
    id: 'sample', r1a: `"${first}"`, r2b: `"${second}"`, r4d: `"1. ${first}; 2. ${second}"`,
  })
  await page.getByRole('button', { name: `Move up: ${second}` }).click()
  assert.equal((await address()).searchParams.get('r1a'), `"${second}"`)
  await page.context().close()
})

test('whoever is no longer listed is named nowhere, and is not in the e-mail', async () => {
  // sample-0011 has withdrawn, sample-0005 is paused; further down, words of addresses are no people.
  const page = await open('mentors/shortlist/?list=sample-0011.sample-0001.sample-0005')
  await page.waitForSelector('.chosen > li')
  const names = await chosen(page)
  assert.match(names[0], /^No longer listed/)
  assert.equal(names[0], names[2])
  const mail = letter(await page.locator('.mail').getAttribute('href'))
  assert.ok(mail.body.includes(`1. ${names[1]}`) && !/sample-0011|sample-0005/.test(mail.body), mail.body)
  await page.locator('.chosen li:first-child button[value="0"]').click()
  assert.equal((await chosen(page)).length, 2)
  const odd = await open('mentors/shortlist/?list=shortlist.page')
  await odd.waitForSelector('.chosen > li')
  assert.ok((await chosen(odd)).every((text) => text.startsWith('No longer listed')))
  // With nobody left there is nobody to write about: neither an e-mail nor the form is offered.
  assert.equal(await odd.locator('.mail, .form a').filter({ visible: true }).count(), 0)
  assert.match(await odd.locator('.lost').innerText(), /^Nobody on this list is listed any longer/)
  assert.equal(await page.locator('.lost').isVisible(), false)
  await page.getByRole('button', { name: /^Remove: (?!No longer)/ }).click()
  assert.ok(await page.locator('.lost').isVisible())
  assert.equal(await page.locator('.mail').isVisible(), false)
  await Promise.all([page.context().close(), odd.context().close()])
})

test('what is no shortlist in the address is ignored, and the address made clean', async () => {
  const hostile = '<img src=x onerror=alert(1)>'
  for (const path of ['mentors/', 'mentors/sample-0004/', 'mentors/shortlist/']) {
    for (const [typed, left] of [
      ['SAMPLE-0003', null],
      ['Sample-0003.sample-0003', 'sample-0003'],
      ['sample-0003.sample-0003', 'sample-0003'],
      ['sample-0001.sample-0002.sample-0003.sample-0004', 'sample-0001.sample-0002.sample-0003'],
      [`${hostile}.sample-0003."><script>alert(1)</script>`, 'sample-0003'],
      ['../../evil/..%2f.javascript:alert(1)', null],
      ['\u0000.s\u0430mple-0003.sample-0003 .' + 'a'.repeat(5000), null],
    ]) {
      const page = await open(`${path}?q=sleep&list=${encodeURIComponent(typed)}&list=sample-0007`)
      const dialogs = []
      page.on('dialog', (dialog) => { dialogs.push(dialog.message()); dialog.dismiss() })
      const state = () => page.evaluate(() => String(new URLSearchParams(location.search)))
      const wanted = String(new URLSearchParams({ q: 'sleep', ...(left && { list: left }) }))
      const made = path.endsWith('shortlist/') ? (left ? '.chosen > li' : '.choices > p') : '.choose button'
      // The filter may hide the first of them.
      await page.waitForSelector(made, { state: 'attached' })
      assert.equal(await state(), wanted, `${path} ${typed}`)
      if (path.endsWith('shortlist/')) assert.equal((await chosen(page)).length, left ? left.split('.').length : 0)
      else assert.equal(await bar(page).isVisible(), Boolean(left))
      assert.equal(await page.locator('main :is(img[src=x], script)').count(), 0)
      assert.deepEqual([...dialogs, ...page.seen], [], `${path} ${typed}`)
      await page.context().close()
    }
  }
})

test('an id that nobody has is told once, counts for nobody and is carried nowhere', async () => {
  // The whole directory is on one page: there it is known at once.
  const page = await open('mentors/?list=nobody.sample-0003')
  assert.equal(await list(page), 'sample-0003')
  assert.equal(await bar(page).locator('span').innerText(), '1 of 3 chosen')
  // A profile cannot know; the shortlist's own page can.
  await page.goto(`${site.home}mentors/sample-0004/?list=nobody.sample-0003.page`)
  assert.equal(await list(page), 'nobody.sample-0003.page')
  await page.locator('.bar-foot a').click()
  await page.waitForSelector('.chosen > li')
  const names = await chosen(page)
  assert.deepEqual(names.map((name) => name.startsWith('No longer listed')), [true, false, true])
  assert.equal(await list(page), 'sample-0003')
  await page.getByRole('button', { name: /^Remove: No longer/ }).first().click()
  assert.equal(await list(page), 'sample-0003')
  await page.waitForFunction(() => document.querySelector('[role=status]').textContent === '1 of 3 chosen')
  await page.locator('.chosen .name a').click()
  await page.waitForSelector('.choose button')
  assert.equal(await list(page), 'sample-0003')
  await page.context().close()
})

test('without a connection it says so and keeps the addresses', async () => {
  const page = await open('mentors/')
  await page.goto(`${site.home}mentors/shortlist/`)
  await page.route('**/sample-*/', (route) => route.abort())
  await page.goto(`${site.home}mentors/shortlist/?list=sample-0003`)
  await page.waitForSelector('.chosen > li')
  assert.match(await page.locator('.chosen .post').innerText(), /cannot be read here/)
  assert.match(await page.locator('.chosen a').innerText(), /\/mentors\/sample-0003\/$/)
  const address = `${site.home}mentors/sample-0003/`
  assert.ok(letter(await page.locator('.mail').getAttribute('href')).body.includes(`\r\n1. ${address}\r\n`))
  const form = new URL(await page.locator('.form a').getAttribute('href'))
  assert.deepEqual(Object.fromEntries(form.searchParams), { id: 'sample', r1a: `"${address}"`, r4d: `"1. ${address}"` })
  assert.equal(await page.locator('.chosen button[value="0"]').getAttribute('aria-label'), `Remove: ${address}`)
  await page.context().close()
})

test('opened from a file it says in words what to do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mentors-'))
  try {
    await cp(folders.directory(300), folder, { recursive: true })
    const page = await browser.newPage()
    const errors = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`file://${folder}/mentors/shortlist/index.html?list=sample-0003`)
    await page.waitForTimeout(300)
    assert.match(await page.locator('main').innerText(), /Ask for this mentor/)
    assert.deepEqual(errors, [])
    await page.close()
  } finally {
    await rm(folder, { recursive: true })
  }
})

describe('without script', () => {
  test('the shortlist says what to do, and each profile has a way to ask', async () => {
    const page = await open('mentors/', { javaScriptEnabled: false })
    await page.locator('.order a').click()
    await page.waitForURL(({ pathname }) => pathname === '/mentors/shortlist/')
    const text = await page.locator('main').innerText()
    assert.match(text, /“Ask for this mentor” on her page/)
    assert.equal(await page.locator('main :is(button, input, ol)').count(), 0)
    assert.equal(await page.locator('.choices a[href="mailto:scheme@example.org"]').count(), 1)
    await page.locator('.choices a[href="/mentors/"]').click()
    await page.locator('.people .name a').first().click()
    const name = await page.locator('h1').innerText()
    assert.equal(await page.locator('main button').count(), 0)
    assert.equal(letter(await page.locator('.action a').getAttribute('href')).subject, `I would like ${name} as my mentor`)
    await page.context().close()
  })
})

test('printed, it is a page to take along: names, posts and addresses, no controls', async () => {
  const page = await open('mentors/shortlist/?list=sample-0003.sample-0001')
  await page.waitForSelector('.chosen > li')
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.locator('main button:visible').count(), 0)
  assert.equal(await page.locator('.chosen .post:visible').count(), 2)
  const address = await page.locator('.chosen .name a').first().evaluate((link) => getComputedStyle(link, '::after').content)
  assert.match(address, /mentors\/sample-0003\//)
  await page.context().close()
})
