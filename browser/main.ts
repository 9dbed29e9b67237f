/** The one script of the pages with encryption: sees what is needed here and fetches only that. */
import { start } from './sign-in/start'

const root = document.getElementById('app')
// Words or program that did not arrive: nothing has been typed yet, so begin again.
if (root) start(root).catch(() => setTimeout(() => location.reload(), 3_000))
