// The filter of a directory of 300 people who do not exist, in a real browser: what it shows is worked out here once
// more from the page as it was served.

import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { watch } from './checks.mjs'
import { launch, serveDirectory } from './site.mjs'

const browser = await launch()
const site = await serveDirectory(300)
after(() => Promise.all([browser.close(), site.close()]))

async function open(query = '', options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  page.seen = await watch(page, site.origin)
  await page.goto(`${site.home}mentors/${query}`)
  return page
}

/** Everybody on the page: name, terms, whether she has places, what is said of her, and whether she is shown. */
const people = (page) => page.evaluate(() => [...document.querySelectorAll('.people > li')].map((entry) => ({
  name: entry.querySelector('.name a').textContent,
  terms: entry.dataset.terms.split(' '),
  free: Boolean(entry.querySelector('.free')),
  text: `${entry.textContent} ${entry.dataset.also ?? ''}`,
  shown: entry.checkVisibility(),
})))
const shown = async (page) => (await people(page)).filter((person) => person.shown).map(({ name }) => name)
const box = (page, name, value) => page.locator(`input[name="${name}"][value="${value}"]`)
const state = (page) => new URL(page.url()).searchParams.toString()
/** The number that stands with a box. */
const count = async (page, name, value) => Number(await box(page, name, value).locator('xpath=..').locator('.muted').innerText())

describe('choices', () => {
  test('within a group any, all groups together, and the counts follow the other choices', async () => {
    const page = await open()
    const all = await people(page)
    assert.ok(all.length > 250 && all.every((person) => person.shown))
    await box(page, 'offer', 'promotion').check()
    await box(page, 'offer', 'leadership').check()
    await box(page, 'stage', 'reader').check()
    const has = (person, ...terms) => terms.some((term) => person.terms.includes(term))
    const offered = all.filter((person) => has(person, 'offer/promotion', 'offer/leadership'))
    const found = offered.filter((person) => has(person, 'stage/reader'))
    assert.ok(found.length > 5 && found.length < offered.length)
    assert.deepEqual(await shown(page), found.map(({ name }) => name), 'in the order that they were in')
    // A count is of what would be there with that box, whatever else is ticked in its own group.
    const readers = all.filter((person) => has(person, 'stage/reader'))
    assert.equal(await count(page, 'offer', 'teaching'), readers.filter((person) => has(person, 'offer/teaching')).length)
    assert.equal(await count(page, 'stage', 'professor'), offered.filter((person) => has(person, 'stage/professor')).length)
    assert.equal(await count(page, 'institution', 'leeds'), found.filter((person) => has(person, 'institution/leeds')).length)
    assert.equal(await count(page, 'free', '1'), found.filter((person) => person.free).length)
    await box(page, 'free', '1').check()
    assert.deepEqual(await shown(page), found.filter((person) => person.free).map(({ name }) => name))
    const free = found.filter((person) => person.free).length
    assert.equal(await page.locator('.count').innerText(), `${free} of ${all.length} shown, ${free} with places free`)
    assert.deepEqual(page.seen, [])
    await page.context().close()
  })

  test('nobody is said in words, and clearing brings everybody back', async () => {
    const page = await open('?q=zzzzzz')
    assert.deepEqual(await shown(page), [])
    assert.match(await page.locator('.count').innerText(), /^Nobody/)
    await page.getByRole('button', { name: 'Clear' }).click()
    assert.equal((await shown(page)).length, (await people(page)).length)
    assert.equal(await page.evaluate(() => document.activeElement.name), 'q')
    assert.match(await page.locator('.count').innerText(), /^\d+ mentors/)
    await page.waitForFunction(() => location.search === '')
    await page.context().close()
  })

  test('a list narrows further, and does not offer its own term', async () => {
    const page = await open('offer/promotion/')
    assert.equal(await box(page, 'offer', 'promotion').count(), 0)
    const all = await people(page)
    await box(page, 'offer', 'leadership').check()
    assert.deepEqual(await shown(page), all.filter(({ terms }) => terms.includes('offer/leadership')).map(({ name }) => name))
    await page.context().close()
  })
})

