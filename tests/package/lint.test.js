// `lintPolicy`: what the rules find that need no list of AWS's services, and that a fix can be made from what it gives.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rolewalk } from './rolewalk.js'

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

function apply(text, fix) {
  return fix.edits.reduceRight((done, { span, text: put }) => done.slice(0, span.start) + put + done.slice(span.end), text)
}
