// The package as npm sees it, and its README's example as a reader would run it.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'

import { FOLDER, rolewalk, startWorlds } from './rolewalk.js'

const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm'

test('the archive has what the package needs and nothing besides', () => {
  const [archive] = JSON.parse(execFileSync(NPM, ['pack', '--dry-run', '--json'], { cwd: FOLDER, encoding: 'utf8' }))
  const names = archive.files.map((it) => it.path).sort()
  assert.deepEqual(names, [
    'LICENSE',
    'README.md',
    'catalogue/all.json',
    'catalogue/core.json',
    'catalogue/global-condition-keys.json',
    'index.d.ts',
    'package.json',
    'rolewalk.js',
    'rolewalk_bg.wasm'
  ])
  const manifest = JSON.parse(readFileSync(path.join(FOLDER, 'package.json'), 'utf8'))
  assert.equal(manifest.scripts, undefined)
  assert.equal(manifest.dependencies, undefined)
  assert.equal(manifest.version, rolewalk.version().engine)
})

test('the README’s examples for Node run', () => {
  const readme = readFileSync(path.join(FOLDER, 'README.md'), 'utf8')
  // Each continues the one before.
  const example = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map((it) => it[1]).join('')
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rolewalk-readme-'))
  try {
    mkdirSync(path.join(folder, 'node_modules'))
    symlinkSync(FOLDER, path.join(folder, 'node_modules/rolewalk'), 'junction')
    writeFileSync(path.join(folder, 'example.mjs'), example)
    const studio = startWorlds().find((it) => it.name === 'A working studio')
    writeFileSync(path.join(folder, 'a-working-studio.rolewalk.json'), JSON.stringify(studio))
    const output = execFileSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' })
    assert.match(output, /is not authorized to perform: s3:PutObject/)
    assert.match(output, /\[ 'implicitDeny', 'allowed' \]/)
    assert.match(output, /identity silent Allow identity\[0\] 0 not: action/)
    assert.match(output, /no door is shut/)
    assert.match(output, /warning Amazon S3 has no action `GetObjekt` \(Write `s3:GetObject`\)/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('every function of the types is there, and no other', () => {
  const types = readFileSync(path.join(FOLDER, 'index.d.ts'), 'utf8')
  const declared = [...types.matchAll(/^export (?:default )?(?:function|class) (\w+)/gm)].map((it) => it[1])
  const given = Object.keys(rolewalk).map((it) => (it === 'default' ? 'init' : it))
  assert.deepEqual(given.sort(), declared.sort())
})
