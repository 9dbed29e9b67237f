/** Passwords that guessers try first. scripts/common_passwords.py makes the list. */
import list from './common-passwords.txt'

export const commonPasswords: ReadonlySet<string> = new Set(list.trim().split('\n'))
