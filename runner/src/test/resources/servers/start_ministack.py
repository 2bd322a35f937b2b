"""Starts ministack on the port that is given, on this machine alone.

Its EMR writes times as ISO text. EMR's API says seconds since 1970, as numbers, and the AWS SDK refuses anything else: so
the clock that it asks gives it those.
"""

import os
import sys
import time

os.environ.update(GATEWAY_PORT=sys.argv[1], BIND_HOST="127.0.0.1", IOT_MTLS_ENABLED="0")

import ministack.services.emr  # noqa: E402
from ministack.app import main  # noqa: E402

ministack.services.emr._now_iso = time.time
sys.argv = ["ministack"]
main()
