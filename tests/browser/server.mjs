// Turns a folder into a small web server on the loopback, as a plain static host would serve it: index.html for a
// folder, 404.html for what is missing, nothing outside the base path, no header that the folder does not ask for.

import { createServer } from 'node:http'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

const TYPES = {
  '.bib': 'application/x-bibtex; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.ris': 'application/x-research-info-systems; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.xml': 'application/xml; charset=utf-8',
}

/** The file of `folder` that answers `path`, a folder's index included; `'slash'` for a folder without its slash. */
async function find(folder, path, hasIndex) {
  const file = normalize(join(folder, path))
  if (file !== folder && !file.startsWith(folder + sep)) return undefined
  const found = await stat(file).catch(() => undefined)
  if (found?.isFile()) return file
  if (!found?.isDirectory() || !hasIndex) return undefined
  if (!path.endsWith('/')) return 'slash'
  const index = join(file, 'index.html')
  return (await stat(index).catch(() => undefined)) ? index : undefined
}

/** What `mentorpress hosting headers` says, as a function from a path to its headers: of rules that match, the longest. */
export function headersOf(text) {
  const rules = []
  for (const line of text.split('\n').filter(Boolean)) {
    const [, name, value] = line.match(/^  ([^:]+): (.*)$/) ?? []
    if (name) rules.at(-1).headers[name.toLowerCase()] = value
    else rules.push({ begins: line.replace(/\*$/, ''), headers: {} })
  }
  return (path) => rules.filter(({ begins }) => path.startsWith(begins))
    .sort((a, b) => b.begins.length - a.begins.length)[0]?.headers ?? {}
}

/**
 * Serves `folder` below `base` (a path that begins and ends with a slash). `pages` are further answers by path, as
 * HTML text; only the tests of the tests use them. `headers` gives further headers by path, `edit` changes the text of a
 * page, and without `hasIndex` a folder is not answered with its index.html, as in a bucket. The result has `origin`, `base`, `home` and `close()`.
 */
export async function serve(folder, { base = '/', pages = {}, headers = () => ({}), edit = (text) => text, hasIndex = true } = {}) {
  folder = normalize(folder)
  const server = createServer(async (request, response) => {
    const send = (status, type, body) => {
      const more = headers(new URL(request.url, 'http://localhost').pathname)
      response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff', ...more })
      if (type === TYPES['.html']) body = edit(String(body))
      response.end(request.method === 'HEAD' ? undefined : body)
    }
    try {
      const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname)
      if (path in pages) return send(200, TYPES['.html'], pages[path])
      if (!path.startsWith(base)) return send(404, TYPES['.txt'], 'outside the site')
      const file = await find(folder, path.slice(base.length - 1), hasIndex)
      if (file === 'slash') {
        response.writeHead(301, { location: `${path}/` })
        return response.end()
      }
      if (file) return send(200, TYPES[extname(file)] ?? 'application/octet-stream', await readFile(file))
      send(404, TYPES['.html'], await readFile(join(folder, '404.html')))
    } catch (trouble) {
      send(400, TYPES['.txt'], String(trouble))
    }
  })
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${server.address().port}`
  return {
    origin,
    base,
    home: origin + base,
    close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections() }),
  }
}
