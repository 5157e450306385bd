"""Changes single options of Docker's daemon.json on this host, and proves it. Made by `afloat export`.

Edits only the keys below and keeps every other byte; asks `dockerd --validate`; backs up; writes at once or not at all;
reloads, or restarts where a reload is not enough, and first reloads what protects containers; reads the result back from
/info; puts the old file back where the daemon does not take the new one.

Needs Python 3.6 and root. Options: --check (change nothing), --accept-danger (containers may stop or be lost),
--config-file PATH, --socket PATH, --unit NAME.
Prints one JSON document. Exit: 0 done or nothing to do, 1 refused, 3 put back, 4 not put back.
"""
import argparse
import fcntl
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

CHANGE = json.loads("__CHANGE__")
DEFAULT_FILE = "/etc/docker/daemon.json"


class Refused(Exception):
    pass


def say(text):
    print(text, file=sys.stderr, flush=True)


# The text: edits that leave all else alone.

BLANK = re.compile(r"[ \t\r\n]*")


def skip(text, at):
    return BLANK.match(text, at).end()


def unique(pairs):
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise Refused("the key %r stands twice in the file; nobody knows which one was meant" % key)
    return dict(pairs)


def no_constant(name):
    raise ValueError(name)


def parse(text):
    if text.strip() == "":
        return {}
    try:
        value = json.loads(text, object_pairs_hook=unique, parse_constant=no_constant)
    except ValueError as error:
        raise Refused("the file is not valid JSON: %s" % error)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Refused("the file holds no JSON object")
    return value


def members(text, at):
    found = []
    at = skip(text, at + 1)
    while text[at] != "}":
        key, end = json.decoder.scanstring(text, at + 1)
        value = skip(text, skip(text, end) + 1)
        _, value_end = json.JSONDecoder().raw_decode(text, value)
        found.append((key, at, value, value_end))
        at = skip(text, value_end)
        if text[at] == ",":
            at = skip(text, at + 1)
    return found, at


def written(value):
    return json.dumps(value, ensure_ascii=False)


def wrapped(path, value):
    for key in reversed(path):
        value = {key: value}
    return value


def added(text, start, found, end, path, value):
    eol = "\r\n" if "\r\n" in text else "\n"
    member = "%s: %s" % (written(path[0]), written(wrapped(path[1:], value)))
    if found:
        _, key, _, last = found[-1]
        before = text[: found[-1][1]]
        line = before[before.rfind("\n") + 1 :]
        gap = eol + line if line.strip() == "" and "\n" in before else " "
        return text[:last] + "," + gap + member + text[last:]
    line = text[text.rfind("\n", 0, start) + 1 : start]
    outer = re.match(r"[ \t]*", line).group()
    return text[: start + 1] + eol + outer + "  " + member + eol + outer + text[end:]


def edited(text, edit):
    path = list(edit["path"])
    remove = "set" not in edit
    at = skip(text, 0)
    while True:
        found, end = members(text, at)
        index = next((i for i, one in enumerate(found) if one[0] == path[0]), None)
        if index is None:
            return text if remove else added(text, at, found, end, path, edit["set"])
        _, key, value, value_end = found[index]
        if len(path) == 1 and remove:
            if len(found) == 1:
                return text[: at + 1] + text[end:]
            if index > 0:
                return text[: found[index - 1][3]] + text[value_end:]
            return text[:key] + text[found[1][1] :]
        if len(path) == 1:
            same = json.loads(text[value:value_end]) == edit["set"]
            return text if same else text[:value] + written(edit["set"]) + text[value_end:]
        if text[value] != "{":
            return text if remove else text[:value] + written(wrapped(path[1:], edit["set"])) + text[value_end:]
        at, path = value, path[1:]


def patched(values, edit):
    path = edit["path"]
    values = dict(values)
    if len(path) == 1:
        if "set" in edit:
            values[path[0]] = edit["set"]
        else:
            values.pop(path[0], None)
        return values
    inner = values.get(path[0])
    if not isinstance(inner, dict):
        if "set" not in edit:
            return values
        inner = {}
    values[path[0]] = patched(inner, dict(edit, path=path[1:]))
    return values


def with_edits(text, edits):
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text[len(mark) :]
    values = parse(body)
    if skip(body, 0) == len(body) or body.strip() == "null":
        body = "{}\n"
    for edit in edits:
        body = edited(body, edit)
        values = patched(values, edit)
    if parse(body) != values:
        raise Refused("the edits changed more than was asked; this is a mistake of this program")
    return mark + body, values


# The daemon.


