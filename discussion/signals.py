"""What other rooms may listen to."""

from django.dispatch import Signal

# Sent after commit when a thread reads differently: thread_changed(sender=type(target), target=target)
thread_changed = Signal()
