"""`make bench`: what a request costs, as a multiple of a hello view of the same size in the same run.

Exit code 1 when a target is missed; `--report-only` only prints, `--fresh` makes the data anew, `--profile NAME` shows
where the time of one kind of page goes.
"""

import argparse
import sys
from time import monotonic

import django

from bench import place

ROUNDS = 60


def main() -> int:
    """Prepare, measure, print, judge."""
    options = _options()
    place.settings()
    django.setup()
    began = monotonic()
    if place.prepare(fresh=options.fresh):
        print(f"Data made in {monotonic() - began:.0f} s under {place.PLACE.relative_to(place.ROOT)}.")
    # Settings and database are there by now.
    from bench import report  # noqa: PLC0415

    if options.profile:
        report.profile(options.profile)
        return 0
    missed = report.run(rounds=options.rounds)
    if missed:
        print(f"\nMissed: {', '.join(missed)}.")
    return 1 if missed and not options.report_only else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--report-only", action="store_true", help="print, and never fail")
    parser.add_argument("--fresh", action="store_true", help="make the data anew")
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help=f"rounds to measure, {ROUNDS} if not given"
    )
    parser.add_argument("--profile", metavar="NAME", help="profile one kind of page instead")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
