"""
How long one page takes: typeset, drawn stamps, two signatures, three time stamps, embedded status.

    python bench/papers_sign.py [--rounds 20]

Runs without a database, with the stand-in authority in a process of its own. Budget: 250 ms warm.
"""

import argparse
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
PORT = 18199
BUDGET_MS = 250

sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.settings.django")
os.environ["TINHSO_TRUST_URL"] = f"http://127.0.0.1:{PORT}"


def main() -> int:
    """Print the figures; exit 1 when the median is over the budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    with TemporaryDirectory() as folder:
        os.environ["TINHSO_VAR"] = folder
        command = [sys.executable, "-m", "sandbox.trust", "--port", str(PORT), "--folder", f"{folder}/trust"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as service:  # noqa: S603
            try:
                assert service.stdout
                service.stdout.readline()
                return report(Path(folder), rounds)
            finally:
                service.terminate()


def report(folder: Path, rounds: int) -> int:
    """Sign again and again; say what each part costs."""
    import django  # noqa: PLC0415  (the settings are chosen by the arguments)

    django.setup()
    from sandbox.trust import pki  # noqa: PLC0415
    from tests.fixtures_trust import PASSPHRASE, Trust  # noqa: PLC0415
    from tests.papers_samples import signed_sample, typeset_sample  # noqa: PLC0415

    trust = Trust(folder=folder / "trust", url=os.environ["TINHSO_TRUST_URL"], now=datetime.now(tz=UTC))
    started = time.perf_counter()
    pki.issue(trust.folder, pki.Subject("x", "X"), at=trust.now, passphrase=PASSPHRASE)
    issuing = time.perf_counter() - started
    started = time.perf_counter()
    signed = signed_sample(trust, at=trust.now)
    cold = time.perf_counter() - started
    typesetting = [timed(lambda number=number: typeset_sample(str(number))) for number in range(rounds)]
    used = time.process_time()
    whole = [timed(lambda: signed_sample(trust, at=datetime.now(tz=UTC))) for _ in range(rounds)]
    used = (time.process_time() - used) * 1000 / rounds
    for name, figure in {
        "issue a certificate": f"{issuing * 1000:.0f} ms",
        "first document, cold": f"{cold * 1000:.0f} ms",
        "typeset one page": f"{median(typesetting):.0f} ms median",
        "typeset and sign": f"{median(whole):.0f} ms median, {min(whole):.0f} to {max(whole):.0f} ms",
        "of that our processor": f"{used:.0f} ms; the rest is waiting for the authority",
        "size": f"{len(signed)} bytes",
    }.items():
        sys.stdout.write(f"{name:24}{figure}\n")
    return 0 if median(whole) <= BUDGET_MS else 1


def timed(act: object) -> float:
    """Return how many milliseconds the call takes."""
    started = time.perf_counter()
    act()  # type: ignore[operator]
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(main())