test('on a list in several pages the lists stay, and the other pages take the choices over', async () => {
  const paged = await serveDirectory('paged')
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(`${paged.home}mentors/page/2/`)
  assert.match(await page.locator('.filter .hint').innerText(), /on this page only/)
  const form = await page.locator('.filter').boundingBox()
  const lists = await page.locator('nav.facets').boundingBox()
  const results = await page.locator('.results').boundingBox()
  assert.ok(form.y + form.height <= lists.y && lists.x + lists.width < results.x, 'the form, the lists below it, people beside both')
  await box(page, 'offer', 'promotion').check()
  await page.locator('input[name=q]').fill('sample')
  await page.locator('.pager a[rel=next]').click()
  await page.waitForURL(/page\/3\//)
  assert.equal(state(page), 'q=sample&offer=promotion')
  const found = await people(page)
  assert.ok(found.some((person) => person.shown))
  assert.ok(found.every((person) => person.shown === person.terms.includes('offer/promotion')))
  // The list of everybody, the filter left behind.
  await page.locator('nav.facets a', { hasText: 'Leadership' }).click()
  await page.waitForURL(/offer\/leadership\/$/)
  const numbers = await page.locator('.pager li').allInnerTexts()
  assert.ok(numbers.includes('1') && numbers.length < 14, numbers.join())
  await Promise.all([page.close(), paged.close()])
})

describe('words', () => {
  for (const [typed, fits] of [
    ['sian', /Siân/], ['SIÂN', /Siân/], ['lucja', /Łucja/], ['soren', /Søren/], ["o'sample", /O’Sample|Ösample/], ['美玲', /美玲/],
    ['الأمل', /الأمل/], ['наука образец', /$^/], ['анна', /Анна/], ['leeds', /University of Leeds/], ['birth cohorts', /Birth cohorts/],
    ['grant applications', /Grant applications/],
  ]) {
    test(`"${typed}"`, async () => {
      const page = await open()
      await page.locator('input[name=q]').fill(typed)
      const all = await people(page)
      const wanted = all.filter(({ text }) => fits.test(text)).map(({ name }) => name)
      const found = all.filter((person) => person.shown)
      assert.deepEqual(found.map(({ name }) => name), wanted)
      await page.context().close()
    })
  }

  test('the words that label what is said of everybody find nobody', async () => {
    const page = await open()
    const labels = await page.evaluate(() => [...new Set([...document.querySelectorAll('.people .muted, .people .choose button, .people .places')].map((part) => part.textContent))])
    assert.ok(labels.length > 3 && labels.includes('Helps with'), labels.join())
    for (const label of labels) {
      await page.locator('input[name=q]').fill(label)
      assert.deepEqual(await shown(page), [], label)
    }
    await page.locator('input[name=q]').fill('yoruba')
    const speaking = (await people(page)).filter(({ text }) => text.includes('Yoruba')).map(({ name }) => name)
    assert.ok(speaking.length > 3)
    assert.deepEqual(await shown(page), speaking)
    await page.context().close()
  })

  test('a discipline is found although entries do not say it', async () => {
    const page = await open()
    const all = await people(page)
    await page.locator('input[name=q]').fill('cancer gen')
    for (const { shown: isShown, terms } of await people(page)) {
      if (terms.includes('discipline/cancer-genetics')) assert.ok(isShown)
    }
    assert.ok((await shown(page)).length < all.length / 2)
    await page.context().close()
  })
})

describe('the address', () => {
  test('holds the choices; back takes the last one back, and words as one', async () => {
    const page = await open()
    const all = (await shown(page)).length
    await box(page, 'offer', 'promotion').check()
    await page.waitForFunction(() => location.search === '?offer=promotion')
    const first = await shown(page)
    await page.locator('input[name=q]').pressSequentially('sian', { delay: 40 })
    await page.waitForFunction(() => location.search.includes('q=sian'))
    assert.equal(state(page), 'q=sian&offer=promotion')
    const second = await shown(page)
    assert.ok(second.length < first.length && first.length < all)
    await page.goBack()
    assert.deepEqual(await shown(page), first)
    assert.equal(await page.locator('input[name=q]').inputValue(), '')
    await page.goBack()
    assert.equal((await shown(page)).length, all)
    assert.equal(await box(page, 'offer', 'promotion').isChecked(), false)
    await page.goForward()
    await page.goForward()
    assert.deepEqual(await shown(page), second)
    // Somebody else with the same link sees the same, a profile and back changes nothing.
    const other = await open(new URL(page.url()).search)
    assert.deepEqual(await shown(other), second)
    await page.locator('.people .name a:visible').first().click()
    await page.waitForURL(/sample-\d+/)
    await page.goBack()
    await page.waitForSelector('.filter')
    assert.deepEqual(await shown(page), second)
    await Promise.all([page.context().close(), other.context().close()])
  })

  test('has the last words too when the page is left at once', async () => {
    for (const leave of [() => document.querySelector('.people > li:not([hidden]) .name a').click(), () => location.assign('about/../sample-0004/')]) {
      const page = await open()
      await page.locator('input[name=q]').fill('si')
      await page.waitForFunction(() => location.search === '?q=si')
      await page.evaluate((source) => {
        const input = document.querySelector('input[name=q]')
        input.value = 'sian'
        input.dispatchEvent(new Event('input', { bubbles: true }))
        return new Function(`(${source})()`)()
      }, String(leave))
      await page.waitForURL(/sample-\d+/)
      await page.goBack()
      await page.waitForSelector('.filter')
      assert.equal(state(page), 'q=sian')
      assert.equal(await page.locator('input[name=q]').inputValue(), 'sian')
      await page.context().close()
    }
  })

  for (const query of ['?list=../../x', '?offer=%3Cscript%3Ealert(1)%3C/script%3E', '?offer=__proto__&constructor=1', '?q=%3Cimg%20src=x%20onerror=alert(1)%3E&list=%3Cb%3E.__proto__', '?list=a.b.c.d.e.f.g.h.i.j', `?q=${'a'.repeat(5000)}`, '?%E0%A4%A']) {
    test(`does nothing bad with ${query.slice(0, 60)}`, async () => {
      for (const path of ['', 'shortlist/', 'sample-0000/']) {
        const page = await open(path + query)
        page.on('dialog', () => assert.fail('a dialog'))
        // Ids that nobody has may be asked for, and are answered with 404.
        const trouble = page.seen.filter((what) => !/answer 404|404 \(Not Found\)/.test(what))
        assert.deepEqual(trouble, [], path)
        const asked = page.seen.filter((what) => what.startsWith('answer'))
        assert.ok(asked.length <= 3 && asked.every((what) => what.includes(`${site.home}mentors/`)), asked.join())
        assert.equal(await page.locator('main script, main b, main img').count(), 0)
        const chosen = await page.locator('.bar-foot:visible').allInnerTexts()
        assert.ok(chosen.every((text) => /[0-3] of 3/.test(text)))
        if (path === '' && !query.includes('q=')) assert.ok((await shown(page)).length > 250)
        await page.context().close()
      }
    })
  }
})

test('what is announced waits until typing rests', async () => {
  const page = await open()
  await page.evaluate(() => {
    window.announced = []
    new MutationObserver(() => window.announced.push(document.querySelector('[role=status]').textContent))
      .observe(document.querySelector('[role=status]'), { childList: true, characterData: true, subtree: true })
  })
  await page.locator('input[name=q]').pressSequentially('sian', { delay: 60 })
  await page.waitForTimeout(900)
  const announced = await page.evaluate(() => window.announced)
  assert.deepEqual(announced, [await page.locator('.count').innerText()])
  await page.context().close()
})

test('by keyboard alone: into the words, to a box, to a name', async () => {
  const page = await open()
  const press = async (key, until) => {
    for (let times = 0; times < 80; times += 1) {
      await page.keyboard.press(key)
      if (await page.evaluate(until)) return
    }
    assert.fail(`never came to ${until}`)
  }
  await press('Tab', "document.activeElement.name === 'q'")
  await page.keyboard.type('sample')
  await press('Tab', "document.activeElement.value === 'leadership'")
  await page.keyboard.press('Space')
  await press('Tab', "document.activeElement.textContent === 'Go to the list'")
  await page.keyboard.press('Enter')
  assert.ok(await page.evaluate(() => document.activeElement.matches('.count')))
  await press('Tab', "document.activeElement.matches('.people .name a')")
  const names = await shown(page)
  assert.equal(await page.evaluate(() => document.activeElement.textContent), names[0])
  await page.keyboard.press('Enter')
  await page.waitForURL(/sample-\d+/)
  assert.equal(await page.locator('h1').innerText(), names[0])
  await page.context().close()
})

test('on a phone the words stand above the list and the groups are folded, open where one is in use', async () => {
  const phone = { viewport: { width: 360, height: 740 } }
  const page = await open('', phone)
  assert.ok(await page.locator('input[name=q]').isVisible())
  assert.equal(await box(page, 'offer', 'promotion').isVisible(), false)
  await page.locator('.filter summary').click()
  assert.ok(await box(page, 'offer', 'promotion').isVisible())
  const used = await open('?offer=promotion', phone)
  assert.ok(await box(used, 'offer', 'promotion').isVisible())
  await Promise.all([page.context().close(), used.context().close()])
})

test('without script there is no dead control, and lists do what the filter does', async () => {
  const page = await open('?q=sian&offer=promotion', { javaScriptEnabled: false })
  assert.equal(await page.locator('main :is(input, button, select, textarea)').count(), 0)
  assert.equal(await page.locator('.people > li:visible').count(), await page.locator('.people > li').count())
  const link = page.locator('.facets a', { hasText: 'Promotion' })
  await link.click()
  await page.waitForURL(({ pathname }) => pathname === '/mentors/offer/promotion/')
  await page.context().close()
})

test('a thousand people stay smooth: a keystroke takes less than 50 ms', async (t) => {
  const thousand = await serveDirectory(1000)
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(`${thousand.home}mentors/`)
  assert.ok(await page.locator('.people > li').count() > 900)
  // Three rounds, of which the best stands for the browser when nothing else runs.
  const rounds = []
  for (let round = 0; round < 3; round += 1) {
    rounds.push(await page.evaluate(() => {
      const input = document.querySelector('input[name=q]')
      return ['s', 'sa', 'sam', 'samp', 'sam', 'sa', 'x', 'xi', 'xin', '', 'l', 'le', 'lead', ''].map((text) => {
        const start = performance.now()
        input.value = text
        input.dispatchEvent(new Event('input', { bubbles: true }))
        // With the layout that follows.
        document.querySelector('main').getBoundingClientRect()
        return performance.now() - start
      })
    }))
  }
  const longest = rounds.map((times) => Math.max(...times))
  const all = rounds.flat().sort((a, b) => a - b)
  t.diagnostic(`median ${all[all.length >> 1].toFixed(1)} ms; longest of each round ${longest.map((time) => time.toFixed(1)).join(', ')} ms`)
  assert.ok(Math.min(...longest) < 50, longest.join())
  await Promise.all([page.close(), thousand.close()])
})
