// The safety number of the centre's keys, which a client compares with the centre's own.
import { useEffect, useState } from 'preact/hooks'
import { verifyManifests } from '../crypto'
import { CentreChanged } from '../crypto/failure'
import type { Manifest, ManifestWire } from '../crypto/types'
import { api } from '../shared/api'
import { Dialog } from '../shared/dialog'
import { explain } from '../shared/problems'
import { t } from '../shared/words'
import { KeysChanged } from './changed'
import { SafetyNumber } from './number'

interface Props {
  centre: { id: string; name: string }
  onClose(): void
}

export function CentreKeys({ centre, onClose }: Props) {
  const [manifest, setManifest] = useState<Manifest>()
  const [problem, setProblem] = useState<unknown>()
  const load = () => {
    setProblem(undefined)
    manifestOf(centre.id).then(setManifest, setProblem)
  }
  useEffect(load, [centre.id])
  return (
    <Dialog title={t('keys.number')} onClose={onClose}>
      {problem instanceof CentreChanged ? (
        <KeysChanged change={problem} name={centre.name} asks="centre" onAccepted={load} />
      ) : problem !== undefined ? (
        <p class="notice danger" role="alert">
          {explain(problem)}
        </p>
      ) : (
        <p>{t('keys.number-client', { centre: centre.name })}</p>
      )}
      {manifest && problem === undefined && (
        <SafetyNumber centre={centre.id} hash={manifest.hash} />
      )}
    </Dialog>
  )
}

async function manifestOf(centre: string): Promise<Manifest> {
  const path = `/api/centres/${centre}/keys`
  const { manifests } = await api<{ manifests: ManifestWire[] }>('GET', path)
  return verifyManifests(centre, manifests)
}
