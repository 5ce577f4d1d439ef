// The package answers every case of the corpus as the native half does, whichever way it is asked.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { nativeAnswers, rolewalk } from './rolewalk.js'

const { evaluate, parsePolicy, PolicySet } = rolewalk
const answers = nativeAnswers()

test('every case of the corpus has the native answer', () => {
  assert.ok(answers.length > 300, `${answers.length} cases`)
  for (const { name, case: question, answer } of answers) {
    assert.deepEqual(evaluate(question), answer, name)
  }
})

test('a PolicySet answers, decides and decides in lists as evaluate does', () => {
  for (const { name, case: question, answer } of answers) {
    const set = new PolicySet(question.policies, question.settings)
    assert.deepEqual(set.evaluate(question.request), answer, name)
    const { decision } = answer
    assert.deepEqual(set.decide(question.request), { ok: true, decision }, name)
    // The same again, others between: what is taken over from the request before must not show.
    const other = { ...question.request, context: { ...question.request.context, 'aws:other': 'x' } }
    const many = set.decideMany([question.request, other, question.request, question.request])
    const [first, between, third, fourth] = many.decisions
    assert.deepEqual([first, third, fourth], [decision, decision, decision], name)
    assert.deepEqual(set.decide(other), { ok: true, decision: between }, name)
    set.free()
  }
})

test('documents given as text give the same answers', () => {
  const asText = (value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value)
  const eachAsText = (value) => (Array.isArray(value) ? value.map(eachAsText) : asText(value))
  for (const { name, case: question, answer } of answers) {
    // Grants are no documents.
    const isDocument = (key) => key !== 'grants'
    const policies = Object.fromEntries(
      Object.entries(question.policies).map(([key, value]) => [key, isDocument(key) ? eachAsText(value) : value])
    )
    assert.deepEqual(evaluate({ ...question, policies }), answer, name)
  }
})

test('a list of requests is decided as each of them is', () => {
  // What is taken over from the request before must not show: all requests of the corpus in one list, in both orders.
  const requests = answers.map((it) => it.case.request)
  for (const { case: question } of answers.filter((_, idx) => idx % 10 === 0)) {
    const set = new PolicySet({ ...question.policies, resource: null }, question.settings)
    const each = requests.map((it) => set.decide(it).decision)
    assert.deepEqual(set.decideMany(requests), { ok: true, decisions: each })
    assert.deepEqual(set.decideMany(requests.toReversed()), { ok: true, decisions: each.toReversed() })
    set.free()
  }
})

test('spans are UTF-16 units', () => {
  const policy = (text) => text.replaceAll("'", '"')
  const document = policy(`{'Version': '2012-10-17', 'Statement': [
    {'Sid': 'One', 'Effect': 'Allow', 'Action': 's3:Get*', 'Resource': 'arn:aws:s3:::éü/*',
     'Condition': {'StringEquals': {'aws:PrincipalTag/été': ['ß', 'b']}}}]}`)
  const request = {
    principal: 'arn:aws:iam::111122223333:user/alice',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::éü/x',
    context: { 'aws:PrincipalTag/été': 'b' }
  }
  for (const answer of [
    evaluate({ request, policies: { identity: [document] } }),
    evaluate({ request, policies: { identity: [document], resource: null } }),
    new PolicySet({ identity: [document], resource: document.replace('"Effect"', '"Principal": "*", "Effect"') }).evaluate(request)
  ]) {
    assert.equal(answer.decision, 'allowed', JSON.stringify(answer.diagnostics))
    const [statement] = answer.trace.layers.find((it) => it.layer === 'identity').statements
    const text = ({ start, end }) => document.slice(start, end)
    assert.ok(text(statement.at.span).startsWith('{"Sid"') && text(statement.at.span).endsWith('}'))
    const [, resource, condition] = statement.tests
    assert.equal(text(resource.hit), '"arn:aws:s3:::éü/*"')
    assert.equal(text(condition.result.by), '"b"')
    const by = answer.trace.decision.by.find((it) => it.document === 'identity[0]')
    assert.deepEqual(by, statement.at)
  }
  const broken = document.replace('One', '😀')
  const finding = parsePolicy(broken, 'identity').diagnostics.find((it) => it.code === 'invalid-character')
  assert.deepEqual(finding.labels.map(({ span }) => broken.slice(span.start, span.end)), ['😀'])
})
