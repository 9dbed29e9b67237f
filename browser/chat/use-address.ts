import { useEffect, useState } from 'preact/hooks'

/** A blob's address. It is revoked when the component is removed. */
export function useAddress(blob: Blob | undefined): string {
  const [address, setAddress] = useState('')
  useEffect(() => {
    if (!blob) return
    const made = URL.createObjectURL(blob)
    setAddress(made)
    return () => {
      setAddress('')
      URL.revokeObjectURL(made)
    }
  }, [blob])
  return address
}
