# Runs a command on a pseudo-terminal: standard input goes to the terminal, what the terminal shows
# goes to standard output. Exit status: that of the command, or 200 plus the number of the signal
# that killed it.
import os, pty, select, signal, sys

pid, terminal = pty.fork()
if pid == 0:
    # A build in the background of a shell ignores SIGINT, and a child would inherit that.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.execv(sys.argv[1], sys.argv[1:])

sources = [terminal, 0]
while True:
    ready, _, _ = select.select(sources, [], [])
    if 0 in ready:
        keys = os.read(0, 4096)
        if keys:
            os.write(terminal, keys)
        else:
            sources.remove(0)
    if terminal in ready:
        try:
            shown = os.read(terminal, 65536)
        except OSError:  # the command has ended
            shown = b''
        if not shown:
            break
        os.write(1, shown)

_, status = os.waitpid(pid, 0)
killed = os.WIFSIGNALED(status)
sys.exit(200 + os.WTERMSIG(status) if killed else os.WEXITSTATUS(status))
