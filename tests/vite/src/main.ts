// A page that asks the engine whenever somebody types.
import catalogueUrl from 'rolewalk/catalogue/core.json?url'
import init, { Catalogue, evaluate, version } from 'rolewalk'

await init()
const catalogue = new Catalogue()
const read = catalogue.read('core.json', await (await fetch(catalogueUrl)).text())
document.querySelector('#version')!.textContent = read.ok ? `engine ${version().engine}` : read.diagnostics[0]!.message

const field = document.querySelector<HTMLInputElement>('#action')!
const show = () => {
  const answer = evaluate({
    request: {
      principal: 'arn:aws:iam::111122223333:user/alice',
      action: field.value,
      resource: 'arn:aws:s3:::acme-data/train.csv'
    },
    policies: {
      identity: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: '*' } }]
    }
  })
  document.querySelector('#answer')!.textContent = answer.ok ? answer.sentence : answer.diagnostics[0]!.message
}
field.addEventListener('input', show)
show()
