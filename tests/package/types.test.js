// `index.d.ts` describes what the package takes and gives: `tsc` checks it against every case and answer of the corpus.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'

import { FOLDER, nativeAnswers, rolewalk, startWorlds } from './rolewalk.js'

const TSC = path.join(import.meta.dirname, 'node_modules/typescript/bin/tsc')

function check(files, lib = ['es2022', 'dom']) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rolewalk-types-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(path.join(folder, name), text)
    }
    const options = {
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      target: 'es2022',
      module: 'nodenext',
      lib,
      types: [],
      paths: { rolewalk: [path.join(FOLDER, 'index.d.ts')] }
    }
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }))
    execFileSync(process.execPath, [TSC, '--project', folder], { encoding: 'utf8' })
    return ''
  } catch (error) {
    return error.stdout || String(error)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('every case and every answer of the corpus has its type', () => {
  const answers = nativeAnswers()
  const cases = answers.map((it) => `  ${JSON.stringify(it.case)},`)
  const given = answers.map((it) => `  ${JSON.stringify(it.answer)},`)
  const errors = check({
    'cases.ts': `import type { Case } from 'rolewalk'\nexport const cases: Case[] = [\n${cases.join('\n')}\n]\n`,
    'answers.ts': `import type { Answer } from 'rolewalk'\nexport const answers: Answer[] = [\n${given.join('\n')}\n]\n`
  })
  assert.equal(errors, '')
})

test('a project without the types of browsers can use them', () => {
  const lines = [
    "import { evaluate, initSync } from 'rolewalk'",
    'initSync({ module: new Uint8Array(8) })',
    "const answer = evaluate({ request: { principal: 'p', action: 'a', resource: 'r' }, policies: {} })",
    'export const says: string | undefined = answer.ok ? answer.sentence : answer.diagnostics[0]?.help'
  ]
  assert.equal(check({ 'node.ts': `${lines.join('\n')}\n` }, ['es2022']), '')
  const wrong = check({ 'node.ts': "import { initSync } from 'rolewalk'\ninitSync({ module: 'rolewalk_bg.wasm' })\n" }, ['es2022'])
  assert.match(wrong, /TS2322/)
})

test('what the other functions give has its type', () => {
  const policies = [
    ['{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', 'identity'],
    ['{"Statement":[{"Effect":"Deny","NotPrincipal":"*","NotAction":"x:*","NotResource":"*","Condition":{"Bool":{"a":true}}}]}', 'resource'],
    ['{', 'trust']
  ]
  const lines = [
    ...policies.map(([text, kind]) => typed('ParsedPolicy', rolewalk.parsePolicy(text, kind))),
    ...policies.map(([text, kind]) => typed('LintedPolicy', rolewalk.lintPolicy(text, kind))),
    ...startWorlds().map((it) => typed('WalkedScenario', rolewalk.runScenario(it))),
    ...startWorlds().flatMap((it) => it.checks.map((check) => typed('CheckedScenario', rolewalk.runCheck(it, check)))),
    ...startWorlds().map((it) => typed('WhoCan', rolewalk.whoCan(it, WHO))),
    typed('WhoCanQuestion', WHO),
    typed('CatalogueContent', catalogueContent()),
    typed('Refused', new rolewalk.Catalogue().read('none.json', '')),
    typed('Refused', rolewalk.evaluate({})),
    typed('ParsedPolicy', rolewalk.parsePolicy('{}', 'none')),
    typed("ReturnType<typeof import('rolewalk').version>", rolewalk.version()),
    typed("ReturnType<typeof import('rolewalk').encodeShare>", rolewalk.encodeShare(startWorlds()[0]))
  ]
  const names = 'CatalogueContent, CheckedScenario, LintedPolicy, ParsedPolicy, Refused, WalkedScenario, WhoCan, WhoCanQuestion'
  assert.equal(check({ 'others.ts': `import type { ${names} } from 'rolewalk'\nexport const all = [\n${lines.join('\n')}\n]\n` }), '')
})

const WHO = { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key', context: { 'aws:SourceIp': null }, becoming: true }

function catalogueContent() {
  return new rolewalk.Catalogue().read('core.json', readFileSync(path.join(FOLDER, 'catalogue/core.json'), 'utf8'))
}

function typed(type, value) {
  return `  (${JSON.stringify(value)} satisfies ${type}),`
}

/** What the README's examples have of Node, which has no types here. */
const NODE = `declare module 'node:fs' {
  export function readFileSync(path: URL): Uint8Array
  export function readFileSync(path: URL | string, encoding: 'utf8'): string
}
interface ImportMeta { resolve(specifier: string): string }
`

test('the README’s examples are what the types say', () => {
  const readme = readFileSync(path.join(FOLDER, 'README.md'), 'utf8')
  const [, page] = /```html\n<script type="module">\n([\s\S]*?)<\/script>/.exec(readme)
  // The examples for Node continue each other.
  const node = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map((it) => it[1])
  assert.ok(node.length > 2)
  const files = {
    'ambient.d.ts': NODE,
    'page.ts': page.replace('./node_modules/rolewalk/rolewalk.js', 'rolewalk'),
    'node.ts': node.join('')
  }
  assert.equal(check({ 'package.json': '{"type":"module"}', ...files }), '')
  const misspelt = files['node.ts'].replace('set.decideMany(', 'set.decideMuch(')
  assert.match(check({ 'package.json': '{"type":"module"}', ...files, 'node.ts': misspelt }), /decideMuch/)
})

test('the check can fail', () => {
  const answer = structuredClone(nativeAnswers()[0].answer)
  answer.trace.layers[0].surprise = 1
  const text = `import type { Answer } from 'rolewalk'\nexport const answer: Answer = ${JSON.stringify(answer)}\n`
  assert.match(check({ 'answer.ts': text }), /surprise/)
})
