"""`python -m duedesk`: the same as `duedesk`."""

import sys

from duedesk.launch import main

if __name__ == "__main__":
    sys.exit(main())
