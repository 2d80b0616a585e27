"""`python -m rapportbygger`, for where scripts are not on the path."""

import sys

from rapportbygger.cli import main

if __name__ == "__main__":
    sys.exit(main())
