from lotse.conversations.blobs.owner import begin_anew
from lotse.core.restoring import after_restore

after_restore()(begin_anew)
