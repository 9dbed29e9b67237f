/** The only script of pages with encryption. It fetches just the parts that the page needs. */
import { start } from './sign-in/start'

const root = document.getElementById('app')
// If words or program could not be loaded, reload the page: the person has typed nothing yet.
if (root) start(root).catch(() => setTimeout(() => location.reload(), 3_000))
