declare module 'words:all' {
  type Words = Record<string, string>
  /** Loaders by language and part. browser/words.mjs generates them. */
  const loaders: Record<string, Record<string, () => Promise<{ default: Words }>>>
  export default loaders
}
