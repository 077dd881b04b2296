// What hosts do with the site: policies in headers, in pages, and in both, without a word of the browser's; and a host that
// does not answer with the index.html of a folder.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, describe, test } from 'node:test'
import { deadLinks, watch } from './checks.mjs'
import { headersOf, serve } from './server.mjs'
import { documents, folders, launch, sample } from './site.mjs'

const browser = await launch()
const headers = headersOf(await readFile(folders.headers, 'utf8'))
const META = /<meta [^>]*Content-Security-Policy[^>]*>/i
const without = (html) => html.replace(META, '')
const hosts = {
  'in the page alone': await serve(folders.root),
  'in the header alone': await serve(folders.root, { headers, edit: without }),
  'in both': await serve(folders.root, { headers }),
}
const bucket = await serve(folders.indexed, { hasIndex: false })
const pages = await documents(browser, folders.root)
const indexed = await documents(browser, folders.indexed)
after(() => Promise.all([browser.close(), bucket.close(), ...Object.values(hosts).map((host) => host.close())]))

for (const [where, host] of Object.entries(hosts)) {
  describe(`with the policy ${where}`, () => {
    for (const [kind, { path, redirect }] of sample(pages)) {
      test(`${kind}: /${path} breaks nothing`, async () => {
        const page = await browser.newPage()
        const seen = await watch(page, host.origin)
        const response = await page.goto(host.home + path, { waitUntil: redirect ? 'commit' : 'load' })
        if (redirect) await page.waitForURL(host.origin + redirect.target)
        else assert.equal(META.test(await response.text()), where !== 'in the header alone')
        await page.waitForTimeout(100)
        assert.deepEqual(seen, [])
        await page.close()
      })
    }

    test('what the policy forbids is forbidden', async () => {
      const page = await browser.newPage()
      const seen = await watch(page, host.origin)
      await page.route(host.home, async (route) => {
        const response = await route.fetch()
        await route.fulfill({ response, body: (await response.text()).replace('</body>', '<script>document.title = "run"</script></body>') })
      })
      await page.goto(host.home)
      assert.notEqual(await page.title(), 'run')
      assert.ok(seen.some((message) => message.includes('Content Security Policy')), seen.join())
      await page.close()
    })
  })
}

test('the header is the policy of the page, and forbids frames besides', async () => {
  const host = hosts['in both']
  for (const { path, kind } of pages) {
    const response = await fetch(host.home + path)
    const own = (await response.text()).match(/Content-Security-Policy" content="([^"]*)"/i)[1].replaceAll('&#39;', "'")
    // A former address below the directory has the stricter policy of a page that leads on.
    if (kind !== 'redirect') assert.equal(response.headers.get('content-security-policy'), `${own}; frame-ancestors 'none'`, path)
  }
})

test('another site cannot show a page in a frame where the header says so', async () => {
  const frame = (home) => serve(folders.root, { pages: { '/frame': `<!doctype html><title>x</title><iframe src="${home}"></iframe>` } })
  for (const [where, shows] of [['in both', false], ['in the page alone', true]]) {
    const other = await frame(hosts[where].home)
    const page = await browser.newPage()
    await page.goto(`${other.origin}/frame`)
    const framed = page.frames()[1]
    await framed.waitForLoadState()
    assert.equal(await framed.evaluate(() => Boolean(document.querySelector('h1.site, main'))).catch(() => false), shows, where)
    await page.close()
    await other.close()
  }
})

describe('on a host without directory index', () => {
  test('every link leads to something', async (t) => {
    const byFile = indexed.map((page) => ({ ...page, path: page.file }))
    const dead = await deadLinks(byFile, 'https://aimms.example.org/', bucket)
    t.diagnostic(`${dead.count} links on ${indexed.length} pages`)
    assert.ok(dead.count > 500)
    assert.deepEqual([...dead], [])
  })

  test('mentors are filtered, chosen, and found again on the shortlist', async () => {
    const page = await browser.newPage()
    const seen = await watch(page, bucket.origin)
    await page.goto(`${bucket.home}mentors/index.html`)
    const names = await page.locator('.people .name a').allTextContents()
    for (const at of [0, 1]) await page.locator('.people > li button').nth(at).click()
    await page.locator('.bar-foot a').click()
    await page.waitForURL(/mentors\/shortlist\/index\.html\?list=/)
    await page.locator('.chosen li').nth(1).waitFor()
    assert.deepEqual(await page.locator('.chosen .name a').allTextContents(), names.slice(0, 2))
    const href = await page.locator('.chosen .name a').first().getAttribute('href')
    assert.match(href, /^\/mentors\/[a-z0-9-]+\/index\.html/)
    await page.locator('.chosen .name a').first().click()
    await page.waitForURL(/\/index\.html\?list=/)
    assert.equal(await page.locator('h1').last().textContent(), names[0])
    assert.deepEqual(seen, [])
    await page.close()
  })
})
