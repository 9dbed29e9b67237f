from lotse.core.restoring import after_restore
from lotse.stream.actions import begin_anew

after_restore()(begin_anew)
