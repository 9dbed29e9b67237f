// The browser's side of world.py: makes one of everything, opens one of everything.
import * as lotse from '../../browser/crypto'

// biome-ignore lint/suspicious/noExplicitAny: the shape is JSON from the tests
type World = any

export async function makeWorld(plan: World): Promise<World> {
  const people: World = {}
  const accounts: Record<string, lotse.Account> = {}
  for (const role of ['client', 'lead', 'colleague']) {
    const { person, password, strength } = plan.people[role]
    const made = await lotse.createAccount(person, password, strength)
    accounts[role] = made.account
    people[role] = { ...plan.people[role], keys: made.keys, recovery_code: made.recoveryCode }
  }
  const { client, lead } = accounts as { client: lotse.Account; lead: lotse.Account }
  const centre = await makeCentre(plan.centre, lead, people.colleague)
  const manifest = await lotse.verifyManifests(plan.centre, centre.manifests)
  const { conversation } = plan
  const { key, wire } = await lotse.newConversation(client, conversation, manifest)
  const messages = []
  for (const { message, content } of plan.messages) {
    const place = { conversation, message, sender: client.person }
    const body = await lotse.sealMessage(key, place, content)
    messages.push({ message, sender: client.person, content, body })
  }
  const draft = { text: plan.draft, sealed: await lotse.sealDraft(client, conversation, plan.draft) }
  const file = await makeFile(conversation, plan.blob, plan.chunks)
  return { people, centre, conversation, keys: wire, messages, draft, file }
}

export async function checkWorld(world: World): Promise<void> {
  const { conversation, keys } = world
  const client = await openPerson(world.people.client)
  const wraps = [
    { recipient: client.person, recipient_epoch: 1, wrapped: keys.client_wrap },
    { recipient: world.centre.centre, recipient_epoch: 1, wrapped: keys.centre_wrap },
  ].map((wrap) => ({ ...wrap, epoch: 1, key_id: keys.key_id }))
  for (const role of ['lead', 'colleague']) {
    const account = await openPerson(world.people[role])
    const wrapped = world.centre.wraps[role]
    const wire = { ...world.centre, wraps: [{ epoch: 1, wrapped }] }
    const centre = await lotse.openCentre(account, wire)
    equal(centre.lead, role === 'lead')
    const number = await lotse.centreSafetyNumber(centre.manifest.centre, centre.manifest.hash)
    equal(number, world.centre.safety_number)
    await checkMessages(world, await lotse.openConversation(conversation, wraps, { account, centre }))
  }
  await checkMessages(world, await lotse.openConversation(conversation, wraps, client))
  equal(await lotse.openDraft(client, conversation, world.draft.sealed), world.draft.text)
  await checkFile(conversation, world.file)
}

async function makeCentre(centre: string, lead: lotse.Account, colleague: World) {
  const found = await lotse.foundCentre(lead, centre)
  const first = { ...found.manifest, signer: lead.person }
  const epochs = [{ epoch: 1, wrapped: found.wrapped }]
  const keys = await lotse.openCentre(lead, { centre, manifests: [first], wraps: epochs })
  const { person, keys: theirs } = colleague
  const admitted = await lotse.admit(lead, keys, { person, ...theirs })
  const second = { ...admitted.manifest, signer: lead.person }
  const wraps = { lead: found.wrapped, colleague: admitted.wraps[0]?.wrapped }
  const { hash } = await lotse.verifyManifests(centre, [first, second])
  const safetyNumber = await lotse.centreSafetyNumber(centre, hash)
  return { centre, manifests: [first, second], wraps, safety_number: safetyNumber }
}

async function makeFile(conversation: string, blob: string, plain: string[]) {
  const key = lotse.newFileKey()
  const hash = new lotse.FileHash()
  const chunks = []
  for (const [index, part] of plain.entries()) {
    const place = { conversation, blob }
    const bytes = lotse.fromBase64url(part)
    const sealed = await lotse.sealChunk(key, place, index, index === plain.length - 1, bytes)
    await hash.add(index, sealed)
    chunks.push(lotse.toBase64url(sealed))
  }
  const digest = await hash.digest(plain.length)
  return { blob, key: lotse.toBase64url(key), hash: digest, plain, chunks }
}

/** By recovery code and by password; gives the second. */
async function openPerson({ person, password, keys, recovery_code }: World) {
  const code = lotse.parseRecoveryCode(recovery_code)
  equal(await lotse.recoverySignInKey(code), keys.recovery_sign_in_key)
  const recovered = await lotse.openWithRecovery(person, code, keys)
  const derived = await lotse.derive(password, keys)
  equal(derived.signInKey, keys.sign_in_key)
  const account = await lotse.openAccount(person, derived, keys)
  for (const opened of [recovered, account]) {
    equal(lotse.toBase64url(opened.identity.publicKey), keys.identity_public)
    equal(lotse.toBase64url((await opened.box()).publicKey), keys.box_public)
    equal(lotse.toBase64url((await opened.box()).id), keys.box_key_id)
  }
  return account
}

async function checkMessages({ conversation, messages }: World, keys: lotse.ConversationKeys) {
  for (const { message, sender, content, body } of messages) {
    const place = { conversation, message, sender, epoch: 1 }
    equal(await lotse.openMessage(keys, place, body), content)
  }
}

async function checkFile(conversation: string, { blob, key, hash, plain, chunks }: World) {
  const collected = new lotse.FileHash()
  for (const [index, chunk] of chunks.entries()) {
    const sealed = lotse.fromBase64url(chunk)
    await collected.add(index, sealed)
    const last = index === chunks.length - 1
    const place = { conversation, blob }
    const opened = await lotse.openChunk(lotse.fromBase64url(key), place, index, last, sealed)
    equal(lotse.toBase64url(opened), plain[index])
  }
  equal(await collected.digest(chunks.length), hash)
}

function equal(a: unknown, b: unknown) {
  const [left, right] = [a, b].map((one) => JSON.stringify(sorted(one)))
  if (left !== right) throw new Error(`${left} is not ${right}`)
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
