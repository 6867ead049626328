"""Throw-away processes for files of strangers: each file is opened in one that can end, and nothing else.

`run` is the parent's side: feeds the process, collects what it writes, ends it after the allowed time or
amount. `confine` is the child's: it gives up memory, time, the network and the right to open files.
Units: bytes, seconds.
"""

from __future__ import annotations

import ctypes
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import IO

from amana.core.errors import AmanaError

MIB = 1024 * 1024
MEMORY_BYTES = 1024 * MIB
SECONDS = 30

BARE_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_OUT_OF_TIME = frozenset({-24})
"""SIGXCPU: the processor time was used up."""


class Ended(AmanaError):
    """The process gave no answer: `code` is too_slow, too_much_memory or inflated_too_big."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def reader(module: str, *arguments: str) -> tuple[str, ...]:
    """The command that runs a module of ours on its own: nothing of the environment or folder reaches it."""
    return (sys.executable, "-I", "-X", "utf8", "-m", module, *arguments)


def run(command: Sequence[str], content: IO[bytes] | bytes, *, most: int) -> bytearray:
    """What a command writes that is given this content, at most `most` bytes. Raises `Ended`."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE if isinstance(content, bytes) else content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=BARE_ENVIRONMENT,
        close_fds=True,
        start_new_session=True,
    )
    with _ending(process):
        if process.stdin and isinstance(content, bytes):
            Thread(target=_feed, args=(process.stdin, content), daemon=True).start()
        answer = _collect(process, most)
        try:
            status = process.wait(timeout=5)
        except subprocess.TimeoutExpired as error:
            raise Ended("too_slow") from error
    if status != 0:
        raise Ended("too_slow" if status in _OUT_OF_TIME else "too_much_memory")
    return answer


@contextmanager
def _ending(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End the process, whatever happens."""
    try:
        yield
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def _feed(pipe: IO[bytes], content: bytes) -> None:
    """Give the process its input; one that ended early takes no more."""
    try:
        with pipe:
            pipe.write(content)
    except (BrokenPipeError, ValueError):
        return


def _collect(process: subprocess.Popen[bytes], most: int) -> bytearray:
    answer = bytearray()
    deadline = time.monotonic() + SECONDS
    if process.stdout is None:
        return answer
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not waiting.select(left):
                break
            chunk = os.read(process.stdout.fileno(), MIB)
            if not chunk:
                return answer
            answer += chunk
            if len(answer) > most:
                raise Ended("inflated_too_big")
    raise Ended("too_slow")


def confine() -> None:
    """Give up memory beyond 1 GiB, time beyond 30 s, core files, the network, and opening anything at all.

    Where the system allows it, the process moves to a network of its own without any device; in any case the
    limit on open files leaves no descriptor for a file or a socket.
    """
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "unshare"):
        libc.unshare(_NEW_USER | _NEW_NETWORK)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
