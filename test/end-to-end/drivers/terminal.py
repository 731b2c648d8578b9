"""Runs a command in a terminal of its own, for a program that is told what a person does.

Usage: terminal.py COLUMNS ROWS COMMAND [ARGUMENT ...]

Takes lines of JSON on stdin: {"keys": "y"}, {"size": [columns, rows]}, {"signal": 9}, {"hang_up": true}.
Gives lines of JSON on stdout: {"output": "…"} as it comes, and at the end {"status": 0} or {"signal": 9}.
"""

import codecs
import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios


def resize(terminal: int, columns: int, rows: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def say(**words: object) -> None:
    print(json.dumps(words), flush=True)


def obey(command: dict, terminal: int, child: int) -> None:
    if "keys" in command:
        os.write(terminal, command["keys"].encode())
    if "size" in command:
        resize(terminal, *command["size"])
    if "signal" in command:
        os.kill(child, command["signal"])


def main() -> None:
    columns, rows, *command = sys.argv[1:]
    child, terminal = pty.fork()
    if child == 0:
        resize(0, int(columns), int(rows))
        os.execvp(command[0], command)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    waiting = b""
    is_heard = True
    while True:
        ready, _, _ = select.select([terminal, 0] if is_heard else [terminal], [], [])
        if terminal in ready:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                data = b""
            if not data:
                break
            say(output=decoder.decode(data))
        if 0 in ready:
            read = os.read(0, 65536)
            is_heard = bool(read)
            *lines, waiting = (waiting + read).split(b"\n")
            for line in lines:
                wish = json.loads(line)
                if wish.get("hang_up"):
                    os.close(terminal)
                    _, status = os.waitpid(child, 0)
                    return ended(status)
                obey(wish, terminal, child)
    _, status = os.waitpid(child, 0)
    ended(status)


def ended(status: int) -> None:
    if os.WIFSIGNALED(status):
        say(signal=os.WTERMSIG(status))
    else:
        say(status=os.WEXITSTATUS(status))


if __name__ == "__main__":
    main()
