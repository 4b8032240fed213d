"""LocalEmu on loopback, living no longer than whoever started it.

Reading standard input ends when the starter has gone, for whatever reason (kill -9 included). Two things it has no setting
for: whatever host it is given, it listens on all of them; and what it tells EventBridge it holds back for a minute.
Usage: serve.py PORT DELAY_S
"""

import functools
import os
import sys
import threading

import older_python


def end_with_starter() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(0)


older_python.install()
threading.Thread(target=end_with_starter, daemon=True).start()
os.environ["GATEWAY_LISTEN"] = f"127.0.0.1:{sys.argv[1]}"

from localemu.runtime.server import twisted  # noqa: E402

twisted.endpoints.TCP4ServerEndpoint = functools.partial(
    twisted.endpoints.TCP4ServerEndpoint, interface="127.0.0.1"
)

from localemu.services.cloudtrail import recording_hook  # noqa: E402

recording_hook._EVB_FORWARDING_DELAY_SECONDS = float(sys.argv[2])

from localemu.runtime.main import main  # noqa: E402

main()
