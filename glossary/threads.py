"""Which objects of the glossary are discussed, and by whom: registered with the discussion when the app is ready."""

from django.contrib.auth.models import AnonymousUser

from discussion.registry import ThreadPolicy, register
from glossary.models import ConsensusEntry, Definition, Round
from glossary.states import RoundPhase
from people.models import User

Someone = User | AnonymousUser


def everybody(_user: Someone, _target: object) -> bool:
    """Definitions and entries are public."""
    return True


def _round_is_public(_user: Someone, target: Round) -> bool:
    return target.announced_at is not None


def _round_is_running(_user: Someone, target: Round) -> bool:
    """Read-only after the close; the instant of the end decides, not the job that stores the outcome."""
    return target.phase() in {RoundPhase.UPCOMING, RoundPhase.OPEN}


def register_threads() -> None:
    """Open the threads."""
    register(Definition, ThreadPolicy(may_read=everybody, may_write=everybody))
    register(Round, ThreadPolicy(may_read=_round_is_public, may_write=_round_is_running))
    register(ConsensusEntry, ThreadPolicy(may_read=everybody, may_write=everybody))
