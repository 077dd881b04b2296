// Turns a page that is open in the browser into a list of what is wrong with it, in words; empty is good. The tests
// use these on the demonstration site, and faults.test.mjs uses them on pages that are wrong on purpose.

import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const script = (name) => readFile(createRequire(import.meta.url).resolve(name), 'utf8')
const axe = await script('axe-core/axe.min.js')
const sniffer = await script('@pa11y/html_codesniffer/build/HTMLCS.js')

/** What axe-core finds, its best practices and the size of targets included. The context must have `bypassCSP`. */
export async function accessibility(page) {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.addScriptTag({ content: axe })
    // Entries of a long list that are off the screen have no layout, and axe cannot tell what lies over what.
    await page.addStyleTag({ content: '.people li { content-visibility: visible !important }' })
  }
  const { violations, incomplete, passes } = await page.evaluate(() =>
    window.axe.run(document, { rules: { 'target-size': { enabled: true } } }))
  if (passes.length < 10) return [`axe applied only ${passes.length} rules`]
  // A contrast that axe cannot tell is as bad as one that fails, since nothing here lies on pictures or gradients;
  // but what is scrolled out of sight in a wide table it never can, and there the other cells stand for it; nor what
  // stands in a drawing, whose text has the colours of the text around it.
  const untold = []
  for (const rule of incomplete.filter(({ id }) => id === 'color-contrast')) {
    const nodes = []
    for (const node of rule.nodes) {
      const hidden = await page.evaluate((selector) => {
        const element = document.querySelector(selector)
        if (element?.closest('svg.chart')) return true
        const region = element?.closest('[role=region][tabindex="0"]')
        return Boolean(region) && region.scrollWidth > region.clientWidth
      }, node.target[0])
      if (!hidden) nodes.push(node)
    }
    untold.push({ ...rule, nodes })
  }
  return [...violations, ...untold].flatMap((rule) => rule.nodes.map((node) => {
    const messages = [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ')
    return `${rule.id}: ${node.target.join(' ')}: ${messages || rule.help}`
  }))
}

/**
 * The errors that HTML_CodeSniffer finds by WCAG 2.2 AA, warnings and notices left out. It looks at tables in other
 * ways than axe-core does. The context must have `bypassCSP`.
 */
export async function sniff(page) {
  if (!(await page.evaluate(() => 'HTMLCS' in window))) await page.addScriptTag({ content: sniffer })
  return page.evaluate(() => new Promise((resolve, reject) => {
    window.HTMLCS.process('WCAG2AA', document, () => {
      const messages = window.HTMLCS.getMessages()
      if (messages.length === 0) return resolve(['HTML_CodeSniffer looked at nothing'])
      resolve(messages.filter(({ type }) => type === window.HTMLCS.ERROR)
        .map(({ code, msg, element }) => `${code}: ${element.outerHTML?.slice(0, 120)}: ${msg}`))
    }, () => reject(new Error('HTML_CodeSniffer does not know the standard')))
  }))
}

/** Whether the page scrolls sideways, and what sticks out of it. A region that scrolls by itself may. */
export function overflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const inside = (element) => element.parentElement?.closest('[role=region][tabindex="0"]')
    const out = [...document.body.querySelectorAll('*')]
      .filter((element) => {
        const box = element.getBoundingClientRect()
        return box.width > 0 && box.height > 0 && box.bottom > 0 && (box.right > width + 0.5 || box.left < -0.5) && !inside(element)
      })
      .map((element) => `<${element.localName} class="${element.getAttribute('class') ?? ''}"> reaches from ${element.getBoundingClientRect().left} to ${element.getBoundingClientRect().right}`)
    const scroll = document.scrollingElement.scrollWidth
    return scroll > width ? [`the page is ${scroll} wide in a window of ${width}`, ...out] : out
  })
}

/**
 * Records everything that a page does beyond its own host and its own text, from now on: requests to other origins,
 * messages on the console, errors, breaches of its content security policy.
 */
