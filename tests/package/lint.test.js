// `lintPolicy`: what the rules find without AWS's lists and with them, and that a fix can be made from what it gives.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { FOLDER, rolewalk } from './rolewalk.js'

const FILES = ['all.json', 'core.json', 'global-condition-keys.json']
const textOf = (file) => readFileSync(path.join(FOLDER, 'catalogue', file), 'utf8')
const codes = ({ diagnostics }) => diagnostics.map((it) => it.code)

test('a rule speaks, and its fix mends the text', () => {
  const text = '{"Version":"2012-10-17","Statement":{"Sid":"","Effect":"Allow","Action":["s3:Get*","s3:GetObject"],"Resource":"*"}}'
  const { ok, diagnostics } = rolewalk.lintPolicy(text, 'identity')
  assert.equal(ok, true)
  assert.deepEqual(diagnostics.map((it) => it.code), ['empty-sid', 'redundant-action'])
  const fixed = diagnostics.reduceRight((done, it) => apply(done, it.fix), text)
  assert.equal(fixed, '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:Get*"],"Resource":"*"}}')
  assert.deepEqual(rolewalk.lintPolicy(fixed, 'identity').diagnostics, [])
})

test('what reading finds is there too, in the order of the text', () => {
  const { diagnostics } = rolewalk.lintPolicy('{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', 'identity')
  assert.deepEqual(diagnostics.map((it) => [it.code, it.severity]), [['old-version', 'error'], ['full-access', 'warning']])
})

const WRONG = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: ['s3:GetObjekt', 'ses:SendEmail'], Resource: 'arn:aws:s3:::acme/*', Condition: { Bool: { 'aws:securetransport': 'true' } } }
})

test('the rules speak of the services that the catalogue has', () => {
  assert.deepEqual(codes(rolewalk.lintPolicy(WRONG, 'identity')), [])
  const catalogue = new rolewalk.Catalogue()
  assert.deepEqual(codes(rolewalk.lintPolicy(WRONG, 'identity', { catalogue })), [])
  const core = catalogue.read('core.json', textOf('core.json'))
  assert.equal(core.ok, true)
  assert.equal(core.isComplete, false)
  assert.equal(core.edition.date, rolewalk.version().catalogue)
  assert.deepEqual(codes(rolewalk.lintPolicy(WRONG, 'identity', { catalogue })), ['unknown-action'])
  assert.equal(catalogue.read('global-condition-keys.json', textOf('global-condition-keys.json')).ok, true)
  assert.deepEqual(codes(rolewalk.lintPolicy(WRONG, 'identity', { catalogue })), ['unknown-action', 'key-case'])
  const all = catalogue.read('all.json', textOf('all.json'))
  assert.equal(all.isComplete, true)
  assert.ok(all.services > core.services && all.globalKeys > 0)
  assert.deepEqual(codes(rolewalk.lintPolicy(WRONG, 'identity', { catalogue })), ['unknown-action', 'action-not-on-resource', 'key-case'])
})

test('the account tells a foreign one from the own', () => {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::111122223333:root' } }
  })
  const found = (account) => codes(rolewalk.lintPolicy(trust, 'trust', { account }))
  assert.notDeepEqual(found('111122223333'), found('999999999999'))
})

test('what is no file of the lists is refused and changes nothing', () => {
  const all = textOf('all.json')
  const catalogue = new rolewalk.Catalogue()
  for (const [file, text] of [
    ['all.json', all.slice(0, -3)],
    ['all.json', '{}'],
    ['core.json', textOf('global-condition-keys.json')],
    ['global-condition-keys.json', all],
    ['descriptions.json', '{}'],
    [undefined, all],
    ['all.json', undefined],
    [Symbol('s'), new Map()]
  ]) {
    const { ok, diagnostics } = catalogue.read(file, text)
    assert.equal(ok, false, String(file))
    assert.ok(diagnostics[0].message.length < 300 && diagnostics[0].help.length > 0, String(file))
  }
  assert.deepEqual(codes(rolewalk.lintPolicy(WRONG, 'identity', { catalogue })), [])
  for (const file of FILES) {
    assert.equal(catalogue.read(file, textOf(file)).ok, true, file)
  }
})

test('strange options are refused, and the catalogue outlives each question', () => {
  const catalogue = new rolewalk.Catalogue()
  catalogue.read('core.json', textOf('core.json'))
  const freed = new rolewalk.Catalogue()
  freed.free()
  const thrown = () => {
    throw new Error('getter')
  }
  for (const [options, at] of [
    [0, 'options'],
    ['text', 'options'],
    [Symbol('s'), 'options'],
    [new Proxy({}, { ownKeys: thrown }), 'options'],
    [{ catalog: catalogue }, 'options.catalog'],
    [[catalogue], 'options.0'],
    [catalogue, 'options.__wbg_ptr'],
    [{ catalogue: {} }, 'options.catalogue'],
    [{ catalogue: 'all.json' }, 'options.catalogue'],
    [{ catalogue: freed }, 'options.catalogue'],
    [{ catalogue: { __shared: () => 1 } }, 'options.catalogue'],
    [{ catalogue: { __shared: thrown } }, 'options.catalogue'],
    [{ catalogue: { __shared: () => new rolewalk.PolicySet({}) } }, 'options.catalogue'],
    [{ get catalogue() { return thrown() } }, 'options.catalogue'],
    [{ catalogue, account: 12 }, 'options.account'],
    [{ catalogue, account: '12' }, 'options.account']
  ]) {
    const { ok, diagnostics } = rolewalk.lintPolicy(WRONG, 'identity', options)
    assert.equal(ok, false, at)
    assert.deepEqual(diagnostics.map((it) => it.path), [at])
  }
  for (const options of [undefined, null, {}, { catalogue: null, account: undefined }]) {
    assert.equal(rolewalk.lintPolicy(WRONG, 'identity', options).ok, true)
  }
  for (let n = 0; n < 3; n += 1) {
    assert.deepEqual(codes(rolewalk.lintPolicy(WRONG, 'identity', { catalogue })), ['unknown-action'])
  }
})

function apply(text, fix) {
  return fix.edits.reduceRight((done, { span, text: put }) => done.slice(0, span.start) + put + done.slice(span.end), text)
}
