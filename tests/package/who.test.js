// Who may make a call in a scenario's world.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { rolewalk, startWorlds } from './rolewalk.js'

const { runScenario, whoCan } = rolewalk
const [world] = startWorlds()
const { bucket, prefix } = world.choice.data
const question = { action: 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${prefix}train.csv` }

/** What a walk comes to. */
function access(walked) {
  if (walked.stopsAt !== null) return 'cannot'
  return walked.results.some((it) => it.outcome === 'notEvaluated') ? 'notJudged' : 'can'
}

test('each row is what the walk of the same call says', () => {
  for (const scenario of startWorlds()) {
    const who = whoCan(scenario, question)
    assert.equal(who.ok, true, JSON.stringify(who.diagnostics))
    assert.deepEqual(whoCan(JSON.stringify(scenario), question), who)
    for (const row of who.rows) {
      const apiCall = { principal: row.principal, ...question }
      const walked = runScenario({ ...scenario, choice: { ...scenario.choice, roleChain: [], workload: { apiCall } } })
      assert.equal(row.access, access(walked), row.principal)
      assert.ok(row.reason.length > 0 && row.decidedBy !== null, row.principal)
    }
  }
})

test('of roles that can it is told who becomes them, where that is asked', () => {
  const { rows } = whoCan(world, question)
  assert.ok(rows.some((it) => it.access === 'can' && it.kind === 'role'))
  assert.ok(rows.every((it) => it.becoming === undefined))
  const asked = whoCan(world, { ...question, becoming: true }).rows
  const told = asked.filter((it) => it.becoming !== undefined)
  assert.deepEqual(told, asked.filter((it) => it.access === 'can' && it.kind === 'role'))
  const services = told.flatMap((it) => it.becoming).filter((it) => it.kind === 'service')
  assert.ok(services.some((it) => it.principal === 'sagemaker.amazonaws.com'))
})

test('context is given as to any call', () => {
  const closed = structuredClone(world)
  closed.world.home.buckets[0].policy = {
    Version: '2012-10-17',
    Statement: {
      Sid: 'OnlyByTheEndpoint',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: `arn:aws:s3:::${bucket}/*`,
      Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } }
    }
  }
  const can = (context) => whoCan(closed, { ...question, context }).rows.filter((it) => it.access === 'can').length
  assert.equal(can(undefined), 0)
  assert.equal(can(null), 0)
  assert.ok(can({ 'aws:SourceVpce': 'vpce-0a1b2c3d' }) > 0)
  assert.equal(can({ 'aws:SourceVpce': null }), 0)
  const denied = whoCan(closed, question).rows.find((it) => it.kind === 'role')
  assert.deepEqual(denied.decidedBy.statements.map((it) => it.sid), ['OnlyByTheEndpoint'])
  assert.deepEqual(denied.missingKeys, ['aws:SourceVpce'])
})

test('what is wrong with the question is said in words of JavaScript', () => {
  const refused = (fields) => {
    const { ok, diagnostics } = whoCan(world, { ...question, ...fields })
    assert.equal(ok, false)
    return diagnostics.map((it) => [it.path, it.code, it.message])
  }
  assert.deepEqual(refused({ action: 'GetObject' }), [['question.action', 'invalid-action', '`GetObject` is no action']])
  assert.deepEqual(refused({ resource: bucket }), [
    ['question.resource', 'invalid-resource', `\`${bucket}\` is neither an ARN nor \`*\``]
  ])
  assert.deepEqual(refused({ action: 5 }), [['question.action', 'unexpected-input', 'this is `5`, where a string belongs']])
  assert.deepEqual(refused({ context: { a: 1 } }), [
    ['question.context.a', 'unexpected-input', 'this is `1`, where a string, a list of strings or `null` belongs']
  ])
  assert.deepEqual(refused({ context: [] })[0].slice(0, 2), ['question.context', 'unexpected-input'])
  assert.deepEqual(refused({ becoming: 'yes' })[0][2], 'this is a string, where `true` or `false` belongs')
  assert.deepEqual(refused({ principal: 'anonymous' })[0][0], 'question.principal')
})

test('what hinges on a policy that cannot be read is not judged', () => {
  const broken = structuredClone(world)
  broken.world.home.roles[0].inlinePolicies = [{ name: 'Broken', document: '{' }]
  const who = whoCan(broken, question)
  const row = who.rows.find((it) => it.name === broken.world.home.roles[0].name)
  assert.equal(row.access, 'notJudged')
  assert.ok(who.diagnostics.length > 0)
})
