// All HTML files of both builds, and those of a generated directory, past the Nu checker, as they were written.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { markup } from './checks.mjs'
import { files, folders } from './site.mjs'

test('the Nu checker finds no error in any page', async (t) => {
  const paths = []
  for (const folder of [folders.root, folders.based]) {
    paths.push(...(await files(folder)).filter((file) => file.endsWith('.html')).map((file) => join(folder, file)))
  }
  // Of a generated directory what is made in one way is seen in a few.
  const directory = folders.directory(300)
  const made = (await files(directory)).filter((file) => file.endsWith('.html'))
  paths.push(...made.filter((file, at) => !/sample-\d+/.test(file) || at % 20 === 0).map((file) => join(directory, file)))
  assert.ok(paths.length > 40, `only ${paths.length} pages`)
  t.diagnostic(`${paths.length} pages`)
  assert.deepEqual(await markup(paths), [])
})
