// Turns the built site into what the tests look at: a browser, a server, a list of all pages with their links and
// fragments, and one page of every kind. The kinds are read from the pages, so that a new one is tested unasked.

import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { chromium } from 'playwright-core'
import { serve } from './server.mjs'

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS })
}

function named(variable) {
  const value = process.env[variable]
  if (!value) throw new Error(`${variable} is not set: run these tests with "bash tests/browser/run"`)
  return value
}

/** The folders of the two builds, of the samples and of generated directories, and the address that the second was built for. */
export const folders = {
  get root() { return named('MENTORPRESS_ROOT_SITE') },
  get based() { return named('MENTORPRESS_BASED_SITE') },
  get samples() { return named('MENTORPRESS_SAMPLE_SITES') },
  /** A directory of generated people: 300, 1000, or 300 on pages of 20 ('paged'). */
  directory(people) { return join(named('MENTORPRESS_DIRECTORIES'), String(people)) },
  get address() { return named('MENTORPRESS_BASE') },
  /** The demonstration in the second theme, and the site of every component in both. */
  get themes() { return named('MENTORPRESS_THEMES') },
  /** The demonstration with `links: index`. */
  get indexed() { return named('MENTORPRESS_INDEXED_SITE') },
  /** The file with what `mentorpress hosting headers` says of the demonstration. */
  get headers() { return named('MENTORPRESS_HEADERS') },
}

export const serveRoot = () => serve(folders.root)
export const serveDirectory = (people) => serve(folders.directory(people))
export const serveBased = () => serve(folders.based, { base: new URL(folders.address).pathname })

/** All files of a folder, as paths with `/`, sorted. */
export async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .sort()
}

/**
 * Every HTML file of `folder`, parsed by the browser and not run: its path within the site, its kind, its fragments
 * and everything in it that names another address.
 */
export async function documents(browser, folder) {
  const page = await browser.newPage()
  const found = []
  for (const file of (await files(folder)).filter((name) => name.endsWith('.html'))) {
    const read = await page.evaluate((html) => {
      const parsed = new DOMParser().parseFromString(html, 'text/html')
      const main = parsed.querySelector('main')
      const refresh = parsed.querySelector('meta[http-equiv=refresh i]')?.content.match(/^(\d+); url=(.+)$/)
      const links = []
      for (const name of ['href', 'src', 'action', 'poster', 'data']) {
        for (const element of parsed.querySelectorAll(`[${name}]`)) {
          links.push({ tag: element.localName, rel: element.rel || undefined, target: element.getAttribute(name) })
        }
      }
      for (const element of parsed.querySelectorAll('[srcset]')) {
        for (const part of element.srcset.split(',')) links.push({ tag: element.localName, target: part.trim().split(/\s+/)[0] })
      }
      for (const element of parsed.querySelectorAll('template#search')) links.push({ tag: 'template', target: element.dataset.index })
      if (refresh) links.push({ tag: 'meta', target: refresh[2] })
      return {
        kind: refresh ? 'redirect' : main?.className.split(' ').find((name) => name !== 'wrap'),
        redirect: refresh && { seconds: Number(refresh[1]), target: refresh[2] },
        title: parsed.title,
        lang: parsed.documentElement.lang,
        ids: [...parsed.querySelectorAll('[id]')].map((element) => element.id),
        links,
        has: {
          contents: Boolean(parsed.querySelector('.contents')),
          entries: Boolean(parsed.querySelector('main > .entries')),
          facet: Boolean(parsed.querySelector('.facets [aria-current]')),
          full: Boolean(parsed.querySelector('dd.places.full')),
        },
      }
    }, await readFile(join(folder, file), 'utf8'))
    const path = basename(file) === 'index.html' ? file.slice(0, -'index.html'.length) : file
    found.push({ file, path, ...read })
  }
  await page.close()
  return found
}

/** The special pages within a kind; the first that fits a page names it. */
const FINER = [
  ['page', 'archive', (page) => page.has.entries],
  ['page', 'page with contents', (page) => page.has.contents],
  ['mentors', 'facet list', (page) => page.has.facet],
  ['mentor', 'full mentor', (page) => page.has.full],
]

/** What the demonstration must have; a kind that is missing is a failure of the tests, not a reason to test less. */
export const EXPECTED = [
  'accessibility-statement', 'archive', 'code-of-conduct', 'event', 'events', 'facet list', 'full mentor', 'home', 'mentor', 'mentors',
  'missing', 'news', 'page', 'page with contents', 'participant-information', 'privacy-notice', 'publication', 'redirect', 'report', 'reports',
  'search', 'shortlist',
]

/** One page of every kind, as a map from kind to page, in order of the names. */
export function sample(pages) {
  const kinds = new Map()
  for (const page of pages) {
    const finer = FINER.find(([kind, , fits]) => kind === page.kind && fits(page))
    const kind = finer?.[1] ?? page.kind ?? `unknown: ${page.file}`
    // The longest page of a kind has most to get wrong.
    if (!kinds.has(kind) || kinds.get(kind).links.length < page.links.length) kinds.set(kind, page)
  }
  return new Map([...kinds].sort(([a], [b]) => a.localeCompare(b)))
}

/** Lets `page` stop at a page that would lead elsewhere at once, by taking the refresh out of what it is sent. */
export async function stay(page, address) {
  await page.route(address, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: (await response.text()).replace(/<meta [^>]*http-equiv="?refresh[^>]*>/i, '') })
  })
}
