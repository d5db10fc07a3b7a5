"""Put on the path by ``testing.server.Home.later``: this process believes that it is another day.

Read by Python before anything else, so that commands, the web server and its workers all agree.
"""

import os
import time

import time_machine

if ahead := os.environ.get("KENDEDES_TEST_AHEAD"):
    time_machine.travel(time.time() + float(ahead), tick=True).start()
