"""The project: settings, tasks, how it is installed and started.

Numpy's linear algebra keeps to one core: web and worker run several processes already, and the tables of this product
are far too small to be shared out.

Python looks for garbage less often than by default, which was chosen when programs were small: a sixth of each start,
and a fifth of building the tables, was looking through modules and models that stay. Reference counts free nearly
everything at once; what waits longer for the search is some ten megabytes.
"""

import gc
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
gc.set_threshold(20_000, 50, 100)
