"""Training by the workers of a Ray cluster: ``fcnn train CONFIG --ray ADDRESS``.

The driver (the command) checks config and table, has Ray Train start the workers, shows what the chief tells, and
writes the run folder. Driver and workers share no disk but the one with the table: what they tell each other goes
through a :mod:`mailbox <fcnn.jobs.on_ray.mailbox>`, an actor of Ray.

Ray is an extra: only functions import it, and only where it is asked for.
"""