class Unix(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("docker", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)


class Daemon:
    def __init__(self, options):
        self.socket = options.socket
        self.unit = options.unit
        self.systemd = os.path.isdir("/run/systemd/system") and self.shown("LoadState") == "loaded"
        self.pid = self.find()
        self.flags = self.arguments()

    def shown(self, name):
        return run("systemctl", "show", self.unit, "--value", "--property", name).stdout.strip()

    def find(self):
        candidates = [self.shown("MainPID")] if self.systemd else []
        for path in ("/var/run/docker.pid", "/run/docker.pid"):
            try:
                with open(path) as file:
                    candidates.append(file.read().strip())
            except OSError:
                pass
        for pid in candidates:
            try:
                with open("/proc/%d/comm" % int(pid)) as file:
                    if file.read().strip() == "dockerd":
                        return int(pid)
            except (OSError, ValueError):
                pass
        return None

    def arguments(self):
        if self.pid is None:
            return []
        with open("/proc/%d/cmdline" % self.pid, "rb") as file:
            return [part.decode("utf-8", "surrogateescape") for part in file.read().split(b"\0")[1:-1]]

    def flag(self, name):
        for i, one in enumerate(self.flags):
            if one == name:
                return self.flags[i + 1] if i + 1 < len(self.flags) else ""
            if one.startswith(name + "="):
                return one[len(name) + 1 :]
        return None

    def get(self, path, timeout=20):
        connection = Unix(self.socket, timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read().decode("utf-8")
            if answer.status != 200:
                raise Refused("the daemon answers %d to %s: %s" % (answer.status, path, body.strip()))
            return body
        finally:
            connection.close()

    def info(self):
        return json.loads(self.get("/info"))

    def containers(self):
        listed = json.loads(self.get("/containers/json"))
        pids = {}
        for one in listed:
            inspected = json.loads(self.get("/containers/%s/json" % one["Id"]))
            pids[one["Id"]] = inspected["State"]["Pid"]
        return pids

    def wait(self, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                self.get("/_ping", 5)
                self.pid = self.find()
                return True
            except (OSError, http.client.HTTPException, Refused):
                time.sleep(0.1)
        return False

    def validate(self, path):
        program = "/proc/%d/exe" % self.pid if self.pid else "dockerd"
        own = []
        rest = list(self.flags)
        while rest:
            one = rest.pop(0)
            if one == "--config-file":
                rest = rest[1:]
            elif not one.startswith("--config-file="):
                own.append(one)
        try:
            asked = run(program, "--validate", "--config-file", path, *own)
        except OSError:
            return
        if asked.returncode != 0 and "unknown flag: --validate" not in asked.stdout:
            raise Refused("dockerd would refuse the file: %s" % asked.stdout.strip())

    def reload(self):
        """Signals only a daemon that answers, and takes its own event as the receipt."""
        self.get("/_ping", 10)
        began = time.time() - 0.001
        if self.systemd:
            run("systemctl", "reload", self.unit)
        else:
            os.kill(self.pid, signal.SIGHUP)
        wanted = urllib.parse.quote(json.dumps({"type": ["daemon"], "event": ["reload"]}))
        until = time.monotonic() + 20
        while time.monotonic() < until:
            told = self.get("/events?since=%.9f&until=%.9f&filters=%s" % (began, time.time(), wanted))
            events = [json.loads(line) for line in told.splitlines() if line.strip()]
            if events:
                return events[-1]["Actor"]["Attributes"]
            time.sleep(0.05)
        return None

    def restarter(self):
        if self.systemd:
            return ["systemctl", "restart", self.unit]
        return ["/etc/init.d/docker", "restart"] if os.path.exists("/etc/init.d/docker") else None

    def start_again(self):
        if self.systemd:
            run("systemctl", "reset-failed", self.unit)
            run("systemctl", "start", self.unit)
        elif os.path.exists("/etc/init.d/docker"):
            run("/etc/init.d/docker", "start")
        return self.wait(60)


# The file on disk.


def replaced(path, data, like):
    folder = os.path.dirname(path)
    os.makedirs(folder, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".daemon.json.", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            os.fchmod(file.fileno(), like.st_mode & 0o7777 if like else 0o644)
            if like:
                os.fchown(file.fileno(), like.st_uid, like.st_gid)
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    opened = os.open(folder, os.O_DIRECTORY)
    os.fsync(opened)
    os.close(opened)


def main(options):
    daemon = Daemon(options)
    path = os.path.realpath(options.config_file or daemon.flag("--config-file") or DEFAULT_FILE)
    try:
        with open(path, "rb") as file:
            before = file.read()
        like = os.stat(path)
    except FileNotFoundError:
        before, like = None, None
    try:
        text = (before or b"").decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("%s is not UTF-8" % path)
    old = parse(text.lstrip("\ufeff"))
    after_text, after = with_edits(text, CHANGE["edits"])

    running = daemon.pid is not None
    info = daemon.info() if running else None
    keys = [key for key, to_old, to_new in differences(old, after) if to_old != to_new]
    by_flag = daemon.flag("--live-restore") is not None
    protects = by_flag or after.get("live-restore") is True
    late = running and not by_flag and after.get("live-restore") is True and not info["LiveRestoreEnabled"]
    text_changes = after_text.encode("utf-8") != (before or b"")
    if not text_changes and not late:
        return done(False, "none", None, None)

    restarts = [key for key in keys if not CHANGE["reloads"].get(key, False)] if running else []
    if protects and not by_flag and running and info["Swarm"]["LocalNodeState"] != "inactive":
        raise Refused("live restore and swarm exclude each other: this node would not start again")
    containers = daemon.containers() if running else {}
    if containers and restarts:
        mode = daemon.shown("KillMode") if daemon.systemd else "process"
        if (not protects or mode != "process") and not options.accept_danger:
            raise Refused("%s need a restart, which would stop %d containers" % (", ".join(restarts), len(containers)))
    dangers = [key for key in keys if key in CHANGE["dangers"]]
    if containers and dangers and not options.accept_danger:
        raise Refused("%s would take running containers out of reach" % ", ".join(dangers))
    if restarts and daemon.restarter() is None:
        raise Refused("%s need a restart, and nobody here restarts this daemon" % ", ".join(restarts))
    with tempfile.NamedTemporaryFile(prefix="daemon.json.") as proposed:
        proposed.write(after_text.encode("utf-8"))
        proposed.flush()
        daemon.validate(proposed.name)

    reloads = running and (late or any(key not in restarts for key in keys))
    effect = "-then-".join((["reload"] if reloads else []) + (["restart"] if restarts else [])) or "none"
    if options.check:
        return done(True, effect, None, None)

    if before is not None and text_changes:
        backup = "%s.%s.bak" % (path, time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()))
        replaced(backup, before, like)
        say("backup: %s" % backup)
    if text_changes:
        replaced(path, after_text.encode("utf-8"), like)
    proof = {}
    try:
        if reloads:
            taken = daemon.reload()
            if taken is None:
                raise Refused("the daemon did not take the reload; its log says why")
            proof["reload"] = True
            expect_live_restore(daemon, after, by_flag)
        if restarts:
            asked = run(*daemon.restarter())
            if asked.returncode != 0 or not daemon.wait(60):
                raise Refused("the daemon does not come up: %s" % asked.stdout.strip())
            proof["restart"] = True
            expect_live_restore(daemon, after, by_flag)
    except (Refused, OSError, http.client.HTTPException) as error:
        say("not taken: %s" % error)
        return put_back(daemon, path, before, like, old, info)
    if running:
        proof["live-restore"] = daemon.info()["LiveRestoreEnabled"]
    now = daemon.containers() if running else {}
    kept = [one for one in containers if now.get(one) == containers[one]]
    return done(True, effect, proof, {"before": len(containers), "kept": len(kept)})


def differences(old, new):
    """By option: what stands in `features`, `builder`, `proxies` counts by itself."""
    for key in sorted(set(old) | set(new)):
        yield key, old.get(key), new.get(key)


def expect_live_restore(daemon, after, by_flag):
    wanted = after.get("live-restore")
    if isinstance(wanted, bool) and not by_flag and daemon.info()["LiveRestoreEnabled"] is not wanted:
        raise Refused("/info does not show the new value of live-restore")


def put_back(daemon, path, before, like, old, info):
    try:
        if info is not None and "live-restore" not in old and daemon.find():
            # A key that is only taken away stays in force.
            was = [{"path": ["live-restore"], "set": info["LiveRestoreEnabled"]}]
            replaced(path, with_edits((before or b"").decode("utf-8"), was)[0].encode("utf-8"), like)
            daemon.reload()
        if before is None:
            os.unlink(path)
        else:
            replaced(path, before, like)
        if info is not None and daemon.find() is None:
            if not daemon.start_again():
                raise Refused("the daemon does not start with the old file either")
        elif info is not None:
            daemon.reload()
    except (Refused, OSError, http.client.HTTPException) as error:
        say("could not put everything back: %s\nlook at %s and its .bak beside it" % (error, path))
        return 4
    say("the old file is back")
    return 3


def done(changed, effect, proof, containers):
    print(json.dumps({"changed": changed, "effect": effect, "proof": proof, "containers": containers}))
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="change-daemon", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="change nothing; say what would be done")
    parser.add_argument("--accept-danger", action="store_true", help="containers may stop or be lost")
    parser.add_argument("--config-file", metavar="PATH", help="default: what the daemon reads")
    parser.add_argument("--socket", metavar="PATH", default="/var/run/docker.sock", help="default: %(default)s")
    parser.add_argument("--unit", metavar="NAME", default="docker.service", help="default: %(default)s")
    options = parser.parse_args()
    try:
        if os.geteuid() != 0:
            raise Refused("only root can do this")
        with open("/run/afloat-export.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            sys.exit(main(options))
    except (Refused, OSError, http.client.HTTPException) as error:
        say("refused, nothing was changed: %s" % error)
        sys.exit(1)
