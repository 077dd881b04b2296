// The demonstration, served with the headers that hosts are told -> Lighthouse's scores, page by page.
//
// The site is built for the address that it is served at, or its canonical links would lead elsewhere.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { headersOf, serve } from '../../tests/browser/server.mjs'

const [program, project, folder] = process.argv.slice(2)
const { resolve } = createRequire(join(folder, 'package.json'))
const installed = async (name) => import(pathToFileURL(resolve(name)))
const { default: lighthouse, desktopConfig } = await installed('lighthouse')
const { launch } = await installed('chrome-launcher')

const PAGES = { home: '', directory: 'mentors/', profile: 'mentors/amara/', report: 'reports/aimms/2022-23/' }
// Lists of people and profiles have no description for search engines: of people they are told what people agreed to.
const WANTED = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 90 }
// It asks for the file from within the page, which the page's policy forbids.
const SKIPPED = ['robots-txt']

const out = join(folder, 'site')
let rules = () => ({})
const site = await serve(out, { headers: (path) => rules(path) })
const common = ['--site', project, '--date', '2026-11-21', '--base-url', site.home]
execFileSync(program, ['build', ...common, '--out', out], { stdio: ['ignore', 'ignore', 'inherit'] })
execFileSync(program, ['hosting', 'headers', ...common, '--out', join(folder, 'headers')])
rules = headersOf(readFileSync(join(folder, 'headers'), 'utf8'))

const chrome = await launch({
  chromePath: process.env.CHROMIUM || '/usr/bin/chromium',
  chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
})
const names = Object.keys(WANTED)
const row = (first, cells) => console.log(first.padEnd(22) + cells.map((cell) => String(cell).padStart(16)).join(''))
row('', names)
let isFine = true
for (const [device, config] of [['telephone', undefined], ['desk', desktopConfig]]) {
  for (const [name, path] of Object.entries(PAGES)) {
    const { lhr } = await lighthouse(site.home + path, { port: chrome.port, logLevel: 'silent', onlyCategories: names, skipAudits: SKIPPED }, config)
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message)
    const scores = names.map((category) => Math.round(lhr.categories[category].score * 100))
    row(`${name}, ${device}`, scores)
    names.forEach((category, at) => {
      if (scores[at] >= WANTED[category]) return
      isFine = false
      const lost = lhr.categories[category].auditRefs.map(({ id }) => lhr.audits[id])
        .filter(({ score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode !== 'informative')
      for (const { title, displayValue } of lost) console.log(`    ${category}: ${title}${displayValue ? ` (${displayValue})` : ''}`)
    })
  }
}
chrome.kill()
await site.close()
process.exitCode = isFine ? 0 : 1
