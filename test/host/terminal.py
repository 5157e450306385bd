# Runs a program on a terminal of its own and types one answer once it is asked for a password, as somebody there would.
#   terminal.py ANSWER PROGRAM [ARGUMENT...]    prints what was seen, and ends with the program's code
import os
import pty
import select
import sys
import termios

program, terminal = pty.fork()
if program == 0:
    os.execv(sys.argv[2], sys.argv[2:])
seen = b""
answered = False
while True:
    # Nothing tells when a terminal goes silent, and what is typed before that is thrown away.
    if select.select([terminal], [], [], 0.02)[0]:
        try:
            seen += os.read(terminal, 4096)
        except OSError:
            # How Linux says that nobody holds the other end any more.
            break
    silent = not termios.tcgetattr(terminal)[3] & termios.ECHO
    if not answered and silent and seen.rstrip().endswith(b"assword:"):
        os.write(terminal, sys.argv[1].encode())
        answered = True
sys.stdout.buffer.write(seen)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(program, 0)[1]))
