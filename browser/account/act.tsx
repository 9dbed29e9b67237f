import type { Account } from '../crypto'
import type { Me } from '../shared/me'
import { ChangePassword } from '../sign-in/change-password'
import { DeleteAccount } from './delete-account'
import { NewCode } from './new-code'
import type { Act } from './sections'

interface Props {
  act: Act
  account: Account
  me: Me
  onClose(): void
}

export function ActWindow({ act, ...props }: Props) {
  if (act === 'password') return <ChangePassword {...props} />
  return act === 'code' ? <NewCode {...props} /> : <DeleteAccount {...props} />
}
