"""The project: settings, tasks, how it is installed and started.

Numpy's linear algebra keeps to one core: web and worker run several processes already, and the tables of this product
are far too small to be shared out.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
