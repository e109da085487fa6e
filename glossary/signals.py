"""What the glossary tells upwards. Payloads are typed in the docstrings; senders are the actions.

`term_changed` is sent inside the transaction of every act that changes what a reader sees of a term (labels,
explanation, definitions, rounds, entries), so that search rows change with it. The others are sent on commit.
"""

from django.dispatch import Signal

# kwargs: term (Term)
term_changed = Signal()
# kwargs: entry (ConsensusEntry)
entry_published = Signal()
# no kwargs beyond sender: the set of labels or slugs changed, finders must be rebuilt
labels_changed = Signal()
