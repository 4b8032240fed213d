"""The AWS simulator, living no longer than whoever started it.

Reading standard input ends when the starter has gone, for whatever reason (kill -9 included), so that no server is ever
left behind. Usage: serve.py PORT
"""

import os
import sys
import threading

from moto.iam.models import ManagedPolicy
from moto.server import main

# The bulk call of IAM leaves these out, which GetPolicy tells; with AWS both tell the same.
ManagedPolicy.policy_name = property(lambda policy: policy.name)
ManagedPolicy.policy_id = property(lambda policy: policy.id)


def end_with_starter() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(0)


threading.Thread(target=end_with_starter, daemon=True).start()
main(["-H", "127.0.0.1", "-p", sys.argv[1]])
