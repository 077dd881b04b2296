// All HTML files of both builds past the Nu checker, as they were written.

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
  assert.ok(paths.length > 40, `only ${paths.length} pages`)
  t.diagnostic(`${paths.length} pages`)
  assert.deepEqual(await markup(paths), [])
})