export async function watch(page, origin) {
  const seen = []
  page.on('request', (request) => {
    const address = new URL(request.url())
    if (address.protocol !== 'data:' && address.origin !== origin) seen.push(`asks another host: ${request.url()}`)
  })
  page.on('console', (message) => seen.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => seen.push(`error: ${error.message}`))
  page.on('requestfailed', (request) => {
    // Leaving a page, as a redirect does, breaks off what it was still fetching.
    const reason = request.failure()?.errorText
    if (reason !== 'net::ERR_ABORTED') seen.push(`request failed: ${request.url()} ${reason}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) seen.push(`answer ${response.status()}: ${response.url()}`)
    if ('set-cookie' in response.headers()) seen.push(`cookie set: ${response.url()}`)
  })
  return seen
}

/** What the page has left in the browser: cookies and every kind of storage. */
export async function storage(page) {
  const left = (await page.context().cookies()).map((cookie) => `cookie: ${cookie.name}`)
  return left.concat(await page.evaluate(async () => [
    ...Object.keys(localStorage).map((key) => `localStorage: ${key}`),
    ...Object.keys(sessionStorage).map((key) => `sessionStorage: ${key}`),
    ...(await indexedDB.databases()).map((base) => `indexedDB: ${base.name}`),
    ...(window.caches ? await caches.keys() : []).map((key) => `cache: ${key}`),
    ...(navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : []).map((worker) => `service worker: ${worker.scope}`),
  ]))
}

/** The errors that the Nu checker finds in HTML files, all in one start of it. */
export function markup(paths) {
  const jar = join(here, 'node_modules/vnu-jar/build/dist/vnu.jar')
  return new Promise((resolve, reject) => {
    execFile('java', ['-jar', jar, '--errors-only', '--format', 'json', '--exit-zero-always', ...paths], { maxBuffer: 1 << 28 }, (trouble, stdout, stderr) => {
      if (trouble) return reject(trouble)
      try {
        const { messages } = JSON.parse(stderr)
        resolve(messages.map((found) => `${found.url}:${found.lastLine}:${found.lastColumn}: ${found.message} ${found.extract ?? ''}`))
      } catch {
        reject(new Error(`the Nu checker said: ${stdout} ${stderr}`))
      }
    })
  })
}

/**
 * The links among `pages` (as site.mjs reads them) that lead nowhere: every address within the site must be answered
 * at once, without a redirect, and every fragment must be on its page. `address` is what the site was built for, with
 * its path; `host` serves it. Adds the number of links it followed as `count`.
 */
export async function deadLinks(pages, address, host) {
  const published = new URL(address)
  const byPath = new Map(pages.map((page) => [host.base + page.path, page]))
  const answers = new Map()
  const answer = (path) => {
    if (!answers.has(path)) {
      answers.set(path, fetch(host.origin + path, { redirect: 'manual' }).then(async (response) => {
        await response.arrayBuffer()
        return response.status
      }))
    }
    return answers.get(path)
  }
  const dead = []
  dead.count = 0
  for (const page of pages) {
    for (const { tag, target } of page.links) {
      const to = new URL(target, new URL(page.path, published))
      if (!/^https?:$/.test(to.protocol)) continue
      if (to.origin !== published.origin || (/^https?:/.test(target) && !to.pathname.startsWith(published.pathname))) continue
      dead.count += 1
      const status = await answer(to.pathname)
      if (status !== 200) dead.push(`${page.file}: <${tag}> to ${target}: ${status}`)
      const fragment = decodeURIComponent(to.hash.slice(1))
      const there = byPath.get(decodeURIComponent(to.pathname))
      if (fragment && there && !there.ids.includes(fragment)) dead.push(`${page.file}: <${tag}> to ${target}: no such fragment`)
    }
  }
  return dead
}

/**
 * Presses Tab from the top of the page to its end and returns what has the focus each time, with its outline, and
 * whether it can be seen.
 */
export async function focusable(page, { most = 400 } = {}) {
  const stops = []
  for (;;) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return undefined
      const again = element.hasAttribute('data-had-focus')
      element.setAttribute('data-had-focus', '')
      const style = getComputedStyle(element)
      // An inline element that wraps over lines has several boxes; the first tells whether it is on the screen.
      const box = element.getClientRects()[0]
      return {
        again,
        name: `<${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 40)}`,
        skip: element.matches('.skip'),
        inMain: Boolean(element.closest('main')),
        outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
        colour: style.outlineColor,
        ground: getComputedStyle(document.documentElement).backgroundColor,
        visible: Boolean(box) && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      }
    })
    if (!stop || stop.again || stops.length >= most) return stops
    stops.push(stop)
  }
}

/** The contrast of two colours as the browser computes them, `rgb(…)`: 1 to 21, as in WCAG 2. */
export function contrast(one, other) {
  const [light, dark] = [one, other].map((colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => {
      const share = Number(part) / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }).sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** What is wrong with the stops of `focusable`: an outline that is missing, faint or off the screen. */
export function focusFaults(stops) {
  return stops.flatMap((stop) => {
    const faults = []
    if (!(stop.outline >= 2)) faults.push(`an outline ${stop.outline} wide`)
    else if (contrast(stop.colour, stop.ground) < 3) faults.push(`an outline of contrast ${contrast(stop.colour, stop.ground).toFixed(1)}`)
    if (!stop.visible) faults.push('is off the screen')
    return faults.map((fault) => `${stop.name}: ${fault}`)
  })
}

/**
 * The table that the browser tells assistive technology of, below the element that `selector` names: a list of
 * `{name, rows: [[{role, text}]]}`, from Chromium's own accessibility tree.
 */
export async function accessibleTables(page, selector) {
  const session = await page.context().newCDPSession(page)
  const { root } = await session.send('DOM.getDocument', { depth: 0 })
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector })
  if (!nodeId) return []
  const { node } = await session.send('DOM.describeNode', { nodeId })
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const byId = new Map(nodes.map((item) => [item.nodeId, item]))
  const role = (item) => item.role?.value
  const below = (item, wanted, found = []) => {
    for (const child of (item.childIds ?? []).map((id) => byId.get(id)).filter(Boolean)) {
      if (wanted.includes(role(child)) && !child.ignored) found.push(child)
      else below(child, wanted, found)
    }
    return found
  }
  const text = (item) => below(item, ['StaticText']).map((leaf) => leaf.name?.value ?? '').join(' ').replace(/\s+/g, ' ').trim()
  const top = nodes.find((item) => item.backendDOMNodeId === node.backendNodeId)
  return below(top, ['table']).map((table) => ({
    name: table.name?.value ?? '',
    rows: below(table, ['row']).map((row) =>
      below(row, ['columnheader', 'rowheader', 'cell', 'gridcell']).map((cell) => ({ role: role(cell), text: text(cell) }))),
  }))
}
