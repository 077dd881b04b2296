// One page of every kind as pictures for people to look at: 1280 and 360 pixels wide, light and dark, in forced
// colours, and on paper where pdftoppm is installed. They go to shots/ or the folder that is named, which git ignores.

import { execFileSync } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { documents, folders, launch, sample, serveRoot, stay } from './site.mjs'

const out = join(dirname(fileURLToPath(import.meta.url)), process.argv[2] ?? 'shots')
await rm(out, { recursive: true, force: true })
await mkdir(out)

const browser = await launch()
const site = await serveRoot()
const kinds = sample(await documents(browser, folders.root))
let paper = true
let count = 0

for (const [kind, { path }] of kinds) {
  const name = kind.replaceAll(' ', '-')
  const page = await browser.newPage()
  if (kind === 'redirect') await stay(page, site.home + path)
  await page.goto(site.home + path)
  for (const width of [1280, 360]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 900 })
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: join(out, `${name}-${width}-${colorScheme}.png`), fullPage: true })
      count += 1
    }
  }
  await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active' })
  await page.screenshot({ path: join(out, `${name}-360-forced.png`), fullPage: true })
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' })
  count += 1
  const pdf = join(out, `${name}.pdf`)
  await page.pdf({ path: pdf, format: 'A4', preferCSSPageSize: true, tagged: true, outline: true })
  try {
    if (paper) execFileSync('pdftoppm', ['-r', '72', '-png', pdf, pdf.replace(/\.pdf$/, '-print')])
  } catch (trouble) {
    if (trouble.code !== 'ENOENT') throw trouble
    paper = false
    console.log('pdftoppm is not installed (Debian: poppler-utils): the prints stay PDF.')
  }
  await page.close()
}
await Promise.all([browser.close(), site.close()])
console.log(`${count} pictures of ${kinds.size} kinds of page in ${out}`)
