"""What the environment of a home makes by itself."""

import threading
from concurrent.futures import ThreadPoolExecutor

from kendedes.base.environment import Environment


def test_processes_that_start_together_in_a_fresh_home_have_one_secret(tmp_path):
    together = 12
    for turn in range(6):
        home, gate = tmp_path / str(turn), threading.Barrier(together)

        def starts(home=home, gate=gate):
            environment = Environment(home=home)
            gate.wait()
            return environment.secret_key()

        with ThreadPoolExecutor(together) as pool:
            keys = {task.result() for task in [pool.submit(starts) for _ in range(together)]}

        assert len(keys) == 1
        assert len(keys.pop()) > 60
        (file,) = home.iterdir()
        assert file.stat().st_mode & 0o777 == 0o600
