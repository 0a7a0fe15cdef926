"""``python -m tinhso.cli …`` is ``tinhso …``."""

from tinhso.cli.main import main

main()
