// The package as somebody uses it who has a bundler: packed, installed by npm, built and served by Vite, opened in Chromium.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'

import { launch } from '../e2e/browser.js'
import { serve } from '../e2e/server.js'
import { FOLDER } from './rolewalk.js'

const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const SAMPLE = path.join(import.meta.dirname, '../vite')
const vite = await import(pathToFileURL(createRequire(path.join(SAMPLE, 'package.json')).resolve('vite')))

let folder
let browser

before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'rolewalk-vite-'))
  for (const name of ['index.html', 'src', 'vite.config.mjs']) cpSync(path.join(SAMPLE, name), path.join(folder, name), { recursive: true })
  execFileSync(NPM, ['pack', '--pack-destination', folder], { cwd: FOLDER, stdio: 'pipe' })
  const archive = readdirSync(folder).find((it) => it.endsWith('.tgz'))
  // No other package is wanted, so nothing is asked of a registry.
  execFileSync(NPM, ['install', '--offline', '--no-audit', '--no-fund', '--no-save', `./${archive}`], { cwd: folder, stdio: 'pipe' })
  browser = await launch()
})

after(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

/** Opens the sample, and types. */
async function answers(address) {
  const page = await browser.newPage()
  const problems = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  page.on('request', (request) => {
    const isOurs = request.url().startsWith(address) || request.url().startsWith('data:')
    if (!isOurs) problems.push(`asked for ${request.url()}`)
  })
  try {
    await page.goto(address)
    await page.getByText('is not authorized to perform: s3:PutObject').waitFor({ timeout: 15_000 })
    await page.getByText(/^engine \d/).waitFor()
    await page.getByLabel('Action').fill('s3:GetObject')
    await page.getByText('is authorized to perform: s3:GetObject').waitFor()
  } finally {
    assert.deepEqual(problems, [])
    await page.close()
  }
}

test('Vite builds it, and what is built runs from any folder under a strict policy', async () => {
  const out = path.join(folder, 'dist')
  await vite.build({ root: folder, logLevel: 'warn', build: { outDir: out, emptyOutDir: true } })
  assert.ok(existsSync(path.join(out, 'index.html')))
  const assets = readdirSync(path.join(out, 'assets'))
  assert.equal(assets.filter((it) => it.endsWith('.wasm')).length, 1, assets.join())
  const site = await serve(out)
  try {
    await answers(site.address)
  } finally {
    await site.close()
  }
})

test('Vite serves it while one writes', async () => {
  const server = await vite.createServer({ root: folder, logLevel: 'error', server: { port: 0, host: '127.0.0.1', hmr: false } })
  try {
    await server.listen()
    await answers(`http://127.0.0.1:${server.httpServer.address().port}/`)
  } finally {
    await server.close()
  }
})
