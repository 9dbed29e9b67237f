declare module 'words:all' {
  type Words = Record<string, string>
  /** By language and part; browser/words.mjs makes it. */
  const loaders: Record<string, Record<string, () => Promise<{ default: Words }>>>
  export default loaders
}
