"""A desk as a process: it is reached on this computer alone, keeps its secret, and ends."""

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from interruptible import interruptible

from gouji.desk.serving import PortTakenError, listening, new_secret

SCRIPT = """
import asyncio
from starlette.responses import StreamingResponse
from gouji.desk.serving import new_app, serve

def made():
    app = new_app()

    @app.get("/")
    def page():
        return {"there": True}

    @app.get("/endless")
    def endless():
        async def words():
            while True:
                yield "data: x\\n\\n"
                await asyncio.sleep(0.02)
        return StreamingResponse(words(), media_type="text/event-stream")

    return app

serve(made, on_ready=lambda address: print(address, flush=True))
print("ended", flush=True)
"""


@contextmanager
def running():
    """The process and its address."""
    command = [sys.executable, "-c", SCRIPT]
    with interruptible(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def test_a_desk_answers_at_its_address_and_ends_while_somebody_listens():
    with running() as (process, address):
        with urllib.request.urlopen(address) as answer:
            assert answer.read() == b'{"there":true}'
        listener = urllib.request.urlopen(f"{address}endless")
        assert listener.readline() == b"data: x\n"
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(address.rsplit("/", 2)[0])
        process.send_signal(signal.SIGINT)
        out, told = process.communicate(timeout=20)
        assert (process.returncode, out, told) == (0, "ended\n", "")
        listener.close()


def test_nobody_else_in_the_network_reaches_it():
    with listening() as taken:
        port = taken.getsockname()[1]
        table = Path("/proc/net/tcp").read_text().splitlines()
        local = [line.split()[1] for line in table if f":{port:04X} 00000000:0000 0A" in line]
    assert local == [f"0100007F:{port:04X}"]


def test_a_port_that_is_taken_is_named():
    with listening() as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"端口 {port} 用不了"):
            listening(port)
    with pytest.raises(PortTakenError):
        listening(70000)


def test_a_port_can_be_kept():
    with listening() as taken:
        port = taken.getsockname()[1]
    with listening(port) as again, socket.create_connection(("127.0.0.1", port)):
        assert again.getsockname()[1] == port


def test_no_two_secrets_are_alike():
    assert len({new_secret() for _ in range(50)}) == 50
    assert len(new_secret()) == 32
